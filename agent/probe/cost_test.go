package probe

import (
	"testing"

	"github.com/cilium/ebpf"
	"golang.org/x/sys/unix"
)

// Nothing of sockets mode runs while an open connection carries packets.
func TestSocketProgramsDoNotRunPerPacket(t *testing.T) {
	b := newBench(t)
	probe := b.open(Config{Mode: ModeSockets})
	pair := b.connect(b.listen("tcp", "[::]:0"), families[0])
	stats, err := ebpf.EnableStats(uint32(unix.BPF_STATS_RUN_TIME))
	check(t, err)
	defer stats.Close()

	before := runs(t, probe.sockets.objects.OnState)
	pair.send(1_000_000)
	pair.send(10_000_000)
	// Other connections of this machine open and close meanwhile, hundreds a second
	// where other tests run beside this one: far fewer than there are packets.
	const packets = 7600
	after := runs(t, probe.sockets.objects.OnState)
	if after-before > packets/4 {
		t.Errorf("the state program ran %d times during some %d packets of one open connection", after-before, packets)
	}
}

func runs(tb testing.TB, program *ebpf.Program) uint64 {
	tb.Helper()
	stats, err := program.Stats()
	check(tb, err)
	return stats.RunCount
}
