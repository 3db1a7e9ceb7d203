package graphstore_test

import (
	"errors"
	"fmt"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// More new edges than one transaction holds are written ahead, unknown to every
// question until their version is there; a version that fails leaves them to the
// next one that has them.
func TestNewEdgesAreWrittenAheadOfTheirVersion(t *testing.T) {
	first, db := store(t)
	s := graphstore.NewOf(first, 2)
	var edges []model.PricedEdge
	for i := range 5 {
		edges = append(edges, edge(firstMinute, workload(fmt.Sprint("from-", i)), workload(fmt.Sprint("to-", i)), 1000+uint64(i)))
	}
	var c, other chain
	other.next(firstMinute)
	if err := s.Publish(t.Context(), other.next(firstMinute, edges...)); !errors.Is(err, graphstore.ErrVersionConflict) {
		t.Fatalf("a version that does not follow: %v", err)
	}
	if live, err := s.Live(t.Context(), 10); err != nil || len(live) != 0 {
		t.Fatalf("%d live edges of no version (%v)", len(live), err)
	}
	firstKnown(t, db, map[string]int64{"relationships that no version knows": 5, "nodes that no version knows": 10})

	publish(t, s, c.next(firstMinute, edges[:4]...)) // more than two, so ahead again
	firstKnown(t, db, map[string]int64{"relationships of version 1": 4, "nodes of version 1": 8, "relationships that no version knows": 1, "nodes that no version knows": 2})
	expect(t, s, window(firstMinute, firstMinute+hour, 1), "", edges[:4]...)

	late := edges[4]
	late.Minute++
	publish(t, s, c.next(firstMinute+1, late)) // with the version, as few are
	firstKnown(t, db, map[string]int64{"relationships of version 1": 4, "nodes of version 1": 8, "relationships of version 2": 1, "nodes of version 2": 2})
	expect(t, s, window(firstMinute, firstMinute+hour, 2), "", append(edges[:4:4], late)...)
	expect(t, graphstore.New(db), window(firstMinute, firstMinute+hour, 1), "", edges[:4]...)
}

// firstKnown compares how many nodes and live relationships there are by the
// version that first knew them.
func firstKnown(t *testing.T, db *neo4j.DB, want map[string]int64) {
	t.Helper()
	got := map[string]int64{}
	for kind, statement := range map[string]string{
		"relationships": "MATCH ()-[t:TRANSFERS]->() RETURN CASE WHEN t.lastMinute IS NULL THEN null ELSE t.since END, count(*)",
		"nodes": `MATCH (n:Entity)
			RETURN CASE WHEN EXISTS { (n)-[t:TRANSFERS]-() WHERE t.lastMinute IS NOT NULL } THEN n.since ELSE null END, count(*)`,
	} {
		err := db.ExecuteRead(t.Context(), func(tx neo4j.Tx) error {
			return tx.Each(t.Context(), statement, nil, func(row neo4j.Row) error {
				var since any
				var count int64
				err := row.Scan(&since, &count)
				name := kind + " that no version knows"
				if since != nil {
					name = fmt.Sprintf("%s of version %d", kind, since)
				}
				got[name] = count
				return err
			})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("what was first known when (-want +got):\n%s", diff)
	}
}
