package pricing_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

const gib = 1 << 30

var compareStatements = cmp.Options{cmp.Comparer(func(a, b money.Amount) bool { return a == b }), cmpopts.EquateEmpty()}

func edgesOf(t *rapid.T) []model.EdgeMinute {
	bytes := rapid.SliceOfN(rapid.OneOf(rapid.Uint64Max(200_000*gib), rapid.Uint64Max(5000), rapid.Just[uint64](0)), 1, 24).Draw(t, "bytes")
	edges := make([]model.EdgeMinute, len(bytes))
	for n, b := range bytes {
		edges[n] = edge(n, b)
	}
	return edges
}

// metersOf stands anywhere around the borders of allowances and tiers.
func metersOf(t *rapid.T) pricing.Meters {
	near := rapid.Custom(func(t *rapid.T) uint64 {
		border := rapid.SampledFrom([]uint64{1, 100, 10_240, 51_200, 153_600, 1_048_576, 5_242_880}).Draw(t, "border")
		return border*gib - rapid.Uint64Max(gib).Draw(t, "before") + rapid.Uint64Max(gib/2).Draw(t, "after")
	})
	meters := pricing.Meters{}
	for _, pool := range []pricing.Pool{
		{Fee: transferclass.FeeInternetAllowance, Region: "*"},
		{Fee: transferclass.FeeInternet, Region: "us-east-1"},
		{Fee: transferclass.FeeInternet, Region: "ap-southeast-2"},
		{Fee: transferclass.FeeEndpoint, Region: "us-east-1"},
		{Fee: transferclass.FeeCrossZoneAllowance, Region: "*"},
	} {
		if rapid.Bool().Draw(t, "metered") {
			meters[pool] = near.Draw(t, "meter")
		}
	}
	return meters
}

func TestOrderOfEdgesChangesNothing(t *testing.T) {
	book := awsBook(t)
	rapid.Check(t, func(t *rapid.T) {
		edges, meters := edgesOf(t), metersOf(t)
		for _, mode := range []pricing.Mode{pricing.List, pricing.Marginal} {
			want, wantMeters := mustPrice(t, book, mode, edges, meters)
			got, gotMeters := mustPrice(t, book, mode, rapid.Permutation(edges).Draw(t, "shuffled"), meters)
			if diff := cmp.Diff(want, got, compareStatements); diff != "" {
				t.Fatalf("%s: order changed the statement:\n%s", mode, diff)
			}
			if !maps.Equal(wantMeters, gotMeters) {
				t.Fatalf("%s: order changed the meters: %v and %v", mode, wantMeters, gotMeters)
			}
		}
	})
}

func TestTotalIsTheSumOfLinesAndBytesAreConserved(t *testing.T) {
	book := awsBook(t)
	rapid.Check(t, func(t *rapid.T) {
		edges := edgesOf(t)
		statement, _ := mustPrice(t, book, pricing.Marginal, edges, metersOf(t))
		var total money.Accumulator
		type charge struct {
			edge     model.EdgeID
			sequence int
		}
		lineBytes := make(map[charge]uint64)
		for _, line := range statement.Lines {
			total.Add(line.Amount)
			lineBytes[charge{line.Edge, line.Sequence}] += line.Bytes
			if want, err := money.FromBytes(line.Bytes, line.RateNanoPerUnit, max(line.UnitBytes, 1)); err != nil || want != line.Amount {
				t.Fatalf("line %+v: %d x %d / %d is %s", line, line.Bytes, line.RateNanoPerUnit, line.UnitBytes, want)
			}
		}
		if sum, err := total.Amount(); err != nil || sum != statement.Total {
			t.Fatalf("lines add up to %s, total is %s", sum, statement.Total)
		}
		var bytes uint64
		for _, e := range edges {
			bytes += e.Sent.WireBytes
			if got := lineBytes[charge{e.Key.ID(), 0}]; got != e.Sent.WireBytes {
				t.Fatalf("first charge of %s is over %d bytes, it carried %d", e.Key, got, e.Sent.WireBytes)
			}
		}
		for c, got := range lineBytes {
			if c.sequence > 0 && got != lineBytes[charge{c.edge, 0}] {
				t.Fatalf("charge %d of edge %s is over %d bytes of %d", c.sequence, c.edge, got, lineBytes[charge{c.edge, 0}])
			}
		}
		if bytes != statement.Bytes {
			t.Fatalf("%d bytes went in, the statement has %d", bytes, statement.Bytes)
		}
	})
}

