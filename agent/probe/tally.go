package probe

import (
	"fmt"

	"github.com/cilium/ebpf"

	"github.com/egressor/egressor/bpf"
	"github.com/egressor/egressor/internal/model"
)

const tallyCount = int(bpf.SocketsTallyTALLY_COUNT)

// tallies are the kernel's counters of what was not counted, by reason.
type tallies [tallyCount]uint64

// readTallies sums the tallies of several programs over all processors.
func readTallies(maps ...*ebpf.Map) (tallies, error) {
	var sum tallies
	for _, m := range maps {
		for reason := range uint32(tallyCount) {
			var perCPU []uint64
			if err := m.Lookup(reason, &perCPU); err != nil {
				return sum, fmt.Errorf("loss counter %d of map %s: %w", reason, m, err)
			}
			for _, amount := range perCPU {
				sum[reason] += amount
			}
		}
	}
	return sum, nil
}

func (t tallies) since(before tallies) tallies {
	for i := range t {
		t[i] -= before[i]
	}
	return t
}

func (t tallies) losses() []Loss {
	all := []Loss{
		{
			Reason:     model.LossRingFull,
			Flows:      t[bpf.SocketsTallyTALLY_RING_FULL_SOCKETS],
			Bytes:      t[bpf.SocketsTallyTALLY_RING_FULL_BYTES],
			BytesKnown: true,
		},
		{
			Reason:     model.LossMapFull,
			Flows:      t[bpf.SocketsTallyTALLY_UNTRACKED_SOCKETS],
			Bytes:      t[bpf.SocketsTallyTALLY_UNTRACKED_BYTES] + t[bpf.SocketsTallyTALLY_FLOWS_FULL_BYTES],
			BytesKnown: true,
		},
		{
			Reason: model.LossAgentRestart,
			Flows:  t[bpf.SocketsTallyTALLY_MISSED_SOCKETS],
		},
	}
	var losses []Loss
	for _, loss := range all {
		if loss.Flows > 0 || loss.Bytes > 0 {
			losses = append(losses, loss)
		}
	}
	return losses
}

func (t tallies) skipped() Skipped {
	return Skipped{
		LoopbackSockets:   t[bpf.SocketsTallyTALLY_LOOPBACK_SOCKETS],
		LoopbackPackets:   t[bpf.SocketsTallyTALLY_LOOPBACK_PACKETS],
		LoopbackBytes:     t[bpf.SocketsTallyTALLY_LOOPBACK_BYTES],
		FoldedPackets:     t[bpf.SocketsTallyTALLY_FLOWS_FOLDED],
		MalformedPackets:  t[bpf.SocketsTallyTALLY_MALFORMED],
		SegmentsEstimated: t[bpf.SocketsTallyTALLY_SEGMENTS_ESTIMATED],
		CgroupPathsLost:   t[bpf.SocketsTallyTALLY_CGROUP_PATHS_FULL],
	}
}
