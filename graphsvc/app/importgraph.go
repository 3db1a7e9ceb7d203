package app

import (
	"context"
	"fmt"
	"time"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/snapshot"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/report"
)

// importLease is how long an import may take.
const importLease = 10 * time.Minute

// GraphOnly is the graph store alone, with what starts, connects and migrates it.
func GraphOnly(config Config, reporter *report.Reporter) (*graphstore.Store, []component.Named, error) {
	s := &Stores{}
	db, child, err := s.openNeo4j(config, reporter)
	if err != nil {
		return nil, nil, err
	}
	var parts []component.Named
	if child != nil {
		parts = append(parts, component.Named{Name: "neo4j (embedded)", Component: child})
	}
	parts = append(parts,
		component.Named{Name: "neo4j", Component: db},
		component.Named{Name: "migrations", Component: graphMigrator{db}},
	)
	return graphstore.New(db), parts, nil
}

type graphMigrator struct{ db *neo4j.DB }

// Start brings the graph's schema up to date.
func (m graphMigrator) Start(ctx context.Context) error { return neo4j.Migrate(ctx, m.db) }

// Stop has nothing to end.
func (graphMigrator) Stop(context.Context) error { return nil }

// ImportGraph writes a snapshot into an empty graph, as version 1: its window
// merged into its first minute. It is for reading; what a service folds does not
// go on from it, and nothing in it can be proven from raw rows.
func ImportGraph(ctx context.Context, store *graphstore.Store, g snapshot.Graph) error {
	head, there, err := store.Head(ctx)
	if err != nil {
		return err
	}
	if there {
		return fmt.Errorf("the graph is not empty: it has versions up to %d; import into a Neo4j of its own", head.Number)
	}
	publication := graphstore.Publication{Version: importedVersion(g), Edges: make([]model.PricedEdge, len(g.Edges))}
	for i := range g.Edges {
		e := &g.Edges[i]
		publication.Edges[i] = model.PricedEdge{
			EdgeMinute: model.EdgeMinute{
				Minute: g.From, Key: e.Key, Sent: e.Sent, Connections: e.Connections, RTTMicros: e.RTTMicros,
				CheckBytes: e.CheckBytes, Checked: e.Checked,
			},
			Cost: e.Cost,
		}
		t := &publication.Version.Totals
		t.Edges++
		t.Sent = t.Sent.Add(e.Sent)
		if t.Cost, err = t.Cost.Add(e.Cost); err != nil {
			return err
		}
	}
	publication.Version.Totals.Nodes = uint64(len(g.Nodes()))
	if publication.Lease, err = store.AcquireLease(ctx, "import", importLease); err != nil {
		return err
	}
	return store.Publish(ctx, publication)
}

func importedVersion(g snapshot.Graph) model.GraphVersion {
	return model.GraphVersion{
		Number: 1, Kind: model.VersionFold, From: g.From, To: g.To, Currency: g.Currency,
		Digest: g.Digest, CodeVersion: fmt.Sprintf("imported from version %d", g.Version), CommittedAt: g.To.Start(),
	}
}
