// Package duck is the only importer of the DuckDB driver: it opens, seals, fills and reads databases, and notes the engine's
// quirks beside the code that works around them.
//
// It knows no model, no metric and no report, and it holds no SQL but what opens, fills and reads a table.
//
// Invariant: rows leave a relation in the order in which they were stored, in bounded windows.
package duck

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	duckdb "github.com/duckdb/duckdb-go/v2"

	_ "noticeboard/pipeline/duck/arrowtag" // the build stops there without the tag duckdb_arrow
)

// DB is one connection to an open database. Its methods may be used by one goroutine at a time: variables and temporary tables
// belong to the connection.
type DB struct {
	connector *duckdb.Connector
	pool      *sql.DB
	conn      *sql.Conn
	hands     []*DB // further connections to the same database, opened with it
}

// Variable is a parameter of queries, read there by getvariable(name).
type Variable struct {
	Name  string
	Value any // string, int, bool, time.Time (a date), []string
}

// Options says how a database is opened.
type Options struct {
	Path      string // empty: in memory
	ReadOnly  bool
	MemoryMB  int    // memory_limit; 0: the engine's own
	TempDir   string // where it spills; empty: the engine's own
	Threads   int    // of one query; 0: the engine's own
	Hands     int    // connections that work side by side; 0: one
	Variables []Variable
}

func open(o Options) (*DB, error) {
	dsn := ""
	if o.ReadOnly {
		dsn = o.Path + "?access_mode=READ_ONLY"
	}
	connector, err := duckdb.NewConnector(dsn, nil)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", shown(o.Path), err)
	}
	db := &DB{connector: connector, pool: sql.OpenDB(connector)}
	if err := db.connect(o); err != nil {
		db.Close()
		return nil, fmt.Errorf("open %s: %w", shown(o.Path), err)
	}
	return db, nil
}

// connect opens every connection at once: once the database is sealed, none could be set up any more.
func (d *DB) connect(o Options) error {
	for i := range max(1, o.Hands) {
		hand := d
		if i > 0 {
			hand = &DB{connector: d.connector, pool: d.pool}
			d.hands = append(d.hands, hand)
		}
		var err error
		if hand.conn, err = d.pool.Conn(context.Background()); err != nil {
			return err
		}
		for _, s := range o.settings(i == 0) {
			if err := hand.Exec(context.Background(), s); err != nil {
				return err
			}
		}
	}
	return nil
}

func shown(path string) string {
	if path == "" {
		return "a database in memory"
	}
	return path
}

// settings are the statements that set up a connection; the first one sets up the database as well.
//
// A new database is attached to an engine in memory, since only so can its log be left out: the file is a night's or nobody's, so
// nothing in it is ever recovered, and hundreds of relations needn't be written twice. Nor are they packed as tightly as could be:
// trying every method on every column takes longer than building most relations. It is in the newest form, whose way with texts is smaller
// and sooner written than the one before, and a quarter of the memory is kept for its blocks: given back to the system and asked for again,
// they would be wiped each time.
func (o Options) settings(first bool) []string {
	var list []string
	if first {
		list = []string{"set autoinstall_known_extensions = false", "set autoload_known_extensions = false",
			// An asof join that the engine believes to be tiny is done row against row; its belief is often wrong, and the sorted way costs nothing.
			"set asof_loop_join_threshold = 0"}
		if o.MemoryMB > 0 {
			list = append(list, fmt.Sprintf("set memory_limit = '%dMB'", o.MemoryMB))
		}
		if o.TempDir != "" {
			list = append(list, "set temp_directory = "+Literal(o.TempDir))
		}
		if o.Threads > 0 {
			list = append(list, fmt.Sprintf("set threads = %d", o.Threads))
		}
		if o.Path != "" && !o.ReadOnly {
			if o.MemoryMB > 0 {
				list = append(list, fmt.Sprintf("set block_allocator_memory = '%dMB'", o.MemoryMB/4))
			}
			list = append(list, "set disabled_compression_methods = 'fsst,zstd,alp,alprd,chimp,patas,roaring'",
				"attach "+Literal(o.Path)+" as warehouse (recovery_mode no_wal_writes, storage_version 'latest')")
		}
	}
	if o.Path != "" && !o.ReadOnly {
		list = append(list, "use warehouse")
	}
	list = append(list, "set timezone = 'UTC'")
	for _, v := range o.Variables {
		list = append(list, "set variable "+v.Name+" = "+Literal(v.Value))
	}
	return list
}

// Scratch opens a database of its own for one piece of work, which may spill to dir.
func Scratch(dir string, memoryMB int) (*DB, error) {
	return open(Options{TempDir: dir, MemoryMB: memoryMB})
}

// Busy tells the engine how many hands are at work, at least one and no more than it has threads: so many fewer are its own.
func (d *DB) Busy(ctx context.Context, hands int) error {
	return d.Exec(ctx, fmt.Sprintf("set external_threads = %d", hands))
}

// Exec runs statements that return no rows.
func (d *DB) Exec(ctx context.Context, statement string, args ...any) error {
	_, err := d.conn.ExecContext(ctx, statement, args...)
	return inPlainWords(err)
}

