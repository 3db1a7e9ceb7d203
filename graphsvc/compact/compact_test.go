package compact_test

import (
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/compact"
	"github.com/egressor/egressor/graphsvc/fold"
	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

const hour model.Minute = 29_923_800 // 2026-11-23T10:00:00Z

// input is two minutes of an hour, with the versions that made them.
func input() compact.Input {
	row := func(edge model.EdgeID, bytes uint64, atoms int64) pieces.Row {
		return pieces.Row{Edge: edge, Sent: model.Counts{WireBytes: bytes}, Cost: money.FromAtoms(atoms)}
	}
	version := func(minute model.Minute, bytes uint64, atoms int64) model.GraphVersion {
		return model.GraphVersion{
			From: minute, To: minute + 1, Digest: model.Digest(minute.String()), Currency: "USD", PriceBook: "aws 1",
			Totals: model.VersionTotals{Edges: 1, Sent: model.Counts{WireBytes: bytes}, UnknownBytes: 1, Cost: money.FromAtoms(atoms)},
		}
	}
	return compact.Input{
		Tier: pieces.Hour, From: hour, Nodes: 3,
		Parts:   []pieces.Part{{From: hour + 3, Rows: []pieces.Row{row(1, 10, 7), row(2, 5, 1)}}, {From: hour + 59, Rows: []pieces.Row{row(1, 20, 8)}}},
		Minutes: []model.GraphVersion{version(hour+3, 15, 8), version(hour+59, 20, 8)},
	}
}

func TestAnHourIsTheSumOfItsMinutes(t *testing.T) {
	compacted, err := compact.Compact(input())
	if err != nil {
		t.Fatal(err)
	}
	version := compacted.Version("before", 9, "test")
	want := model.VersionTotals{Edges: 2, Nodes: 3, Sent: model.Counts{WireBytes: 35}, UnknownBytes: 2, Cost: money.FromAtoms(16)}
	if version.Totals != want || version.From != hour || version.To != hour+60 || version.Kind != model.VersionCompact || version.Number != 9 {
		t.Errorf("the version is %+v, want totals %+v", version, want)
	}
	if version.Digest != fold.Chain("before", version) || version.ContentDigest == "" || version.InputDigest == "" {
		t.Errorf("digests %q, %q and %q", version.Digest, version.ContentDigest, version.InputDigest)
	}
	first := compacted.Spans[0]
	if first.Edge != 1 || first.Bytes[3] != 10 || first.Bytes[59] != 20 || first.Bytes[4] != 0 || first.Costs[59] != money.FromAtoms(8) {
		t.Errorf("edge 1 is %+v", first)
	}
}

// What does not add up is not compacted, and the error says where to look.
func TestWhatDoesNotAddUpIsRefused(t *testing.T) {
	for name, harm := range map[string]func(*compact.Input){
		"a byte":       func(in *compact.Input) { in.Parts[0].Rows[0].Sent.WireBytes++ },
		"an atom":      func(in *compact.Input) { in.Parts[1].Rows[0].Cost = money.FromAtoms(9) },
		"a minute":     func(in *compact.Input) { in.Parts = in.Parts[:1] },
		"a version":    func(in *compact.Input) { in.Minutes = in.Minutes[1:] },
		"two curren":   func(in *compact.Input) { in.Minutes[0].Currency = "EUR" },
		"a far minute": func(in *compact.Input) { in.Parts[0].From = hour + 60 },
	} {
		harmed := input()
		harm(&harmed)
		if _, err := compact.Compact(harmed); err == nil || !strings.Contains(err.Error(), "hour of") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
