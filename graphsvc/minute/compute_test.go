package minute_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
	"github.com/egressor/egressor/internal/scenario"
	"github.com/egressor/egressor/internal/testkit"
	"github.com/egressor/egressor/internal/testkit/gen"
)

func book(tb interface {
	Helper()
	Fatal(...any)
}) *pricing.Book {
	tb.Helper()
	book, err := pricebooks.Load(pricebooks.Default)
	if err != nil {
		tb.Fatal(err)
	}
	return book
}

// TestStatementText pins the form "statement/2": stored digests depend on every byte.
func TestStatementText(t *testing.T) {
	testkit.Golden(t, "testdata/statement.golden", minute.StatementText(pricing.Statement{Lines: []pricing.Line{
		{
			Edge: 0x00c0ffee, Sequence: 2, Payer: "source", Account: "123456789012", Code: "DataTransfer-Regional-Bytes", Operation: "InterZone-Out",
			Rule: "A3", Tier: 1, Bytes: 1 << 40, UnitBytes: 1 << 30, RateNanoPerUnit: 10_000_000, Amount: money.FromNano(10_240_000_000),
			PriceRow: "cross-zone/us-east-1", Source: "aws-ec2", Imputed: true,
		},
		{Edge: 1, Bytes: 7, Unpriced: "tab\there and \"quotes\"", PathAssumed: true},
		{},
	}, Meters: []pricing.MeterUse{{
		Pool: pricing.Pool{Account: "123456789012", Fee: transferclass.FeeInterRegion, Region: "us-east-1", To: "eu-west-1"}, BeforeBytes: 7, Bytes: 1 << 40,
		SameThroughBytes: 9, // outside of the digest: it follows from the book
	}}}))
}

// cut deals the rows of each agent to batches that tile its minute, and cuts
// some rows in two.
func cut(t *rapid.T, w gen.World, rows []gen.Reported) []model.Batch {
	var batches []model.Batch
	for _, agent := range w.Agents {
		edges := []time.Time{w.Minute.Start(), w.Minute.End()}
		for range rapid.IntRange(0, 3).Draw(t, "cuts") {
			edges = append(edges, w.Minute.Start().Add(time.Duration(rapid.IntRange(1, 59).Draw(t, "cut at"))*time.Second))
		}
		slices.SortFunc(edges, time.Time.Compare)
		edges = slices.Compact(edges)
		own := make([]model.Batch, len(edges)-1)
		for i := range own {
			own[i] = model.Batch{
				BatchKey:    model.BatchKey{Agent: agent, Boot: "boot", Sequence: uint64(i + 1)},
				CoveredFrom: edges[i], CoveredThrough: edges[i+1],
			}
		}
		for _, reported := range rows {
			if reported.Agent != agent {
				continue
			}
			for _, row := range split(t, reported.Row) {
				to := &own[rapid.IntRange(0, len(own)-1).Draw(t, "batch")]
				to.Flows = append(to.Flows, row)
			}
		}
		batches = append(batches, own...)
	}
	return batches
}

// split cuts a row in two that both carry something in each direction: of a
// direction in which nothing was counted nothing is known, and agents report none.
func split(t *rapid.T, row model.FlowRow) []model.FlowRow {
	if row.Sent.WireBytes < 2 || row.Received.WireBytes < 2 || !rapid.Bool().Draw(t, "split") {
		return []model.FlowRow{row}
	}
	a, b := row, row
	a.Sent, b.Sent = splitCounts(t, row.Sent)
	a.Received, b.Received = splitCounts(t, row.Received)
	a.Connections = rapid.Uint32Range(0, row.Connections).Draw(t, "connections")
	b.Connections = row.Connections - a.Connections
	return []model.FlowRow{a, b}
}

func splitCounts(t *rapid.T, c model.Counts) (a, b model.Counts) {
	part := func(label string, least, whole uint64) (uint64, uint64) {
		n := rapid.Uint64Range(least, whole-least).Draw(t, label)
		return n, whole - n
	}
	a.WireBytes, b.WireBytes = part("wire", 1, c.WireBytes)
	a.PayloadBytes, b.PayloadBytes = part("payload", 0, c.PayloadBytes)
	a.Packets, b.Packets = part("packets", 0, c.Packets)
	a.RetransmittedPackets, b.RetransmittedPackets = part("retransmitted", 0, c.RetransmittedPackets)
	return a, b
}

