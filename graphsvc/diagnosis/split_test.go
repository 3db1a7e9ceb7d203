package diagnosis_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/diagnosis"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

func workload(name string) model.Identity {
	return model.Identity{Kind: model.KindWorkload, Cluster: "lab", Namespace: "shop", Type: "Deployment", Name: name}
}

// edge is a key between two workloads and zones by a path kind.
func edge(from, to, fromZone, toZone string, kind model.PathKind) model.EdgeKey {
	return model.EdgeKey{
		Source: workload(from), Destination: workload(to), ServerPort: 8080, Protocol: model.TCP, Initiator: model.InitiatorSource,
		SourcePlace:      model.Place{Provider: "aws", Region: "us-east-1", Zone: fromZone},
		DestinationPlace: model.Place{Provider: "aws", Region: "us-east-1", Zone: toZone},
		Path:             model.Path{Kind: kind},
	}
}

func cost(tb testing.TB, bytes uint64, rate int64) money.Amount {
	tb.Helper()
	amount, err := money.FromBytes(bytes, rate, 1<<30)
	if err != nil {
		tb.Fatal(err)
	}
	return amount
}

const (
	gib   = uint64(1 << 30)
	cross = 20_000_000  // 0.02 a GiB
	nat   = 135_000_000 // 0.135 a GiB
)

func cell(tb testing.TB, key model.EdgeKey, bytes uint64, rate int64) diagnosis.Cell {
	tb.Helper()
	amount := cost(tb, bytes, rate)
	return diagnosis.Cell{Key: key, Bytes: bytes, Connections: 10, Packets: bytes / 1000, Cost: amount, List: amount}
}

