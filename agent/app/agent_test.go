package app

import (
	"context"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/testkit/gen"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var (
	podAddr = netip.MustParseAddr("10.244.0.7")
	peer    = netip.MustParseAddr("10.244.1.9")
)

const window = 10 * time.Second

// However agents crash, the service goes away, its store fails before or after
// the fact, and readings fail: every byte that the kernel counted is stored
// once, or reported lost, or moved while no agent ran, which is reported too.
func TestEveryByteIsStoredOrLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "agent")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = os.RemoveAll(dir) }()
		kernel, now, store := newFakeKernel(), newFakeClock(), newMemoryStore()
		svc := &service{clock: now, store: store}
		svc.start(t)
		defer func() { svc.end(t) }()
		config := testConfig(dir, svc.address)
		a, source := openAgent(t, config, kernel, now)
		defer func() { crash(t, a) }()
		var ids []uint64
		restarts := 0
		closeWindow := func() {
			now.advance(window)
			a.window(context.Background(), false)
		}
		t.Repeat(map[string]func(*rapid.T){
			"connect": func(t *rapid.T) {
				remote := netip.AddrFrom4([4]byte{10, 244, 1, rapid.ByteRange(1, 4).Draw(t, "remote")})
				ids = append(ids, kernel.connect("pod-1", podAddr, remote))
			},
			"send": func(t *rapid.T) {
				if len(ids) > 0 {
					kernel.send(rapid.SampledFrom(ids).Draw(t, "connection"), rapid.Uint64Range(1, 1000).Draw(t, "packets"))
				}
			},
			"close": func(t *rapid.T) {
				if len(ids) > 0 {
					kernel.close(rapid.SampledFrom(ids).Draw(t, "connection"))
				}
			},
			"window":        func(*rapid.T) { closeWindow() },
			"service stops": func(t *rapid.T) { svc.stop(t) },
			"service comes": func(t *rapid.T) { svc.start(t) },
			"store":         func(t *rapid.T) { store.set(rapid.Bool().Draw(t, "fails"), rapid.Bool().Draw(t, "loses answers")) },
			"reading":       func(t *rapid.T) { source.failing = rapid.Bool().Draw(t, "fails") },
			"time passes": func(t *rapid.T) {
				now.advance(rapid.SampledFrom([]time.Duration{time.Second, time.Minute}).Draw(t, "by"))
			},
			"agent crashes": func(t *rapid.T) {
				crash(t, a)
				a, source = openAgent(t, config, kernel, now)
				restarts++
			},
		})
		store.set(false, false)
		source.failing = false
		svc.start(t)
		closeWindow()
		drain(t, a)
		stored, lost, reasons := store.totals()
		if stored+lost+kernel.unread != kernel.moved {
			t.Fatalf("stored %d, lost %d and unread %d are not the %d that moved", stored, lost, kernel.unread, kernel.moved)
		}
		if kernel.unread > 0 && reasons[model.LossAgentRestart]+reasons[model.LossBeforeAgentStarted] == 0 {
			t.Fatalf("%d bytes moved unread and nothing says so: %v", kernel.unread, reasons)
		}
		if n := len(a.keeper.unspooled); n != 0 {
			t.Fatalf("%d batches were not spooled", n)
		}
	})
}

// Batches of a boot tile time, whatever readings fail in between.
func TestBatchesTile(t *testing.T) {
	kernel, now, store := newFakeKernel(), newFakeClock(), newMemoryStore()
	svc := &service{clock: now, store: store}
	svc.start(t)
	defer svc.end(t)
	a, source := openAgent(t, testConfig(t.TempDir(), svc.address), kernel, now)
	defer crash(t, a)
	id := kernel.connect("pod-1", podAddr, peer)
	for n := range 12 {
		kernel.send(id, 100)
		source.failing = n >= 4 && n < 7
		now.advance(window)
		a.window(t.Context(), false)
	}
	drain(t, a)
	covered := gen.Epoch
	for _, b := range store.sorted() {
		if !b.CoveredFrom.Equal(covered) {
			t.Fatalf("batch %d covers from %v, the one before ended at %v", b.Sequence, b.CoveredFrom, covered)
		}
		covered = b.CoveredThrough
		for _, row := range b.Flows {
			if model.MinuteOf(row.WindowStart) != model.MinuteOf(row.WindowStart.Add(row.WindowLength-1)) {
				t.Fatalf("a row's window of %v from %v crosses a minute", row.WindowLength, row.WindowStart)
			}
		}
	}
	if want := gen.Epoch.Add(12 * window); !covered.Equal(want) {
		t.Fatalf("covered through %v, want %v", covered, want)
	}
	if stored, _, _ := store.totals(); stored != kernel.moved {
		t.Fatalf("stored %d bytes of %d", stored, kernel.moved)
	}
}

