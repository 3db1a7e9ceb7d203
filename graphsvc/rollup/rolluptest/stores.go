// Package rolluptest gives tests of the fold both real stores, a clock of their
// own and a recorded story to fold. Product code never imports it.
package rolluptest

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/terms"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/neo4j/neo4jtest"
)

// Stores are both stores, empty and migrated, and the connections beneath them.
type Stores struct {
	ClickHouse *clickhouse.DB
	Neo4j      *neo4j.DB
	Flows      *flowstore.Store
	Graph      *graphstore.Store
}

// Open returns empty stores. The package's TestMain must call neo4jtest.Main,
// and its tests must not run in parallel.
func Open(tb testing.TB) *Stores {
	tb.Helper()
	s := &Stores{Neo4j: neo4jtest.DB(tb), ClickHouse: clickhousetest.Migrated(tb)}
	if err := neo4j.Migrate(tb.Context(), s.Neo4j); err != nil {
		tb.Fatal(err)
	}
	return s.Again()
}

// Again returns the same stores as a new process would see them: nothing is
// remembered.
func (s *Stores) Again() *Stores {
	return &Stores{
		ClickHouse: s.ClickHouse, Neo4j: s.Neo4j,
		Flows: flowstore.New(s.ClickHouse), Graph: graphstore.New(s.Neo4j),
	}
}

// Append stores batches as ingest would.
func (s *Stores) Append(tb testing.TB, receivedAt time.Time, batches ...model.Batch) {
	tb.Helper()
	for _, batch := range batches {
		digest := fmt.Sprintf("%v", batch.BatchKey)
		if err := s.Flows.Append(tb.Context(), batch, digest, receivedAt); err != nil {
			tb.Fatal(err)
		}
	}
}

// LeaseRunsOut lets the lease on folding run out without waiting for it: the
// process that holds it is dead or as good as dead.
func (s *Stores) LeaseRunsOut(tb testing.TB) {
	tb.Helper()
	err := s.Neo4j.ExecuteWrite(tb.Context(), func(tx neo4j.Tx) error {
		return tx.Exec(tb.Context(), "MATCH (l:FoldLease) SET l.until = timestamp() - 1", nil)
	})
	if err != nil {
		tb.Fatal(err)
	}
}

// ListPrices are the default price book at list prices.
func ListPrices(tb testing.TB, store terms.Store) *terms.Terms {
	tb.Helper()
	return Terms(tb, store, terms.Settings{Books: []string{pricebooks.Default}, Mode: pricing.List})
}

// Terms are terms over a store.
func Terms(tb testing.TB, store terms.Store, settings terms.Settings) *terms.Terms {
	tb.Helper()
	prices, err := terms.New(settings, store)
	if err != nil {
		tb.Fatal(err)
	}
	return prices
}

// Loop returns an inert loop over stores, real or disturbed.
func Loop(tb testing.TB, flows rollup.Flows, graph rollup.Graph, clock *Clock, rules rollup.Rules, hub *rollup.Hub) *rollup.Loop {
	tb.Helper()
	return rollup.New(Dependencies(tb, flows, graph, clock, rules, hub))
}

// Dependencies are those of Loop, for tests that change some.
func Dependencies(tb testing.TB, flows rollup.Flows, graph rollup.Graph, clock *Clock, rules rollup.Rules, hub *rollup.Hub) rollup.Dependencies {
	tb.Helper()
	return rollup.Dependencies{
		Flows: flows, Graph: graph, Terms: ListPrices(tb, flows), Clock: clock, Rules: rules, Hub: hub,
		Log: slog.New(slog.DiscardHandler), Registry: prometheus.NewRegistry(), CodeVersion: "test",
	}
}

// Rules are the default rules without compaction, for tests that count versions.
func Rules() rollup.Rules {
	rules := rollup.DefaultRules()
	rules.HoursAfter = 0
	return rules
}
