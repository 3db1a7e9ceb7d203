package metering

import (
	"cmp"
	"math/bits"
	"net/netip"
	"slices"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// rowKey is what connections of one flow row have in common: the client's
// ephemeral port is not part of it.
type rowKey struct {
	Local                              model.LocalEnd
	LocalAddr, RemoteAddr, VirtualAddr netip.Addr
	VirtualPort, ServerPort            uint16
	Protocol                           model.Protocol
	Role                               model.Role
}

// tally is what one row has counted in the current window.
type tally struct {
	sent, received model.Counts
	connections    uint32
	rttMicros      uint32
}

func compareRowKeys(a, b rowKey) int {
	return cmp.Or(
		cmp.Compare(a.Local.Kind, b.Local.Kind),
		cmp.Compare(a.Local.ID, b.Local.ID),
		a.LocalAddr.Compare(b.LocalAddr),
		a.RemoteAddr.Compare(b.RemoteAddr),
		a.VirtualAddr.Compare(b.VirtualAddr),
		cmp.Compare(a.VirtualPort, b.VirtualPort),
		cmp.Compare(a.ServerPort, b.ServerPort),
		cmp.Compare(a.Protocol, b.Protocol),
		cmp.Compare(a.Role, b.Role),
	)
}

// rows returns the tallies as flow rows, sorted, cut at minutes.
func (m *Meter) rows(from, through time.Time) []model.FlowRow {
	if len(m.tallies) == 0 {
		return nil
	}
	keys := make([]rowKey, 0, len(m.tallies))
	for key := range m.tallies {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, compareRowKeys)
	windows := Minutes(from, through)
	rows := make([]model.FlowRow, 0, len(keys)*len(windows))
	for _, key := range keys {
		t := m.tallies[key]
		for i, window := range windows {
			row := model.FlowRow{
				Local: key.Local, LocalAddr: key.LocalAddr, RemoteAddr: key.RemoteAddr, VirtualAddr: key.VirtualAddr, VirtualPort: key.VirtualPort,
				ServerPort: key.ServerPort, Protocol: key.Protocol, Role: key.Role,
				WindowStart: window.From, WindowLength: window.To.Sub(window.From),
				Sent:      share(t.sent, from, through, window),
				Received:  share(t.received, from, through, window),
				RTTMicros: t.rttMicros,
			}
			if i == len(windows)-1 {
				row.Connections = t.connections
			}
			if row.Sent.IsZero() && row.Received.IsZero() && row.Connections == 0 {
				continue
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// Minutes cuts [from, through) at minutes. An empty span has no part.
func Minutes(from, through time.Time) []model.Period {
	var parts []model.Period
	for from.Before(through) {
		end := model.MinuteOf(from).End()
		if end.After(through) {
			end = through
		}
		parts = append(parts, model.Period{From: from, To: end})
		from = end
	}
	return parts
}

// share is the part of counts that falls to a part of [from, through), by time.
// The shares of all parts sum to the whole exactly.
func share(c model.Counts, from, through time.Time, part model.Period) model.Counts {
	whole := uint64(through.Sub(from))
	before, upTo := uint64(part.From.Sub(from)), uint64(part.To.Sub(from))
	cut := func(n uint64) uint64 { return scale(n, upTo, whole) - scale(n, before, whole) }
	return model.Counts{
		WireBytes:            cut(c.WireBytes),
		PayloadBytes:         cut(c.PayloadBytes),
		Packets:              cut(c.Packets),
		RetransmittedPackets: cut(c.RetransmittedPackets),
	}
}

// scale is n * numerator / denominator, rounded down, for numerator at most
// denominator.
func scale(n, numerator, denominator uint64) uint64 {
	if numerator == denominator {
		return n
	}
	high, low := bits.Mul64(n, numerator)
	quotient, _ := bits.Div64(high, low, denominator)
	return quotient
}
