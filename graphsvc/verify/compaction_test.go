package verify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/internal/model"
)

// compacted is the story folded and, two hours later, compacted: its minutes lie
// in the hour that version 5 keeps as one.
func compacted(t *testing.T) (*rolluptest.Stores, *rolluptest.Clock) {
	t.Helper()
	stores, clock := told(t)
	loop := rolluptest.Loop(t, stores.Flows, stores.Graph, clock, rollup.DefaultRules(), rollup.NewHub())
	stores.LeaseRunsOut(t) // that of the loop which folded
	clock.Set(rolluptest.First.Start().Add(2 * time.Hour))
	for range 2 {
		if err := loop.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return stores, clock
}

func TestCompactionsAreProven(t *testing.T) {
	stores, clock := compacted(t)
	head, _, err := stores.Graph.Head(t.Context())
	if err != nil || head.Kind != model.VersionCompact || head.Number != 5 || head.Totals.Edges == 0 {
		t.Fatalf("after two hours the head is %+v (%v), want a compaction", head, err)
	}
	for number, checked := range outcomes(t, stores, clock) {
		if checked.Problems != nil || checked.Note != "" {
			t.Errorf("version %d: problems %v, note %q", number, checked.Problems, checked.Note)
		}
	}
}

func TestTamperingWithAnHourIsFoundAndNamed(t *testing.T) {
	hour := func(change func([]pieces.Row)) func(*testing.T, *rolluptest.Stores) {
		return func(t *testing.T, stores *rolluptest.Stores) { rolluptest.Repack(t, stores.Neo4j, "hour", 5, change) }
	}
	for name, test := range map[string]struct {
		harm func(*testing.T, *rolluptest.Stores)
		want string
	}{
		"bytes of the hour":       {hour(func(rows []pieces.Row) { rows[0].Sent.WireBytes++ }), "the hour piece as of version 5"},
		"connections of the hour": {hour(func(rows []pieces.Row) { rows[0].Connections++ }), "the hour piece as of version 5"},
		"the hour's piece is gone": {
			cypher("MATCH (p:Piece {tier: 'hour'}) DELETE p"), "the graph has no hour piece",
		},
		"a relationship's sum": {
			cypher("MATCH ()-[r:TRANSFERRED]->() WITH r LIMIT 1 SET r.wireBytes = r.wireBytes + 1"), "has wireBytes",
		},
		"a relationship's minute": {
			cypher("MATCH ()-[r:TRANSFERRED]->() WITH r LIMIT 1 SET r.costNanoEach = [x IN r.costNanoEach | x + 1]"), "has costNanosEach",
		},
		"a relationship is gone": {cypher("MATCH ()-[r:TRANSFERRED]->() WITH r LIMIT 1 DELETE r"), "relationships, the parts have"},
		"a minute below": {
			func(t *testing.T, stores *rolluptest.Stores) {
				rolluptest.Repack(t, stores.Neo4j, "minute", 4, func(rows []pieces.Row) { rows[0].Sent.WireBytes++ })
			}, "it cannot be compacted again",
		},
		"its header": {clickHouse("ALTER TABLE versions UPDATE wire_bytes = wire_bytes + 1 WHERE number = 5"), "header: the stored fields"},
	} {
		t.Run(name, func(t *testing.T) {
			stores, clock := compacted(t)
			test.harm(t, stores)
			if problems := strings.Join(outcomes(t, stores, clock)[5].Problems, "\n"); !strings.Contains(problems, test.want) {
				t.Errorf("want %q, got\n%s", test.want, problems)
			}
		})
	}
}
