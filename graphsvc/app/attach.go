package app

import (
	"net"
	"path/filepath"
	"time"

	"github.com/egressor/egressor/graphsvc/verify"
	"github.com/egressor/egressor/internal/clickhouse"
)

// Attached returns the settings for a command that reads the stores beside a
// running service: where the embedded stores already answer, they are used as
// servers instead of being started a second time.
func (c Config) Attached() Config {
	if c.ClickHouse.Address == "" && answers(c.ClickHouseListen) {
		c.ClickHouse.Address, c.ClickHousePasswordFile = "http://"+c.ClickHouseListen, clickhouse.KeyFile(c.clickHouseDir())
	}
	if c.Neo4jURI == "" && answers(c.Neo4jListen) {
		c.Neo4jURI, c.Neo4jPasswordFile = "bolt://"+c.Neo4jListen, filepath.Join(c.DataDir, "neo4j-password")
	}
	return c
}

func answers(address string) bool {
	const patience = time.Second
	conn, err := net.DialTimeout("tcp", address, patience)
	if err != nil {
		return false
	}
	_ = conn.Close()
	return true
}

// Graphs is the graph as verify asks it.
func (s *Stores) Graphs() verify.Graph { return s.Graph }