// A large window goes in several batches, of which the last one covers it.
func TestLargeWindowIsCut(t *testing.T) {
	kernel, now, store := newFakeKernel(), newFakeClock(), newMemoryStore()
	svc := &service{clock: now, store: store}
	svc.start(t)
	defer svc.end(t)
	config := testConfig(t.TempDir(), svc.address)
	config.SpoolMiB = 16
	a, _ := openAgent(t, config, kernel, now)
	defer crash(t, a)
	many(kernel, 2*maxRows+1)
	now.advance(window)
	a.window(t.Context(), false)
	drain(t, a)
	covering := 0
	batches := store.sorted()
	for _, b := range batches {
		if b.CoveredThrough.After(b.CoveredFrom) {
			covering++
			if b.Sequence != 3 || len(b.Flows) != 1 {
				t.Fatalf("batch %d with %d rows covers the window", b.Sequence, len(b.Flows))
			}
		}
	}
	if stored, _, _ := store.totals(); len(batches) != 3 || covering != 1 || stored != kernel.moved {
		t.Fatalf("%d batches, %d that cover, %d bytes of %d", len(batches), covering, stored, kernel.moved)
	}
}

// many opens connections to as many remotes, and sends one packet on each.
func many(kernel *fakeKernel, n int) {
	for i := range n {
		id := kernel.connect("pod-1", podAddr, netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}))
		kernel.send(id, 1)
		kernel.close(id)
	}
}

// In an outage longer than the spool the oldest windows give way, each byte of
// them reported, and facts are not lost with them.
func TestOverflowIsReported(t *testing.T) {
	kernel, now, store := newFakeKernel(), newFakeClock(), newMemoryStore()
	svc := &service{clock: now, store: store}
	svc.start(t)
	defer func() { svc.end(t) }()
	config := testConfig(t.TempDir(), svc.address)
	svc.stop(t)
	a, _ := openAgent(t, config, kernel, now)
	defer func() { crash(t, a) }()
	for range 40 {
		many(kernel, 3000)
		now.advance(window)
		a.window(t.Context(), false)
	}
	crash(t, a) // what is reported must survive a crash, and not be reported twice
	a, _ = openAgent(t, config, kernel, now)
	now.advance(window)
	a.window(t.Context(), false)
	svc.start(t)
	drain(t, a)
	stored, lost, reasons := store.totals()
	if stored+lost != kernel.moved || lost == 0 {
		t.Fatalf("stored %d and lost %d are not the %d that moved", stored, lost, kernel.moved)
	}
	if reasons[model.LossSpoolFull] == 0 || reasons[model.LossAgentRestart] != 1 {
		t.Fatalf("reasons %v", reasons)
	}
	told := false
	for _, b := range store.sorted() {
		for _, f := range b.Facts {
			told = told || f.Key == "pod-1" && f.Pod.Addrs[0] == podAddr && f.Source == "agent/node-a"
		}
	}
	if !told {
		t.Fatal("the pod's address was lost with the oldest batch")
	}
}

