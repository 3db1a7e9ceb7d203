package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
	"go.uber.org/goleak"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"

	"github.com/egressor/egressor/graphsvc/ingest"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/testkit/gen"
	"github.com/egressor/egressor/internal/wire"
	pb "github.com/egressor/egressor/internal/wire/egressorpb"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// memory is a store that keeps batches in memory, and fails or waits on demand.
type memory struct {
	mu      sync.Mutex
	digests map[model.BatchKey]string
	appends int
	failing error
	gate    chan struct{} // nil lets everything through
	entered chan struct{}
}

func (m *memory) Append(_ context.Context, b model.Batch, digest string, _ time.Time) error {
	if m.gate != nil {
		m.entered <- struct{}{}
		<-m.gate
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.failing != nil {
		return m.failing
	}
	m.appends++
	m.digests[b.BatchKey] = digest
	return nil
}

func (m *memory) Lookup(_ context.Context, key model.BatchKey) (string, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	digest, ok := m.digests[key]
	return digest, ok, nil
}

// fixed is a clock that stands still.
type fixed struct{ now time.Time }

func (f fixed) Now() time.Time                         { return f.now }
func (f fixed) After(d time.Duration) <-chan time.Time { return time.After(d) }

// setup is a running server, its store, and a connection to it.
type setup struct {
	store  *memory
	report *report.Reporter
	server *ingest.Server
	conn   *grpc.ClientConn
}

func start(t *testing.T, change func(*ingest.Configuration)) *setup {
	t.Helper()
	config := ingest.DefaultConfiguration()
	config.Listen = "127.0.0.1:0"
	if change != nil {
		change(&config)
	}
	s := &setup{store: &memory{digests: map[model.BatchKey]string{}}, report: report.Discard()}
	var err error
	s.server, err = ingest.New(s.report, config, ingest.Dependencies{Store: s.store, Clock: fixed{gen.Epoch.Add(25 * time.Hour)}})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.server.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	s.conn, err = grpc.NewClient(s.server.Address(), grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodecV2(wire.Codec())))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.conn.Close() })
	return s
}

func (s *setup) stream(t *testing.T) grpc.BidiStreamingClient[pb.Batch, pb.Ack] {
	t.Helper()
	stream, err := pb.NewIngestClient(s.conn).Stream(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return stream
}

// send sends raw bytes and returns the answer.
func send(t *testing.T, stream grpc.BidiStreamingClient[pb.Batch, pb.Ack], data []byte) (*pb.Ack, error) {
	t.Helper()
	raw := wire.Raw(data)
	if err := stream.SendMsg(&raw); err != nil {
		t.Fatal(err)
	}
	return stream.Recv()
}

func encode(t *testing.T, b model.Batch) []byte {
	t.Helper()
	data, err := wire.Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (s *setup) outcome(t *testing.T, outcome string) float64 {
	t.Helper()
	families, err := s.report.Registry().Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			for _, label := range metric.GetLabel() {
				if family.GetName() == "egressor_ingest_batches_total" && label.GetValue() == outcome {
					return metric.GetCounter().GetValue()
				}
			}
		}
	}
	t.Fatalf("no counter of outcome %q", outcome)
	return 0
}

// batch is the n-th batch of a node: one flow of 1000 n bytes.
func batch(sequence uint64) model.Batch {
	from := gen.Epoch.Add(time.Duration(sequence) * 10 * time.Second)
	return model.Batch{
		BatchKey: model.BatchKey{Agent: model.AgentID{Cluster: "lab", Node: "node-a"}, Boot: "boot", Sequence: sequence},
		Mode:     model.CaptureSockets, CoveredFrom: from, CoveredThrough: from.Add(10 * time.Second),
		Flows: []model.FlowRow{{
			Local: model.LocalEnd{Kind: model.LocalPod, ID: "uid"}, LocalAddr: netip.MustParseAddr("10.244.0.1"),
			RemoteAddr: netip.MustParseAddr("10.244.1.1"), ServerPort: 80, Protocol: model.TCP,
			WindowStart: from, WindowLength: 10 * time.Second, Sent: model.Counts{WireBytes: 1000 * sequence},
		}},
	}
}

