package neo4j

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Config says where Neo4j is and how to log in.
type Config struct {
	// URI is bolt://HOST:PORT (one server) or neo4j://HOST:PORT (a cluster or
	// Aura, routed); +s asks for TLS, +ssc for TLS with a self-signed certificate.
	// It is ignored when Dependencies.Child is set.
	URI string
	// User and Password log in; an empty user means that the server asks for none.
	User, Password string
	// Database is the database's name, "" for the server's default.
	Database string
	// MaxConnections bounds the connection pool.
	MaxConnections int
	// ConnectTimeout bounds one attempt to connect.
	ConnectTimeout time.Duration
	// RetryTime bounds the repetition of a transaction that the server gave up
	// for a passing reason (deadlock, leader change, lost connection before commit).
	RetryTime time.Duration
}

// DefaultConfig is a server on this machine with the default port and user.
func DefaultConfig() Config {
	return Config{
		URI:            "bolt://127.0.0.1:7687",
		User:           "neo4j",
		MaxConnections: 20,
		ConnectTimeout: 5 * time.Second,
		RetryTime:      20 * time.Second,
	}
}

var schemes = []string{"bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"}

// Validate says what is wrong with the configuration, and what would be right.
func (c Config) Validate() error {
	address, err := url.Parse(c.URI)
	if err != nil {
		return fmt.Errorf("neo4j URI %q: %w", c.URI, err)
	}
	if !slices.Contains(schemes, address.Scheme) {
		return fmt.Errorf("neo4j URI %q: scheme must be one of %s, for example bolt://127.0.0.1:7687", c.URI, strings.Join(schemes, ", "))
	}
	if address.Hostname() == "" {
		return fmt.Errorf("neo4j URI %q: no host, want for example %s://127.0.0.1:7687", c.URI, address.Scheme)
	}
	if address.User != nil {
		return errors.New("neo4j URI: user and password do not belong into the address, where logs would show them: set --neo4j-user and --neo4j-password-file (or EGRESSOR_NEO4J_PASSWORD)")
	}
	return nil
}
