package app

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/egressor/egressor/graphsvc/verify"
	"github.com/egressor/egressor/internal/clickhouse"
)

// Attached returns the settings for a command that works beside a service: where
// the embedded stores of its directory run they are used as servers, wherever they
// listen, instead of being started a second time. Those that are to be started
// take other ports where theirs are somebody else's. It fails while a service on the
// directory cannot be asked.
func (c Config) Attached() (Config, error) {
	if c.ClickHouse.Address != "" && c.Neo4jURI != "" {
		return c, nil
	}
	at, err := listeningIn(c.DataDir)
	if err != nil {
		return c, err
	}
	if c.ClickHouse.Address == "" {
		if at.ClickHouse != "" {
			c.ClickHouse.Address, c.ClickHousePasswordFile = "http://"+at.ClickHouse, clickhouse.KeyFile(c.clickHouseDir())
		} else {
			c.ClickHouseListen = free(c.ClickHouseListen)
		}
	}
	if c.Neo4jURI == "" {
		if at.Neo4j != "" {
			c.Neo4jURI, c.Neo4jPasswordFile = "bolt://"+at.Neo4j, filepath.Join(c.DataDir, "neo4j-password")
		} else {
			c.Neo4jListen = free(c.Neo4jListen)
		}
	}
	return c, nil
}

// HasData says what is wrong where a command would read stores that were never
// there: it would make empty ones, and answer that there is nothing.
func (c Config) HasData() error {
	for store, embedded := range map[string]bool{"clickhouse": c.ClickHouse.Address == "", "neo4j": c.Neo4jURI == ""} {
		if _, err := os.Stat(filepath.Join(c.DataDir, store)); embedded && errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("there is no data in the directory %q: give the one of serve or demo by --data, or servers by --clickhouse-address and --neo4j-uri", c.DataDir)
		}
	}
	return nil
}

func answers(address string) bool {
	if address == "" {
		return false
	}
	const patience = time.Second
	conn, err := net.DialTimeout("tcp", address, patience)
	if err != nil {
		return false
	}
	_ = conn.Close()
	return true
}

// free is an address, or where something answers there one of the same host that is
// not taken.
func free(address string) string {
	host, _, err := net.SplitHostPort(address)
	if err != nil || !answers(address) {
		return address
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		return address
	}
	defer listener.Close()
	return listener.Addr().String()
}

// Graphs is the graph as verify asks it.
func (s *Stores) Graphs() verify.Graph { return s.Graph }