// While the disk takes nothing, windows wait in memory; beyond a dozen the
// oldest is given up, and reported once the disk is back.
func TestFailingDisk(t *testing.T) {
	for _, windows := range []int{5, 40} {
		kernel, now, store := newFakeKernel(), newFakeClock(), newMemoryStore()
		svc := &service{clock: now, store: store}
		svc.start(t)
		config := testConfig(filepath.Join(t.TempDir(), "spool"), svc.address)
		a, _ := openAgent(t, config, kernel, now)
		id := kernel.connect("pod-1", podAddr, peer)
		if err := os.Rename(config.SpoolDir, config.SpoolDir+".away"); err != nil {
			t.Fatal(err)
		}
		for range windows {
			kernel.send(id, 1)
			now.advance(window)
			a.window(t.Context(), false)
		}
		if n := len(a.keeper.unspooled); n != min(windows, maxUnspooled) {
			t.Fatalf("%d of %d windows wait in memory", n, windows)
		}
		if err := os.Rename(config.SpoolDir+".away", config.SpoolDir); err != nil {
			t.Fatal(err)
		}
		now.advance(window)
		a.window(t.Context(), false)
		drain(t, a)
		stored, lost, reasons := store.totals()
		if stored+lost != kernel.moved || (lost > 0) != (windows > maxUnspooled) {
			t.Fatalf("%d windows: stored %d and lost %d of %d, reasons %v", windows, stored, lost, kernel.moved, reasons)
		}
		crash(t, a)
		svc.end(t)
	}
}

// A spool smaller than a window gives up what it must, and never gets stuck.
func TestTinySpool(t *testing.T) {
	kernel, now, store := newFakeKernel(), newFakeClock(), newMemoryStore()
	svc := &service{clock: now, store: store}
	svc.start(t)
	defer func() { svc.end(t) }()
	config := testConfig(t.TempDir(), svc.address)
	svc.stop(t)
	a, _ := openAgent(t, config, kernel, now)
	defer func() { crash(t, a) }()
	for range 3 {
		many(kernel, 40_000)
		now.advance(window)
		a.window(t.Context(), false)
	}
	svc.start(t)
	now.advance(window)
	a.window(t.Context(), false)
	drain(t, a)
	if stored, lost, reasons := store.totals(); stored+lost != kernel.moved || len(a.keeper.unspooled) != 0 {
		t.Fatalf("stored %d and lost %d of %d, reasons %v, %d in memory", stored, lost, kernel.moved, reasons, len(a.keeper.unspooled))
	}
}

// A batch that the service refuses is set aside and reported, and those behind
// it flow meanwhile.
func TestRefusedBatchIsReported(t *testing.T) {
	kernel, now, store := newFakeKernel(), newFakeClock(), newMemoryStore()
	svc := &service{clock: now, store: store}
	svc.start(t)
	defer svc.end(t)
	a, _ := openAgent(t, testConfig(t.TempDir(), svc.address), kernel, now)
	defer crash(t, a)
	id := kernel.connect("pod-1", podAddr, peer)
	good := a.boot.id
	kernel.send(id, 5)
	a.boot.id = "" // the service refuses a batch without a boot
	now.advance(window)
	a.window(t.Context(), false)
	a.boot.id = good
	kernel.send(id, 7)
	now.advance(window)
	a.window(t.Context(), false)
	waitUntil(t, func() bool {
		stored, _, _ := store.totals()
		return stored == 7_000 && a.asides() == 1
	})
	kernel.send(id, 7)
	now.advance(window)
	a.window(t.Context(), false)
	drain(t, a)
	stored, lost, reasons := store.totals()
	if stored != 14_000 || lost != 5_000 || reasons[model.LossBatchRefused] != 1 {
		t.Fatalf("stored %d, lost %d, reasons %v; want 14000, 5000 and one refusal", stored, lost, reasons)
	}
}

func (a *Agent) asides() int {
	a.keeper.mu.Lock()
	defer a.keeper.mu.Unlock()
	return len(a.keeper.asides)
}

func waitUntil(t *testing.T, done func() bool) {
	t.Helper()
	deadline := time.After(time.Minute)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal("it did not happen")
		}
	}
}

