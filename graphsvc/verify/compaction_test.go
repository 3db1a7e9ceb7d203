package verify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/graphsvc/verify"
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

// Versions whose days the graph does not keep any more are no gaps in the chain:
// what can still be proven of them is, and the rest is said.
func TestForgottenVersionsAreNoted(t *testing.T) {
	stores, clock := told(t)
	rules := rollup.DefaultRules()
	rules.DaysAfter, rules.KeepMinutes, rules.KeepHours, rules.KeepDays = 2*time.Hour, 2*time.Hour, 26*time.Hour, 50*time.Hour
	loop := rolluptest.Loop(t, stores.Flows, stores.Graph, clock, rules, rollup.NewHub())
	stores.LeaseRunsOut(t) // that of the loop which folded
	later := rolluptest.Later(rolluptest.Story(t)[0], 5*24*time.Hour, 5000)
	stores.Append(t, later.Received, later.Batches...)
	for i := range time.Duration(8) { // the fold, an hour, a day, and what is past its time
		clock.Set(later.Step.Add(i * 2 * time.Minute))
		if err := loop.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	forgotten, err := stores.Graph.Forgotten(t.Context())
	if err != nil || forgotten <= rolluptest.First {
		t.Fatalf("days up to %s are forgotten (%v), want that of the story", forgotten, err)
	}
	if _, there, err := stores.Graph.Version(t.Context(), 1); err != nil || there {
		t.Fatalf("version 1 is there: %v (%v), want it gone", there, err)
	}
	found := outcomes(t, stores, clock)
	if len(found) != 5 {
		t.Errorf("%d versions are told of, want the story's four and the one that compacts their hour", len(found))
	}
	for number, checked := range found {
		if number > 4 { // it follows the version of the day that is kept, and stays with it
			continue
		}
		if checked.Problems != nil || !strings.Contains(checked.Note, verify.VersionGone) {
			t.Errorf("version %d: problems %v, note %q", number, checked.Problems, checked.Note)
		}
	}
	of := model.MinuteOf(later.Batches[0].CoveredFrom)
	verifier := verify.Verifier{Flows: stores.Flows, Graph: stores.Graph, Terms: rolluptest.ListPrices(t, stores.Flows), Clock: clock}
	err = verifier.Run(t.Context(), of, of+1, func(checked verify.Checked) {
		if checked.Problems != nil || checked.Note != "" {
			t.Errorf("version %d of the day that is kept: problems %v, note %q", checked.Version.Number, checked.Problems, checked.Note)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}
