package land

import (
	"errors"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// pipe is a reader of batches that are made on a goroutine of their own while the engine works on the one before.
type pipe struct {
	schema *arrow.Schema
	full   chan arrow.RecordBatch
	stop   chan struct{}
	err    error // of what makes the batches; to be read once full is closed
	now    arrow.RecordBatch
}

// errStopped tells the goroutine that nobody reads on.
var errStopped = errors.New("the engine stopped reading")

// batchesAhead is how many batches may wait: memory stays bounded.
const batchesAhead = 2

func newPipe(schema *arrow.Schema, produce func(put func(arrow.RecordBatch) error) error) *pipe {
	p := &pipe{schema: schema, full: make(chan arrow.RecordBatch, batchesAhead), stop: make(chan struct{})}
	go func() {
		defer close(p.full)
		p.err = produce(p.put)
	}()
	return p
}

func (p *pipe) put(batch arrow.RecordBatch) error {
	select {
	case p.full <- batch:
		return nil
	case <-p.stop:
		batch.Release()
		return errStopped
	}
}

// close ends the goroutine, if it hasn't ended yet, and gives the error in making the batches.
func (p *pipe) close() error {
	close(p.stop)
	for batch := range p.full {
		batch.Release()
	}
	p.drop()
	if errors.Is(p.err, errStopped) {
		return nil
	}
	return p.err
}

func (p *pipe) drop() {
	if p.now != nil {
		p.now.Release()
		p.now = nil
	}
}

// Next is called by the engine, on a thread of its own.
func (p *pipe) Next() bool {
	p.drop()
	batch, more := <-p.full
	p.now = batch
	return more
}

func (p *pipe) Schema() *arrow.Schema          { return p.schema }
func (p *pipe) RecordBatch() arrow.RecordBatch { return p.now }
func (p *pipe) Record() arrow.RecordBatch      { return p.now }
func (p *pipe) Err() error                     { return nil } // close has it, and in its own words
func (p *pipe) Retain()                        {}
func (p *pipe) Release()                       {}

var _ array.RecordReader = (*pipe)(nil)
