package metering_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/egressor/egressor/agent/metering"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit/gen"
)

var (
	from    = gen.Epoch
	through = from.Add(10 * time.Second)
	pod     = model.LocalEnd{Kind: model.LocalPod, ID: "pod-1"}
	local   = netip.MustParseAddr("10.244.0.7")
	backend = netip.MustParseAddr("10.244.1.9")
	service = netip.MustParseAddr("10.96.0.10")
)

// client is a connection of the pod from an ephemeral port.
func client(id uint64, port uint16, remote netip.Addr, bytes uint64) metering.Counter {
	return metering.Counter{
		ID: id,
		Key: metering.Key{
			Local: pod, LocalAddr: local, RemoteAddr: remote, LocalPort: port,
			RemotePort: 80, ServerPort: 80, Protocol: model.TCP, Role: model.RoleClient,
		},
		Sent: counts(bytes),
	}
}

// counts has bytes/10 packets, so that bytes falling means packets falling.
func counts(bytes uint64) model.Counts {
	return model.Counts{WireBytes: bytes, PayloadBytes: bytes / 2, Packets: bytes / 10}
}

func final(c metering.Counter) metering.Counter {
	c.Final = true
	return c
}

func adopted(c metering.Counter) metering.Counter {
	c.Adopted = true
	return c
}

// row is a closed window's row to backend, port 80.
func row(bytes uint64, connections uint32) model.FlowRow {
	return model.FlowRow{
		Local: pod, LocalAddr: local, RemoteAddr: backend, ServerPort: 80, Protocol: model.TCP, Role: model.RoleClient,
		WindowStart: from, WindowLength: 10 * time.Second, Sent: counts(bytes), Connections: connections,
	}
}

// redirected is a connection that the pod's proxy accepts at port 15006, its client
// having dialled port 80.
func redirected(bytes uint64, dialled netip.AddrPort) metering.Counter {
	c := client(1, 15006, backend, bytes)
	c.Key.RemotePort, c.Key.ServerPort, c.Key.Role = 40_000, 15006, model.RoleServer
	c.Dialled = dialled
	return c
}

// served is row at the pod's end.
func served(bytes uint64, port uint16, connections uint32) model.FlowRow {
	r := row(bytes, connections)
	r.ServerPort, r.Role = port, model.RoleServer
	return r
}

func servedAs(r model.FlowRow, dialled netip.AddrPort) model.FlowRow {
	r.VirtualAddr, r.VirtualPort = dialled.Addr(), dialled.Port()
	return r
}

func TestObserve(t *testing.T) {
	lost := []model.Loss{{Reason: model.LossReadFailed, From: from, To: through, Flows: 1}}
	otherKey := client(1, 999, backend, 50)
	for name, tc := range map[string]struct {
		before, now []metering.Counter
		want        metering.Result
		living      int
	}{
		"nothing": {},
		"a new counter counts from zero": {
			now:  []metering.Counter{client(1, 1000, backend, 500)},
			want: metering.Result{Rows: []model.FlowRow{row(500, 1)}, Stats: metering.Stats{Counters: 1}}, living: 1,
		},
		"a known counter counts its growth": {
			before: []metering.Counter{client(1, 1000, backend, 500)}, now: []metering.Counter{client(1, 1000, backend, 800)},
			want: metering.Result{Rows: []model.FlowRow{row(300, 0)}, Stats: metering.Stats{Counters: 1}}, living: 1,
		},
		"a quiet counter has no row": {
			before: []metering.Counter{client(1, 1000, backend, 500)}, now: []metering.Counter{client(1, 1000, backend, 500)},
			want: metering.Result{Stats: metering.Stats{Counters: 1}}, living: 1,
		},
		"a redirected connection is named by the port that was dialled": {
			now:  []metering.Counter{redirected(500, netip.AddrPortFrom(local, 80))},
			want: metering.Result{Rows: []model.FlowRow{served(500, 80, 1)}, Stats: metering.Stats{Counters: 1}}, living: 1,
		},
		"what was dialled comes late, and holds": {
			before: []metering.Counter{redirected(100, netip.AddrPort{}), redirected(300, netip.AddrPortFrom(local, 80))},
			now:    []metering.Counter{redirected(500, netip.AddrPort{})},
			want:   metering.Result{Rows: []model.FlowRow{served(200, 80, 0)}, Stats: metering.Stats{Counters: 1}}, living: 1,
		},
		"a gateway's client dialled another address": {
			now:  []metering.Counter{redirected(500, netip.AddrPortFrom(service, 443))},
			want: metering.Result{Rows: []model.FlowRow{servedAs(served(500, 15006, 1), netip.AddrPortFrom(service, 443))}, Stats: metering.Stats{Counters: 1}}, living: 1,
		},
		"ephemeral ports fold": {
			now:  []metering.Counter{client(1, 1000, backend, 100), client(2, 1001, backend, 200), final(client(3, 1002, backend, 300))},
			want: metering.Result{Rows: []model.FlowRow{row(600, 3)}, Stats: metering.Stats{Counters: 3}}, living: 3,
		},
		"an adopted counter is no new connection": {
			now:  []metering.Counter{adopted(client(1, 1000, backend, 900))},
			want: metering.Result{Rows: []model.FlowRow{row(900, 0)}, Stats: metering.Stats{Counters: 1}}, living: 1,
		},
		"a fall is a new life from zero": {
			before: []metering.Counter{client(1, 1000, backend, 500)}, now: []metering.Counter{client(1, 1000, backend, 200)},
			want: metering.Result{Rows: []model.FlowRow{row(200, 1)}, Losses: lost, Stats: metering.Stats{Counters: 1, Reset: 1}}, living: 1,
		},
		"another key is a new life from zero": {
			before: []metering.Counter{client(1, 1000, backend, 40)}, now: []metering.Counter{otherKey},
			want: metering.Result{Rows: []model.FlowRow{row(50, 1)}, Losses: lost, Stats: metering.Stats{Counters: 1, Reused: 1}}, living: 1,
		},
		"an id reused after its final reading loses nothing": {
			before: []metering.Counter{final(client(1, 1000, backend, 40))}, now: []metering.Counter{client(1, 1000, backend, 20)},
			want: metering.Result{Rows: []model.FlowRow{row(20, 1)}, Stats: metering.Stats{Counters: 1}}, living: 1,
		},
		"a walk behind the final reading is stale": {
			before: []metering.Counter{client(1, 1000, backend, 100)},
			now:    []metering.Counter{final(client(1, 1000, backend, 400)), client(1, 1000, backend, 300)},
			want:   metering.Result{Rows: []model.FlowRow{row(300, 0)}, Stats: metering.Stats{Counters: 2, Stale: 1}}, living: 1,
		},
		"a closed socket that is still held counts once": {
			before: []metering.Counter{final(client(1, 1000, backend, 400))}, now: []metering.Counter{client(1, 1000, backend, 400)},
			want: metering.Result{Stats: metering.Stats{Counters: 1}}, living: 1,
		},
		"a final counter is forgotten when it is gone": {
			before: []metering.Counter{final(client(1, 1000, backend, 400))},
		},
		"a counter may miss a reading": {
			before: []metering.Counter{client(1, 1000, backend, 400)}, living: 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			m := metering.New(nil)
			for _, c := range tc.before {
				m.Observe(c)
			}
			m.Close(from.Add(-10*time.Second), from)
			for _, c := range tc.now {
				m.Observe(c)
			}
			got := m.Close(from, through)
			if diff := cmp.Diff(tc.want, got, cmpopts.EquateComparable(netip.Addr{})); diff != "" {
				t.Errorf("result (-want +got):\n%s", diff)
			}
			if m.Living() != tc.living {
				t.Errorf("%d counters are remembered, want %d", m.Living(), tc.living)
			}
		})
	}
}