// A damaged spool is reported with its bytes by the next agent.
func TestDamagedSpoolIsReported(t *testing.T) {
	kernel, now, store := newFakeKernel(), newFakeClock(), newMemoryStore()
	svc := &service{clock: now, store: store}
	svc.start(t)
	defer func() { svc.end(t) }()
	config := testConfig(t.TempDir(), svc.address)
	svc.stop(t)
	a, _ := openAgent(t, config, kernel, now)
	id := kernel.connect("pod-1", podAddr, peer)
	for range 3 {
		kernel.send(id, 10)
		now.advance(window)
		a.window(t.Context(), false)
	}
	crash(t, a)
	paths, err := filepath.Glob(filepath.Join(config.SpoolDir, "*.segment"))
	if err != nil || len(paths) != 1 {
		t.Fatalf("segments %v (%v)", paths, err)
	}
	data, err := os.ReadFile(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 0x40
	if err := os.WriteFile(paths[0], data, 0o600); err != nil {
		t.Fatal(err)
	}
	svc.start(t)
	a, _ = openAgent(t, config, kernel, now)
	defer func() { crash(t, a) }()
	now.advance(window)
	a.window(t.Context(), false)
	drain(t, a)
	stored, lost, reasons := store.totals()
	if stored != 20_000 || lost != 10_000 || reasons[model.LossSpoolDamaged] != 1 {
		t.Fatalf("stored %d, lost %d, reasons %v; want 20000, 10000 and one damage", stored, lost, reasons)
	}
}

// A wall clock that is set begins a new boot, and loses no byte.
func TestSteppedClockBeginsANewBoot(t *testing.T) {
	kernel, now, store := newFakeKernel(), newFakeClock(), newMemoryStore()
	svc := &service{clock: now, store: store}
	svc.start(t)
	defer svc.end(t)
	a, _ := openAgent(t, testConfig(t.TempDir(), svc.address), kernel, now)
	defer crash(t, a)
	id := kernel.connect("pod-1", podAddr, peer)
	before := a.boot.id
	kernel.send(id, 1)
	a.began = a.began.Add(time.Hour) // monotonic time stands an hour behind the wall clock
	now.advance(time.Hour + window)
	a.window(t.Context(), false)
	if a.boot.id == before {
		t.Fatal("the boot goes on over a step of the clock")
	}
	kernel.send(id, 1)
	now.advance(window)
	a.window(t.Context(), false)
	drain(t, a)
	batches := store.sorted()
	if len(batches) != 2 || batches[1].Sequence != 1 || !batches[0].CoveredThrough.Equal(gen.Epoch.Add(window)) {
		t.Fatalf("batches %+v", batches)
	}
	if stored, _, _ := store.totals(); stored != kernel.moved {
		t.Fatalf("stored %d of %d", stored, kernel.moved)
	}
}

// Start and Stop on the machine's clock: the last reading is spooled and
// answered before Stop returns.
func TestStopFlushes(t *testing.T) {
	kernel, store := newFakeKernel(), newMemoryStore()
	svc := &service{clock: clock.System{}, store: store}
	svc.start(t)
	defer svc.end(t)
	source := kernel.attach()
	a, err := New(report.Discard(), testConfig(t.TempDir(), svc.address), Dependencies{Source: source, Clock: clock.System{}})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	kernel.send(kernel.connect("pod-1", podAddr, peer), 42)
	if err := a.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if stored, _, _ := store.totals(); stored != 42_000 {
		t.Fatalf("stored %d bytes, want the 42000 of the last reading", stored)
	}
}

// Without a service Stop gives up after its timeout, and the next agent sends.
func TestStopWithoutServiceKeeps(t *testing.T) {
	kernel, store := newFakeKernel(), newMemoryStore()
	svc := &service{clock: clock.System{}, store: store}
	svc.start(t)
	svc.stop(t)
	config := testConfig(t.TempDir(), svc.address)
	config.StopTimeout = 10 * time.Millisecond
	for round := range 2 {
		if round == 1 {
			svc.start(t)
			defer svc.end(t)
			config.StopTimeout = time.Minute // not what this round is about
		}
		a, err := New(report.Discard(), config, Dependencies{Source: kernel.attach(), Clock: clock.System{}})
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		kernel.send(kernel.connect(fmt.Sprint("pod-", round), podAddr, peer), 10)
		if err := a.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	stored, lost, reasons := store.totals()
	if stored != 20_000 || lost != 0 || reasons[model.LossAgentRestart] != 1 {
		t.Fatalf("stored %d, lost %d, reasons %v", stored, lost, reasons)
	}
}