// TestSplittingAMinuteChangesNeitherTotalNorMeters prices the same bytes at
// once and in two parts one after the other.
func TestSplittingAMinuteChangesNeitherTotalNorMeters(t *testing.T) {
	book := awsBook(t)
	rapid.Check(t, func(t *rapid.T) {
		edges, meters := edgesOf(t), metersOf(t)
		first, second := make([]model.EdgeMinute, len(edges)), make([]model.EdgeMinute, len(edges))
		for i, e := range edges {
			part := rapid.Uint64Max(e.Sent.WireBytes).Draw(t, "part")
			first[i], second[i] = edge(i, part), edge(i, e.Sent.WireBytes-part)
		}
		whole, after := mustPrice(t, book, pricing.Marginal, edges, meters)
		one, between := mustPrice(t, book, pricing.Marginal, first, meters)
		two, end := mustPrice(t, book, pricing.Marginal, second, between)
		// The allowance is handed out over regions in proportion, so a split can
		// move free bytes from one region to another: with one region the total is
		// exact, and the meters always count every byte.
		if sum, err := money.Sum(one.Total, two.Total); oneRegion(edges) && (err != nil || sum != whole.Total) {
			t.Fatalf("%s + %s is not %s", one.Total, two.Total, whole.Total)
		}
		allowance := pricing.Pool{Fee: transferclass.FeeInternetAllowance, Region: "*"}
		if end[allowance] != after[allowance] || oneRegion(edges) && !maps.Equal(end, after) {
			t.Fatalf("meters end at %v in two parts, %v at once", end, after)
		}
	})
}

// oneRegion reports whether the edges send to the internet from at most one region.
func oneRegion(edges []model.EdgeMinute) bool {
	return len(edges) < 4
}

// TestSplittingATransferNeverChangesTheTotal cuts one edge of a minute into two
// of the same kind, wherever tiers and a common allowance stand, over any
// regions and under any switches: neither the exact total nor a meter moves.
func TestSplittingATransferNeverChangesTheTotal(t *testing.T) {
	aws := awsBook(t)
	rapid.Check(t, func(t *rapid.T) {
		book, edges, meters := anyBook(t, aws), edgesOf(t), metersOf(t)
		at := rapid.IntRange(0, len(edges)-1).Draw(t, "edge")
		whole := edges[at].Sent.WireBytes
		part := rapid.Uint64Max(whole).Draw(t, "part")
		split := append(slices.Clone(edges), edge(at+6*len(edges), whole-part)) // six kinds of edge
		split[at] = edge(at, part)
		for _, mode := range []pricing.Mode{pricing.List, pricing.Marginal} {
			want, wantMeters := mustPrice(t, book, mode, edges, meters)
			got, gotMeters := mustPrice(t, book, mode, split, meters)
			if got.Total != want.Total || !maps.Equal(gotMeters, wantMeters) || got.UnpricedBytes != want.UnpricedBytes {
				t.Fatalf("%s: %s whole, %s in two; meters %v and %v", mode, want.Total, got.Total, wantMeters, gotMeters)
			}
		}
	})
}

// TestTheLastFreeByteStaysInItsRegion: one byte of the allowance is left, and
// us-east-1 sends 11 bytes to ap-southeast-2's 10. It goes to us-east-1, also when
// its 11 are 6 and 5, each of which has a smaller claim than 10.
func TestTheLastFreeByteStaysInItsRegion(t *testing.T) {
	book := awsBook(t)
	meters := pricing.Meters{{Fee: transferclass.FeeInternetAllowance, Region: "*"}: 100*gib - 1}
	for _, edges := range [][]model.EdgeMinute{
		{edge(2, 11), edge(3, 10)},
		{edge(2, 6), edge(8, 5), edge(3, 10)},
	} {
		statement, _ := mustPrice(t, book, pricing.Marginal, edges, meters)
		for _, line := range statement.Lines {
			if line.Code == "DataTransfer-Out-Bytes" && line.Tier == 0 && (line.Region != "us-east-1" || line.Bytes != 1) {
				t.Errorf("of %d edges, %s has %d free bytes", len(edges), line.Region, line.Bytes)
			}
		}
	}
}

