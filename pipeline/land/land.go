// Package land turns one archived export into typed Parquet: the rows that can be used, and the rows that can't, with reasons.
//
// It judges one file at a time and knows nothing of other files: duplicates, versions and orphans are for the stg models. Only
// returned rows that are handed in again are judged by the date and mapping of the export they came from.
//
// Invariant: read = good + rejected, where read is counted by the decoder before any row is judged, and good and rejected are
// counted in what was written.
package land

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/record"
)

// Plan is what land needs to know.
type Plan struct {
	Folder   string          // of the landed files, the only one that the models may read
	TempDir  string          // where the engine spills and archives are unpacked
	Sources  []config.Source // by their names; a file of a source that isn't there is read by the defaults
	Limits   config.Limits
	Location *time.Location // to which stamps with an offset are brought

	exports exports // what returned rows may come from
}

// Run lands each file that isn't landed yet. A file that can't be read is refused, and the others are landed.
func Run(ctx context.Context, plan Plan, delivery handoff.Delivery) (handoff.Landing, error) {
	for _, dir := range []string{plan.Folder, plan.TempDir} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return handoff.Landing{}, err
		}
	}
	plan.exports = exportsOf(delivery)
	engines := engines{plan: plan}
	defer engines.close()
	landing := handoff.Landing{Files: make([]handoff.Landed, len(delivery.Files))}
	var small, large errgroup.Group
	small.SetLimit(runtime.GOMAXPROCS(0))
	large.SetLimit(1)
	for i, f := range delivery.Files {
		group := &small
		if f.Size > largeFile {
			group = &large
		}
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			landed, err := plan.once(ctx, &engines, f)
			if err != nil {
				return fmt.Errorf("%s: %w", f.Name, err)
			}
			landing.Files[i] = landed
			return nil
		})
	}
	if err := errors.Join(small.Wait(), large.Wait()); err != nil {
		return landing, err
	}
	replace(landing)
	drift(landing)
	return landing, nil
}

// largeFile is the size in bytes from which a file is landed alone, with all threads: memory stays bounded, and one engine is busy
// enough. Smaller ones spend most of their time in planning, which has one thread.
const largeFile = 8 << 20

// once gives what was landed under the same key before, or lands the file.
func (p Plan) once(ctx context.Context, engines *engines, f handoff.File) (handoff.Landed, error) {
	source := p.source(f)
	key := p.key(f, source)
	defer engines.hold(key)()
	if landed, ok := p.receipt(f, key); ok {
		return landed, nil
	}
	kind, known := record.Find(f.Kind)
	if !known {
		return handoff.Landed{}, fmt.Errorf("there is no kind of record %q", f.Kind)
	}
	landed, err := p.land(ctx, engines, f, kind, source, key)
	if refused, ok := refusedAs(err); ok {
		landed.File, landed.Key, landed.Refused, err = f, key, refused, nil
	}
	if err != nil {
		return handoff.Landed{}, err
	}
	return landed, p.keep(landed)
}

func (p Plan) source(f handoff.File) config.Source {
	for _, s := range p.Sources {
		if (s.Name == f.Source || s.Name == "" && s.Kind == f.Source) && s.Kind == f.Kind {
			return s
		}
	}
	return config.Source{Name: f.Source, Kind: f.Kind}
}

// land decodes, judges and writes one file.
func (p Plan) land(ctx context.Context, engines *engines, f handoff.File, kind record.Kind, source config.Source, key int64) (handoff.Landed, error) {
	book, err := decode.Open(f.Path, decode.Hints{Encoding: source.Encoding, Delimiter: source.Delimiter, TempDir: p.TempDir}, p.Limits)
	if err != nil {
		return handoff.Landed{}, err
	}
	defer book.Close()
	back, err := handedBack(book)
	if err != nil {
		return handoff.Landed{}, err
	}
	if back != nil {
		source = p.sourceOf(back, f, source)
	}
	l, err := layOut(book, kind, source)
	if err != nil {
		return handoff.Landed{Layout: l.described()}, err
	}
	l.back = back
	if err := back.alike(l); err != nil {
		return handoff.Landed{}, err
	}
	db, err := engines.take(ctx)
	if err != nil {
		return handoff.Landed{}, err
	}
	defer engines.give(db)
	t := task{plan: p, file: f, key: key, layout: l, db: db, through: func(take taker) taker { return take }}
	return t.run(ctx)
}
