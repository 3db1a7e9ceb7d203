package neo4j

import (
	"fmt"
	"net"
	"strconv"
	"time"
)

// ChildConfig says how the embedded Neo4j runs.
type ChildConfig struct {
	// Data is the --data directory: the store lives in Data/neo4j and the
	// password in Data/neo4j-password.
	Data string
	// Deps is the directory of native dependencies, the one that holds neo4j/.
	Deps string
	// Java is the java command.
	Java string
	// Listen is the address of Bolt. Port 0 takes any free one. Community has no
	// read-only user, so it should stay on the loopback interface.
	Listen string
	// HeapMiB is the Java heap and PageCacheMiB the store's cache, both in MiB.
	HeapMiB, PageCacheMiB int
	// TransactionTimeout ends a transaction that runs longer.
	TransactionTimeout time.Duration
	// StartTimeout bounds the time until queries are answered, recovery of a
	// killed store included; StopTimeout the orderly stop before SIGKILL.
	StartTimeout, StopTimeout time.Duration
}

// DefaultChildConfig is the embedded default without its two directories.
func DefaultChildConfig() ChildConfig {
	return ChildConfig{
		Java:               "java",
		Listen:             "127.0.0.1:7687",
		HeapMiB:            1024,
		PageCacheMiB:       256,
		TransactionTimeout: 2 * time.Minute,
		StartTimeout:       3 * time.Minute,
		StopTimeout:        15 * time.Second,
	}
}

// Validate says what is wrong with the configuration.
func (c ChildConfig) Validate() error {
	host, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return fmt.Errorf("neo4j listen address %q: want HOST:PORT: %w", c.Listen, err)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil || host == "" {
		return fmt.Errorf("neo4j listen address %q: want HOST:PORT with a port from 0 to 65535", c.Listen)
	}
	if c.Data == "" {
		return fmt.Errorf("embedded neo4j: no data directory: set --data")
	}
	if c.HeapMiB < 256 || c.PageCacheMiB < 16 {
		return fmt.Errorf("embedded neo4j: heap %d MiB and page cache %d MiB: at least 256 and 16 are needed", c.HeapMiB, c.PageCacheMiB)
	}
	return nil
}
