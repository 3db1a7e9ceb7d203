package flowstore

import (
	"context"
	"fmt"
	"math/big"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Window is which minutes, [From, To), as known in which version.
type Window struct {
	From, To model.Minute
	Version  uint64
}

func (w Window) args(more ...any) []any {
	return append([]any{
		clickhouse.Named("from", uint32(w.From)), clickhouse.Named("to", uint32(w.To)), clickhouse.Named("through", w.Version),
	}, more...)
}

// current is the newest version of each minute of a window as of its version.
const current = `(SELECT minute_from AS minute, max(number) AS version FROM versions
	WHERE minute_from >= {from:UInt32} AND minute_from < {to:UInt32} AND number <= {through:UInt64} AND kind != 'compact' GROUP BY minute_from)`

// MinuteTotal is one bucket of a series. A minute with no version has no bucket.
type MinuteTotal struct {
	Minute model.Minute
	Bytes  uint64
	Cost   money.Amount
}

const (
	totalOfAll = `SELECT minute_from, argMax(wire_bytes, number), argMax(cost_atoms, number) FROM versions
		WHERE minute_from >= {from:UInt32} AND minute_from < {to:UInt32} AND number <= {through:UInt64} AND kind != 'compact'
		GROUP BY minute_from ORDER BY minute_from`
	totalOfEdges = `SELECT c.minute, sum(m.wire_bytes), sum(m.cost_atoms) FROM ` + current + ` AS c
		LEFT JOIN (SELECT minute, version, wire_bytes, cost_atoms FROM edge_minutes
			WHERE minute >= {from:UInt32} AND minute < {to:UInt32} AND version <= {through:UInt64} AND %s) AS m
		ON m.minute = c.minute AND m.version = c.version GROUP BY c.minute ORDER BY c.minute`
)

// Totals sums a window up per minute.
func (s *Store) Totals(ctx context.Context, w Window, of Subject) ([]MinuteTotal, error) {
	statement, args := totalOfAll, w.args()
	if edges, more := of.rows(); edges != "" {
		statement, args = fmt.Sprintf(totalOfEdges, edges), w.args(more...)
	}
	var totals []MinuteTotal
	err := s.each(ctx, statement, args, func(rows clickhouse.Rows) error {
		var minute uint32
		var total MinuteTotal
		var atoms big.Int
		err := rows.Scan(&minute, &total.Bytes, &atoms)
		if err != nil {
			return err
		}
		total.Minute = model.Minute(minute)
		total.Cost, err = money.FromBigInt(&atoms)
		totals = append(totals, total)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the series of %s to %s: %w", w.From, w.To, err)
	}
	return totals, nil
}

// Agent is what the ledger says of one agent.
type Agent struct {
	ID                          model.AgentID
	Mode                        model.CaptureMode
	Build                       string
	CoveredThrough, LastBatchAt time.Time
	LostBytes                   uint64
	LostKnown                   bool
}

const selectAgents = `SELECT b.cluster, b.node, b.mode, b.build, b.covered, b.received, l.bytes, l.unknown FROM
	(SELECT cluster, node, argMax(mode, received_at) AS mode, argMax(build, received_at) AS build, max(covered_through) AS covered, max(received_at) AS received
		FROM batches GROUP BY cluster, node) AS b
	LEFT JOIN (SELECT cluster, node, sum(bytes) AS bytes, countIf(bytes_known = 0) AS unknown FROM losses
		WHERE lost_to >= {since:DateTime64(9)} GROUP BY cluster, node) AS l USING (cluster, node)
	ORDER BY b.received DESC, b.cluster, b.node`

// Agents lists every agent the ledger knows, newest report first, with what it
// lost since a moment.
func (s *Store) Agents(ctx context.Context, lossesSince time.Time) ([]Agent, error) {
	var agents []Agent
	err := s.each(ctx, selectAgents, []any{clickhouse.Named("since", lossesSince.UTC())}, func(rows clickhouse.Rows) error {
		var a Agent
		var mode string
		var unknown uint64
		err := rows.Scan(&a.ID.Cluster, &a.ID.Node, &mode, &a.Build, &a.CoveredThrough, &a.LastBatchAt, &a.LostBytes, &unknown)
		a.Mode, a.LostKnown = model.CaptureMode(mode), unknown == 0
		agents = append(agents, a)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the agents: %w", err)
	}
	return agents, nil
}

// Lost sums what was reported lost in [from, to).
func (s *Store) Lost(ctx context.Context, from, to time.Time) (bytes uint64, known bool, err error) {
	var unknown uint64
	err = s.db.QueryRow(ctx, `SELECT sum(bytes), countIf(bytes_known = 0) FROM losses
		WHERE lost_from < {to:DateTime64(9)} AND lost_to >= {from:DateTime64(9)}`,
		clickhouse.Named("from", from.UTC()), clickhouse.Named("to", to.UTC())).Scan(&bytes, &unknown)
	if err != nil {
		return 0, false, fmt.Errorf("reading the losses: %w", err)
	}
	return bytes, unknown == 0, nil
}
