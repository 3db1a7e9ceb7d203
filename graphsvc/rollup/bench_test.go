package rollup_test

import (
	"context"
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/fold"
	"github.com/egressor/egressor/graphsvc/graphstore"
	compute "github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/internal/model"
)

const (
	benchNodes       = 20
	benchPodsPerNode = 100
	benchRows        = 100_000
	benchWindows     = 6
)

// laps add up the time that each kind of store call takes.
type laps map[string]time.Duration

func (l laps) since(name string, begin time.Time) { l[name] += time.Since(begin) }

type timedFlows struct {
	*flowstore.Store
	laps
}

func (s timedFlows) RunsSince(ctx context.Context, at time.Time) ([]model.BatchRun, error) {
	defer s.since("ledger", time.Now())
	return s.Store.RunsSince(ctx, at)
}

func (s timedFlows) Minute(ctx context.Context, of model.Minute, inputs []model.InputRange) ([]model.BatchHead, []flowstore.Row, error) {
	defer s.since("read-rows", time.Now())
	return s.Store.Minute(ctx, of, inputs)
}

func (s timedFlows) Facts(ctx context.Context, from, to, through time.Time) ([]model.Fact, time.Time, error) {
	defer s.since("read-facts", time.Now())
	return s.Store.Facts(ctx, from, to, through)
}

func (s timedFlows) WriteVersion(ctx context.Context, version model.GraphVersion, edges []model.PricedEdge, statement pricing.Statement) error {
	defer s.since("write-series", time.Now())
	return s.Store.WriteVersion(ctx, version, edges, statement)
}

type timedGraph struct {
	*graphstore.Store
	laps
}

func (s timedGraph) Publish(ctx context.Context, p graphstore.Publication) error {
	defer s.since("publish", time.Now())
	return s.Store.Publish(ctx, p)
}

