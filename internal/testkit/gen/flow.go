package gen

import (
	"time"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/internal/model"
)

// Counts draws the counts of one direction, zero now and then. The parts are
// plausible: payload and retransmissions are within the whole.
func Counts() *rapid.Generator[model.Counts] {
	return rapid.Custom(func(t *rapid.T) model.Counts {
		packets := rapid.Uint64Range(0, 1<<30).Draw(t, "packets")
		if packets == 0 {
			return model.Counts{}
		}
		wire := packets * rapid.Uint64Range(40, 1500).Draw(t, "bytes per packet")
		return model.Counts{
			WireBytes:            wire,
			PayloadBytes:         rapid.Uint64Range(0, wire-packets*40).Draw(t, "payload"),
			Packets:              packets,
			RetransmittedPackets: rapid.Uint64Range(0, packets).Draw(t, "retransmitted"),
		}
	})
}

// LocalEnd draws a pod, a node process or an unknown end.
func LocalEnd() *rapid.Generator[model.LocalEnd] {
	return rapid.SampledFrom([]model.LocalEnd{
		{Kind: model.LocalPod, ID: "0a5f1c22-0000-4000-8000-000000000001"},
		{Kind: model.LocalPod, ID: "0a5f1c22-0000-4000-8000-000000000002"},
		{Kind: model.LocalNode, ID: "containerd.service"},
		{},
	})
}

// FlowRow draws a flow whose window lies within [from, through) and within one
// minute. The span must not be empty.
func FlowRow(from, through time.Time) *rapid.Generator[model.FlowRow] {
	return rapid.Custom(func(t *rapid.T) model.FlowRow {
		start := from.Add(time.Duration(rapid.Int64Range(0, int64(through.Sub(from))-1).Draw(t, "window start")))
		end := model.MinuteOf(start).End()
		if through.Before(end) {
			end = through
		}
		return model.FlowRow{
			Local:        LocalEnd().Draw(t, "local end"),
			LocalAddr:    Addr().Draw(t, "local address"),
			RemoteAddr:   Addr().Draw(t, "remote address"),
			VirtualAddr:  AddrOrZero().Draw(t, "virtual address"),
			VirtualPort:  rapid.Uint16().Draw(t, "virtual port"),
			ServerPort:   rapid.SampledFrom([]uint16{0, 53, 80, 443, 5432, 65535}).Draw(t, "server port"),
			Protocol:     rapid.SampledFrom([]model.Protocol{model.TCP, model.UDP, model.ICMP, model.ICMPv6, 47}).Draw(t, "protocol"),
			Role:         rapid.SampledFrom([]model.Role{model.RoleUnknown, model.RoleClient, model.RoleServer}).Draw(t, "role"),
			WindowStart:  start,
			WindowLength: end.Sub(start),
			Sent:         Counts().Draw(t, "sent"),
			Received:     Counts().Draw(t, "received"),
			Connections:  rapid.Uint32Range(0, 1000).Draw(t, "connections"),
			RTTMicros:    rapid.Uint32Range(0, 1_000_000).Draw(t, "round-trip time"),
		}
	})
}

// Loss draws a loss of any reason; Bytes is 0 where they are not known.
func Loss() *rapid.Generator[model.Loss] {
	return rapid.Custom(func(t *rapid.T) model.Loss {
		from := Time().Draw(t, "from")
		loss := model.Loss{
			Reason: rapid.SampledFrom([]model.LossReason{
				model.LossMapFull, model.LossRingFull, model.LossSpoolFull, model.LossAgentRestart, model.LossReadFailed,
			}).Draw(t, "reason"),
			From:       from,
			To:         from.Add(time.Duration(rapid.Int64Range(0, int64(time.Hour)).Draw(t, "length"))),
			Flows:      rapid.Uint64Range(0, 1000).Draw(t, "flows"),
			BytesKnown: rapid.Bool().Draw(t, "bytes known"),
		}
		if loss.BytesKnown {
			loss.Bytes = rapid.Uint64Range(0, 1<<40).Draw(t, "bytes")
		}
		return loss
	})
}

// Batch draws a batch that ingest accepts: up to ten flows within the covered
// time, and a few losses and facts.
func Batch() *rapid.Generator[model.Batch] {
	return rapid.Custom(func(t *rapid.T) model.Batch {
		from := Time().Draw(t, "covered from")
		through := from.Add(time.Duration(rapid.Int64Range(1, int64(3*time.Minute)).Draw(t, "covered")))
		return model.Batch{
			BatchKey: model.BatchKey{
				Agent:    model.AgentID{Cluster: "lab", Node: rapid.StringMatching(`node-[a-c]`).Draw(t, "node")},
				Boot:     rapid.StringMatching(`[0-9a-f]{8}`).Draw(t, "boot"),
				Sequence: rapid.Uint64Range(1, 1<<40).Draw(t, "sequence"),
			},
			Mode:           rapid.SampledFrom([]model.CaptureMode{model.CaptureSockets, model.CapturePackets}).Draw(t, "mode"),
			Build:          rapid.SampledFrom([]string{"", "v1.4.0-3-gabc1234"}).Draw(t, "build"),
			CoveredFrom:    from,
			CoveredThrough: through,
			Flows:          list(FlowRow(from, through), 10).Draw(t, "flows"),
			Losses:         list(Loss(), 3).Draw(t, "losses"),
			Facts:          list(Fact(), 3).Draw(t, "facts"),
		}
	})
}
