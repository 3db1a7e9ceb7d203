package flowstore

import (
	"context"
	"fmt"
	"net/netip"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

// Row is one raw row and the batch that brought it.
type Row struct {
	Batch model.BatchKey
	Flow  model.FlowRow
}

const selectFlows = `SELECT cluster, node, boot, sequence, attempt, window_start, window_ms,
	local_kind, local_id, local_addr, remote_addr, virtual_addr, virtual_port, server_port, protocol, role, header_bytes,
	sent_rest_bytes, sent_payload_bytes, sent_packets, sent_retransmitted_packets,
	received_rest_bytes, received_payload_bytes, received_packets, received_retransmitted_packets,
	connections, rtt_micros FROM flows WHERE minute = {minute:UInt32}`

// Minute reads everything durable that speaks of a minute: the batches and the
// rows. With inputs given, only the batches that they name: the state of
// knowledge of an earlier fold.
func (s *Store) Minute(ctx context.Context, minute model.Minute, inputs []model.InputRange) ([]model.BatchHead, []model.ReportedRow, error) {
	return readMinute(ctx, s, minute, inputs, func(row *Row) model.ReportedRow {
		return model.ReportedRow{Agent: row.Batch.Agent, Row: row.Flow}
	})
}

// MinuteByBatch is Minute, with the batch that brought each row.
func (s *Store) MinuteByBatch(ctx context.Context, minute model.Minute, inputs []model.InputRange) ([]model.BatchHead, []Row, error) {
	return readMinute(ctx, s, minute, inputs, func(row *Row) Row { return *row })
}

// readMinute keeps of each row what is asked for, and that alone: a minute may have a
// million.
func readMinute[R any](
	ctx context.Context, s *Store, minute model.Minute, inputs []model.InputRange, keep func(*Row) R,
) ([]model.BatchHead, []R, error) {
	ledger, err := s.touching(ctx, minute, minute+1)
	if err != nil {
		return nil, nil, fmt.Errorf("reading the ledger of minute %s: %w", minute, err)
	}
	ledger = named(ledger, inputs)
	if err := s.withLosses(ctx, ledger, minute, minute+1); err != nil {
		return nil, nil, fmt.Errorf("reading the losses of minute %s: %w", minute, err)
	}
	rows, err := readRows(ctx, s, minute, ledger, keep)
	if err != nil {
		return nil, nil, fmt.Errorf("reading the flows of minute %s: %w", minute, err)
	}
	heads := make([]model.BatchHead, len(ledger))
	for i := range ledger {
		heads[i] = ledger[i].BatchHead
	}
	return heads, rows, nil
}

// named keeps the batches that inputs name; nil inputs keep all.
func named(ledger []stored, inputs []model.InputRange) []stored {
	if inputs == nil {
		return ledger
	}
	var kept []stored
	for _, row := range ledger {
		for _, input := range inputs {
			if input.Holds(row.BatchKey) {
				kept = append(kept, row)
				break
			}
		}
	}
	return kept
}

func readRows[R any](ctx context.Context, s *Store, minute model.Minute, ledger []stored, keep func(*Row) R) ([]R, error) {
	counts := make(map[model.BatchKey]uint64, len(ledger))
	for _, row := range ledger {
		counts[row.BatchKey] = row.attempt
	}
	// A million rows grow a slice into several times their size: they are counted first.
	var count uint64
	if err := s.db.QueryRow(ctx, "SELECT count() FROM flows WHERE minute = {minute:UInt32}", clickhouse.Named("minute", uint32(minute))).Scan(&count); err != nil {
		return nil, err
	}
	kept := make([]R, 0, count)
	var last texts
	err := s.each(ctx, selectFlows, []any{clickhouse.Named("minute", uint32(minute))}, func(rows clickhouse.Rows) error {
		row, number, err := scanFlow(rows)
		if err != nil {
			return err
		}
		last.share(&row)
		if expected, inLedger := counts[row.Batch]; inLedger && expected == number {
			kept = append(kept, keep(&row))
		}
		return nil
	})
	return kept, err
}

// texts are those of the row before. Rows come in order of who reported them, so that
// one copy of a text does for many.
type texts struct {
	agent model.AgentID
	local string
}

func (t *texts) share(row *Row) {
	if row.Batch.Agent != t.agent {
		t.agent = row.Batch.Agent
	}
	if row.Flow.Local.ID != t.local {
		t.local = row.Flow.Local.ID
	}
	row.Batch.Agent, row.Flow.Local.ID = t.agent, t.local
}

func scanFlow(rows clickhouse.Rows) (row Row, number uint64, err error) {
	var windowMillis uint32
	var localKind, protocol, role, header uint8
	var local, remote, virtual netip.Addr
	var sentRest, receivedRest int64
	f := &row.Flow
	err = rows.Scan(&row.Batch.Agent.Cluster, &row.Batch.Agent.Node, &row.Batch.Boot, &row.Batch.Sequence, &number,
		&f.WindowStart, &windowMillis, &localKind, &f.Local.ID, &local, &remote, &virtual, &f.VirtualPort, &f.ServerPort, &protocol, &role, &header,
		&sentRest, &f.Sent.PayloadBytes, &f.Sent.Packets, &f.Sent.RetransmittedPackets,
		&receivedRest, &f.Received.PayloadBytes, &f.Received.Packets, &f.Received.RetransmittedPackets,
		&f.Connections, &f.RTTMicros)
	f.WindowStart = f.WindowStart.UTC()
	f.WindowLength = time.Duration(windowMillis) * time.Millisecond
	f.Local.Kind, f.Protocol, f.Role = model.LocalKind(localKind), model.Protocol(protocol), model.Role(role)
	f.LocalAddr, f.RemoteAddr, f.VirtualAddr = addrOf(local), addrOf(remote), addrOf(virtual)
	f.Sent.WireBytes = wireBytes(f.Sent, header, uint64(f.Connections), sentRest)
	f.Received.WireBytes = wireBytes(f.Received, header, uint64(f.Connections), receivedRest)
	return row, number, err
}
