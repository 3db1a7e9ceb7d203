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

// Charged is one charge line of one edge, added up over a bucket of time.
type Charged struct {
	// From is where the bucket begins.
	From model.Minute
	Line pricing.Line
}

// Used is what one edge with a gateway on its way carried in a bucket of time.
type Used struct {
	Edge  model.EdgeID
	From  model.Minute
	Bytes uint64
}

const (
	// replaced are the versions of a window that a later one took the place of: a
	// short list, where that of the minutes' newest versions is as long as the window.
	replaced = `(SELECT number FROM versions
		WHERE minute_from >= {from:UInt32} AND minute_from < {to:UInt32} AND number <= {through:UInt64} AND (minute_from, number) NOT IN ` + current + `)`

	// A bucket begins at a multiple of its length, the first one with the window.
	bucketStart = `toUInt32(greatest({first:UInt32}, minute - minute % {bucket:UInt32}))`

	lineColumns = `edge_id, payer, account, code, operation, rule, tier, price_row, source, unit_bytes, rate_nano,
		unpriced_reason, imputed, path_assumed`

	selectCharged = `SELECT ` + bucketStart + ` AS bucket, ` + lineColumns + `, sum(bytes), sum(amount_atoms) FROM charge_minutes
		WHERE minute >= {from:UInt32} AND minute < {to:UInt32} AND version <= {through:UInt64} AND version NOT IN ` + replaced + `
		GROUP BY bucket, ` + lineColumns

	selectUsed = `SELECT edge_id, ` + bucketStart + ` AS bucket, sum(wire_bytes) FROM edge_minutes
		WHERE minute >= {from:UInt32} AND minute < {to:UInt32} AND version <= {through:UInt64} AND version NOT IN ` + replaced + `
		AND edge_id IN (SELECT edge_id FROM edges WHERE path_via != '' OR path_kind = 'internet-gateway' OR source LIKE 'e/on-premises/%' OR destination LIKE 'e/on-premises/%')
		GROUP BY edge_id, bucket`
)

// Charged sums the charge lines of every edge over the buckets of a window, in
// no order. A bucket of 0 minutes is the whole window. Hours and days that were
// added up before are not added up again: see ChargeSpan.
func (s *Store) Charged(ctx context.Context, w Window, bucket model.Minute) ([]Charged, error) {
	summed, rest, err := s.summed(ctx, w, bucket)
	if err != nil {
		return nil, fmt.Errorf("looking for charges from %s to %s that are added up: %w", w.From, w.To, err)
	}
	var sums chargeSums
	if len(summed) > 0 {
		err = s.addCharges(ctx, &sums, selectSpanSums, append(w.bucketed(bucket), spanArguments(summed)...))
	}
	for _, part := range rest {
		if err == nil {
			part.Version = w.Version
			err = s.addCharges(ctx, &sums, selectCharged, part.args(w.bucketing(bucket)...))
		}
	}
	if err != nil {
		return nil, fmt.Errorf("adding up the charges from %s to %s: %w", w.From, w.To, err)
	}
	return sums.charged, nil
}

// addCharges adds what a query finds.
func (s *Store) addCharges(ctx context.Context, sums *chargeSums, statement string, args []any) error {
	sums.parts++
	return s.each(ctx, statement, args, func(rows clickhouse.Rows) error {
		charged, err := scanCharged(rows)
		if err != nil {
			return err
		}
		return sums.add(charged)
	})
}

func scanCharged(rows clickhouse.Rows) (c Charged, err error) {
	var from uint32
	var edge uint64
	var payer, rule string
	var tier, imputed, assumed uint8
	var atoms big.Int
	line := &c.Line
	err = rows.Scan(&from, &edge, &payer, &line.Account, &line.Code, &line.Operation, &rule, &tier, &line.PriceRow, &line.Source,
		&line.UnitBytes, &line.RateNanoPerUnit, &line.Unpriced, &imputed, &assumed, &line.Bytes, &atoms)
	if err != nil {
		return c, err
	}
	c.From, line.Edge = model.Minute(from), model.EdgeID(edge)
	line.Payer, line.Rule, line.Tier = transferclass.Payer(payer), transferclass.Rule(rule), int(tier)
	line.Imputed, line.PathAssumed = imputed == 1, assumed == 1
	line.Amount, err = money.FromBigInt(&atoms)
	return c, err
}

// Used sums the bytes of every edge that goes through something which may cost
// by the hour, over the buckets of a window, in no order.
func (s *Store) Used(ctx context.Context, w Window, bucket model.Minute) ([]Used, error) {
	var used []Used
	err := s.each(ctx, selectUsed, w.bucketed(bucket), func(rows clickhouse.Rows) error {
		var u Used
		var from uint32
		var edge uint64
		err := rows.Scan(&edge, &from, &u.Bytes)
		u.Edge, u.From = model.EdgeID(edge), model.Minute(from)
		used = append(used, u)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("adding up what went through gateways from %s to %s: %w", w.From, w.To, err)
	}
	return used, nil
}

func (w Window) bucketed(bucket model.Minute) []any { return w.args(w.bucketing(bucket)...) }

// bucketing says how a window is cut, to questions about parts of it too.
func (w Window) bucketing(bucket model.Minute) []any {
	if bucket == 0 {
		bucket = 1<<32 - 1 // longer than any time: one bucket, which begins with the window
	}
	return []any{clickhouse.Named("first", uint32(w.From)), clickhouse.Named("bucket", uint32(bucket))}
}

// Currencies are those that the minutes of a window are priced in.
func (s *Store) Currencies(ctx context.Context, w Window) ([]string, error) {
	return s.column(ctx, "currency", w)
}

// Modes are the pricing modes of the minutes of a window.
func (s *Store) Modes(ctx context.Context, w Window) ([]string, error) {
	return s.column(ctx, "pricing_mode", w)
}

func (s *Store) column(ctx context.Context, name string, w Window) ([]string, error) {
	var values []string
	err := s.each(ctx, `SELECT DISTINCT `+name+` FROM versions WHERE (minute_from, number) IN `+current+` ORDER BY 1`, w.args(), func(rows clickhouse.Rows) error {
		var value string
		err := rows.Scan(&value)
		values = append(values, value)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading how the minutes from %s to %s are priced: %w", w.From, w.To, err)
	}
	return values, nil
}