// TestSplitByHand has one case for each part, worked out by hand.
func TestSplitByHand(t *testing.T) {
	here, there := edge("web", "api", "a", "a", model.PathVPC), edge("web", "api", "a", "b", model.PathVPC)
	tiered := cell(t, there, 10*gib, cross)
	tiered.Cost = cost(t, 10*gib, cross/2)
	for _, test := range []struct {
		name          string
		before, after []diagnosis.Cell
		book          model.Digest
		want          string
	}{
		{"twice the volume", []diagnosis.Cell{cell(t, there, 10*gib, cross)}, []diagnosis.Cell{cell(t, there, 20*gib, cross)}, "x", "0.2 = volume 0.2 path 0 price 0 tier 0 rest 0"},
		{"another zone", []diagnosis.Cell{cell(t, here, 10*gib, 0)}, []diagnosis.Cell{cell(t, there, 10*gib, cross)}, "x", "0.2 = volume 0 path 0.2 price 0 tier 0 rest 0"},
		{"half of it", []diagnosis.Cell{cell(t, here, 5*gib, 0), cell(t, there, 5*gib, cross)}, []diagnosis.Cell{cell(t, there, 20*gib, cross)}, "x", "0.3 = volume 0.1 path 0.2 price 0 tier 0 rest 0"},
		{"dearer", []diagnosis.Cell{cell(t, there, 10*gib, cross)}, []diagnosis.Cell{cell(t, there, 10*gib, 2*cross)}, "y", "0.2 = volume 0 path 0 price 0.2 tier 0 rest 0"},
		{"a cheaper tier", []diagnosis.Cell{cell(t, there, 10*gib, cross)}, []diagnosis.Cell{tiered}, "x", "-0.1 = volume 0 path 0 price 0 tier -0.1 rest 0"},
		{"new", nil, []diagnosis.Cell{cell(t, there, 10*gib, cross)}, "x", "0.2 = volume 0.2 path 0 price 0 tier 0 rest 0"},
		{"gone", []diagnosis.Cell{cell(t, there, 10*gib, cross)}, nil, "x", "-0.2 = volume -0.2 path 0 price 0 tier 0 rest 0"},
		{"another book and a way of unknown old price", []diagnosis.Cell{cell(t, there, 10*gib, cross)}, []diagnosis.Cell{cell(t, here, 10*gib, nat)}, "y", "1.15 = volume 0 path 0 price 0 tier 0 rest 1.15"},
	} {
		t.Run(test.name, func(t *testing.T) {
			split, err := diagnosis.SplitChange(
				diagnosis.Period{Minutes: 60, Book: "x", Cells: test.before}, diagnosis.Period{Minutes: 60, Book: test.book, Cells: test.after}, nil)
			if err != nil {
				t.Fatal(err)
			}
			p := split.Parts
			got := fmt.Sprintf("%s = volume %s path %s price %s tier %s rest %s", p.Change, p.Volume, p.Path, p.Price, p.Tier, p.Remainder)
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// TestPartsAddUp: on random pairs of graphs the parts and the remainder are the
// change, to the atom, in all and for each flow; and the remainder is zero where
// every price is known.
func TestPartsAddUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		sameBook := rapid.Bool().Draw(rt, "same book")
		before, after := period(t, rt, "before"), period(t, rt, "after")
		before.Book, after.Book = "x", "y"
		if sameBook {
			after.Book = "x"
		}
		split, err := diagnosis.SplitChange(before, after, nil)
		if err != nil {
			rt.Fatal(err)
		}
		checkSum(rt, split.Parts)
		var sum money.Accumulator
		for _, flow := range split.Flows {
			checkSum(rt, flow.Parts)
			sum.Add(flow.Change)
		}
		if total, err := sum.Amount(); err != nil || total != split.Change {
			rt.Fatalf("flows add up to %s, the change is %s", total, split.Change)
		}
		if sameBook && !split.Remainder.IsZero() {
			rt.Fatalf("remainder %s with one price book", split.Remainder)
		}
	})
}

func checkSum(rt *rapid.T, p diagnosis.Parts) {
	sum, err := money.Sum(p.Volume, p.Path, p.Price, p.Tier, p.Remainder)
	if err != nil || sum != p.Change {
		rt.Fatalf("parts add up to %s, the change is %s (%v): %+v", sum.Atoms(), p.Change.Atoms(), err, p)
	}
}

func period(t *testing.T, rt *rapid.T, name string) diagnosis.Period {
	p := diagnosis.Period{Minutes: rapid.Uint64Range(1, 120).Draw(rt, name+" minutes")}
	zones, names := []string{"a", "b"}, []string{"web", "api", "db"}
	kinds := []model.PathKind{model.PathVPC, model.PathNAT}
	seen := map[model.EdgeKey]bool{}
	for range rapid.IntRange(0, 12).Draw(rt, name+" edges") {
		key := edge(rapid.SampledFrom(names).Draw(rt, "from"), rapid.SampledFrom(names).Draw(rt, "to"),
			rapid.SampledFrom(zones).Draw(rt, "from zone"), rapid.SampledFrom(zones).Draw(rt, "to zone"), rapid.SampledFrom(kinds).Draw(rt, "kind"))
		key.SourceRevision = rapid.SampledFrom([]string{"", "r1", "r2"}).Draw(rt, "revision")
		if seen[key] {
			continue
		}
		seen[key] = true
		bytes := rapid.Uint64Range(0, 1<<40).Draw(rt, "bytes")
		c := cell(t, key, bytes, rapid.Int64Range(0, nat).Draw(rt, "rate"))
		c.Cost = cost(t, bytes, rapid.Int64Range(0, nat).Draw(rt, "rate paid"))
		p.Cells = append(p.Cells, c)
	}
	return p
}

// TestDrillAddsUp: the shares and the rest of each level are the change of what
// the level above chose.
func TestDrillAddsUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		before, after := period(t, rt, "before"), period(t, rt, "after")
		before.Minutes, after.Minutes = 60, 60
		levels, err := diagnosis.Drill(before, after)
		if err != nil {
			rt.Fatal(err)
		}
		split, err := diagnosis.SplitChange(before, after, nil)
		if err != nil {
			rt.Fatal(err)
		}
		want := split.Change
		for _, level := range levels {
			sum := level.Rest
			for _, share := range level.Shares {
				if sum, err = sum.Add(share.Change); err != nil {
					rt.Fatal(err)
				}
			}
			if sum != want {
				rt.Fatalf("level %s adds up to %s, want %s", level.Dimension, sum, want)
			}
			want = level.Shares[0].Change
		}
	})
}
