package kube_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/netip"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/ingest"
	"github.com/egressor/egressor/internal/kube/kubetest"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/wire"
	pb "github.com/egressor/egressor/internal/wire/egressorpb"
)

// window is how long the agents count into one row.
const window = 5 * time.Second

// fixed is a clock that stands still.
type fixed struct{ now time.Time }

func (f fixed) Now() time.Time                         { return f.now }
func (f fixed) After(d time.Duration) <-chan time.Time { return time.After(d) }

type rowKey struct {
	node, uid, local, remote string
	start                    time.Time
	role                     model.Role
}

// rows are what the nodes' agents count of the transfers: each end by its own
// node, the own end by its pod, the far end by its address.
func rows(churn *kubetest.Churn) map[rowKey]*model.FlowRow {
	counted := map[rowKey]*model.FlowRow{}
	count := func(near, far *kubetest.Life, at time.Time, role model.Role, bytes uint64) {
		key := rowKey{near.Node, near.UID, near.Addr, far.Addr, at.Truncate(window), role}
		row := counted[key]
		if row == nil {
			row = &model.FlowRow{
				Local: model.LocalEnd{Kind: model.LocalPod, ID: near.UID}, LocalAddr: netip.MustParseAddr(near.Addr),
				RemoteAddr: netip.MustParseAddr(far.Addr), ServerPort: 8080, Protocol: model.TCP, Role: role,
				WindowStart: key.start, WindowLength: window, Connections: 1,
			}
			counted[key] = row
		}
		counts := model.Counts{WireBytes: bytes, PayloadBytes: bytes - 40, Packets: 1}
		if role == model.RoleClient {
			row.Sent = row.Sent.Add(counts)
		} else {
			row.Received = row.Received.Add(counts)
		}
	}
	for _, moved := range churn.Transfers {
		count(moved.From, moved.To, moved.At, model.RoleClient, moved.Bytes)
		count(moved.To, moved.From, moved.At, model.RoleServer, moved.Bytes)
	}
	return counted
}

// deliver sends the rows through the real ingest, a batch per node and minute,
// and returns the minutes.
func deliver(t *testing.T, store *flowstore.Store, churn *kubetest.Churn) []model.Minute {
	t.Helper()
	counted := rows(churn)
	last := model.MinuteOf(churn.Transfers[len(churn.Transfers)-1].At)
	first := model.MinuteOf(churn.Transfers[0].At)
	config := ingest.DefaultConfiguration()
	config.Listen = "127.0.0.1:0"
	server, err := ingest.New(report.Discard(), config, ingest.Dependencies{Store: store, Clock: fixed{last.End().Add(time.Minute)}})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Stop(context.WithoutCancel(t.Context())) }() // what it stored is looked at, not its end
	conn, err := grpc.NewClient(server.Address(), grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodecV2(wire.Codec())))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	var minutes []model.Minute
	for minute := first; minute <= last; minute++ {
		minutes = append(minutes, minute)
		batches := map[string]*model.Batch{}
		for _, l := range churn.Lives() {
			batches[l.Node] = &model.Batch{
				BatchKey: model.BatchKey{Agent: model.AgentID{Cluster: "lab", Node: l.Node}, Boot: "b", Sequence: uint64(minute-first) + 1},
				Mode:     model.CaptureSockets, CoveredFrom: minute.Start(), CoveredThrough: minute.End(),
			}
		}
		for key, row := range counted {
			if model.MinuteOf(key.start) == minute {
				batches[key.node].Flows = append(batches[key.node].Flows, *row)
			}
		}
		for _, batch := range batches {
			send(t, conn, *batch)
		}
	}
	return minutes
}

