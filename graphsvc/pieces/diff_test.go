package pieces_test

import (
	"maps"
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
)

// What a diff says, done to what was, gives what is; and it says nothing of
// what stayed the same.
func TestDiffLeadsFromOneToTheOther(t *testing.T) {
	few := rapid.Map(rapid.MapOfN(rapid.Uint64Range(1, 8), rapid.Uint64Range(0, 2), 0, 8), func(bytes map[uint64]uint64) []pieces.Row {
		var rows []pieces.Row
		for edge := range uint64(9) {
			if sent, there := bytes[edge]; there {
				rows = append(rows, pieces.Row{Edge: model.EdgeID(edge), Sent: model.Counts{WireBytes: sent}})
			}
		}
		return rows
	})
	rapid.Check(t, func(t *rapid.T) {
		before, after := few.Draw(t, "before"), few.Draw(t, "after")
		state := byEdge(before)
		for _, change := range pieces.Diff(before, after) {
			if change.Was != (change.Before != pieces.Row{}) || change.Was && state[change.Before.Edge] != change.Before {
				t.Fatalf("%+v does not begin at what was", change)
			}
			if change.Before == change.After {
				t.Fatalf("%+v changes nothing", change)
			}
			delete(state, change.Before.Edge)
			if change.Is {
				state[change.After.Edge] = change.After
			}
		}
		if !maps.Equal(state, byEdge(after)) {
			t.Fatalf("the diff of %v and %v leads to %v", before, after, state)
		}
	})
}

func byEdge(rows []pieces.Row) map[model.EdgeID]pieces.Row {
	found := map[model.EdgeID]pieces.Row{}
	for _, row := range rows {
		found[row.Edge] = row
	}
	return found
}
