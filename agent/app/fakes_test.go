package app

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/egressor/egressor/agent/metering"
	"github.com/egressor/egressor/graphsvc/ingest"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/testkit"
	"github.com/egressor/egressor/internal/testkit/gen"
)

// fakeKernel is an input: counters that a test moves. It outlives agents as a
// kernel does; each agent reads it through a fakeSource of its own.
type fakeKernel struct {
	mu     sync.Mutex
	nextID uint64
	live   map[uint64]metering.Counter
	closed []metering.Counter // not delivered to the running agent yet
	moved  uint64             // wire bytes of all counters ever
	unread uint64             // of which moved while no agent could count them
	read   map[uint64]uint64  // wire bytes that some agent has read, by id
}

func newFakeKernel() *fakeKernel {
	return &fakeKernel{live: map[uint64]metering.Counter{}, read: map[uint64]uint64{}}
}

// connect opens a connection of a pod to a remote address.
func (k *fakeKernel) connect(pod string, local, remote netip.Addr) uint64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.nextID++
	k.live[k.nextID] = metering.Counter{ID: k.nextID, Key: metering.Key{
		Local: model.LocalEnd{Kind: model.LocalPod, ID: pod}, LocalAddr: local, RemoteAddr: remote,
		LocalPort: uint16(30000 + k.nextID%30000), RemotePort: 80, ServerPort: 80, Protocol: model.TCP, Role: model.RoleClient,
	}}
	return k.nextID
}

func (k *fakeKernel) send(id, packets uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	c, ok := k.live[id]
	if !ok {
		return
	}
	c.Sent = c.Sent.Add(model.Counts{WireBytes: 1000 * packets, PayloadBytes: 948 * packets, Packets: packets})
	k.live[id] = c
	k.moved += 1000 * packets
}

func (k *fakeKernel) close(id uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if c, ok := k.live[id]; ok {
		delete(k.live, id)
		c.Final = true
		k.closed = append(k.closed, c)
	}
}

// attach is a new agent's probe: what moved unread until now is lost to it.
func (k *fakeKernel) attach() *fakeSource {
	k.mu.Lock()
	defer k.mu.Unlock()
	s := &fakeSource{kernel: k, base: map[uint64]metering.Counter{}}
	for _, c := range k.closed {
		k.unread += c.Sent.WireBytes - k.read[c.ID]
	}
	k.closed = nil
	for id, c := range k.live {
		k.unread += c.Sent.WireBytes - k.read[id]
		k.read[id] = c.Sent.WireBytes
		s.base[id] = c
	}
	return s
}

// fakeSource reads a fakeKernel the way the probe reads the real one.
type fakeSource struct {
	kernel  *fakeKernel
	base    map[uint64]metering.Counter // adopted connections
	failing bool
	losses  []model.Loss
}

func (s *fakeSource) Mode() model.CaptureMode { return model.CaptureSockets }
func (s *fakeSource) Close() error            { return nil }

func (s *fakeSource) Read(context.Context) (Reading, error) {
	if s.failing {
		return Reading{}, errors.New("fake source: told to fail")
	}
	s.kernel.mu.Lock()
	defer s.kernel.mu.Unlock()
	counters := slices.Clone(s.kernel.closed)
	s.kernel.closed = nil
	for _, c := range s.kernel.live {
		counters = append(counters, c)
	}
	for i, c := range counters {
		s.kernel.read[c.ID] = c.Sent.WireBytes
		if base, adopted := s.base[c.ID]; adopted {
			c.Adopted = true
			c.Sent.WireBytes -= base.Sent.WireBytes
			c.Sent.PayloadBytes -= base.Sent.PayloadBytes
			c.Sent.Packets -= base.Sent.Packets
			counters[i] = c
		}
	}
	losses := s.losses
	s.losses = nil
	return Reading{Counters: slices.Values(counters), Losses: losses}, nil
}

// fakeClock moves only when a test says so; what waits on it waits in real time.
type fakeClock struct {
	mu  sync.Mutex
	now time.Time
}

func newFakeClock() *fakeClock { return &fakeClock{now: gen.Epoch} }

func (c *fakeClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *fakeClock) After(d time.Duration) <-chan time.Time { return clock.System{}.After(d) }

