package embedded

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"unsafe"
)

// session is one connection to the engine: one statement at a time, with a
// current database and settings of its own. It is not safe for concurrent use.
type session struct {
	lib      *symbols
	handle   uintptr // chdb_connection *
	database string
	// broken is set when its state is not known any more; it must be closed.
	broken bool
}

// memoryShare of the machine's memory is the engine's at most: it shares the
// machine with the graph store and with us.
const memoryShare = "0.5"

// newSession connects to the engine over dataDir. The first session of a
// process starts the engine, the last one to close ends it; between them every
// session must name the same directory.
func newSession(lib *symbols, dataDir string) (*session, error) {
	args := [][]byte{cString("clickhouse"), cString("--path=" + dataDir), cString("--max_server_memory_usage_to_ram_ratio=" + memoryShare)}
	argv := make([]*byte, len(args))
	for i, arg := range args {
		argv[i] = &arg[0]
	}
	handle := lib.connect(int32(len(argv)), &argv[0])
	runtime.KeepAlive(args)
	if handle == 0 || *(*uintptr)(address(handle)) == 0 {
		return nil, fmt.Errorf("the embedded clickhouse engine did not open %s: is it writable, and does no other process use it?", dataDir)
	}
	return &session{lib: lib, handle: handle, database: "default"}, nil
}

// conn is the chdb_connection that the statement functions want.
func (s *session) conn() uintptr { return *(*uintptr)(address(s.handle)) }

func (s *session) close() { s.lib.closeConn(s.handle) }

// param is one value for a {name:Type} placeholder, as text.
type param struct{ name, value string }

// setting is one ClickHouse setting, as text.
type setting struct{ name, value string }

// query runs one statement and hands its output, in format unless the
// statement names another, to use. The bytes are valid only within use. A
// failed statement is an error of type *Exception.
func (s *session) query(statement, format string, params []param, use func(output []byte) error) error {
	names, nameLens := pointers(params, func(p param) string { return p.name })
	values, valueLens := pointers(params, func(p param) string { return p.value })
	result := s.lib.query(s.conn(), pointer(statement), uint64(len(statement)), pointer(format), uint64(len(format)),
		unsafe.SliceData(names), unsafe.SliceData(nameLens), unsafe.SliceData(values), unsafe.SliceData(valueLens), uint64(len(params)))
	runtime.KeepAlive(params)
	if result == 0 {
		s.broken = true
		return errors.New("the embedded clickhouse engine returned no result")
	}
	defer s.lib.destroyResult(result)
	if text := s.lib.resultError(result); text != "" {
		return newException(text)
	}
	if use == nil {
		return nil
	}
	return use(s.output(result))
}

// exec runs a statement whose output nobody reads.
func (s *session) exec(statement string) error { return s.query(statement, "Null", nil, nil) }

func (s *session) output(result uintptr) []byte {
	length := s.lib.resultLength(result)
	if length == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(address(s.lib.resultBuffer(result))), length)
}

// insert streams body, encoded in format, into the table that statement ("INSERT
// INTO table (columns)") names, and returns the rows written. When body fails,
// what was already read of it may have been written block by block.
func (s *session) insert(statement, format string, body io.Reader) (rows uint64, err error) {
	stream := s.lib.insert(s.conn(), pointer(statement), uint64(len(statement)), pointer(format), uint64(len(format)))
	if stream == 0 {
		s.broken = true
		return 0, errors.New("the embedded clickhouse engine opened no insert")
	}
	defer s.lib.destroyInsertion(stream)
	if text := s.lib.insertError(stream); text != "" {
		return 0, newException(text)
	}
	if err := s.feed(stream, body); err != nil {
		s.lib.insertCancel(stream)
		// The engine may carry the cancellation over to the connection's next
		// statement, which is somebody else's.
		s.broken = true
		return 0, err
	}
	result := s.lib.insertDone(stream)
	if result == 0 {
		s.broken = true
		return 0, errors.New("the embedded clickhouse engine did not confirm an insert")
	}
	defer s.lib.destroyResult(result)
	if text := s.lib.resultError(result); text != "" {
		return 0, newException(text)
	}
	return s.lib.resultRows(result), nil
}

// insertChunkBytes balances copies into the engine against memory per insert.
const insertChunkBytes = 1 << 20

func (s *session) feed(stream uintptr, body io.Reader) error {
	chunk := make([]byte, insertChunkBytes)
	for {
		n, err := fill(body, chunk)
		if n > 0 && s.lib.insertAppend(stream, &chunk[0], uint64(n)) != 0 {
			return newException(s.lib.insertError(stream))
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("reading the insert's rows: %w", err)
		}
	}
}

// fill reads until chunk is full or body ends. Unlike io.ReadFull it keeps the
// body's own errors, io.ErrUnexpectedEOF among them, apart from its end.
func fill(body io.Reader, chunk []byte) (n int, err error) {
	for n < len(chunk) && err == nil {
		var more int
		more, err = body.Read(chunk[n:])
		n += more
	}
	return n, err
}

// with runs f in database under settings, and takes both back afterwards, so
// that the next user of the session finds it as it was. A session that cannot
// be restored is marked broken.
func (s *session) with(database string, settings []setting, f func() error) error {
	if err := s.use(database); err != nil {
		return err
	}
	for i, set := range settings {
		if err := s.exec("SET " + set.name + " = " + quote(set.value)); err != nil {
			s.restore(settings[:i])
			return err
		}
	}
	defer s.restore(settings)
	return f()
}

func (s *session) use(database string) error {
	if database == s.database {
		return nil
	}
	if err := s.exec("USE " + quoteIdentifier(database)); err != nil {
		return err
	}
	s.database = database
	return nil
}

func (s *session) restore(settings []setting) {
	for _, set := range slices.Backward(settings) {
		if err := s.exec("SET " + set.name + " = DEFAULT"); err != nil {
			s.broken = true
			return
		}
	}
}

func quote(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(text) + "'"
}

func quoteIdentifier(name string) string {
	return "`" + strings.NewReplacer(`\`, `\\`, "`", "\\`").Replace(name) + "`"
}
