package verify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/graphsvc/verify"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/neo4j/neo4jtest"
)

func TestMain(m *testing.M) { neo4jtest.Main(m) }

// told is the story of a rollout, folded: versions 1 to 3 are of its minutes
// and version 4 is a refold of the second one.
func told(t *testing.T) (*rolluptest.Stores, *rolluptest.Clock) {
	t.Helper()
	stores := rolluptest.Open(t)
	clock := rolluptest.NewClock(rolluptest.First.Start())
	loop := rolluptest.Loop(t, stores.Flows, stores.Graph, clock, rollup.DefaultRules(), rollup.NewHub())
	for _, event := range rolluptest.Story(t) {
		stores.Append(t, event.Received, event.Batches...)
		clock.Set(event.Step)
		if err := loop.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return stores, clock
}

// outcomes are what verify tells of each version.
func outcomes(t *testing.T, stores *rolluptest.Stores, clock *rolluptest.Clock) map[uint64]verify.Checked {
	t.Helper()
	again := stores.Again()
	verifier := verify.Verifier{Flows: again.Flows, Graph: again.Graph, Terms: rolluptest.ListPrices(t, again.Flows), Clock: clock}
	found := map[uint64]verify.Checked{}
	last := uint64(0)
	err := verifier.Run(t.Context(), rolluptest.First-rolluptest.First%60, rolluptest.First+3, func(checked verify.Checked) {
		if checked.Version.Number <= last {
			t.Errorf("version %d is told after %d", checked.Version.Number, last)
		}
		last = checked.Version.Number
		found[last] = checked
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func clickHouse(statement string) func(*testing.T, *rolluptest.Stores) {
	return func(t *testing.T, stores *rolluptest.Stores) {
		if err := stores.ClickHouse.Exec(t.Context(), statement+" SETTINGS mutations_sync = 2"); err != nil {
			t.Fatal(err)
		}
	}
}

func cypher(statement string) func(*testing.T, *rolluptest.Stores) {
	return func(t *testing.T, stores *rolluptest.Stores) {
		err := stores.Neo4j.ExecuteWrite(t.Context(), func(tx neo4j.Tx) error { return tx.Exec(t.Context(), statement, nil) })
		if err != nil {
			t.Fatal(err)
		}
	}
}

func repack(since uint64, change func([]pieces.Row)) func(*testing.T, *rolluptest.Stores) {
	return func(t *testing.T, stores *rolluptest.Stores) {
		rolluptest.Repack(t, stores.Neo4j, "minute", since, change)
	}
}

func TestFoldsAndRefoldsAreProven(t *testing.T) {
	stores, clock := told(t)
	found := outcomes(t, stores, clock)
	for number := uint64(1); number <= 4; number++ {
		checked, ok := found[number]
		if !ok || checked.Problems != nil || checked.Note != "" {
			t.Errorf("version %d: told %t, problems %v, note %q", number, ok, checked.Problems, checked.Note)
		}
	}
}

// Whatever is changed behind our back is found in the version that it belongs
// to, and said by name.
func TestTamperingIsFoundAndNamed(t *testing.T) {
	for name, test := range map[string]struct {
		harm func(*testing.T, *rolluptest.Stores)
		// want is by version: a part of one of its problems.
		want map[uint64]string
	}{
		"a minute of the series": {
			clickHouse("ALTER TABLE edge_minutes UPDATE wire_rest_bytes = wire_rest_bytes + 1 WHERE version = 3 AND edge_id = (SELECT min(edge_id) FROM edge_minutes WHERE version = 3)"),
			map[uint64]string{3: "edge_minutes adds up"},
		},
		"a price in the series": {
			clickHouse("ALTER TABLE edge_minutes UPDATE cost_rest_atoms = cost_rest_atoms + 1 WHERE version = 4"),
			map[uint64]string{4: "edge_minutes adds up"},
		},
		"a total of a header":      {clickHouse("ALTER TABLE versions UPDATE wire_bytes = wire_bytes - 1 WHERE number = 1"), map[uint64]string{1: "wire bytes: stored"}},
		"a count that nobody adds": {clickHouse("ALTER TABLE versions UPDATE unknown_bytes = 7 WHERE number = 2"), map[uint64]string{2: "header: the stored fields have digest"}},
		"the chain in the series":  {clickHouse("ALTER TABLE versions UPDATE previous_digest = 'other' WHERE number = 3"), map[uint64]string{3: "header: the stored fields have digest"}},
		"the inputs of a header":   {clickHouse("ALTER TABLE versions UPDATE inputs = '[]' WHERE number = 3"), map[uint64]string{3: "input digest: stored"}},
		"a header is gone":         {clickHouse("ALTER TABLE versions DELETE WHERE number = 2"), map[uint64]string{2: "the series has no header of it"}},
		"the newest header is gone": {
			clickHouse("ALTER TABLE versions DELETE WHERE number = 4"), map[uint64]string{4: "the series has no header of it"},
		},
		"a header is there twice": {clickHouse("INSERT INTO versions SELECT * FROM versions WHERE number = 2"), map[uint64]string{2: "more than once"}},
		"a raw row": {
			clickHouse("ALTER TABLE flows UPDATE sent_rest_bytes = sent_rest_bytes + 1 WHERE minute = 29923804 AND sent_wire_bytes > 0"),
			map[uint64]string{1: "input digest: stored"},
		},
		"a raw row is gone": {clickHouse("ALTER TABLE flows DELETE WHERE minute = 29923806"), map[uint64]string{3: "input digest: stored"}},
		"a fact": {
			clickHouse("ALTER TABLE fact_days UPDATE body = replaceAll(body, 'use1-az2', 'use1-az9') WHERE kind = 'node'"),
			map[uint64]string{1: "facts digest: stored", 2: "facts digest: stored", 3: "facts digest: stored", 4: "facts digest: stored"},
		},
		"a fact in table facts alone": {
			clickHouse("ALTER TABLE facts UPDATE body = replaceAll(body, 'use1-az2', 'use1-az9') WHERE kind = 'node'"),
			map[uint64]string{1: "is not in table facts as it was recorded"},
		},
		"a fact that is gone from table facts alone": {
			clickHouse("ALTER TABLE facts DELETE WHERE kind = 'pod' AND key = 'ml-feature-store-0'"),
			map[uint64]string{1: "facts: pod ml-feature-store-0 is not in table facts"},
		},
		"a fact that was put into table facts alone": {
			clickHouse("INSERT INTO facts SELECT * REPLACE ('made up' AS key) FROM facts WHERE kind = 'node' LIMIT 1"),
			map[uint64]string{1: "made up is in table facts and was not known"},
		},
		"a piece of the graph's history": {
			repack(3, func(rows []pieces.Row) { rows[0].Sent.WireBytes++ }),
			map[uint64]string{3: "the graph adds up to"},
		},
		"bytes moved between two edges of the graph": {
			repack(3, func(rows []pieces.Row) { rows[0].Sent.WireBytes--; rows[1].Sent.WireBytes++ }),
			map[uint64]string{3: "the graph has transfer"},
		},
		"a piece that never ended": {
			cypher("MATCH (p:Piece {until: 4}) REMOVE p.until"), map[uint64]string{4: "the graph adds up to"},
		},
		"a digest in the graph": {
			cypher("MATCH (v:GraphVersion {number: 2}) SET v.digest = 'other'"),
			map[uint64]string{2: "the graph has it with digest other", 3: "but version 2 has other there"},
		},
		"the chain in the graph": {
			cypher("MATCH (v:GraphVersion {number: 3}) SET v.previousDigest = 'other'"),
			map[uint64]string{3: "in the graph it names other"},
		},
		"a version of the graph is gone": {
			cypher("MATCH (v:GraphVersion {number: 2}) DETACH DELETE v"),
			map[uint64]string{2: "the graph does not hold it", 3: "the graph holds no version 2 before it"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			stores, clock := told(t)
			test.harm(t, stores)
			for number, checked := range outcomes(t, stores, clock) {
				problems := strings.Join(checked.Problems, "\n")
				switch want, harmed := test.want[number]; {
				case harmed && !strings.Contains(problems, want):
					t.Errorf("version %d: problems %q, want one with %q", number, problems, want)
				case !harmed && problems != "":
					t.Errorf("version %d was not touched, yet: %s", number, problems)
				}
				delete(test.want, number)
			}
			for number, want := range test.want {
				t.Errorf("version %d is not told of, want %q", number, want)
			}
		})
	}
}

// Raw rows are kept for as long as the table says, and then digests, facts, series
// and graph can still be held against each other; after the series' time, digests
// and graph.
func TestRowsPastTheirTimeAreNoDifference(t *testing.T) {
	stores, clock := told(t)
	keep := flowstore.Retention{Flows: 48 * time.Hour, Minutes: 62 * 24 * time.Hour}
	clickHouse("ALTER TABLE flows DELETE WHERE minute = 29923804")(t, stores)
	clock.Set(rolluptest.First.End().Add(keep.Flows + time.Minute))
	if found := outcomes(t, stores, clock); len(found[1].Problems) == 0 {
		t.Error("rows that should be kept for 30 days are gone after 2, and nobody noticed")
	}
	if err := stores.Flows.SetRetention(t.Context(), keep); err != nil {
		t.Fatal(err)
	}
	found := outcomes(t, stores, clock)
	if found[1].Problems != nil || found[1].Note != verify.RowsGone {
		t.Errorf("version 1: problems %v, note %q; want the note that its rows are gone", found[1].Problems, found[1].Note)
	}
	if found[3].Problems != nil || found[3].Note != "" {
		t.Errorf("version 3, whose rows are there: problems %v, note %q", found[3].Problems, found[3].Note)
	}
	clickHouse("ALTER TABLE edge_minutes UPDATE wire_rest_bytes = 1 WHERE version = 1")(t, stores)
	if found := outcomes(t, stores, clock); len(found[1].Problems) == 0 {
		t.Error("the series of version 1 was changed after its rows were gone, and nobody noticed")
	}
	clock.Set(rolluptest.First.End().Add(keep.Minutes + time.Hour))
	if found := outcomes(t, stores, clock)[1]; found.Problems != nil || !strings.Contains(found.Note, verify.SeriesGone) {
		t.Errorf("after the series' time: problems %v, note %q", found.Problems, found.Note)
	}
}

func TestAnEmptyGraphHasNothingToProve(t *testing.T) {
	stores := rolluptest.Open(t)
	if found := outcomes(t, stores, rolluptest.NewClock(rolluptest.First.Start())); len(found) != 0 {
		t.Errorf("told of %d versions", len(found))
	}
}
