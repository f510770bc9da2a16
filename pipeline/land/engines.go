package land

import (
	"context"
	"sync"

	"noticeboard/pipeline/duck"
)

// engines keeps scratch databases from file to file: opening one takes longer than judging a small export.
type engines struct {
	plan  Plan
	mutex sync.Mutex
	idle  []*duck.DB
	keys  map[int64]*sync.Mutex
}

// hold keeps a key to one worker at a time: two sources may deliver the same bytes, and would write the same files.
func (e *engines) hold(key int64) (release func()) {
	e.mutex.Lock()
	if e.keys == nil {
		e.keys = map[int64]*sync.Mutex{}
	}
	if e.keys[key] == nil {
		e.keys[key] = &sync.Mutex{}
	}
	held := e.keys[key]
	e.mutex.Unlock()
	held.Lock()
	return held.Unlock
}

// take gives an engine that holds the macros; whatever else is in it is replaced before it is read.
func (e *engines) take(ctx context.Context) (*duck.DB, error) {
	e.mutex.Lock()
	if n := len(e.idle); n > 0 {
		db := e.idle[n-1]
		e.idle = e.idle[:n-1]
		e.mutex.Unlock()
		return db, nil
	}
	e.mutex.Unlock()
	db, err := duck.Scratch(e.plan.TempDir, e.plan.Limits.MemoryMB)
	if err != nil {
		return nil, err
	}
	if err := db.Exec(ctx, statement("macros")); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

func (e *engines) give(db *duck.DB) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.idle = append(e.idle, db)
}

func (e *engines) close() {
	for _, db := range e.idle {
		db.Close()
	}
}