func TestStoresOnceAndAcknowledgesEveryTime(t *testing.T) {
	s := start(t, nil)
	for range 3 { // three connections, each sending both batches twice and in another order
		stream := s.stream(t)
		for _, sequence := range []uint64{2, 1, 1, 2} {
			ack, err := send(t, stream, encode(t, batch(sequence)))
			if err != nil {
				t.Fatal(err)
			}
			if d := ack.GetDurable(); d.GetBoot() != "boot" || d.GetThrough() != sequence {
				t.Fatalf("batch %d was answered with %v", sequence, ack)
			}
		}
	}
	if s.store.appends != 2 {
		t.Fatalf("%d appends of 2 batches", s.store.appends)
	}
	if stored, repeated := s.outcome(t, "stored"), s.outcome(t, "repeated"); stored != 2 || repeated != 10 {
		t.Fatalf("counted %v stored and %v repeated, want 2 and 10", stored, repeated)
	}
	if n, err := testutil.GatherAndCount(s.report.Registry(), "egressor_ingest_lag_seconds"); err != nil || n != 1 {
		t.Fatalf("%d lags of one agent (%v)", n, err)
	}
}

func TestSameKeyOtherContentIsRefused(t *testing.T) {
	s := start(t, nil)
	stream := s.stream(t)
	if _, err := send(t, stream, encode(t, batch(1))); err != nil {
		t.Fatal(err)
	}
	other := batch(1)
	other.Flows[0].Sent.WireBytes++
	ack, err := send(t, stream, encode(t, other))
	if err != nil {
		t.Fatal(err)
	}
	if r := ack.GetRefused(); r.GetReason() != pb.Reason_REASON_CONFLICT || r.GetSequence() != 1 {
		t.Fatalf("answered with %v", ack)
	}
	if s.store.appends != 1 || s.outcome(t, "conflict") != 1 {
		t.Fatalf("%d appends and %v conflicts, want 1 and 1", s.store.appends, s.outcome(t, "conflict"))
	}
	if ack, err = send(t, stream, encode(t, batch(2))); err != nil || ack.GetDurable() == nil {
		t.Fatalf("the batch behind the refused one: %v %v", ack, err)
	}
}

