package flowstore

import (
	"context"
	"fmt"
	"math/big"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// What the screens ask of single transfers, for many at a time: a statement takes
// longer to begin than to read some transfers more.

const totalsOfEach = `SELECT edge_id, minute, sum(wire_bytes), sum(cost_atoms) FROM edge_minutes
	WHERE edge_id IN {edges:Array(UInt64)} AND minute >= {from:UInt32} AND minute < {to:UInt32} AND (minute, version) IN ` + current + `
	GROUP BY edge_id, minute ORDER BY edge_id, minute`

// TotalsOfEach are the minutes of a window in which each of some edges carried
// anything, in order.
func (s *Store) TotalsOfEach(ctx context.Context, w Window, edges []model.EdgeID) (map[model.EdgeID][]MinuteTotal, error) {
	totals := map[model.EdgeID][]MinuteTotal{}
	err := s.each(ctx, totalsOfEach, w.args(clickhouse.Named("edges", numbers(edges))), func(rows clickhouse.Rows) error {
		var edge uint64
		var minute uint32
		var total MinuteTotal
		var atoms big.Int
		err := rows.Scan(&edge, &minute, &total.Bytes, &atoms)
		if err != nil {
			return err
		}
		total.Minute = model.Minute(minute)
		total.Cost, err = money.FromBigInt(&atoms)
		totals[model.EdgeID(edge)] = append(totals[model.EdgeID(edge)], total)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the series of %d edges from %s to %s: %w", len(edges), w.From, w.To, err)
	}
	return totals, nil
}

func numbers(edges []model.EdgeID) []uint64 {
	ids := make([]uint64, len(edges))
	for i, id := range edges {
		ids[i] = uint64(id)
	}
	return ids
}

const chargeKey = `payer, account, code, operation, rule, tier, price_row, source, unit_bytes, rate_nano, unpriced_reason, imputed, path_assumed`

const selectCharges = `SELECT edge_id, ` + chargeKey + `, sum(bytes), sum(amount_atoms) AS amount FROM charge_minutes
	WHERE edge_id IN {edges:Array(UInt64)} AND minute >= {from:UInt32} AND minute < {to:UInt32} AND (minute, version) IN ` + current + `
	GROUP BY edge_id, ` + chargeKey + `
	ORDER BY edge_id, amount DESC, rule, payer, code, tier, price_row, account, operation, source, unit_bytes, rate_nano, unpriced_reason, imputed, path_assumed`

// Charges sums the charge lines of each of some edges over a window: one line per
// rule, payer and price row.
func (s *Store) Charges(ctx context.Context, w Window, edges []model.EdgeID) (map[model.EdgeID][]pricing.Line, error) {
	lines := map[model.EdgeID][]pricing.Line{}
	err := s.each(ctx, selectCharges, w.args(clickhouse.Named("edges", numbers(edges))), func(rows clickhouse.Rows) error {
		var line pricing.Line
		var edge uint64
		var payer, rule string
		var tier, imputed, assumed uint8
		var atoms big.Int
		err := rows.Scan(&edge, &payer, &line.Account, &line.Code, &line.Operation, &rule, &tier, &line.PriceRow, &line.Source,
			&line.UnitBytes, &line.RateNanoPerUnit, &line.Unpriced, &imputed, &assumed, &line.Bytes, &atoms)
		if err != nil {
			return err
		}
		line.Edge = model.EdgeID(edge)
		line.Payer, line.Rule, line.Tier = transferclass.Payer(payer), transferclass.Rule(rule), int(tier)
		line.Imputed, line.PathAssumed = imputed == 1, assumed == 1
		line.Amount, err = money.FromBigInt(&atoms)
		lines[line.Edge] = append(lines[line.Edge], line)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the charges of %d edges from %s to %s: %w", len(edges), w.From, w.To, err)
	}
	return lines, nil
}
