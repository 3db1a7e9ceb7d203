package flowstore

import (
	"context"
	"fmt"
	"net/netip"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

const (
	insertFlows = `INSERT INTO flows (minute, window_start, window_ms, cluster, node, boot, sequence, attempt,
		local_kind, local_id, local_addr, remote_addr, virtual_addr, virtual_port, server_port, protocol, role, header_bytes,
		sent_rest_bytes, sent_payload_bytes, sent_packets, sent_retransmitted_packets,
		received_rest_bytes, received_payload_bytes, received_packets, received_retransmitted_packets,
		connections, rtt_micros)`
	insertLosses = `INSERT INTO losses (minute, cluster, node, boot, sequence, attempt, reason, lost_from, lost_to, flows, bytes, bytes_known)`
	insertBatch  = `INSERT INTO batches (cluster, node, boot, sequence, attempt, digest, mode, covered_from, covered_through,
		flow_rows, wire_bytes, minute_from, minute_to, received_at, build)`
)

// Append stores a batch: its rows first, its ledger row last. When it returns
// nil the batch is durable and will be folded. It may be called again with the
// same batch after any failure.
func (s *Store) Append(ctx context.Context, batch model.Batch, digest string, receivedAt time.Time) error {
	if err := s.appendFlows(ctx, batch, attempt(receivedAt)); err != nil {
		return fmt.Errorf("storing the flows of %s: %w", labels(batch.BatchKey), err)
	}
	if err := s.appendLosses(ctx, batch, attempt(receivedAt)); err != nil {
		return fmt.Errorf("storing the losses of %s: %w", labels(batch.BatchKey), err)
	}
	if err := s.RecordFacts(ctx, batch.Facts, receivedAt); err != nil {
		return fmt.Errorf("storing the facts of %s: %w", labels(batch.BatchKey), err)
	}
	if err := s.appendLedger(ctx, batch, digest, receivedAt); err != nil {
		return fmt.Errorf("storing the ledger row of %s: %w", labels(batch.BatchKey), err)
	}
	return nil
}

func (s *Store) appendFlows(ctx context.Context, batch model.Batch, attempt uint64) error {
	if len(batch.Flows) == 0 {
		return nil
	}
	return s.fill(ctx, insertFlows, func(b clickhouse.Batch) error {
		for i := range batch.Flows {
			f := &batch.Flows[i]
			header, connections := headerBytes(f.RemoteAddr, f.Protocol), uint64(f.Connections)
			err := b.Append(
				uint32(f.Minute()), f.WindowStart.UTC(), uint32(f.WindowLength.Milliseconds()),
				batch.Agent.Cluster, batch.Agent.Node, batch.Boot, batch.Sequence, attempt,
				uint8(f.Local.Kind), f.Local.ID, ipv6(f.LocalAddr), ipv6(f.RemoteAddr), ipv6(f.VirtualAddr),
				f.VirtualPort, f.ServerPort, uint8(f.Protocol), uint8(f.Role), header,
				restBytes(f.Sent, header, connections), f.Sent.PayloadBytes, f.Sent.Packets, f.Sent.RetransmittedPackets,
				restBytes(f.Received, header, connections), f.Received.PayloadBytes, f.Received.Packets, f.Received.RetransmittedPackets,
				f.Connections, f.RTTMicros)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Store) appendLosses(ctx context.Context, batch model.Batch, attempt uint64) error {
	if len(batch.Losses) == 0 {
		return nil
	}
	return s.fill(ctx, insertLosses, func(b clickhouse.Batch) error {
		for _, loss := range batch.Losses {
			err := b.Append(uint32(model.MinuteOf(loss.From)), batch.Agent.Cluster, batch.Agent.Node, batch.Boot, batch.Sequence, attempt,
				string(loss.Reason), loss.From.UTC(), loss.To.UTC(), loss.Flows, loss.Bytes, flag(loss.BytesKnown))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Store) appendLedger(ctx context.Context, batch model.Batch, digest string, receivedAt time.Time) error {
	head := batch.Head(receivedAt)
	var wireBytes uint64
	for i := range batch.Flows {
		wireBytes += batch.Flows[i].Sent.WireBytes + batch.Flows[i].Received.WireBytes
	}
	return s.fill(ctx, insertBatch, func(b clickhouse.Batch) error {
		return b.Append(batch.Agent.Cluster, batch.Agent.Node, batch.Boot, batch.Sequence, attempt(receivedAt), digest, string(batch.Mode),
			batch.CoveredFrom.UTC(), batch.CoveredThrough.UTC(), uint64(len(batch.Flows)), wireBytes,
			uint32(head.MinuteFrom), uint32(head.MinuteTo), receivedAt.UTC(), batch.Build)
	})
}

// ipv6 is the address as the store keeps it: IPv4 mapped into IPv6, and "::"
// for none.
func ipv6(addr netip.Addr) netip.Addr {
	if !addr.IsValid() {
		return netip.IPv6Unspecified()
	}
	return netip.AddrFrom16(addr.As16())
}

// addrOf is the inverse of ipv6.
func addrOf(stored netip.Addr) netip.Addr {
	if stored == netip.IPv6Unspecified() {
		return netip.Addr{}
	}
	return stored.Unmap()
}

func flag(set bool) uint8 {
	if set {
		return 1
	}
	return 0
}
