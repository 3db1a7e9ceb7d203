package pieces_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
)

// Few rows that are found by marks are those that unpacking everything finds.
func TestMarksFindWhatIsThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfNDistinct(rapid.Uint64Range(0, 400), 0, 300, rapid.ID).Draw(t, "edges")
		rows := make([]pieces.Row, len(ids))
		for i, id := range ids {
			rows[i] = pieces.Row{Edge: model.EdgeID(id), Sent: model.Counts{WireBytes: id * id, PayloadBytes: id}, Connections: id % 3, RTTMicros: uint32(id % 2)}
		}
		packed, err := pieces.Encode(rows)
		if err != nil {
			t.Fatal(err)
		}
		marks, err := pieces.MarksOf(packed)
		if err != nil {
			t.Fatal(err)
		}
		wanted := rapid.SliceOfNDistinct(rapid.Uint64Range(0, 410), 0, 50, rapid.ID).Draw(t, "wanted")
		slices.Sort(wanted)
		edges := make([]model.EdgeID, len(wanted))
		for i, id := range wanted {
			edges[i] = model.EdgeID(id)
		}
		got, err := pieces.Find(packed, marks, edges)
		if err != nil {
			t.Fatal(err)
		}
		want := slices.DeleteFunc(rows, func(row pieces.Row) bool { return !slices.Contains(edges, row.Edge) })
		if !slices.Equal(got, want) {
			t.Fatalf("found %v, want %v", got, want)
		}
	})
}

func TestMarksOfWhatIsDamagedFail(t *testing.T) {
	packed, err := pieces.Encode([]pieces.Row{{Edge: 7, Connections: 1}})
	if err != nil {
		t.Fatal(err)
	}
	for name, damaged := range map[string][]byte{"nothing": nil, "another form": append([]byte{9}, packed[1:]...), "cut": packed[:len(packed)-1]} {
		if marks, err := pieces.MarksOf(damaged); err == nil {
			t.Errorf("%s: %+v, want an error", name, marks)
		}
	}
}
