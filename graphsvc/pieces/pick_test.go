package pieces_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// numbers are of every length that a varint has.
func numbers(t *rapid.T, name string) uint64 {
	return rapid.Uint64().Draw(t, name) >> rapid.IntRange(0, 63).Draw(t, name+"'s zeros")
}

func drawnRows(t *rapid.T) []pieces.Row {
	ids := rapid.SliceOfNDistinct(rapid.Uint64Range(0, 60), 0, 40, rapid.ID).Draw(t, "edges")
	rows := make([]pieces.Row, len(ids))
	for i, id := range ids {
		rows[i] = pieces.Row{
			Edge: model.EdgeID(id), Connections: numbers(t, "connections"), RTTMicros: uint32(numbers(t, "rtt")),
			Sent: model.Counts{WireBytes: numbers(t, "wire"), PayloadBytes: numbers(t, "payload"), Packets: numbers(t, "packets"), RetransmittedPackets: numbers(t, "again")},
			Cost: money.FromWords(int64(numbers(t, "high")), numbers(t, "low")),
		}
		if rows[i].Checked = rapid.Bool().Draw(t, "checked"); rows[i].Checked {
			rows[i].CheckBytes = numbers(t, "check")
		}
	}
	return rows
}

// Picked rows are those that unpacking everything finds; what is cut anywhere is told,
// as unpacking tells it.
func TestPickIsWhatUnpackingFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawnRows(t)
		packed, err := pieces.Encode(rows)
		if err != nil {
			t.Fatal(err)
		}
		var edges []model.EdgeID
		for _, id := range rapid.SliceOfNDistinct(rapid.Uint64Range(0, 64), 0, 20, rapid.ID).Draw(t, "wanted") {
			edges = append(edges, model.EdgeID(id))
		}
		slices.Sort(edges)
		got, err := pieces.Pick(packed, edges)
		if err != nil {
			t.Fatal(err)
		}
		want := slices.DeleteFunc(slices.Clone(rows), func(row pieces.Row) bool { return !slices.Contains(edges, row.Edge) })
		if !slices.Equal(got, want) {
			t.Fatalf("picked %v, want %v", got, want)
		}
		cut := packed[:rapid.IntRange(0, len(packed)-1).Draw(t, "cut")]
		if _, err := pieces.Pick(cut, edges); err == nil {
			t.Fatalf("%d of %d bytes are taken for whole", len(cut), len(packed))
		}
		if _, err := pieces.Pick(append(slices.Clip(packed), 0), edges); err == nil {
			t.Fatal("a byte behind the last row is passed over")
		}
	})
}

// Whatever the bytes are, picking ends, and takes nothing that unpacking refuses for
// its order or its length.
func FuzzPick(f *testing.F) {
	packed, err := pieces.Encode([]pieces.Row{{Edge: 7, Connections: 300, Cost: money.FromAtoms(-5)}, {Edge: 9, RTTMicros: 4, Checked: true}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(packed)
	f.Fuzz(func(t *testing.T, packed []byte) {
		all, err := pieces.Decode(packed)
		if err != nil {
			_, _ = pieces.Pick(packed, []model.EdgeID{7, 9})
			return
		}
		edges := make([]model.EdgeID, len(all))
		for i := range all {
			edges[i] = all[i].Edge
		}
		if got, err := pieces.Pick(packed, edges); err != nil || !slices.Equal(got, all) {
			t.Fatalf("picked %v (%v), unpacked %v", got, err, all)
		}
	})
}

// BenchmarkPick finds a node's thirty transfers among a minute's 30,000, as unpacking
// everything does and by passing over the others.
func BenchmarkPick(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	rows := make([]pieces.Row, 30_000)
	var edges []model.EdgeID
	for i := range rows {
		rows[i] = pieces.Row{
			Edge: model.EdgeID(random.Uint64()), Connections: random.Uint64N(100), RTTMicros: random.Uint32N(2000), Cost: money.FromAtoms(random.Int64N(1 << 50)),
			Sent: model.Counts{WireBytes: random.Uint64N(1 << 24), PayloadBytes: random.Uint64N(1 << 24), Packets: random.Uint64N(1 << 14)},
		}
		if i%1000 == 0 {
			edges = append(edges, rows[i].Edge)
		}
	}
	slices.Sort(edges)
	packed, err := pieces.Encode(rows)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("unpacking", func(b *testing.B) {
		for b.Loop() {
			found := 0
			err := pieces.Each(packed, func(row *pieces.Row) error {
				if _, is := slices.BinarySearch(edges, row.Edge); is {
					found++
				}
				return nil
			})
			if err != nil || found != len(edges) {
				b.Fatal(found, err)
			}
		}
	})
	b.Run("passing-over", func(b *testing.B) {
		for b.Loop() {
			if found, err := pieces.Pick(packed, edges); err != nil || len(found) != len(edges) {
				b.Fatal(len(found), err)
			}
		}
	})
}
