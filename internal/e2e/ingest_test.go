//go:build linux

package e2e_test

import (
	"bufio"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/wire"
	pb "github.com/egressor/egressor/internal/wire/egressorpb"
)

// testBatches sends the running service what no agent would: it is refused with
// a reason and counted, and the batches around it are stored.
func testBatches(t *testing.T, w *world, s *stores) {
	stream := w.ingestStream(t)
	good := func(sequence uint64) []byte { return encoded(t, strangersBatch(sequence, 1)) }
	crowded := strangersBatch(2, wire.MaxFlows+1)
	cut := good(2)
	before := w.outcomes(t)
	for _, step := range []struct {
		name   string
		data   []byte
		reason string // "" where the batch is to be stored
	}{
		{"good", good(1), ""},
		{"not a batch", []byte("GET / HTTP/1.1\r\n\r\n"), "decode batch"},
		{"cut off", cut[:len(cut)-3], "decode batch"},
		{"too many rows", encoded(t, crowded), "cut batches smaller"},
		{"too many bytes", make([]byte, wire.MaxBatchBytes+1), "cut batches smaller"},
		{"good again", good(2), ""},
	} {
		t.Run(step.name, func(t *testing.T) {
			raw := wire.Raw(step.data)
			if err := stream.SendMsg(&raw); err != nil {
				t.Fatal(err)
			}
			ack, err := stream.Recv()
			if err != nil {
				t.Fatal(err)
			}
			if stored := ack.GetDurable() != nil; stored != (step.reason == "") || !strings.Contains(ack.GetRefused().GetMessage(), step.reason) {
				t.Errorf("answered with %v, want stored, or refused with %q", ack, step.reason)
			}
		})
	}
	after := w.outcomes(t)
	if refused := after["malformed"] - before["malformed"]; refused != 4 {
		t.Errorf("/metrics count %d malformed batches, want 4", refused)
	}
	if after["stored"] < before["stored"]+2 {
		t.Errorf("/metrics count %d stored batches after %d: two good ones are missing", after["stored"], before["stored"])
	}
	if after["failed"] != before["failed"] || after["conflict"] != before["conflict"] {
		t.Errorf("/metrics count other outcomes: %v, then %v", before, after)
	}
	runs, err := s.flows.RunsSince(t.Context(), time.Now().Add(-time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	var stored []uint64
	for _, run := range runs {
		for sequence := run.First; run.Agent.Node == strangersNode && sequence <= run.Last; sequence++ {
			stored = append(stored, sequence)
		}
	}
	slices.Sort(stored)
	if fmt.Sprint(stored) != "[1 2]" {
		t.Errorf("the ledger holds batches %v, want the two good ones", stored)
	}
}

const strangersNode = "node-of-a-test"

// strangersBatch speaks of rows flows in a minute long past.
func strangersBatch(sequence uint64, rows int) model.Batch {
	from := time.Now().UTC().Truncate(time.Minute).Add(-3 * time.Hour).Add(time.Duration(sequence) * time.Second)
	b := model.Batch{
		BatchKey: model.BatchKey{Agent: model.AgentID{Cluster: "lab", Node: strangersNode}, Boot: "boot", Sequence: sequence},
		Mode:     model.CaptureSockets, CoveredFrom: from, CoveredThrough: from.Add(time.Second),
	}
	for range rows {
		b.Flows = append(b.Flows, model.FlowRow{
			Local: model.LocalEnd{Kind: model.LocalPod, ID: "uid"}, LocalAddr: netip.MustParseAddr("10.244.7.1"),
			RemoteAddr: netip.MustParseAddr("10.244.8.1"), ServerPort: 80, Protocol: model.TCP,
			WindowStart: from, WindowLength: time.Second, Sent: model.Counts{WireBytes: 1000, PayloadBytes: 900, Packets: 2},
		})
	}
	return b
}

func encoded(t *testing.T, b model.Batch) []byte {
	t.Helper()
	data, err := wire.Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (w *world) ingestStream(t *testing.T) grpc.BidiStreamingClient[pb.Batch, pb.Ack] {
	t.Helper()
	conn, err := grpc.NewClient(w.ingest, grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodecV2(wire.Codec())))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	stream, err := pb.NewIngestClient(conn).Stream(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return stream
}

// outcomes are the ingest's counters of batches in /metrics.
func (w *world) outcomes(t *testing.T) map[string]uint64 {
	t.Helper()
	text, _, err := w.get(t.Context(), "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	counted := map[string]uint64{}
	for lines := bufio.NewScanner(strings.NewReader(text)); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), "} ")
		outcome, ok := strings.CutPrefix(name, `egressor_ingest_batches_total{outcome="`)
		if !ok {
			continue
		}
		n, err := strconv.ParseUint(value, 10, 64)
		if err != nil {
			t.Fatalf("metric %q: %v", lines.Text(), err)
		}
		counted[strings.TrimSuffix(outcome, `"`)] = n
	}
	return counted
}
