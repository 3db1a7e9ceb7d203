package pieces_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// An hour holds what its minutes hold, to the byte and the atom, and a day what
// its hours hold, as edges and as a whole.
func TestSpansConserveWhatTheirPartsHold(t *testing.T) {
	const start = model.Minute(29_923_200) // 2026-11-23T00:00:00Z
	rapid.Check(t, func(t *rapid.T) {
		tier := rapid.SampledFrom([]pieces.Tier{pieces.Hour, pieces.Day}).Draw(t, "tier")
		var parts []pieces.Part
		var bytes uint64
		var cost money.Amount
		for at := start; at < start+tier.Minutes; at += tier.Parts().Minutes {
			part := pieces.Part{From: at}
			for edge := range rapid.IntRange(0, 3).Draw(t, "edges") {
				row := pieces.Row{
					Edge: model.EdgeID(edge), Checked: rapid.Bool().Draw(t, "checked"),
					Sent: model.Counts{WireBytes: rapid.Uint64Range(0, 1<<40).Draw(t, "bytes")}, Cost: money.FromAtoms(rapid.Int64().Draw(t, "atoms")),
				}
				part.Rows = append(part.Rows, row)
				bytes += row.Sent.WireBytes
				cost, _ = cost.Add(row.Cost)
			}
			parts = append(parts, part)
		}
		spans, err := pieces.Add(tier, start, parts)
		if err != nil {
			t.Fatal(err)
		}
		for _, span := range spans {
			bytes -= span.Sent.WireBytes
			cost, _ = cost.Sub(span.Cost)
			for i := range span.Bytes {
				span.Sent.WireBytes -= span.Bytes[i]
				span.Cost, _ = span.Cost.Sub(span.Costs[i])
			}
			if span.Sent.WireBytes != 0 || !span.Cost.IsZero() {
				t.Fatalf("the parts of edge %s miss %d bytes and %s of its sum", span.Edge, span.Sent.WireBytes, span.Cost.Decimal())
			}
		}
		if bytes != 0 || !cost.IsZero() {
			t.Fatalf("%d bytes and %s of the parts are in no sum", bytes, cost.Decimal())
		}
	})
}

func TestPartsOfOtherSpansAreRefused(t *testing.T) {
	for _, from := range []model.Minute{59, 120} {
		if _, err := pieces.Add(pieces.Hour, 60, []pieces.Part{{From: from}}); err == nil {
			t.Errorf("minute %d is added to the hour of minute 60", from)
		}
	}
	if _, err := pieces.Add(pieces.Day, 0, []pieces.Part{{From: 90}}); err == nil {
		t.Error("half an hour is added to a day")
	}
}
