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

	// Other connections of this machine open and close meanwhile, hundreds a second
	// where other tests run beside this one, and a busy machine takes seconds. A program
	// that ran per packet did so in every round: the quietest tells.
	const rounds, packets = 10, 7600
	least := uint64(packets)
	for round := 0; round < rounds && least > packets/4; round++ {
		before := runs(t, probe.sockets.objects.OnState)
		pair.send(11_000_000)
		least = min(least, runs(t, probe.sockets.objects.OnState)-before)
	}
	if least > packets/4 {
		t.Errorf("the state program ran %d times or more during each %d packets of one open connection", least, packets)
	}
}

func runs(tb testing.TB, program *ebpf.Program) uint64 {
	tb.Helper()
	stats, err := program.Stats()
	check(tb, err)
	return stats.RunCount
}
