package flowstore

import (
	"context"
	"fmt"
	"math/big"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// WindowEdge is one edge added up over a window, exactly.
type WindowEdge struct {
	Key         model.EdgeKey
	Sent        model.Counts
	Connections uint64
	RTTMicros   uint32
	// CheckBytes is valid only when Checked: every minute has the other end's report.
	CheckBytes uint64
	Checked    bool
	Cost       money.Amount
}

// The table is in order of edge and minute: an edge's window is read alone.
const selectEdge = `SELECT count(), sum(wire_bytes), sum(payload_bytes), sum(packets), sum(retransmitted_packets), sum(connections),
	max(rtt_micros), sum(check_bytes), min(checked), sum(cost_atoms) FROM edge_minutes
	WHERE edge_id = {edge:UInt64} AND minute >= {from:UInt32} AND minute < {to:UInt32} AND (minute, version) IN ` + current

// Edge adds one edge up; ok is false where the window holds none of it.
func (s *Store) Edge(ctx context.Context, w Window, edge model.EdgeID) (sum WindowEdge, ok bool, err error) {
	var minutes uint64
	var checked uint8
	var atoms big.Int
	err = s.db.QueryRow(ctx, selectEdge, w.args(clickhouse.Named("edge", uint64(edge)))...).Scan(&minutes,
		&sum.Sent.WireBytes, &sum.Sent.PayloadBytes, &sum.Sent.Packets, &sum.Sent.RetransmittedPackets, &sum.Connections,
		&sum.RTTMicros, &sum.CheckBytes, &checked, &atoms)
	if err != nil {
		return WindowEdge{}, false, fmt.Errorf("adding up %s from %s to %s: %w", edge, w.From, w.To, err)
	}
	if minutes == 0 {
		return WindowEdge{}, false, nil
	}
	if sum.Cost, err = money.FromBigInt(&atoms); err != nil {
		return WindowEdge{}, false, fmt.Errorf("the cost of %s from %s to %s: %w", edge, w.From, w.To, err)
	}
	sum.Checked = checked == 1
	keys, err := s.Keys(ctx, []model.EdgeID{edge})
	if err != nil {
		return WindowEdge{}, false, err
	}
	sum.Key = *keys[edge]
	return sum, true, nil
}