// TestRepeatingAMinuteChangesNothing: a Run keeps its memory between minutes and
// nothing else, and meters given are not moved.
func TestRepeatingAMinuteChangesNothing(t *testing.T) {
	book := awsBook(t)
	var run pricing.Run
	rapid.Check(t, func(t *rapid.T) {
		edges, meters := edgesOf(t), metersOf(t)
		before := maps.Clone(meters)
		want, wantMeters := mustPrice(t, book, pricing.Marginal, edges, meters)
		for range 3 {
			if err := run.Reset(book, pricing.Marginal, minute, meters); err != nil {
				t.Fatal(err)
			}
			for i := range edges {
				run.AddEdge(edges[i].Key.ID(), &edges[i])
			}
			got, gotMeters, err := run.Finish()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, compareStatements); diff != "" || !maps.Equal(wantMeters, gotMeters) {
				t.Fatalf("the second time:\n%s", diff)
			}
		}
		if !maps.Equal(before, meters) {
			t.Fatalf("meters given at %v stand at %v", before, meters)
		}
	})
}

// TestMoreBytesNeverCostLess adds bytes to any edge of a minute, in either mode.
func TestMoreBytesNeverCostLess(t *testing.T) {
	book := awsBook(t)
	rapid.Check(t, func(t *rapid.T) {
		edges, meters := edgesOf(t), metersOf(t)
		more := slices.Clone(edges)
		at := rapid.IntRange(0, len(edges)-1).Draw(t, "edge")
		more[at].Sent.WireBytes += rapid.Uint64Max(1000*gib).Draw(t, "more")
		for _, mode := range []pricing.Mode{pricing.List, pricing.Marginal} {
			before, _ := mustPrice(t, book, mode, edges, meters)
			after, _ := mustPrice(t, book, mode, more, meters)
			if after.Total.Cmp(before.Total) < 0 {
				t.Fatalf("%s: %d bytes cost %s, %d cost %s", mode, edges[at].Sent.WireBytes, before.Total, more[at].Sent.WireBytes, after.Total)
			}
		}
	})
}

// TestTierEdgesToTheByte sends two bytes across each border of the internet
// tiers: the first is priced by the tier before, the second by the one after.
func TestTierEdgesToTheByte(t *testing.T) {
	book := awsBook(t)
	rates := []int64{90_000_000, 85_000_000, 70_000_000, 50_000_000}
	allowance := pricing.Pool{Fee: transferclass.FeeInternetAllowance, Region: "*"}
	pool := pricing.Pool{Fee: transferclass.FeeInternet, Region: "us-east-1"}
	key := edgeKey(2)
	key.Path = model.Path{Kind: model.PathInternetGateway}
	for tier, border := range []uint64{10_240 * gib, 51_200 * gib, 153_600 * gib} {
		edges := []model.EdgeMinute{{Minute: minute, Key: key, Sent: model.Counts{WireBytes: 2}}}
		statement, after := mustPrice(t, book, pricing.Marginal, edges, pricing.Meters{allowance: 100 * gib, pool: border - 1})
		if len(statement.Lines) != 2 {
			t.Fatalf("border %d: lines %+v", border, statement.Lines)
		}
		for i, line := range statement.Lines {
			if line.Bytes != 1 || line.RateNanoPerUnit != rates[tier+i] || line.Tier != tier+i+1 {
				t.Errorf("border %d, line %d: %d bytes at %d in tier %d", border, i, line.Bytes, line.RateNanoPerUnit, line.Tier)
			}
		}
		if after[pool] != border+1 {
			t.Errorf("border %d: meter ends at %d", border, after[pool])
		}
	}
}

// TestAllowanceIsSharedInProportion has 3 edges and 10 free bytes left.
func TestAllowanceIsSharedInProportion(t *testing.T) {
	book := awsBook(t)
	allowance := pricing.Pool{Fee: transferclass.FeeInternetAllowance, Region: "*"}
	edges := []model.EdgeMinute{edge(3, 30), edge(9, 30), edge(15, 60)}
	statement, after := mustPrice(t, book, pricing.Marginal, edges, pricing.Meters{allowance: 100*gib - 10})
	var free, paid []uint64
	for _, line := range statement.Lines {
		if line.Tier == 0 {
			free = append(free, line.Bytes)
		} else {
			paid = append(paid, line.Bytes)
		}
	}
	var sum uint64
	for i, part := range free {
		sum += part
		if part+paid[i] != 30 && part+paid[i] != 60 {
			t.Errorf("edge %d is cut into %d and %d", i, part, paid[i])
		}
		if part != 2 && part != 3 && part != 5 { // 2.5, 2.5 and 5
			t.Errorf("edge %d gets %d free bytes", i, part)
		}
	}
	if sum != 10 || after[allowance] != 100*gib+110 {
		t.Errorf("%d bytes were free, the meter is at %d", sum, after[allowance])
	}
}
