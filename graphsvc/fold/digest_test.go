package fold_test

import (
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/fold"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit"
)

var minute = model.MinuteOf(time.Date(2026, 11, 23, 10, 4, 0, 0, time.UTC))

func flow(name string, bytes uint64) attribution.AttributedFlow {
	return attribution.AttributedFlow{
		Minute: minute,
		Key: model.EdgeKey{
			Source:         model.Identity{Kind: model.KindWorkload, Cluster: "lab", Namespace: "shop", Type: "Deployment", Name: name},
			Destination:    model.Identity{Kind: model.KindCloudEndpoint, Type: "s3", Region: "us-east-1", Name: "s3"},
			SourceRevision: name + "-7d9f", ServerPort: 443, Protocol: model.TCP, Initiator: model.InitiatorSource,
			SourcePlace: model.Place{Provider: "aws", Region: "us-east-1", Zone: "use1-az1"},
			Path:        model.Path{Kind: model.PathNAT, Via: "nat-a", ViaZone: "use1-az1"},
		},
		Sent: model.Counts{WireBytes: bytes, PayloadBytes: bytes / 2, Packets: 3, RetransmittedPackets: 1}, Connections: 1, RTTMicros: 900,
	}
}

// TestEncoding pins the form "fold/1": stored digests depend on every byte.
func TestEncoding(t *testing.T) {
	checked := flow("tab\there|%", 2000)
	checked.Checked, checked.CheckBytes = true, 1990
	result, err := fold.Fold(minute, []attribution.AttributedFlow{flow("web", 1000), checked, flow("web", 24)})
	if err != nil {
		t.Fatal(err)
	}
	testkit.Golden(t, "testdata/encoding.golden", append(fold.Encode(result), "digest "+string(fold.Digest(result))+"\n"...))
}

func TestAPartlyCheckedEdgeIsNotChecked(t *testing.T) {
	a, b := flow("web", 1000), flow("web", 500)
	a.Checked, a.CheckBytes = true, 990
	for _, flows := range [][]attribution.AttributedFlow{{a, b}, {b, a}, {a, b, a}} {
		result, err := fold.Fold(minute, flows)
		if err != nil {
			t.Fatal(err)
		}
		if edge := result.Edges[0]; edge.Checked || edge.CheckBytes != 0 {
			t.Errorf("edge checked with %d bytes, but half of it was reported once", edge.CheckBytes)
		}
	}
}

func TestFlowOfAnotherMinuteIsRefused(t *testing.T) {
	_, err := fold.Fold(minute+1, []attribution.AttributedFlow{flow("web", 1000)})
	if err == nil || !strings.Contains(err.Error(), "2026-11-23T10:04:00Z") {
		t.Fatalf("err = %v, want one that names the minute", err)
	}
	if _, err := fold.Merge(fold.Result{Minute: minute}, fold.Result{Minute: minute + 1}); err == nil {
		t.Fatal("results of two minutes were merged")
	}
}

// TestChainCoversTheHeader: every field counts, except when it was committed.
func TestChainCoversTheHeader(t *testing.T) {
	header := model.GraphVersion{
		Number: 7, Kind: model.VersionFold, From: minute, To: minute + 1,
		Inputs: []model.InputRange{{Agent: model.AgentID{Cluster: "lab", Node: "a"}, Boot: "b1", First: 1, Last: 6}},
	}
	want := fold.Chain("before", header)
	for name, change := range map[string]func(*model.GraphVersion){
		"number":    func(v *model.GraphVersion) { v.Number++ },
		"kind":      func(v *model.GraphVersion) { v.Kind = model.VersionRefold },
		"from":      func(v *model.GraphVersion) { v.From-- },
		"inputs":    func(v *model.GraphVersion) { v.Inputs = nil },
		"content":   func(v *model.GraphVersion) { v.ContentDigest = "x" },
		"book":      func(v *model.GraphVersion) { v.PriceBook = "x" },
		"facts":     func(v *model.GraphVersion) { v.FactsRecordedThrough = minute.Start() },
		"bytes":     func(v *model.GraphVersion) { v.Totals.Sent.WireBytes++ },
		"unpriced":  func(v *model.GraphVersion) { v.Totals.UnpricedBytes++ },
		"code":      func(v *model.GraphVersion) { v.CodeVersion = "x" },
		"injection": func(v *model.GraphVersion) { v.PriceBook = "\"\ncode\t\"x" },
	} {
		other := header
		change(&other)
		if fold.Chain("before", other) == want {
			t.Errorf("%s: changed, and the digest is the same", name)
		}
	}
	if fold.Chain("other", header) == want {
		t.Error("another version before it, and the same digest")
	}
	header.CommittedAt, header.Digest, header.Previous = minute.Start(), "x", "y"
	if fold.Chain("before", header) != want {
		t.Error("CommittedAt, Digest and Previous must not count")
	}
	if fold.Join("a", "b") == fold.Join("b", "a") || fold.Join("ab") == fold.Join("a", "b") {
		t.Error("joined digests must keep order and borders")
	}
}
