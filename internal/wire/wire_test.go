package wire_test

import (
	"bytes"
	"fmt"
	"net/netip"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"google.golang.org/protobuf/encoding/protowire"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit/gen"
	"github.com/egressor/egressor/internal/wire"
)

var byValue = cmp.Options{
	cmpopts.EquateComparable(netip.Addr{}, netip.Prefix{}),
}

func TestDecodeUndoesEncode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := gen.Batch().Draw(t, "batch")
		data, err := wire.Encode(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := wire.Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, byValue); diff != "" {
			t.Fatalf("batch (-want +got):\n%s", diff)
		}
		if again, _ := wire.Encode(got); !bytes.Equal(again, data) {
			t.Fatal("equal batches gave other bytes")
		}
		if wire.Digest(want) != wire.Digest(got) {
			t.Fatal("the digest does not survive the wire")
		}
	})
}

// Two batches have the same digest only when they are equal: a change of one
// field anywhere must show.
func TestDigestTellsBatchesApart(t *testing.T) {
	base := example(3)
	changes := map[string]func(*model.Batch){
		"node":                func(b *model.Batch) { b.Agent.Node += "x" },
		"text moves over":     func(b *model.Batch) { b.Agent.Cluster, b.Agent.Node = "labn", "ode-a" },
		"boot":                func(b *model.Batch) { b.Boot += "x" },
		"sequence":            func(b *model.Batch) { b.Sequence++ },
		"mode":                func(b *model.Batch) { b.Mode = model.CapturePackets },
		"covered from":        func(b *model.Batch) { b.CoveredFrom = b.CoveredFrom.Add(1) },
		"covered through":     func(b *model.Batch) { b.CoveredThrough = b.CoveredThrough.Add(1) },
		"rows in other order": func(b *model.Batch) { b.Flows[0], b.Flows[1] = b.Flows[1], b.Flows[0] },
		"row missing":         func(b *model.Batch) { b.Flows = b.Flows[1:] },
		"local id":            func(b *model.Batch) { b.Flows[1].Local.ID = "other" },
		"mapped address":      func(b *model.Batch) { b.Flows[1].RemoteAddr = netip.AddrFrom16(b.Flows[1].RemoteAddr.As16()) },
		"no address":          func(b *model.Batch) { b.Flows[1].RemoteAddr = netip.Addr{} },
		"sent to received":    func(b *model.Batch) { f := &b.Flows[1]; f.Sent, f.Received = f.Received, f.Sent },
		"connections":         func(b *model.Batch) { b.Flows[2].Connections++ },
		"rtt":                 func(b *model.Batch) { b.Flows[2].RTTMicros++ },
		"loss known":          func(b *model.Batch) { b.Losses[0].BytesKnown = !b.Losses[0].BytesKnown },
		"pod address":         func(b *model.Batch) { b.Facts[0].Pod.Addrs = nil },
		"fact period":         func(b *model.Batch) { b.Facts[0].Period.To = b.CoveredThrough },
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			changed := example(3)
			change(&changed)
			if wire.Digest(changed) == wire.Digest(base) {
				t.Fatal("the digest did not change")
			}
		})
	}
	// Pinned: the ledger keeps digests for years.
	const want = "60a97b27167240a7e79f58914f41ea21b7e51dfb42acc50bbd7798e6e2c58343"
	if got := wire.Digest(base); got != want {
		t.Fatalf("digest %s, want %s: a change of the canonical form needs a new digestVersion", got, want)
	}
}

func TestEncodeErrors(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(*model.Batch)
		want   string
	}{
		"time out of range": {func(b *model.Batch) { b.CoveredThrough = time.Date(2500, 1, 1, 0, 0, 0, 0, time.UTC) }, "2262"},
		"flow out of range": {func(b *model.Batch) { b.Flows[1].WindowStart = time.Date(1600, 1, 1, 0, 0, 0, 0, time.UTC) }, "flow 1"},
		"loss out of range": {func(b *model.Batch) { b.Losses[0].To = time.Date(2500, 1, 1, 0, 0, 0, 0, time.UTC) }, "loss 0"},
		"body missing":      {func(b *model.Batch) { b.Facts[0].Pod = nil }, "body of kind"},
		"two bodies":        {func(b *model.Batch) { b.Facts[0].Node = &model.NodeFact{} }, "body of kind"},
		"not UTF-8":         {func(b *model.Batch) { b.Flows[0].Local.ID = "\xff" }, "UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			b := example(3)
			tc.change(&b)
			_, err := wire.Encode(b)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Fatalf("error %v does not name %q", err, tc.want)
			}
		})
	}
}

