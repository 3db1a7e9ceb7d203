package app_test

import (
	"net"
	"path/filepath"
	"testing"

	"github.com/egressor/egressor/graphsvc/app"
)

// Embedded stores that answer are used as servers, with the secrets that the
// service keeps beside its data; those that do not are left to be started.
func TestAttached(t *testing.T) {
	answering, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answering.Close() }()
	config := app.DefaultConfig()
	config.DataDir = t.TempDir()
	config.ClickHouseListen, config.Neo4jListen = answering.Addr().String(), "127.0.0.1:1"

	got := config.Attached()
	if want := filepath.Join(config.DataDir, "clickhouse-key"); got.ClickHousePasswordFile != want {
		t.Errorf("the key is read from %q, want %q", got.ClickHousePasswordFile, want)
	}
	if want := "http://" + config.ClickHouseListen; got.ClickHouse.Address != want || got.Neo4jURI != "" {
		t.Errorf("attached to %q and %q, want %q alone", got.ClickHouse.Address, got.Neo4jURI, want)
	}

	config.ClickHouse.Address, config.ClickHousePasswordFile = "ch.example:9440", "own"
	if got := config.Attached(); got.ClickHouse.Address != "ch.example:9440" || got.ClickHousePasswordFile != "own" {
		t.Errorf("a server of its own became %q with %q", got.ClickHouse.Address, got.ClickHousePasswordFile)
	}
}
