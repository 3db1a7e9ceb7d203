package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/report"
)

// Stores are the two databases, embedded or servers, with their migrations.
type Stores struct {
	Flows *flowstore.Store
	Graph *graphstore.Store
	// Parts start the databases, connect and migrate, in order.
	Parts []component.Named

	clickHouse *clickhouse.DB
	neo4j      *neo4j.DB
}

// NewStores returns inert stores.
func NewStores(config Config, reporter *report.Reporter) (*Stores, error) {
	s := &Stores{}
	var children component.Together
	flows, child, err := s.openClickHouse(config, reporter)
	if err != nil {
		return nil, err
	}
	if child != nil {
		children = append(children, component.Named{Name: "clickhouse (embedded)", Component: child})
	}
	graph, graphChild, err := s.openNeo4j(config, reporter)
	if err != nil {
		return nil, err
	}
	if graphChild != nil {
		children = append(children, component.Named{Name: "neo4j (embedded)", Component: graphChild})
	}
	if len(children) > 0 {
		told := &listening{dir: config.DataDir}
		if child != nil {
			told.at.ClickHouse = config.ClickHouseListen
		}
		if graphChild != nil {
			told.at.Neo4j = config.Neo4jListen
		}
		s.Parts = append(s.Parts, component.Named{Name: "data directory", Component: told}, component.Named{Name: "databases", Component: children})
	}
	s.Parts = append(s.Parts,
		component.Named{Name: "clickhouse", Component: flows},
		component.Named{Name: "neo4j", Component: graph},
		component.Named{Name: "migrations", Component: migrator{s, reporter}},
	)
	s.Flows, s.Graph = flowstore.New(flows), graphstore.New(graph)
	return s, nil
}

func (s *Stores) openClickHouse(config Config, reporter *report.Reporter) (*clickhouse.DB, *clickhouse.Child, error) {
	log := reporter.Log("clickhouse")
	settings := config.ClickHouse
	var err error
	if settings.Password, err = secret("clickhouse", config.ClickHousePasswordFile, "EGRESSOR_CLICKHOUSE_PASSWORD"); err != nil {
		return nil, nil, err
	}
	var child *clickhouse.Child
	if settings.Address == "" {
		child = clickhouse.NewChild(log, clickhouse.ChildConfig{
			DataDir: config.clickHouseDir(), Listen: config.ClickHouseListen,
			Env: []string{"EGRESSOR_LOG_LEVEL=warn"}, // this process says itself when the child is ready
		})
		settings.Address, settings.PasswordFile = child.URL(), clickhouse.KeyFile(config.clickHouseDir())
	}
	s.clickHouse, err = clickhouse.New(log, settings)
	if err == nil {
		reporter.Health("clickhouse", s.clickHouseHealth)
	}
	return s.clickHouse, child, err
}

func (s *Stores) clickHouseHealth(ctx context.Context) error {
	if s.clickHouse.Conn == nil {
		return fmt.Errorf("not connected yet")
	}
	var one uint8
	return s.clickHouse.QueryRow(ctx, "SELECT 1").Scan(&one)
}

func (s *Stores) openNeo4j(config Config, reporter *report.Reporter) (*neo4j.DB, *neo4j.Child, error) {
	settings := neo4j.DefaultConfig()
	settings.User, settings.Database = config.Neo4jUser, config.Neo4jDatabase
	var child *neo4j.Child
	var err error
	if config.Neo4jURI == "" {
		childConfig := neo4j.DefaultChildConfig()
		childConfig.Data, childConfig.Deps, childConfig.Listen = config.DataDir, neo4j.FindDeps(), config.Neo4jListen
		childConfig.HeapMiB = config.Neo4jHeapMiB
		if child, err = neo4j.NewChild(reporter, childConfig); err != nil {
			return nil, nil, err
		}
	} else {
		settings.URI = config.Neo4jURI
		if settings.Password, err = secret("neo4j", config.Neo4jPasswordFile, "EGRESSOR_NEO4J_PASSWORD"); err != nil {
			return nil, nil, err
		}
	}
	s.neo4j, err = neo4j.New(reporter, settings, neo4j.Dependencies{Child: child})
	return s.neo4j, child, err
}

// secret reads a password from a file, else from the environment, else none.
func secret(what, file, variable string) (string, error) {
	if file == "" {
		return os.Getenv(variable), nil
	}
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("the password of %s is not in %s: name the file that has it, or with --data the directory of the service that runs here, which the demo prints first", what, file)
	}
	if err != nil {
		return "", fmt.Errorf("reading the password of %s: %w", what, err)
	}
	return strings.TrimRight(string(text), "\r\n"), nil
}

// migrator brings both schemas up to date, once, at start.
type migrator struct {
	stores   *Stores
	reporter *report.Reporter
}

// Start applies what is missing; a store newer than this binary is refused.
func (m migrator) Start(ctx context.Context) error {
	log := m.reporter.Log("migrate")
	if _, err := clickhouse.Migrate(ctx, log, m.stores.clickHouse); err != nil {
		return err
	}
	if err := neo4j.Migrate(ctx, m.stores.neo4j); err != nil {
		return err
	}
	minutes, err := m.stores.Graph.Upgrade(ctx)
	if minutes > 0 {
		log.Info("history rewritten in its new form", "minutes", minutes)
	}
	return err
}

// Stop has nothing to end.
func (migrator) Stop(context.Context) error { return nil }
