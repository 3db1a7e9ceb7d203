package app

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Embedded stores that run are found by their directory, wherever they listen, with
// the secrets that the service keeps beside its data; those that do not are left to
// be started, on a port that is nobody's.
func TestAttached(t *testing.T) {
	answering, others := listener(t), listener(t)
	config := DefaultConfig()
	config.DataDir = t.TempDir()
	config.ClickHouseListen, config.Neo4jListen = others, "127.0.0.1:1"

	service := &listening{dir: config.DataDir, at: addresses{ClickHouse: answering}}
	if err := service.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	size := sizeOf(t, listeningFile(config.DataDir))
	got := attached(t, config)
	if want := filepath.Join(config.DataDir, "clickhouse-key"); got.ClickHousePasswordFile != want {
		t.Errorf("the key is read from %q, want %q", got.ClickHousePasswordFile, want)
	}
	if got.ClickHouse.Address != "http://"+answering || got.Neo4jURI != "" || got.Neo4jListen != "127.0.0.1:1" {
		t.Errorf("attached to %q and %q, want %q alone", got.ClickHouse.Address, got.Neo4jURI, answering)
	}

	second := &listening{dir: config.DataDir}
	if err := second.Start(t.Context()); err == nil || !strings.Contains(err.Error(), "another egressor runs on") {
		t.Errorf("a second service on the directory: %v", err)
	}
	if err := service.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	got = attached(t, config)
	if got.ClickHouse.Address != "" || got.ClickHouseListen == others || got.ClickHouseListen == "" {
		t.Errorf("beside somebody else's stores: attached to %q, listens at %q", got.ClickHouse.Address, got.ClickHouseListen)
	}
	if err := second.Start(t.Context()); err != nil {
		t.Errorf("after the first ended: %v", err)
	}
	if err := second.Stop(t.Context()); err != nil {
		t.Error(err)
	}

	if now := sizeOf(t, listeningFile(config.DataDir)); size == 0 || now != size {
		t.Errorf("the file has %d bytes and had %d: with another length it needs room on the disk", now, size)
	}

	config.ClickHouse.Address, config.ClickHousePasswordFile = "ch.example:9440", "own"
	if got := attached(t, config); got.ClickHouse.Address != "ch.example:9440" || got.ClickHousePasswordFile != "own" {
		t.Errorf("a server of its own became %q with %q", got.ClickHouse.Address, got.ClickHousePasswordFile)
	}
}

// A misspelt directory is said to be empty, and not made.
func TestHasData(t *testing.T) {
	config := DefaultConfig()
	config.DataDir = filepath.Join(t.TempDir(), "misspelt")
	if err := config.HasData(); err == nil || !strings.Contains(err.Error(), "misspelt") {
		t.Errorf("no directory: %v", err)
	}
	for _, store := range []string{"clickhouse", "neo4j"} {
		if err := os.MkdirAll(filepath.Join(config.DataDir, store), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := config.HasData(); err != nil {
		t.Errorf("with both stores: %v", err)
	}
	config.DataDir, config.ClickHouse.Address, config.Neo4jURI = "none", "ch.example:9440", "neo4j://graph.example:7687"
	if err := config.HasData(); err != nil {
		t.Errorf("servers: %v", err)
	}
}

func attached(t *testing.T, config Config) Config {
	t.Helper()
	got, err := config.Attached()
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func listener(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l.Addr().String()
}

func sizeOf(t *testing.T, path string) int64 {
	t.Helper()
	file, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return file.Size()
}
