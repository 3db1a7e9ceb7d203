package probe

import (
	"net"
	"net/netip"
	"testing"

	"github.com/egressor/egressor/internal/model"
)

func (l *latest) lost(reason model.LossReason) (sum Loss) {
	for _, loss := range l.losses {
		if loss.Reason == reason {
			sum.Flows += loss.Flows
			sum.Bytes += loss.Bytes
			sum.BytesKnown = loss.BytesKnown
		}
	}
	return sum
}

func TestSocketsBeyondTheLimitAreLosses(t *testing.T) {
	const entries, connections, up = 4, 10, 20_000
	b := newBench(t)
	probe := b.open(Config{Mode: ModeSockets, MapEntries: entries})
	listener := b.listen("tcp", "[::]:0")
	var pairs []pair
	for range connections {
		pairs = append(pairs, b.connect(listener, families[0]))
	}
	all := newLatest()
	all.add(t, b.read(probe))
	const untracked = 2*connections - entries
	if got := all.lost(model.LossMapFull); len(all.counters) != entries || got.Flows != untracked {
		t.Fatalf("%d counters and loss %+v, want %d and %d flows", len(all.counters), got, entries, untracked)
	}
	for _, pair := range pairs {
		pair.send(up)
		pair.close()
	}
	// Each end carries at least the payload; headers are below a tenth of it. What a busy
	// machine has TCP send again, either end may carry.
	const carried = untracked * up
	b.await(probe, all, "the bytes of untracked sockets", func() bool {
		lost := all.lost(model.LossMapFull)
		return lost.BytesKnown && lost.Bytes >= carried && lost.Bytes < carried*11/10+2*1500*b.retransmissions()
	})
}

func TestFullRingIsALoss(t *testing.T) {
	const connections = 100
	b := newBench(t)
	probe := b.open(Config{Mode: ModeSockets, MapEntries: 8})
	b.run(transfer{connections: connections, up: 10, down: 10}, b.listen("tcp", "[::]:0"), families[0])
	all := newLatest()
	b.await(probe, all, "every connection as a counter or as a loss", func() bool {
		final := all.of(clientUID, model.TCP, model.RoleClient).final + all.of(serverUID, model.TCP, model.RoleServer).final
		return uint64(final)+all.lost(model.LossRingFull).Flows == 2*connections
	})
	lost := all.lost(model.LossRingFull)
	if lost.Flows == 0 || !lost.BytesKnown || lost.Bytes < 100*lost.Flows {
		t.Errorf("loss %+v, want flows with their bytes: the ring has room for about 30", lost)
	}
}

func TestFullFlowTableFoldsThenLoses(t *testing.T) {
	const ports, size = 40, 72
	b := newBench(t)
	probe := b.open(Config{MapEntries: 8})
	b.asClient(func() {
		conn, err := net.ListenPacket("udp", "0.0.0.0:40000")
		check(t, err)
		defer conn.Close()
		for port := range ports {
			to := net.UDPAddrFromAddrPort(netip.AddrPortFrom(serverV4.Addr(), uint16(5000+port)))
			_, err := conn.WriteTo(make([]byte, size), to)
			check(t, err)
		}
	})
	all := newLatest()
	all.add(t, b.read(probe))
	var counted uint64
	for _, counter := range all.counters {
		if counter.Key.Protocol == model.UDP {
			counted += counter.Sent.WireBytes
		}
	}
	lost := all.lost(model.LossMapFull)
	if all.skipped.FoldedPackets != 1 || lost.Bytes == 0 || counted+lost.Bytes != ports*(size+28) {
		t.Errorf("counted %d, folded %d packets, lost %+v; want %d in all, the folded table has room for one",
			counted, all.skipped.FoldedPackets, lost, ports*(size+28))
	}
}