func TestDecodeRefusesTooMuch(t *testing.T) {
	var facts []byte
	for range wire.MaxFacts + 1 {
		facts = protowire.AppendTag(facts, 12, protowire.BytesType)
		facts = protowire.AppendBytes(facts, nil)
	}
	for name, tc := range map[string]struct {
		data []byte
		want string
	}{
		"bytes":   {make([]byte, wire.MaxBatchBytes+1), "limit"},
		"facts":   {facts, "too many entries"},
		"garbage": {[]byte("GET / HTTP/1.1\r\n"), "not a protobuf message"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := wire.Decode(tc.data); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Fatalf("error %v does not name %q", err, tc.want)
			}
		})
	}
}

// A message of the densest columns there are must not take more than the ten
// times its length that limits.go promises.
func TestDecodeMemoryIsBounded(t *testing.T) {
	column := make([]byte, 1<<20) // as many varints of one byte
	flows := protowire.AppendTag(nil, 1, protowire.BytesType)
	flows = protowire.AppendBytes(flows, column)
	counts := protowire.AppendTag(nil, 1, protowire.BytesType)
	counts = protowire.AppendBytes(counts, column)
	flows = protowire.AppendTag(flows, 11, protowire.BytesType)
	flows = protowire.AppendBytes(flows, counts)
	data := protowire.AppendTag(nil, 10, protowire.BytesType)
	data = protowire.AppendBytes(data, flows)

	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := wire.Decode(data); err == nil {
		t.Fatal("columns of unequal length were accepted")
	}
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 10*uint64(len(data)) {
		t.Fatalf("decoding %d bytes allocated %d", len(data), took)
	}
}

func FuzzDecode(f *testing.F) {
	seed, err := wire.Encode(example(3))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := wire.Decode(data)
		if err != nil {
			if !cmp.Equal(b, model.Batch{}, byValue) {
				t.Fatal("a batch beside an error")
			}
			return
		}
		again, err := wire.Encode(b)
		if err != nil {
			t.Fatalf("what was decoded cannot be encoded: %v", err)
		}
		back, err := wire.Decode(again)
		if err != nil || wire.Digest(back) != wire.Digest(b) {
			t.Fatalf("not stable: %v", err)
		}
	})
}

func BenchmarkEncode(b *testing.B) {
	batch := example(10_000)
	var size int
	for b.Loop() {
		data, err := wire.Encode(batch)
		if err != nil {
			b.Fatal(err)
		}
		size = len(data)
	}
	report(b, len(batch.Flows))
	b.ReportMetric(float64(size)/float64(len(batch.Flows)), "bytes/flow")
}

func BenchmarkDecode(b *testing.B) {
	batch := example(10_000)
	data, err := wire.Encode(batch)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := wire.Decode(data); err != nil {
			b.Fatal(err)
		}
	}
	report(b, len(batch.Flows))
}

func BenchmarkDigest(b *testing.B) {
	batch := example(10_000)
	for b.Loop() {
		wire.Digest(batch)
	}
	report(b, len(batch.Flows))
}

func report(b *testing.B, flows int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(flows), "ns/flow")
}

// example is a busy node's window: 100 pods that talk to a few hundred peers.
func example(flows int) model.Batch {
	from := gen.Epoch
	b := model.Batch{
		BatchKey: model.BatchKey{Agent: model.AgentID{Cluster: "lab", Node: "node-a"}, Boot: "7c1e-01", Sequence: 42},
		Mode:     model.CaptureSockets, CoveredFrom: from, CoveredThrough: from.Add(10 * time.Second),
		Losses: []model.Loss{{Reason: model.LossRingFull, From: from, To: from.Add(time.Second), Flows: 2}},
		Facts: []model.Fact{{
			Kind: model.FactPod, Key: "uid-1", Period: model.Period{From: from}, Recorded: from, Source: "agent/node-a",
			Pod: &model.PodFact{Node: "node-a", Addrs: []netip.Addr{netip.AddrFrom4([4]byte{10, 244, 0, 7})}},
		}},
	}
	for i := range flows {
		b.Flows = append(b.Flows, model.FlowRow{
			Local:     model.LocalEnd{Kind: model.LocalPod, ID: fmt.Sprintf("0a5f1c22-0000-4000-8000-%012d", i%100)},
			LocalAddr: netip.AddrFrom4([4]byte{10, 244, 0, byte(i % 100)}), RemoteAddr: netip.AddrFrom4([4]byte{10, 244, byte(i % 7), byte(i % 251)}),
			ServerPort: 8080, Protocol: model.TCP, Role: model.RoleClient,
			WindowStart: from, WindowLength: 10 * time.Second,
			Sent:        model.Counts{WireBytes: uint64(i) * 977, PayloadBytes: uint64(i) * 911, Packets: uint64(i)},
			Received:    model.Counts{WireBytes: uint64(i) * 31_337, PayloadBytes: uint64(i) * 30_111, Packets: uint64(i) * 21},
			Connections: uint32(i % 9), RTTMicros: 740,
		})
	}
	return b
}
