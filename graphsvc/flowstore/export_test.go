package flowstore

import (
	"context"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

// FactsOfAllHistory reads the facts of an interval from table facts alone.
func (s *Store) FactsOfAllHistory(ctx context.Context, from, to, through time.Time) ([]model.Fact, error) {
	return s.factsFrom(ctx, "facts WHERE 1 = 1", from, to, through)
}

// AppendRowsOnly is what a crash between rows and ledger leaves behind.
func (s *Store) AppendRowsOnly(ctx context.Context, batch model.Batch, receivedAt time.Time) error {
	return s.appendFlows(ctx, batch, attempt(receivedAt))
}

// FirstDay is the first day that table fact_days has, 0 where it is empty.
func (s *Store) FirstDay() int64 { return s.days.first }

// Again is the store as a new process would have it.
func (s *Store) Again() *Store { return New(s.db) }

// The forms of wire bytes, see wirebytes.go.
var (
	HeaderBytes   = headerBytes
	HeaderBytesOf = headerBytesOf
	RestBytes     = restBytes
	WireBytes     = wireBytes
)

// AppendWhole stores rows of a batch as before migration 8, with wire bytes of
// their own.
func (s *Store) AppendWhole(ctx context.Context, batch model.BatchKey, flows []model.FlowRow, receivedAt time.Time) error {
	const statement = `INSERT INTO flows (minute, window_start, window_ms, cluster, node, boot, sequence, attempt,
		local_kind, local_id, local_addr, remote_addr, virtual_addr, virtual_port, server_port, protocol, role,
		sent_wire_bytes, sent_payload_bytes, sent_packets, sent_retransmitted_packets,
		received_wire_bytes, received_payload_bytes, received_packets, received_retransmitted_packets, connections, rtt_micros)`
	return s.fill(ctx, statement, func(b clickhouse.Batch) error {
		for i := range flows {
			f := &flows[i]
			err := b.Append(uint32(f.Minute()), f.WindowStart, uint32(f.WindowLength.Milliseconds()), batch.Agent.Cluster, batch.Agent.Node, batch.Boot, batch.Sequence, attempt(receivedAt),
				uint8(f.Local.Kind), f.Local.ID, ipv6(f.LocalAddr), ipv6(f.RemoteAddr), ipv6(f.VirtualAddr), f.VirtualPort, f.ServerPort, uint8(f.Protocol), uint8(f.Role),
				f.Sent.WireBytes, f.Sent.PayloadBytes, f.Sent.Packets, f.Sent.RetransmittedPackets,
				f.Received.WireBytes, f.Received.PayloadBytes, f.Received.Packets, f.Received.RetransmittedPackets, f.Connections, f.RTTMicros)
			if err != nil {
				return err
			}
		}
		return nil
	})
}