func send(t *testing.T, conn *grpc.ClientConn, batch model.Batch) {
	t.Helper()
	stream, err := pb.NewIngestClient(conn).Stream(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	data, err := wire.Encode(batch)
	if err != nil {
		t.Fatal(err)
	}
	raw := wire.Raw(data)
	if err := stream.SendMsg(&raw); err != nil {
		t.Fatal(err)
	}
	if _, err := stream.Recv(); err != nil {
		t.Fatal(err)
	}
	_ = stream.CloseSend()
}

// attributed reads each minute from the store and attributes it, without the
// reports of the silent nodes.
func attributed(t *testing.T, store *flowstore.Store, minutes []model.Minute, silent map[string]bool) []attribution.AttributedFlow {
	t.Helper()
	var all []attribution.AttributedFlow
	for _, minute := range minutes {
		flows, _ := attributeMinute(t, store, minute, silent, time.Time{})
		all = append(all, flows...)
	}
	return all
}

func attributeMinute(t *testing.T, store *flowstore.Store, minute model.Minute, silent map[string]bool, through time.Time) ([]attribution.AttributedFlow, time.Time) {
	t.Helper()
	heads, stored, err := store.Minute(t.Context(), minute, nil)
	if err != nil {
		t.Fatal(err)
	}
	facts, through, err := store.Facts(t.Context(), minute.Start(), minute.End(), through)
	if err != nil {
		t.Fatal(err)
	}
	index, err := attribution.NewIndex(facts)
	if err != nil {
		t.Fatal(err)
	}
	var coverage attribution.Coverage
	for _, head := range heads {
		if !silent[head.Agent.Node] {
			coverage.Add(head.Agent, model.Period{From: head.CoveredFrom, To: head.CoveredThrough})
		}
	}
	var reported []attribution.ReportedRow
	for i := range stored {
		if !silent[stored[i].Agent.Node] {
			reported = append(reported, stored[i])
		}
	}
	flows, _ := attribution.Attribute(index, &coverage, reported)
	return flows, through
}

// judge compares what was attributed with what really moved.
func judge(t *testing.T, name string, flows []attribution.AttributedFlow, churn *kubetest.Churn, silent map[string]bool, took time.Duration) {
	t.Helper()
	want, got := map[string]uint64{}, map[string]uint64{}
	var total, unknown, wrong, missing uint64
	for _, moved := range churn.Transfers {
		if silent[moved.From.Node] && silent[moved.To.Node] {
			continue // nobody reports it
		}
		want[pairOf(moved.From, moved.To)] += moved.Bytes
		total += moved.Bytes
	}
	reasons := map[string]uint64{}
	for _, flow := range flows {
		source, destination := flow.Key.Source, flow.Key.Destination
		if source.Kind == model.KindUnknown || destination.Kind == model.KindUnknown {
			unknown += flow.Sent.WireBytes
			reasons[source.ID()+" > "+destination.ID()] += flow.Sent.WireBytes
			continue
		}
		got[source.ID()+" "+flow.Key.SourceRevision+" > "+destination.ID()+" "+flow.Key.DestinationRevision] += flow.Sent.WireBytes
	}
	for pair, bytes := range got {
		if bytes > want[pair] {
			wrong += bytes - want[pair]
			t.Errorf("%s: %s has %d bytes, %d really moved", name, pair, bytes, want[pair])
		}
	}
	for pair, bytes := range want {
		if bytes > got[pair] {
			missing += bytes - got[pair]
		}
	}
	var reused, atOnce int
	for _, l := range churn.Lives() {
		if l.Reused {
			reused++
			if l.Gap < time.Second {
				atOnce++
			}
		}
	}
	t.Logf("%s: %d lives and %d address reuses (%d within a second) in %s: %d bytes, %d misattributed, %d unknown (%.3f %%)",
		name, len(churn.Lives()), reused, atOnce, took.Round(time.Second), total, wrong, unknown, 100*float64(unknown)/float64(total))
	for reason, bytes := range reasons {
		if 1000*bytes > total {
			t.Logf("unknown: %s: %d bytes", reason, bytes)
		}
	}
	if missing != unknown {
		t.Errorf("%s: %d bytes are missing and %d unknown", name, missing, unknown)
	}
}

// staysTheSame: every pod is gone from the API now, and each minute is what it was
// when the facts ended where they ended then, byte for byte.
func staysTheSame(t *testing.T, store *flowstore.Store, minutes []model.Minute) {
	t.Helper()
	for _, minute := range minutes {
		flows, through := attributeMinute(t, store, minute, nil, time.Time{})
		again, _ := attributeMinute(t, store, minute, nil, through)
		if a, b := digest(t, flows), digest(t, again); a != b {
			t.Errorf("%s is %s, and %s as of the same facts", minute, a, b)
		}
	}
}

func digest(t *testing.T, flows []attribution.AttributedFlow) string {
	t.Helper()
	text, err := json.Marshal(flows)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