// Invariant 3: same input, any order, any batching, any repeats, same digests.
func TestDigestsDoNotDependOnOrderBatchingOrRepeats(t *testing.T) {
	prices := book(t)
	rapid.Check(t, func(t *rapid.T) {
		w := gen.DrawWorld(t)
		digests := func(label string) (content, input model.Digest) {
			batches := cut(t, w, rapid.Permutation(w.Rows()).Draw(t, label+" rows"))
			for range rapid.IntRange(0, 3).Draw(t, "repeats") {
				batches = append(batches, rapid.SampledFrom(batches).Draw(t, "repeated"))
			}
			facts := rapid.Permutation(w.Facts).Draw(t, label+" facts")
			minutes, err := scenario.Compute(facts, rapid.Permutation(batches).Draw(t, label+" batches"), prices)
			if err != nil {
				t.Fatal(err)
			}
			if len(minutes) != 1 {
				t.Fatalf("%d minutes, want 1", len(minutes))
			}
			return minutes[0].Version.ContentDigest, minutes[0].Version.InputDigest
		}
		content, input := digests("one way")
		otherContent, otherInput := digests("another way")
		if input != otherInput {
			t.Fatalf("input digests differ: %s, %s", input, otherInput)
		}
		if content != otherContent {
			t.Fatalf("content digests differ: %s, %s", content, otherContent)
		}
	})
}

// And a byte more or less is another input, and another content where an edge
// carries it.
func TestAByteMoreIsAnotherDigest(t *testing.T) {
	prices := book(t)
	for name, sc := range scenarios(t) {
		before, err := scenario.Compute(sc.Facts, sc.Batches(), prices)
		if err != nil {
			t.Fatal(err)
		}
		batches := sc.Batches()
		for i := range batches {
			for n := range batches[i].Flows {
				batches[i].Flows[n].Sent.WireBytes++
				batches[i].Flows[n].Received.WireBytes++
			}
		}
		after, err := scenario.Compute(sc.Facts, batches, prices)
		if err != nil {
			t.Fatal(err)
		}
		for i := range before {
			a, b := before[i].Version, after[i].Version
			if a.Totals.Edges > 0 && (a.InputDigest == b.InputDigest || a.ContentDigest == b.ContentDigest || a.Digest == b.Digest) {
				t.Errorf("%s, %s: every direction has a byte more, yet a digest is the same", name, a.From)
			}
		}
	}
}

// Invariant 6: the statement's total = the sum of its lines = that of the edges'
// costs = the version's.
func TestMoneyAddsUp(t *testing.T) {
	prices := book(t)
	rapid.Check(t, func(t *rapid.T) {
		w := gen.DrawWorld(t)
		minutes, err := scenario.Compute(w.Facts, cut(t, w, w.Rows()), prices)
		if err != nil {
			t.Fatal(err)
		}
		var lines, edges money.Amount
		computed := minutes[0]
		for _, line := range computed.Statement.Lines {
			lines = add(t, lines, line.Amount)
		}
		for _, edge := range computed.Edges {
			edges = add(t, edges, edge.Cost)
		}
		if total := computed.Statement.Total; lines != total || edges != total || computed.Version.Totals.Cost != total {
			t.Fatalf("total %s, lines %s, edges %s, version %s",
				total.Decimal(), lines.Decimal(), edges.Decimal(), computed.Version.Totals.Cost.Decimal())
		}
	})
}

func add(t *rapid.T, a, b money.Amount) money.Amount {
	sum, err := a.Add(b)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// The ranges of a version name its batches and no others, in as few ranges as
// there are gaps, whatever the order.
func TestRangesNameTheirBatches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.Custom(func(t *rapid.T) model.BatchKey {
			return model.BatchKey{
				Agent: model.AgentID{
					Cluster: rapid.SampledFrom([]string{"lab", "live"}).Draw(t, "cluster"),
					Node:    rapid.SampledFrom([]string{"a", "b"}).Draw(t, "node"),
				},
				Boot:     rapid.SampledFrom([]string{"1", "2"}).Draw(t, "boot"),
				Sequence: rapid.Uint64Range(1, 9).Draw(t, "sequence"),
			}
		})
		named := map[model.BatchKey]bool{}
		var heads []model.BatchHead
		for _, k := range rapid.SliceOf(key).Draw(t, "batches") {
			named[k] = true
			heads = append(heads, model.BatchHead{BatchKey: k})
		}
		ranges := minute.Ranges(heads)
		gaps := 0
		for k := range named {
			before := k
			before.Sequence--
			if !named[before] {
				gaps++
			}
		}
		if len(ranges) != gaps {
			t.Fatalf("%d ranges %v, want %d", len(ranges), ranges, gaps)
		}
		for _, k := range slices.Concat(rapid.SliceOf(key).Draw(t, "asked"), slices.Collect(maps.Keys(named))) {
			held := 0
			for _, r := range ranges {
				if r.Holds(k) {
					held++
				}
			}
			if want := map[bool]int{true: 1}[named[k]]; held != want {
				t.Fatalf("%v is in %d ranges of %v, want %d", k, held, ranges, want)
			}
		}
		again := minute.Ranges(rapid.Permutation(heads).Draw(t, "order"))
		if fmt.Sprint(ranges) != fmt.Sprint(again) {
			t.Fatalf("another order, other ranges: %v, %v", ranges, again)
		}
	})
}