func TestMalformedIsRefusedAndTheStreamGoesOn(t *testing.T) {
	s := start(t, nil)
	stream := s.stream(t)
	truncated := encode(t, batch(7))
	truncated = truncated[:len(truncated)-3]
	tooMany := batch(8)
	for len(tooMany.Flows) <= 2*wire.MaxFlows {
		tooMany.Flows = append(tooMany.Flows, tooMany.Flows...)
	}
	big := encode(t, tooMany)
	if len(big) < 10<<20 {
		t.Fatalf("the large batch has %d bytes only", len(big))
	}
	for name, tc := range map[string]struct {
		data     []byte
		sequence uint64
		want     string
	}{
		"garbage":       {[]byte("GET / HTTP/1.1\r\n\r\n"), 0, "decode batch"},
		"empty":         {nil, 0, "name of 0 bytes"},
		"truncated":     {truncated, 7, "decode batch"},
		"too many rows": {big, 8, "cut batches smaller"},
		"too large":     {make([]byte, wire.MaxBatchBytes+1), 0, "cut batches smaller"},
	} {
		ack, err := send(t, stream, tc.data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		r := ack.GetRefused()
		if r.GetReason() != pb.Reason_REASON_MALFORMED || r.GetSequence() != tc.sequence || !strings.Contains(r.GetMessage(), tc.want) {
			t.Errorf("%s: answered with %v, want a message with %q", name, ack, tc.want)
		}
	}
	if ack, err := send(t, stream, encode(t, batch(1))); err != nil || ack.GetDurable() == nil {
		t.Fatalf("the batch behind the malformed ones: %v %v", ack, err)
	}
	if got := s.outcome(t, "malformed"); got != 5 {
		t.Fatalf("counted %v malformed batches, want 5", got)
	}
}

func TestFailedStoreIsNotAcknowledged(t *testing.T) {
	s := start(t, nil)
	s.store.failing = errors.New("connection refused by clickhouse-0.internal")
	_, err := send(t, s.stream(t), encode(t, batch(1)))
	if status.Code(err) != codes.Unavailable || retryDelay(err) != 2*time.Second {
		t.Fatalf("error %v, want unavailable with a retry delay of 2s", err)
	}
	if strings.Contains(err.Error(), "clickhouse-0") {
		t.Fatalf("the error tells agents about our insides: %v", err)
	}
	s.store.failing = nil
	if ack, err := send(t, s.stream(t), encode(t, batch(1))); err != nil || ack.GetDurable() == nil {
		t.Fatalf("after the store came back: %v %v", ack, err)
	}
}

func TestFullServiceAsksForPatience(t *testing.T) {
	s := start(t, func(c *ingest.Configuration) { c.TotalBytes = wire.MaxBatchBytes })
	s.store.gate, s.store.entered = make(chan struct{}), make(chan struct{})
	blocked := batch(1)
	blocked.Facts = []model.Fact{{Kind: model.FactNode, Key: strings.Repeat("x", wire.MaxBatchBytes-10_000), Node: &model.NodeFact{}}}
	first := s.stream(t)
	raw := wire.Raw(encode(t, blocked))
	if err := first.SendMsg(&raw); err != nil {
		t.Fatal(err)
	}
	<-s.store.entered // it holds almost all the room now
	second := batch(1)
	second.Agent.Node = "node-b"
	second.Facts = []model.Fact{{Kind: model.FactNode, Key: strings.Repeat("x", 20_000), Node: &model.NodeFact{}}}
	_, err := send(t, s.stream(t), encode(t, second))
	if status.Code(err) != codes.ResourceExhausted || retryDelay(err) != 2*time.Second {
		t.Fatalf("error %v, want exhausted with a retry delay of 2s", err)
	}
	s.store.gate <- struct{}{}
	if ack, err := first.Recv(); err != nil || ack.GetDurable() == nil {
		t.Fatalf("the batch that had room: %v %v", ack, err)
	}
}

// Two connections that send one batch at the same time store it once.
func TestConcurrentRepeat(t *testing.T) {
	s := start(t, nil)
	s.store.gate, s.store.entered = make(chan struct{}), make(chan struct{})
	data := wire.Raw(encode(t, batch(1)))
	first, second := s.stream(t), s.stream(t)
	for _, stream := range []grpc.BidiStreamingClient[pb.Batch, pb.Ack]{first, second} {
		if err := stream.SendMsg(&data); err != nil {
			t.Fatal(err)
		}
	}
	<-s.store.entered
	s.store.gate <- struct{}{} // a second append would block here, and fail the test by its deadline
	for _, stream := range []grpc.BidiStreamingClient[pb.Batch, pb.Ack]{first, second} {
		if ack, err := stream.Recv(); err != nil || ack.GetDurable() == nil {
			t.Fatalf("answer %v, error %v", ack, err)
		}
	}
	if s.store.appends != 1 {
		t.Fatalf("%d appends of one batch", s.store.appends)
	}
}

// A store that is under way is finished when the agent goes away and when the
// server stops.
func TestBrokenConnectionDoesNotCutAStoreShort(t *testing.T) {
	s := start(t, nil)
	s.store.gate, s.store.entered = make(chan struct{}), make(chan struct{})
	data := wire.Raw(encode(t, batch(1)))
	if err := s.stream(t).SendMsg(&data); err != nil {
		t.Fatal(err)
	}
	<-s.store.entered
	_ = s.conn.Close()
	stopped := make(chan error)
	go func() { stopped <- s.server.Stop(context.Background()) }()
	s.store.gate <- struct{}{}
	if err := <-stopped; err != nil {
		t.Fatal(err)
	}
	if s.store.appends != 1 {
		t.Fatalf("%d appends, want 1", s.store.appends)
	}
}

func TestHealthAndPaths(t *testing.T) {
	s := start(t, nil)
	answer, err := healthpb.NewHealthClient(s.conn).Check(t.Context(), &healthpb.HealthCheckRequest{})
	if err != nil || answer.GetStatus() != healthpb.HealthCheckResponse_SERVING {
		t.Fatalf("health is %v (%v)", answer, err)
	}
	for _, path := range []string{
		"/egressor.v1.Ingest/stream", "//egressor.v1.Ingest/Stream", "/egressor.v1.Ingest/Stream/", "/Ingest/Stream",
		"/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", "/%65gressor.v1.Ingest/Stream",
	} {
		stream, err := s.conn.NewStream(t.Context(), &grpc.StreamDesc{ClientStreams: true, ServerStreams: true}, path)
		if err != nil {
			t.Fatal(err)
		}
		_ = stream.CloseSend()
		var raw wire.Raw
		if err := stream.RecvMsg(&raw); status.Code(err) != codes.Unimplemented {
			t.Errorf("path %s: %v, want unimplemented", path, err)
		}
	}
}

func TestBusyPortIsTold(t *testing.T) {
	s := start(t, nil)
	config := ingest.DefaultConfiguration()
	config.Listen = s.server.Address()
	second, err := ingest.New(report.Discard(), config, ingest.Dependencies{Store: s.store, Clock: fixed{}})
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Start(t.Context()); err == nil || !strings.Contains(err.Error(), "another address") {
		t.Fatalf("error %v does not say what to do", err)
	}
}

func TestConfiguration(t *testing.T) {
	if err := ingest.DefaultConfiguration().Validate(); err != nil {
		t.Fatalf("the default: %v", err)
	}
	for want, change := range map[string]func(*ingest.Configuration){
		"without TLS": func(c *ingest.Configuration) { c.Listen = "0.0.0.0:4317" },
		"address":     func(c *ingest.Configuration) { c.Listen = "nowhere" },
		"limits":      func(c *ingest.Configuration) { c.AgentBytes = 1 },
		"times":       func(c *ingest.Configuration) { c.RetryDelay = 0 },
	} {
		c := ingest.DefaultConfiguration()
		change(&c)
		if err := c.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v does not name %q", err, want)
		}
	}
}

