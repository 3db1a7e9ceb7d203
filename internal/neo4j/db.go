package neo4j

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	driverconfig "github.com/neo4j/neo4j-go-driver/v5/neo4j/config"

	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/report"
)

// Dependencies of DB.
type Dependencies struct {
	// Child is the embedded server, nil for a server of the user's own. It must
	// be started before the DB.
	Child *Child
	// Clock tells how old a plan is; nil is the machine's.
	Clock clock.Clock
}

// Server is what answered.
type Server struct {
	// Version, for example 5.26.30.
	Version string
	// Edition is "community" or "enterprise" (Aura says enterprise).
	Edition string
}

// DB is a connection pool to one Neo4j database. Transactions of one DB see
// each other's writes, on a cluster too (bookmarks).
type DB struct {
	cfg       Config
	deps      Dependencies
	log       *slog.Logger
	driver    driver.DriverWithContext
	bookmarks driver.BookmarkManager
	server    Server
	plans     plans
}

var _ component.Component = (*DB)(nil)

// New returns an inert DB; Start connects it.
func New(reporter *report.Reporter, cfg Config, deps Dependencies) (*DB, error) {
	if deps.Child == nil {
		if err := cfg.Validate(); err != nil {
			return nil, err
		}
	}
	db := &DB{cfg: cfg, deps: deps, log: reporter.Log("neo4j"), bookmarks: driver.NewBookmarkManager(driver.BookmarkManagerConfig{})}
	if db.plans.clock = deps.Clock; deps.Clock == nil {
		db.plans.clock = clock.System{}
	}
	reporter.Health("neo4j", db.Ping)
	return db, nil
}

// Start connects, logs in and checks that a Neo4j 5 answers.
func (db *DB) Start(ctx context.Context) error {
	if db.deps.Child != nil {
		db.cfg = db.deps.Child.connection(db.cfg)
	}
	opened, err := open(db.cfg)
	if err != nil {
		return explain(db.cfg, err)
	}
	if err := db.verifyStart(ctx, opened); err != nil {
		_ = opened.Close(ctx)
		return err
	}
	db.driver = opened
	if db.server, err = db.identify(ctx); err != nil {
		_ = opened.Close(ctx)
		db.driver = nil
		return err
	}
	db.log.Info("connected", "uri", db.cfg.URI, "version", db.server.Version, "edition", db.server.Edition)
	return nil
}

// verifyStart is one attempt, so that a wrong address is told at once and not after
// retries. The embedded server is at no wrong one: it is waited for, for as long as
// its own start may take.
func (db *DB) verifyStart(ctx context.Context, opened driver.DriverWithContext) error {
	if db.deps.Child == nil {
		return verify(ctx, db.cfg, opened)
	}
	ctx, cancel := context.WithTimeout(ctx, db.deps.Child.cfg.StartTimeout)
	defer cancel()
	for {
		err := verify(ctx, db.cfg, opened)
		if err == nil || errors.As(err, new(*driver.Neo4jError)) || !wait(ctx, firstBackoff) {
			return err
		}
	}
}

// Stop closes the connections.
func (db *DB) Stop(ctx context.Context) error {
	if db.driver == nil {
		return nil
	}
	return db.driver.Close(ctx)
}

// Ping reports whether Neo4j answers and its database takes transactions: one that
// has stopped still lets people log in.
func (db *DB) Ping(ctx context.Context) error {
	if db.driver == nil {
		return fmt.Errorf("neo4j at %s: not connected yet", db.cfg.URI)
	}
	err := verify(ctx, db.cfg, db.driver)
	if err == nil {
		err = explain(db.cfg, transact(ctx, db.cfg, db.driver))
	}
	return db.whileDown(err)
}

// explain is explain, and says what the embedded server is waiting for where it is down.
func (db *DB) explain(err error) error { return db.whileDown(explain(db.cfg, err)) }

func (db *DB) whileDown(err error) error {
	if err == nil || db.deps.Child == nil {
		return err
	}
	if down := db.deps.Child.healthy(context.Background()); down != nil {
		return fmt.Errorf("%w: %w", down, err)
	}
	return err
}

// Server is what Start found.
func (db *DB) Server() Server { return db.server }

// URI is where the DB is connected to.
func (db *DB) URI() string { return db.cfg.URI }

func open(cfg Config) (driver.DriverWithContext, error) {
	login := driver.NoAuth()
	if cfg.User != "" {
		login = driver.BasicAuth(cfg.User, cfg.Password, "")
	}
	return driver.NewDriverWithContext(cfg.URI, login, func(c *driverconfig.Config) {
		c.MaxConnectionPoolSize = cfg.MaxConnections
		c.SocketConnectTimeout = cfg.ConnectTimeout
		c.ConnectionAcquisitionTimeout = 2 * cfg.ConnectTimeout
		c.UserAgent = "egressor"
		c.TelemetryDisabled = true
	})
}

// verify connects and logs in. The driver waits without end for the first word
// of a server that accepts and then stays silent, so the time is bounded here.
func verify(ctx context.Context, cfg Config, opened driver.DriverWithContext) error {
	ctx, cancel := context.WithTimeout(ctx, 2*cfg.ConnectTimeout)
	defer cancel()
	err := opened.VerifyConnectivity(ctx)
	if err != nil && ctx.Err() != nil {
		return fmt.Errorf("neo4j at %s: accepts connections but does not answer as Neo4j (is it the Bolt port, 7687 by default?): %w", cfg.URI, errors.Join(ctx.Err(), err))
	}
	return explain(cfg, err)
}

func (db *DB) identify(ctx context.Context) (Server, error) {
	var found Server
	err := db.ExecuteRead(ctx, func(tx Tx) error {
		_, err := tx.Single(ctx, "CALL dbms.components() YIELD versions, edition RETURN versions[0], edition", nil, &found.Version, &found.Edition)
		return err
	})
	if err != nil {
		return Server{}, err
	}
	major, _, _ := strings.Cut(found.Version, ".")
	if number, err := strconv.Atoi(major); err != nil || number < 5 {
		return Server{}, fmt.Errorf("neo4j at %s is version %s (%s): Neo4j 5 or later is needed, 5.26 LTS is what we test", db.cfg.URI, found.Version, found.Edition)
	}
	return found, nil
}