func (c *fakeClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// memoryStore is the ingest's store in memory.
type memoryStore struct {
	mu      sync.Mutex
	batches map[model.BatchKey]model.Batch
	digests map[model.BatchKey]string
	failing bool
	// silent stores, but fails afterwards: the answer is lost.
	silent bool
}

func newMemoryStore() *memoryStore {
	return &memoryStore{batches: map[model.BatchKey]model.Batch{}, digests: map[model.BatchKey]string{}}
}

func (m *memoryStore) Append(_ context.Context, b model.Batch, digest string, _ time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.failing {
		return errors.New("memory store: told to fail")
	}
	m.batches[b.BatchKey], m.digests[b.BatchKey] = b, digest
	if m.silent {
		return errors.New("memory store: told to fail after the fact")
	}
	return nil
}

func (m *memoryStore) Lookup(_ context.Context, key model.BatchKey) (string, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	digest, ok := m.digests[key]
	return digest, ok, nil
}

func (m *memoryStore) set(failing, silent bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.failing, m.silent = failing, silent
}

// totals are the wire bytes in stored flows and in stored losses of known
// size, and how many losses there are of each reason.
func (m *memoryStore) totals() (stored, lost uint64, reasons map[model.LossReason]int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	reasons = map[model.LossReason]int{}
	for _, b := range m.batches {
		for i := range b.Flows {
			stored += b.Flows[i].Sent.WireBytes + b.Flows[i].Received.WireBytes
		}
		for _, loss := range b.Losses {
			reasons[loss.Reason]++
			if loss.BytesKnown {
				lost += loss.Bytes
			}
		}
	}
	return stored, lost, reasons
}

func (m *memoryStore) sorted() []model.Batch {
	m.mu.Lock()
	defer m.mu.Unlock()
	var list []model.Batch
	for _, b := range m.batches {
		list = append(list, b)
	}
	slices.SortFunc(list, func(a, b model.Batch) int { return a.CoveredFrom.Compare(b.CoveredFrom) })
	return list
}

// service is a real ingest that can be stopped and started on one address.
type service struct {
	clock   clock.Clock
	store   *memoryStore
	address string // held from the first start on, since the service comes back to it
	release func()
	server  *ingest.Server
}

// fatal is what testing.TB and rapid.T have in common.
type fatal interface {
	Helper()
	Fatalf(format string, args ...any)
}

func (s *service) start(t fatal) {
	t.Helper()
	if s.server != nil {
		return
	}
	if s.address == "" {
		var err error
		if s.address, s.release, err = testkit.HoldAddress(); err != nil {
			t.Fatalf("%v", err)
		}
	}
	config := ingest.DefaultConfiguration()
	config.Listen = s.address
	config.RetryDelay = time.Millisecond
	server, err := ingest.New(report.Discard(), config, ingest.Dependencies{Store: s.store, Clock: s.clock})
	if err == nil {
		err = server.Start(context.Background())
	}
	if err != nil {
		t.Fatalf("ingest: %v", err)
	}
	s.server = server
}

func (s *service) stop(t fatal) {
	t.Helper()
	if s.server == nil {
		return
	}
	if err := s.server.Stop(context.Background()); err != nil {
		t.Fatalf("ingest: %v", err)
	}
	s.server = nil
}

// end stops the service for good.
func (s *service) end(t fatal) {
	t.Helper()
	s.stop(t)
	if s.release != nil {
		s.release()
	}
}

func testConfig(dir, server string) Config {
	c := DefaultConfig()
	c.Cluster, c.Node, c.SpoolDir, c.Server = "lab", "node-a", dir, server
	c.SpoolMiB, c.StopTimeout = 1, time.Minute
	c.BackoffMin, c.BackoffMax = time.Millisecond, 4*time.Millisecond
	return c
}

// openAgent is an agent whose windows the test closes.
func openAgent(t fatal, config Config, kernel *fakeKernel, c clock.Clock) (*Agent, *fakeSource) {
	t.Helper()
	source := kernel.attach()
	a, err := New(report.Discard(), config, Dependencies{Source: source, Clock: c})
	if err == nil {
		err = a.open(context.Background())
	}
	if err != nil {
		t.Fatalf("agent: %v", err)
	}
	return a, source
}

// crash ends an agent as kill -9 does: nothing is read, flushed or awaited.
func crash(t fatal, a *Agent) {
	t.Helper()
	if err := errors.Join(a.uplink.Stop(context.Background()), a.spool.Close()); err != nil {
		t.Fatalf("agent: %v", err)
	}
}

func drain(t fatal, a *Agent) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := a.uplink.Drain(ctx); err != nil {
		t.Fatalf("agent: %v", err)
	}
}