func TestCheck(t *testing.T) {
	now := gen.Epoch.Add(time.Hour)
	if err := ingest.Check(batch(1), now, time.Hour); err != nil {
		t.Fatalf("a good batch: %v", err)
	}
	for want, change := range map[string]func(*model.Batch){
		"cluster name":     func(b *model.Batch) { b.Agent.Cluster = "" },
		"node name":        func(b *model.Batch) { b.Agent.Node = strings.Repeat("n", 254) },
		"boot name":        func(b *model.Batch) { b.Boot = "" },
		"sequence 0":       func(b *model.Batch) { b.Sequence = 0 },
		"build of 254":     func(b *model.Batch) { b.Build = strings.Repeat("v", 254) },
		"mode":             func(b *model.Batch) { b.Mode = "guess" },
		"crosses a minute": func(b *model.Batch) { b.Flows[0].WindowStart = gen.Epoch.Add(55 * time.Second) },
		"window of 0s":     func(b *model.Batch) { b.Flows[0].WindowLength = 0 },
		"outside":          func(b *model.Batch) { b.Flows[0].WindowStart = b.CoveredFrom.Add(-10 * time.Second) },
		"remote address":   func(b *model.Batch) { b.Flows[0].RemoteAddr = netip.Addr{} },
		"before it begins": func(b *model.Batch) { b.CoveredThrough = b.CoveredFrom.Add(-1) },
		"in the future":    func(b *model.Batch) { b.CoveredThrough = now.Add(2 * time.Hour) },
		"set the agent":    func(b *model.Batch) { b.CoveredFrom = time.Unix(0, 0) },
		"more than 48h":    func(b *model.Batch) { b.CoveredFrom = b.CoveredThrough.Add(-48*time.Hour - 1) },
		"outside of the": func(b *model.Batch) {
			b.CoveredFrom = b.Flows[0].WindowStart.Add(-48 * time.Hour)
			b.CoveredThrough = b.CoveredFrom
		},
		"has no reason":      func(b *model.Batch) { b.Losses = []model.Loss{{From: now, To: now}} },
		"loss 0, ring-full:": func(b *model.Batch) { b.Losses = []model.Loss{{Reason: model.LossRingFull, From: now}} },
	} {
		b := batch(1)
		change(&b)
		if err := ingest.Check(b, now, time.Hour); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v does not name %q", err, want)
		}
	}
}

func retryDelay(err error) time.Duration {
	for _, detail := range status.Convert(err).Details() {
		if info, ok := detail.(*errdetails.RetryInfo); ok {
			return info.GetRetryDelay().AsDuration()
		}
	}
	return 0
}

func BenchmarkReceive(b *testing.B) {
	// A batch of 1000 flows through loopback gRPC into a store that costs nothing.
	config := ingest.DefaultConfiguration()
	config.Listen = "127.0.0.1:0"
	server, err := ingest.New(report.Discard(), config, ingest.Dependencies{
		Store: &memory{digests: map[model.BatchKey]string{}}, Clock: fixed{gen.Epoch.Add(25 * time.Hour)},
	})
	if err != nil {
		b.Fatal(err)
	}
	if err := server.Start(b.Context()); err != nil {
		b.Fatal(err)
	}
	defer func() { _ = server.Stop(context.Background()) }()
	conn, err := grpc.NewClient(server.Address(), grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodecV2(wire.Codec())))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	stream, err := pb.NewIngestClient(conn).Stream(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	large := batch(1)
	for i := range 999 {
		row := large.Flows[0]
		row.Local.ID = fmt.Sprint("uid-", i%30)
		large.Flows = append(large.Flows, row)
	}
	for b.Loop() {
		large.Sequence++
		data, err := wire.Encode(large)
		if err != nil {
			b.Fatal(err)
		}
		raw := wire.Raw(data)
		if err := stream.SendMsg(&raw); err != nil {
			b.Fatal(err)
		}
		if _, err := stream.Recv(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1000, "ns/flow")
}
