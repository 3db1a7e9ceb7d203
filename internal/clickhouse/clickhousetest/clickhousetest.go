// Package clickhousetest gives tests the real ClickHouse engine: one embedded
// engine per test binary, one database per test. Product code never imports it.
package clickhousetest

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/embedded"
	"github.com/egressor/egressor/internal/clickhouse/handover"
	"github.com/egressor/egressor/internal/testkit"
)

// Open returns a connection to an empty database of the test's own, dropped
// with it. Without the engine's library the test is skipped, or fails where
// EGRESSOR_REQUIRE names clickhouse.
func Open(tb testing.TB) *clickhouse.DB {
	tb.Helper()
	name := "test_" + strings.ToLower(rand.Text())
	db, err := clickhouse.New(slog.New(slog.DiscardHandler), clickhouse.Config{Address: Start(tb), Password: Key, Database: name})
	if err != nil {
		tb.Fatalf("clickhouse for tests: %v", err)
	}
	if err := db.Start(tb.Context()); err != nil {
		tb.Fatalf("clickhouse for tests: %v", err)
	}
	tb.Cleanup(func() {
		// The test's own context has ended by now.
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if err := db.Exec(ctx, "DROP DATABASE "+clickhouse.Quote(name)+" SYNC"); err != nil {
			tb.Errorf("dropping the test's database: %v", err)
		}
		if err := db.Stop(ctx); err != nil {
			tb.Error(err)
		}
	})
	return db
}

// Key is what callers of the test binary's engine must know.
var Key = rand.Text()

// Start returns the URL of the test binary's engine, which it starts first when
// no test did so before. Its callers send Key.
func Start(tb testing.TB) string {
	tb.Helper()
	library, err := embedded.FindLibrary("")
	testkit.Require(tb, "clickhouse", err)
	url, err := sharedEngine(library)
	if err != nil {
		tb.Fatalf("clickhouse for tests: %v", err)
	}
	return url
}

var shared struct {
	sync.Once
	url      string
	err      error
	lifeline *os.File
}

// sharedEngine starts the engine once. Nobody stops it: it ends when its
// standard input does, which is when the test binary ends, however that ends.
// It leaves no goroutine behind for a leak check to find.
func sharedEngine(library string) (string, error) {
	shared.Do(func() { shared.url, shared.err = startEngine(library) })
	return shared.url, shared.err
}

func startEngine(library string) (url string, err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer func() { _ = listener.Close() }() // the engine has its own copy
	socket, err := listener.(*net.TCPListener).File()
	if err != nil {
		return "", err
	}
	defer func() { _ = socket.Close() }()
	input, lifeline, err := os.Pipe()
	if err != nil {
		return "", err
	}
	defer func() { _ = input.Close() }()
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	command := exec.Command(self)
	command.Env = append(os.Environ(), "TZ=UTC", engineVariable+"="+library, temporaryVariable+"=1")
	command.Stdin = input
	handover.Give(command, socket)
	handover.GiveKey(command, handover.Key{Secret: Key, File: "clickhousetest.Key"})
	if err := command.Start(); err != nil {
		return "", err
	}
	shared.lifeline = lifeline // a file that nothing refers to is closed by its finalizer
	return "http://" + listener.Addr().String(), nil
}

// ChildConfig runs the engine over dataDir in a copy of the test binary, on a
// free port, for tests of the child process itself.
func ChildConfig(tb testing.TB, dataDir string) clickhouse.ChildConfig {
	tb.Helper()
	library, err := embedded.FindLibrary("")
	testkit.Require(tb, "clickhouse", err)
	self, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	return clickhouse.ChildConfig{
		Command: []string{self},
		DataDir: dataDir,
		Listen:  "127.0.0.1:0",
		Env:     []string{engineVariable + "=" + library},
		Output:  io.Discard,
	}
}
