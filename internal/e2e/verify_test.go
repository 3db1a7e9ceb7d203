//go:build linux

package e2e_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// forgery is one change behind the service's back, and its undoing.
type forgery struct {
	name     string
	do, undo func(t *testing.T)
	wantTold string
	// wholeMinute says that every version of the minute is folded from what is
	// changed: a report that came late has made another.
	wholeMinute bool
}

// testForgery changes single values in either store and wants `egressor verify`
// to name the version and the object, and to be content once they are restored.
func testForgery(t *testing.T, w *world, s *stores) {
	head, _, err := s.head(t)
	if err != nil {
		t.Fatal(err)
	}
	edge := someEdge(t, s, head)
	for _, f := range forgeries(s, head, edge) {
		t.Run(f.name, func(t *testing.T) {
			f.do(t)
			got := w.command(t, "verify", "-o", "json")
			f.undo(t)
			if got.code != 1 {
				t.Errorf("exit code %d, want 1\n%s", got.code, got.stderr)
			}
			told := f.checkTold(t, got.stdout, head)
			if !strings.Contains(got.stderr, fmt.Sprintf("egressor: %d of ", told)) {
				t.Errorf("the error is %q", got.stderr)
			}
		})
	}
	w.checkProven(t)
}

// checkTold wants the forged version alone to be told, and how. It returns how many
// are told.
func (f forgery) checkTold(t *testing.T, stdout string, forged model.GraphVersion) (told int) {
	t.Helper()
	for line := range strings.Lines(stdout) {
		var checked struct {
			Version  uint64
			Minute   string
			Equal    bool
			Problems []string
		}
		if err := json.Unmarshal([]byte(line), &checked); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if !checked.Equal {
			told++
		}
		alike := f.wholeMinute && checked.Minute == forged.From.String()
		if checked.Equal != (checked.Version != forged.Number && !alike) {
			t.Errorf("version %d was forged, yet: %s", forged.Number, line)
		}
		problems := strings.Join(checked.Problems, "\n")
		if checked.Version == forged.Number && !strings.Contains(problems, f.wantTold) {
			t.Errorf("version %d: want %q told, got\n%s", forged.Number, f.wantTold, problems)
		}
	}
	return told
}

func forgeries(s *stores, head model.GraphVersion, edge model.EdgeID) []forgery {
	series := func(change string) func(t *testing.T) {
		return func(t *testing.T) {
			s.rewrite(t, fmt.Sprintf("ALTER TABLE edge_minutes UPDATE %s WHERE version = %d AND edge_id = %d", change, head.Number, edge))
		}
	}
	graph := func(change func(*pieces.Row)) func(t *testing.T) {
		return func(t *testing.T) {
			rolluptest.Repack(t, s.neo4j, "minute", head.Number, func(rows []pieces.Row) {
				change(&rows[slices.IndexFunc(rows, func(r pieces.Row) bool { return r.Edge == edge })])
			})
		}
	}
	cost := func(atoms int64) func(*pieces.Row) {
		return func(r *pieces.Row) {
			var err error
			if r.Cost, err = r.Cost.Add(money.FromAtoms(atoms)); err != nil {
				panic(err)
			}
		}
	}
	raw := func(change string) func(t *testing.T) {
		return func(t *testing.T) {
			s.rewrite(t, fmt.Sprintf("ALTER TABLE flows UPDATE %s WHERE minute = %d AND local_kind = 1", change, head.From))
		}
	}
	return []forgery{
		{"bytes in edge_minutes", series("wire_rest_bytes = wire_rest_bytes + 1"), series("wire_rest_bytes = wire_rest_bytes - 1"), "edge_minutes", false},
		{"cost in edge_minutes", series("cost_rest_atoms = cost_rest_atoms + 1"), series("cost_rest_atoms = cost_rest_atoms - 1"), "edge_minutes", false},
		{"bytes in the graph", graph(func(r *pieces.Row) { r.Sent.WireBytes++ }), graph(func(r *pieces.Row) { r.Sent.WireBytes-- }), "the graph", false},
		{"cost in the graph", graph(cost(1)), graph(cost(-1)), "the graph", false},
		{"raw rows", raw("sent_packets = sent_packets + 1"), raw("sent_packets = sent_packets - 1"), "input digest", true},
	}
}

// someEdge is an edge of a version's minute.
func someEdge(t *testing.T, s *stores, version model.GraphVersion) model.EdgeID {
	t.Helper()
	found, err := s.graph.Transfers(t.Context(), graphstore.Window{From: version.From, To: version.To, AsOf: version.Number}, "")
	if err != nil || len(found) == 0 {
		t.Fatalf("no edge in version %d: %v", version.Number, err)
	}
	return found[0].ID
}
