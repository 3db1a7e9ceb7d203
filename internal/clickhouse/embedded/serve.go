package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/egressor/egressor/internal/clickhouse/handover"
)

// Config says where the engine keeps its data and who may talk to it.
type Config struct {
	// DataDir is made when it does not exist. One process at a time may use it.
	DataDir string
	// Listen is host:port. Hosts other than loopback are refused unless
	// AllowRemote: the key and all data would travel in the clear.
	Listen      string
	AllowRemote bool
	// LibraryPath is libchdb.so, "" to look for it as FindLibrary does.
	LibraryPath string
	// MaxConcurrent bounds the statements that run at once, 0 means 8. Another
	// 100 wait; more are refused with TOO_MANY_SIMULTANEOUS_QUERIES.
	MaxConcurrent int
	// MaxBodyBytes bounds one request's body, 0 means 2 GiB.
	MaxBodyBytes int64
	Log          *slog.Logger
}

// stopGrace bounds the wait for running statements at the end.
const stopGrace = 10 * time.Second

// Serve runs the engine until ctx ends, then lets running statements finish for
// a few seconds. A data directory left by a killed process opens like any other.
// The parent process gives it the key that callers must know (package handover).
func Serve(ctx context.Context, config Config) error {
	path, err := FindLibrary(config.LibraryPath)
	if err != nil {
		return err
	}
	listener, err := listen(config)
	if err != nil {
		return err
	}
	defer func() { _ = listener.Close() }()
	key, err := handover.TakeKey()
	if err != nil {
		return err
	}
	sessions, err := openEngine(path, config)
	if err != nil {
		return err
	}
	config.Log.Info("embedded clickhouse is ready", "listen", listener.Addr().String(), "data", config.DataDir, "version", sessions.lib.version())
	err = serveHTTP(ctx, listener, newHandler(sessions, config, key))
	return errors.Join(err, sessions.close())
}

func openEngine(libraryPath string, config Config) (*pool, error) {
	dir, err := filepath.Abs(config.DataDir)
	if err != nil {
		return nil, fmt.Errorf("data directory of the embedded clickhouse: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("data directory of the embedded clickhouse: %w", err)
	}
	lib, err := load(libraryPath)
	if err != nil {
		return nil, err
	}
	concurrent := config.MaxConcurrent
	if concurrent == 0 {
		concurrent = 8
	}
	return newPool(lib, dir, concurrent)
}

func serveHTTP(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    1 << 20, // queries of inserts travel in the URL
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("embedded clickhouse stopped listening: %w", err)
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopGrace)
	defer cancel()
	if err := server.Shutdown(stopping); err != nil {
		return fmt.Errorf("embedded clickhouse: statements still ran after %s: %w", stopGrace, err)
	}
	return nil
}

func listen(config Config) (net.Listener, error) {
	if handover.Given() {
		return handover.Take()
	}
	host, _, err := net.SplitHostPort(config.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen address of the embedded clickhouse: %w", err)
	}
	if !config.AllowRemote && !isLoopback(host) {
		return nil, fmt.Errorf("embedded clickhouse refuses to listen on %s: its connections are not encrypted, so it listens on loopback addresses only", config.Listen)
	}
	listener, err := net.Listen("tcp", config.Listen)
	if err != nil {
		return nil, fmt.Errorf("embedded clickhouse cannot listen on %s: choose another port with --listen: %w", config.Listen, err)
	}
	return listener, nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
