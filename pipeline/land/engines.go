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
	keys  map[string]*sync.Mutex
}

// hold keeps a key to one worker at a time: two sources may deliver the same bytes, and would write the same files.
func (e *engines) hold(key string) (release func()) {
	e.mutex.Lock()
	if e.keys == nil {
		e.keys = map[string]*sync.Mutex{}
	}
	if e.keys[key] == nil {
		e.keys[key] = &sync.Mutex{}
	}
	held := e.keys[key]
	e.mutex.Unlock()
	held.Lock()
	return held.Unlock
}

// take gives an engine with nothing in it but the macros.
func (e *engines) take(ctx context.Context) (*duck.DB, error) {
	e.mutex.Lock()
	if n := len(e.idle); n > 0 {
		db := e.idle[n-1]
		e.idle = e.idle[:n-1]
		e.mutex.Unlock()
		return db, fresh(ctx, db)
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

// fresh drops what the file before left; judged may have been a table or a view.
func fresh(ctx context.Context, db *duck.DB) error {
	rows, err := db.Query(ctx, "select table_type, table_name from information_schema.tables where table_schema = 'main' order by table_type desc, table_name")
	if err != nil {
		return err
	}
	for _, r := range rows.Values {
		what := "table "
		if r[0] == "VIEW" {
			what = "view "
		}
		if err := db.Exec(ctx, "drop "+what+duck.Name(r[1].(string))); err != nil {
			return err
		}
	}
	return nil
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
