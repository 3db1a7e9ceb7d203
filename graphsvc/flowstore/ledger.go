package flowstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

// Lookup tells whether a batch is durable, and with which content.
func (s *Store) Lookup(ctx context.Context, key model.BatchKey) (digest string, found bool, err error) {
	err = s.db.QueryRow(ctx, `SELECT digest FROM batches
		WHERE cluster = {cluster:String} AND node = {node:String} AND boot = {boot:String} AND sequence = {sequence:UInt64}
		ORDER BY attempt LIMIT 1`,
		clickhouse.Named("cluster", key.Agent.Cluster), clickhouse.Named("node", key.Agent.Node),
		clickhouse.Named("boot", key.Boot), clickhouse.Named("sequence", key.Sequence)).Scan(&digest)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("looking up %s in the ledger: %w", labels(key), err)
	}
	return digest, true, nil
}

const selectHeads = `SELECT cluster, node, boot, sequence, min(attempt), any(mode), any(covered_from), any(covered_through),
	any(minute_from), any(minute_to), min(received_at) AS first_received
	FROM batches WHERE %s GROUP BY cluster, node, boot, sequence ORDER BY first_received, cluster, node, boot, sequence`

// stored is a ledger row: a head and the attempt whose rows count.
type stored struct {
	model.BatchHead
	attempt uint64
}

const selectRuns = `SELECT cluster, node, boot, minute_from, minute_to, max(covered_through), max(received_at),
	(arraySort(groupUniqArray(sequence)) AS held)[1] AS first, held[-1] AS last,
	if(last - first + 1 = length(held), emptyArrayUInt64(), held)
	FROM batches WHERE received_at >= {since:DateTime64(9)} GROUP BY cluster, node, boot, minute_from, minute_to`

// RunsSince lists the batches received at or after a moment, as runs, unordered:
// a few per agent and minute, where a large cluster has tens of batches.
func (s *Store) RunsSince(ctx context.Context, receivedAt time.Time) ([]model.BatchRun, error) {
	var found []model.BatchRun
	err := s.each(ctx, selectRuns, []any{clickhouse.Named("since", receivedAt.UTC())}, func(rows clickhouse.Rows) error {
		var run model.BatchRun
		var from, to uint32
		var sequences []uint64
		err := rows.Scan(&run.Agent.Cluster, &run.Agent.Node, &run.Boot, &from, &to, &run.CoveredThrough, &run.ReceivedAt, &run.First, &run.Last, &sequences)
		run.MinuteFrom, run.MinuteTo = model.Minute(from), model.Minute(to)
		found = appendRuns(found, run, sequences)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the ledger since %s: %w", receivedAt.UTC().Format(time.RFC3339), err)
	}
	return found, nil
}

// appendRuns appends a run, cut at its gaps where sequences lists what it holds.
func appendRuns(runs []model.BatchRun, whole model.BatchRun, sequences []uint64) []model.BatchRun {
	if len(sequences) == 0 {
		return append(runs, whole)
	}
	whole.First = sequences[0]
	for i, sequence := range sequences {
		if i+1 == len(sequences) || sequences[i+1] != sequence+1 {
			whole.Last = sequence
			runs = append(runs, whole)
			if i+1 < len(sequences) {
				whole.First = sequences[i+1]
			}
		}
	}
	return runs
}

// Heads lists the batches that speak of minutes in [from, to), with their losses
// in them.
func (s *Store) Heads(ctx context.Context, from, to model.Minute) ([]model.BatchHead, error) {
	ledger, err := s.touching(ctx, from, to)
	if err == nil {
		err = s.withLosses(ctx, ledger, from, to)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the ledger of %s to %s: %w", from, to, err)
	}
	heads := make([]model.BatchHead, len(ledger))
	for i := range ledger {
		heads[i] = ledger[i].BatchHead
	}
	return heads, nil
}

// touching lists the ledger rows of batches that speak of minutes in [from, to).
func (s *Store) touching(ctx context.Context, from, to model.Minute) ([]stored, error) {
	return s.ledger(ctx, "minute_from < {to:UInt32} AND minute_to > {from:UInt32}", clickhouse.Named("from", uint32(from)), clickhouse.Named("to", uint32(to)))
}

func (s *Store) ledger(ctx context.Context, where string, args ...any) ([]stored, error) {
	var ledger []stored
	err := s.each(ctx, fmt.Sprintf(selectHeads, where), args, func(rows clickhouse.Rows) error {
		var row stored
		var mode string
		var from, to uint32
		err := rows.Scan(&row.Agent.Cluster, &row.Agent.Node, &row.Boot, &row.Sequence, &row.attempt, &mode,
			&row.CoveredFrom, &row.CoveredThrough, &from, &to, &row.ReceivedAt)
		row.Mode, row.MinuteFrom, row.MinuteTo = model.CaptureMode(mode), model.Minute(from), model.Minute(to)
		ledger = append(ledger, row)
		return err
	})
	return ledger, err
}

// withLosses fills in the losses that each batch reported.
func (s *Store) withLosses(ctx context.Context, ledger []stored, from, to model.Minute) error {
	at := make(map[model.BatchKey]*stored, len(ledger))
	for i := range ledger {
		at[ledger[i].BatchKey] = &ledger[i]
	}
	const statement = `SELECT cluster, node, boot, sequence, attempt, reason, lost_from, lost_to, flows, bytes, bytes_known
		FROM losses WHERE lost_from < {end:DateTime64(9)} AND lost_to >= {start:DateTime64(9)}
		ORDER BY cluster, node, boot, sequence, reason, lost_from, lost_to`
	args := []any{clickhouse.Named("start", from.Start()), clickhouse.Named("end", to.Start())}
	return s.each(ctx, statement, args, func(rows clickhouse.Rows) error {
		var key model.BatchKey
		var number uint64
		var reason string
		var loss model.Loss
		var bytesKnown uint8
		if err := rows.Scan(&key.Agent.Cluster, &key.Agent.Node, &key.Boot, &key.Sequence, &number, &reason,
			&loss.From, &loss.To, &loss.Flows, &loss.Bytes, &bytesKnown); err != nil {
			return err
		}
		loss.Reason, loss.BytesKnown = model.LossReason(reason), bytesKnown == 1
		if batch := at[key]; batch != nil && batch.attempt == number {
			batch.Losses = append(batch.Losses, loss)
		}
		return nil
	})
}
