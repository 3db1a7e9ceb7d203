package pieces_test

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

var same = gocmp.Comparer(func(a, b money.Amount) bool { return a == b })

// rows draws rows of distinct edges, extremes included.
func rows() *rapid.Generator[[]pieces.Row] {
	number := rapid.OneOf(rapid.Uint64Range(0, 1<<20), rapid.Uint64(), rapid.Just[uint64](math.MaxUint64))
	one := rapid.Custom(func(t *rapid.T) pieces.Row {
		row := pieces.Row{
			Edge: model.EdgeID(rapid.Uint64().Draw(t, "edge")),
			Sent: model.Counts{
				WireBytes: number.Draw(t, "wire"), PayloadBytes: number.Draw(t, "payload"),
				Packets: number.Draw(t, "packets"), RetransmittedPackets: number.Draw(t, "retransmitted"),
			},
			Connections: number.Draw(t, "connections"), RTTMicros: rapid.Uint32().Draw(t, "rtt"), Checked: rapid.Bool().Draw(t, "checked"),
			Cost: rapid.OneOf(
				rapid.Map(rapid.Int64(), money.FromAtoms), rapid.Map(rapid.Int64(), money.FromNano), rapid.Just(money.Amount{}),
				rapid.Map(rapid.Int64(), func(high int64) money.Amount { return money.FromWords(high, 1<<63) }),
			).Draw(t, "cost"),
		}
		if row.Checked {
			row.CheckBytes = number.Draw(t, "check")
		}
		return row
	})
	return rapid.SliceOfNDistinct(one, 0, 20, func(row pieces.Row) model.EdgeID { return row.Edge })
}

func TestWhatIsPackedIsUnpacked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rows().Draw(t, "rows")
		packed, err := pieces.Encode(want) // sorts want
		if err != nil {
			t.Fatal(err)
		}
		got, err := pieces.Decode(packed)
		if err != nil {
			t.Fatal(err)
		}
		if diff := gocmp.Diff(slices.Clip(want), slices.Clip(got), same); len(want)+len(got) > 0 && diff != "" {
			t.Fatalf("unpacked (-want +got):\n%s", diff)
		}
		for cut := range packed {
			if _, err := pieces.Decode(packed[:cut]); err == nil {
				t.Fatalf("%d bytes of %d are taken as a whole", cut, len(packed))
			}
		}
	})
}

func TestDamageIsRefused(t *testing.T) {
	one, two := pieces.Row{Edge: 1}, pieces.Row{Edge: 2}
	packed, err := pieces.Encode([]pieces.Row{one, two})
	if err != nil {
		t.Fatal(err)
	}
	swapped := slices.Concat(packed[:2], packed[2+(len(packed)-2)/2:], packed[2:2+(len(packed)-2)/2])
	for name, damaged := range map[string][]byte{
		"nothing": nil, "another form": {9, 0}, "a byte too many": append(slices.Clone(packed), 0), "out of order": swapped,
	} {
		if rows, err := pieces.Decode(damaged); err == nil {
			t.Errorf("%s is unpacked as %v", name, rows)
		}
	}
	if _, err := pieces.Encode([]pieces.Row{one, two, one}); err == nil {
		t.Error("an edge that is there twice is packed")
	}
}

// Sums do not depend on the order, and add up.
func TestSumsAddUp(t *testing.T) {
	small := pieces.Row{Edge: 7, Sent: model.Counts{WireBytes: 10, PayloadBytes: 8}, Connections: 1, RTTMicros: 5, Checked: true, CheckBytes: 9, Cost: money.FromAtoms(3)}
	large := pieces.Row{Edge: 7, Sent: model.Counts{WireBytes: 30, PayloadBytes: 20}, Connections: 2, RTTMicros: 4, Checked: true, CheckBytes: 31, Cost: money.FromAtoms(4)}
	unchecked := pieces.Row{Edge: 7, Sent: model.Counts{WireBytes: 1}, Cost: money.FromAtoms(-1)}
	other := pieces.Row{Edge: 8}
	for _, order := range [][]pieces.Row{{small, large, other, unchecked}, {unchecked, large, small, other}, {other, large, unchecked, small}} {
		var sums pieces.Sums
		for i := range order {
			if err := sums.Add([]pieces.Row{order[i]}); err != nil {
				t.Fatal(err)
			}
		}
		want := pieces.Row{Edge: 7, Sent: model.Counts{WireBytes: 41, PayloadBytes: 28}, Connections: 3, RTTMicros: 5, Cost: money.FromAtoms(6)}
		got := sums.Rows()
		at := slices.IndexFunc(got, func(r pieces.Row) bool { return r.Edge == 7 })
		if len(got) != 2 || got[at] != want {
			t.Errorf("sums of %v are %v, want %v", order, got, want)
		}
	}
}

// Whatever pieces are added in whatever order, each edge is there once, in order,
// with its sum.
func TestSumsOfManyPieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := map[model.EdgeID]uint64{}
		var sums pieces.Sums
		for range rapid.IntRange(0, 8).Draw(t, "pieces") {
			ids := rapid.SliceOfNDistinct(rapid.Uint64Range(1, 30), 0, 20, rapid.ID).Draw(t, "edges")
			slices.Sort(ids)
			rows := make([]pieces.Row, len(ids))
			for i, id := range ids {
				bytes := rapid.Uint64Range(0, 1<<40).Draw(t, "bytes")
				rows[i] = pieces.Row{Edge: model.EdgeID(id), Sent: model.Counts{WireBytes: bytes}}
				want[model.EdgeID(id)] += bytes
			}
			if err := sums.Add(rows); err != nil {
				t.Fatal(err)
			}
		}
		got := map[model.EdgeID]uint64{}
		for _, row := range sums.Rows() {
			got[row.Edge] = row.Sent.WireBytes
		}
		if len(sums.Rows()) != len(want) || !maps.Equal(got, want) || !slices.IsSortedFunc(sums.Rows(), func(a, b pieces.Row) int { return cmp.Compare(a.Edge, b.Edge) }) {
			t.Fatalf("sums are %v, want %v", sums.Rows(), want)
		}
	})
}

func FuzzDecode(f *testing.F) {
	packed, err := pieces.Encode([]pieces.Row{{Edge: 5, Cost: money.FromNano(-7), Checked: true, RTTMicros: 9}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(packed)
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := pieces.Decode(data)
		if err != nil {
			return
		}
		again, err := pieces.Encode(slices.Clone(rows))
		if err != nil {
			t.Fatal(err)
		}
		if back, err := pieces.Decode(again); err != nil || !slices.Equal(rows, back) {
			t.Fatalf("%v became %v (%v)", rows, back, err)
		}
	})
}