// inPlainWords says of a want of memory what a person can do. The engine's own advice is of settings that nobody here can reach.
func inPlainWords(err error) error {
	var said *duckdb.Error
	if !errors.As(err, &said) || said.Type != duckdb.ErrorTypeOutOfMemory {
		return err
	}
	what, _, _ := strings.Cut(said.Msg, "\n")
	return fmt.Errorf("the engine needs more memory than limits.memory_mb gives it; raise it, on a machine that has as much (%s)", what)
}

// Rows is a small result: values are nil, string, bool, int64, float64, time.Time, Decimal or []any.
type Rows struct {
	Columns []string
	Values  [][]any
}

// Decimal is an exact number as DuckDB writes it, such as "12.50".
type Decimal struct{ Text string }

func (d Decimal) String() string { return d.Text }

// Column gives the position of a column, or -1.
func (r Rows) Column(name string) int {
	for i, c := range r.Columns {
		if c == name {
			return i
		}
	}
	return -1
}

// Query runs one statement and gives its whole result. It is for small results; relations for rendering go through Read.
func (d *DB) Query(ctx context.Context, query string, args ...any) (Rows, error) {
	found, err := d.conn.QueryContext(ctx, query, args...)
	if err != nil {
		return Rows{}, inPlainWords(err)
	}
	defer found.Close()
	var rows Rows
	if rows.Columns, err = found.Columns(); err != nil {
		return Rows{}, err
	}
	for found.Next() {
		values := make([]any, len(rows.Columns))
		targets := make([]any, len(values))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := found.Scan(targets...); err != nil {
			return Rows{}, err
		}
		for i := range values {
			values[i] = plain(values[i])
		}
		rows.Values = append(rows.Values, values)
	}
	return rows, inPlainWords(found.Err())
}

// plain brings the driver's many types down to the few that Rows promises.
func plain(v any) any {
	switch x := v.(type) {
	case int8:
		return int64(x)
	case int16:
		return int64(x)
	case int32:
		return int64(x)
	case int:
		return int64(x)
	case uint8:
		return int64(x)
	case uint16:
		return int64(x)
	case uint32:
		return int64(x)
	case uint64:
		return int64(x)
	case float32:
		return float64(x)
	case *big.Int:
		return x.Int64()
	case duckdb.Decimal:
		return Decimal{digits(x)}
	case duckdb.UUID:
		return x.String()
	case []byte:
		return string(x)
	case []any:
		for i := range x {
			x[i] = plain(x[i])
		}
		return x
	default:
		return v
	}
}

// digits writes a decimal with all the places of its type: 12.50, where the driver's own String says 12.5.
func digits(d duckdb.Decimal) string {
	text, scale := new(big.Int).Abs(d.Value).String(), int(d.Scale)
	if scale > 0 {
		text = strings.Repeat("0", max(0, scale+1-len(text))) + text
		text = text[:len(text)-scale] + "." + text[len(text)-scale:]
	}
	if d.Value.Sign() < 0 {
		return "-" + text
	}
	return text
}

// Append adds rows to a table, in order. The values of a row stand in the order of the table's columns; a DATE or TIMESTAMP takes
// a time.Time, a DECIMAL a string (cast on the way), any column nil.
func (d *DB) Append(ctx context.Context, schema, table string, rows [][]any) error {
	return d.conn.Raw(func(raw any) error {
		appender, err := duckdb.NewAppenderFromConn(raw.(driver.Conn), schema, table)
		if err != nil {
			return err
		}
		for _, row := range rows {
			values := make([]driver.Value, len(row))
			for i, v := range row {
				values[i] = v
			}
			if err := appender.AppendRow(values...); err != nil {
				appender.Close()
				return fmt.Errorf("%s.%s: %w", schema, table, err)
			}
		}
		return appender.Close()
	})
}

// Close closes the database; the file is then complete.
func (d *DB) Close() error {
	for _, hand := range d.Hands() {
		if hand.conn != nil {
			hand.conn.Close()
		}
	}
	err := d.pool.Close()
	d.connector.Close()
	return err
}

// Literal writes a value as a DuckDB literal. A time.Time is written as a date.
func Literal(v any) string {
	switch x := v.(type) {
	case nil:
		return "null"
	case string:
		return "'" + strings.ReplaceAll(x, "'", "''") + "'"
	case time.Time:
		return "date '" + x.Format(time.DateOnly) + "'"
	case []string:
		parts := make([]string, len(x))
		for i, s := range x {
			parts[i] = Literal(s)
		}
		return "[" + strings.Join(parts, ", ") + "]::varchar[]"
	default:
		return fmt.Sprint(x)
	}
}

// Name quotes an identifier; a dot in it separates schema and table.
func Name(dotted string) string {
	parts := strings.Split(dotted, ".")
	for i, p := range parts {
		parts[i] = `"` + strings.ReplaceAll(p, `"`, `""`) + `"`
	}
	return strings.Join(parts, ".")
}
