package embedded

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/ebitengine/purego"
)

// symbols are the functions of libchdb.so that we call, with the signatures of
// its chdb.h. Handles are opaque addresses; strings go as pointer and length
// and need no terminator.
type symbols struct {
	version          func() string
	setSignals       func(enabled int32)
	connect          func(argc int32, argv **byte) uintptr
	closeConn        func(conn uintptr)
	query            func(conn uintptr, query *byte, queryLen uint64, format *byte, formatLen uint64, names **byte, nameLens *uint64, values **byte, valueLens *uint64, params uint64) uintptr
	resultBuffer     func(result uintptr) uintptr
	resultLength     func(result uintptr) uint64
	resultError      func(result uintptr) string
	resultRows       func(result uintptr) uint64
	destroyResult    func(result uintptr)
	insert           func(conn uintptr, query *byte, queryLen uint64, format *byte, formatLen uint64) uintptr
	insertAppend     func(stream uintptr, data *byte, length uint64) int32
	insertDone       func(stream uintptr) uintptr
	insertCancel     func(stream uintptr)
	insertError      func(stream uintptr) string
	destroyInsertion func(stream uintptr)
}

// FindLibrary returns the path of libchdb.so: the given path where it is not
// empty, else the first that exists of $EGRESSOR_DEPS/chdb, .deps/chdb beside
// the executable's directory, and .deps/chdb in the working directory or above.
func FindLibrary(given string) (string, error) {
	if given != "" {
		if _, err := os.Stat(given); err != nil {
			return "", fmt.Errorf("embedded clickhouse library: %w", err)
		}
		return given, nil
	}
	for _, dir := range dependencyDirs() {
		path := filepath.Join(dir, "chdb", "libchdb.so")
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
	}
	return "", errors.New("embedded clickhouse library libchdb.so is not installed: run `make deps`, name the dependencies' directory in EGRESSOR_DEPS, or use a server with --clickhouse-address")
}

func dependencyDirs() []string {
	var dirs []string
	if dir := os.Getenv("EGRESSOR_DEPS"); dir != "" {
		dirs = append(dirs, dir)
	}
	if executable, err := os.Executable(); err == nil {
		dirs = append(dirs, filepath.Join(filepath.Dir(executable), "..", ".deps"))
	}
	dir, err := os.Getwd()
	for err == nil {
		dirs = append(dirs, filepath.Join(dir, ".deps"))
		parent := filepath.Dir(dir)
		if parent == dir {
			break
		}
		dir = parent
	}
	return dirs
}

// library is loaded once per process and never unloaded: its threads cannot be.
var library struct {
	sync.Mutex
	path string
	symbols
}

// load maps the library at path and resolves its functions. A process can hold
// one library only.
func load(path string) (lib *symbols, err error) {
	library.Lock()
	defer library.Unlock()
	if library.path == path {
		return &library.symbols, nil
	}
	if library.path != "" {
		return nil, fmt.Errorf("embedded clickhouse library %s: this process has already loaded %s", path, library.path)
	}
	handle, err := purego.Dlopen(path, purego.RTLD_NOW|purego.RTLD_LOCAL)
	if err != nil {
		return nil, fmt.Errorf("loading the embedded clickhouse library (for %s/%s, glibc): %w", runtime.GOOS, runtime.GOARCH, err)
	}
	defer func() { // RegisterLibFunc panics where a function is missing
		if missing := recover(); missing != nil {
			err = fmt.Errorf("embedded clickhouse library %s is not of the version that this binary needs: %v; run `make deps`", path, missing)
		}
	}()
	for name, function := range library.functions() {
		purego.RegisterLibFunc(function, handle, name)
	}
	library.path = path
	// The engine's handlers would take SIGSEGV and SIGTERM away from Go's runtime.
	library.setSignals(0)
	return &library.symbols, nil
}

func (s *symbols) functions() map[string]any {
	return map[string]any{
		"chdb_version":                     &s.version,
		"chdb_set_signal_handlers_enabled": &s.setSignals,
		"chdb_connect":                     &s.connect,
		"chdb_close_conn":                  &s.closeConn,
		"chdb_query_with_params_n":         &s.query,
		"chdb_result_buffer":               &s.resultBuffer,
		"chdb_result_length":               &s.resultLength,
		"chdb_result_error":                &s.resultError,
		"chdb_result_rows_written":         &s.resultRows,
		"chdb_destroy_query_result":        &s.destroyResult,
		"chdb_stream_insert_n":             &s.insert,
		"chdb_stream_append":               &s.insertAppend,
		"chdb_stream_done":                 &s.insertDone,
		"chdb_stream_cancel_insert":        &s.insertCancel,
		"chdb_stream_insert_error":         &s.insertError,
		"chdb_destroy_insert_stream":       &s.destroyInsertion,
	}
}