func TestVanishedCountersAreForgotten(t *testing.T) {
	m := metering.New(nil)
	m.Observe(client(1, 1000, backend, 400))
	var vanished uint64
	for range 100 {
		vanished += m.Close(from, through).Stats.Vanished
	}
	if vanished != 1 || m.Living() != 0 {
		t.Fatalf("%d counters vanished and %d are remembered, want 1 and 0", vanished, m.Living())
	}
}

func TestDerivedWireBytesMayWobble(t *testing.T) {
	m := metering.New(nil)
	c := client(1, 1000, backend, 1000)
	var sum uint64
	for _, wire := range []uint64{1000, 996, 1200} { // the header shrank, then bytes moved
		c.Sent.WireBytes = wire
		m.Observe(c)
		for _, row := range m.Close(from, through).Rows {
			sum += row.Sent.WireBytes
		}
	}
	if sum != 1200 {
		t.Fatalf("counted %d wire bytes, want the last reading's 1200", sum)
	}
}

func TestTranslationHoldsForLife(t *testing.T) {
	known := false
	m := metering.New(func(key metering.Key) (metering.Translation, bool) {
		return metering.Translation{RemoteAddr: backend, VirtualAddr: key.RemoteAddr, ServerPort: 8080}, known
	})
	remotes := func(bytes uint64) []netip.Addr {
		m.Observe(client(1, 1000, service, bytes))
		var out []netip.Addr
		for _, row := range m.Close(from, through).Rows {
			out = append(out, row.RemoteAddr, row.VirtualAddr)
		}
		return out
	}
	check := func(when string, got []netip.Addr, want ...netip.Addr) {
		t.Helper()
		if diff := cmp.Diff(want, got, cmpopts.EquateComparable(netip.Addr{})); diff != "" {
			t.Fatalf("%s (-want +got):\n%s", when, diff)
		}
	}
	check("before it is known", remotes(100), service, netip.Addr{})
	known = true
	check("once it is known", remotes(200), backend, service)
	known = false
	check("when the kernel forgot it", remotes(300), backend, service)
}

func BenchmarkReading(b *testing.B) {
	const counters = 100_000
	m := metering.New(nil)
	list := make([]metering.Counter, counters)
	for i := range list {
		list[i] = client(uint64(i), uint16(i), netip.AddrFrom4([4]byte{10, 1, byte(i >> 8), byte(i)}), 0)
	}
	for b.Loop() {
		for i := range list {
			list[i].Sent = list[i].Sent.Add(counts(1000))
			m.Observe(list[i])
		}
		m.Close(from, through)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/counters, "ns/counter")
}
