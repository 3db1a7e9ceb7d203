package probe

import (
	"context"
	"net"
	"testing"

	"github.com/cilium/ebpf"
	"golang.org/x/sys/unix"
)

// BenchmarkConnection opens and closes connections. Both ends are on this
// kernel: the programs' share is reported per connection and both ends.
func BenchmarkConnection(tb *testing.B) {
	b := newBench(tb)
	probe := b.open(Config{Mode: ModeSockets})
	stats, err := ebpf.EnableStats(uint32(unix.BPF_STATS_RUN_TIME))
	check(tb, err)
	defer stats.Close()
	listener := b.listen("tcp4", "0.0.0.0:0")
	before, err := probe.sockets.objects.OnState.Stats()
	check(tb, err)
	tb.ResetTimer()
	b.asClient(func() {
		for range tb.N {
			near, err := net.Dial("tcp4", address(listener, families[0]))
			check(tb, err)
			far, err := listener.Accept()
			check(tb, err)
			check(tb, near.Close())
			check(tb, far.Close())
		}
	})
	after, err := probe.sockets.objects.OnState.Stats()
	check(tb, err)
	tb.ReportMetric(float64(after.Runtime-before.Runtime)/float64(tb.N), "program-ns/op")
	tb.ReportMetric(float64(after.RunCount-before.RunCount)/float64(tb.N), "runs/op")
}

// BenchmarkOpen opens a probe beside 2,000 sockets that were open before, and adopts them.
func BenchmarkOpen(tb *testing.B) {
	const connections = 1_000
	b := newBench(tb)
	listener := b.listen("tcp4", "0.0.0.0:0")
	for range connections {
		b.connect(listener, families[0])
	}
	for tb.Loop() {
		probe, err := Open(Config{Mode: ModeSockets, CgroupRoot: b.root})
		check(tb, err)
		tb.StopTimer()
		check(tb, probe.Close())
		tb.StartTimer()
	}
}

// BenchmarkRead reads a probe with 4,000 open sockets.
func BenchmarkRead(tb *testing.B) {
	const connections = 2_000
	b := newBench(tb)
	probe := b.open(Config{Mode: ModeSockets})
	listener := b.listen("tcp4", "0.0.0.0:0")
	for range connections {
		b.connect(listener, families[0])
	}
	tb.ReportAllocs()
	for tb.Loop() {
		reading, err := probe.Read(context.Background())
		check(tb, err)
		if len(reading.Counters) < 2*connections {
			tb.Fatalf("%d counters of %d sockets", len(reading.Counters), 2*connections)
		}
	}
	tb.ReportMetric(float64(tb.Elapsed().Microseconds())/float64(tb.N)/(2*connections), "µs/socket")
}