// BenchmarkFold folds minutes of a hundred thousand raw rows, and says where
// the time goes, in nanoseconds per raw row.
func BenchmarkFold(b *testing.B) {
	stores := rolluptest.Open(b)
	book, err := pricebooks.Load(pricebooks.Default)
	if err != nil {
		b.Fatal(err)
	}
	took := laps{}
	clock := rolluptest.NewClock(rolluptest.First.Start())
	loop := rolluptest.Loop(b, timedFlows{stores.Flows, took}, timedGraph{stores.Graph, took}, clock, rolluptest.Rules(), rollup.NewHub())
	if err := stores.Flows.RecordFacts(b.Context(), benchFacts(), rolluptest.First.Start()); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for i := range b.N {
		b.StopTimer()
		of := rolluptest.First + model.Minute(i)
		received := of.End().Add(time.Second)
		stores.Append(b, received, benchBatches(of, i)...)
		clock.Set(received)
		b.StartTimer()
		if err := loop.Step(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	head, _, err := stores.Graph.Head(b.Context())
	if err != nil || head.Number != uint64(b.N) {
		b.Fatalf("%d versions (%v), want %d", head.Number, err, b.N)
	}
	perRow := func(d time.Duration, times int) float64 { return float64(d.Nanoseconds()) / float64(times) / benchRows }
	for name, d := range took {
		b.ReportMetric(perRow(d, b.N), name+"-ns/row")
	}
	b.ReportMetric(perRow(b.Elapsed(), b.N), "ns/row")
	b.ReportMetric(float64(head.Totals.Edges), "edges")
	for name, d := range stages(b, stores, book) {
		b.ReportMetric(perRow(d, 1), name+"-ns/row")
	}
}

// stages times the parts of the computation of the first minute.
func stages(b *testing.B, stores *rolluptest.Stores, book *pricing.Book) map[string]time.Duration {
	b.Helper()
	input, err := rollup.ReadMinute(b.Context(), stores.Flows, rolluptest.First)
	if err != nil {
		b.Fatal(err)
	}
	took := map[string]time.Duration{}
	lap := func(name string, begin time.Time) { took[name] = time.Since(begin) }
	var coverage attribution.Coverage
	for _, head := range input.Batches {
		coverage.AddBatch(model.Batch{BatchKey: head.BatchKey, CoveredFrom: head.CoveredFrom, CoveredThrough: head.CoveredThrough})
	}
	begin := time.Now()
	index, err := attribution.NewIndex(input.Facts)
	if err != nil {
		b.Fatal(err)
	}
	flows, _ := attribution.Attribute(index, &coverage, input.Rows)
	lap("attribute", begin)
	begin = time.Now()
	folded, err := fold.Fold(input.Minute, flows)
	if err != nil {
		b.Fatal(err)
	}
	lap("fold", begin)
	begin = time.Now()
	if _, _, err = pricing.Price(book, pricing.List, folded.Edges, nil); err != nil {
		b.Fatal(err)
	}
	lap("price", begin)
	begin = time.Now()
	fold.InputDigest(input.Minute, &coverage, input.Rows)
	lap("input-digest", begin)
	begin = time.Now()
	if _, err := compute.Compute(input, compute.ListPrices(book)); err != nil {
		b.Fatal(err)
	}
	lap("compute", begin)
	return took
}

func benchPod(pod int) (uid string, addr netip.Addr) {
	return fmt.Sprintf("0a5f1c22-0000-4000-8000-%012d", pod), netip.AddrFrom4([4]byte{10, 244, byte(pod / 250), byte(1 + pod%250)})
}

func benchFacts() []model.Fact {
	var facts []model.Fact
	for n := range benchNodes {
		name := fmt.Sprintf("node-%d", n)
		facts = append(facts, model.Fact{Kind: model.FactNode, Key: name, Source: "kubernetes/lab", Node: &model.NodeFact{
			Cluster: "lab", Name: name, Addrs: []netip.Addr{netip.AddrFrom4([4]byte{10, 0, 0, byte(10 + n)})},
			Place: model.Place{Provider: "aws", Region: "us-east-1", Zone: fmt.Sprintf("use1-az%d", 1+n%3)},
		}})
	}
	for pod := range benchNodes * benchPodsPerNode {
		uid, addr := benchPod(pod)
		facts = append(facts, model.Fact{Kind: model.FactPod, Key: uid, Source: "kubernetes/lab", Pod: &model.PodFact{
			Cluster: "lab", Namespace: "shop", Name: uid, Node: fmt.Sprintf("node-%d", pod%benchNodes), Addrs: []netip.Addr{addr},
			Workload: model.WorkloadRef{Namespace: "shop", Kind: "Deployment", Name: fmt.Sprintf("app-%d", pod/10)},
		}})
	}
	return facts
}

// benchBatches are one batch per node and window; each transfer is reported by
// both ends.
func benchBatches(of model.Minute, round int) []model.Batch {
	batches := make([]model.Batch, benchNodes*benchWindows)
	at := func(node, window int) *model.Batch { return &batches[node*benchWindows+window] }
	for n := range benchNodes {
		for w := range benchWindows {
			from := of.Start().Add(time.Duration(w) * 10 * time.Second)
			*at(n, w) = model.Batch{
				BatchKey: model.BatchKey{Agent: model.AgentID{Cluster: "lab", Node: fmt.Sprintf("node-%d", n)}, Boot: "boot", Sequence: uint64(round*benchWindows + w + 1)},
				Mode:     model.CaptureSockets, CoveredFrom: from, CoveredThrough: from.Add(10 * time.Second),
			}
		}
	}
	const pods = benchNodes * benchPodsPerNode
	for i := range benchRows / 2 {
		w, conversation := i%benchWindows, i/benchWindows
		client := conversation % pods
		server := (client + 1 + conversation/pods*37) % pods
		for _, end := range []struct {
			local, remote int
			role          model.Role
		}{{client, server, model.RoleClient}, {server, client, model.RoleServer}} {
			batch := at(end.local%benchNodes, w)
			uid, local := benchPod(end.local)
			_, remote := benchPod(end.remote)
			batch.Flows = append(batch.Flows, model.FlowRow{
				Local: model.LocalEnd{Kind: model.LocalPod, ID: uid}, LocalAddr: local, RemoteAddr: remote,
				ServerPort: 8080, Protocol: model.TCP, Role: end.role, WindowStart: batch.CoveredFrom, WindowLength: 10 * time.Second,
				Sent:     model.Counts{WireBytes: uint64(1000 + i), PayloadBytes: uint64(900 + i), Packets: 3},
				Received: model.Counts{WireBytes: uint64(1000 + i), PayloadBytes: uint64(900 + i), Packets: 3}, Connections: 1, RTTMicros: 300,
			})
		}
	}
	return batches
}
