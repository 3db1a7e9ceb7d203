package flowstore

import (
	"context"
	"fmt"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

const (
	insertMeters = `INSERT INTO meter_minutes (minute, version, account, fee, region, to_place, before_bytes, bytes, same_from_bytes, same_through_bytes)`

	// most is where a meter stays, as in package pricing.
	most = "18446744073709551615"

	selectMeters = `SELECT account, fee, region, to_place, toUInt64(least(sum(toUInt128(bytes)), ` + most + `)) FROM meter_minutes
		WHERE minute >= {from:UInt32} AND minute < {to:UInt32} AND (minute, version) IN ` + current + `
		GROUP BY account, fee, region, to_place`

	selectUses = `SELECT account, fee, region, to_place, before_bytes, bytes, same_from_bytes, same_through_bytes FROM meter_minutes
		WHERE minute >= {from:UInt32} AND minute < {to:UInt32} AND version = {through:UInt64} ORDER BY account, fee, region, to_place`

	// A pool's meter stands at the sum of the month's current minutes before.
	selectUnsettled = `SELECT DISTINCT minute FROM (
		SELECT minute, same_from_bytes, same_through_bytes, least(sum(toUInt128(bytes)) OVER (
			PARTITION BY account, fee, region, to_place ORDER BY minute ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), ` + most + `) AS stands
		FROM meter_minutes WHERE minute >= {from:UInt32} AND minute < {to:UInt32} AND (minute, version) IN ` + current + `
	) WHERE stands < same_from_bytes OR stands > same_through_bytes ORDER BY minute LIMIT {limit:UInt32}`
)

func (s *Store) writeMeters(ctx context.Context, version model.GraphVersion, uses []pricing.MeterUse) error {
	if len(uses) == 0 {
		return nil
	}
	return s.fill(ctx, insertMeters, func(b clickhouse.Batch) error {
		for i := range uses {
			u := &uses[i]
			err := b.Append(uint32(version.From), version.Number, u.Pool.Account, u.Pool.Fee.String(), u.Pool.Region, u.Pool.To,
				u.BeforeBytes, u.Bytes, u.SameFromBytes, u.SameThroughBytes)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Meters are where the meters of the minute's calendar month stand when the
// minute begins: the sum of the minutes before it, each in its newest version
// up to through.
func (s *Store) Meters(ctx context.Context, minute model.Minute, through uint64) (pricing.Meters, error) {
	first, _ := pricing.MonthOf(minute)
	meters := pricing.Meters{}
	err := s.each(ctx, selectMeters, Window{From: first, To: minute, Version: through}.args(), func(rows clickhouse.Rows) error {
		var pool pricing.Pool
		var fee string
		var position uint64
		if err := rows.Scan(&pool.Account, &fee, &pool.Region, &pool.To, &position); err != nil {
			return err
		}
		var err error
		pool.Fee, err = feeOf(fee)
		meters[pool] = position
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the meters of the month before %s: %w", minute, err)
	}
	return meters, nil
}

// Uses are what a version's minute did to its meters, as stored.
func (s *Store) Uses(ctx context.Context, version model.GraphVersion) ([]pricing.MeterUse, error) {
	var uses []pricing.MeterUse
	window := Window{From: version.From, To: version.To, Version: version.Number}
	err := s.each(ctx, selectUses, window.args(), func(rows clickhouse.Rows) error {
		var u pricing.MeterUse
		var fee string
		err := rows.Scan(&u.Pool.Account, &fee, &u.Pool.Region, &u.Pool.To, &u.BeforeBytes, &u.Bytes, &u.SameFromBytes, &u.SameThroughBytes)
		if err == nil {
			u.Pool.Fee, err = feeOf(fee)
		}
		uses = append(uses, u)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the meters of version %d: %w", version.Number, err)
	}
	return uses, nil
}

// Unsettled lists the minutes of a calendar month, oldest first and at most
// limit, whose charges are not what they would be had the month's minutes been
// priced in order: something before them changed, and moved a border of an
// allowance or tier into them or out of them.
func (s *Store) Unsettled(ctx context.Context, month model.Minute, through uint64, limit int) ([]model.Minute, error) {
	first, end := pricing.MonthOf(month)
	var minutes []model.Minute
	args := Window{From: first, To: end, Version: through}.args(clickhouse.Named("limit", uint32(limit)))
	err := s.each(ctx, selectUnsettled, args, func(rows clickhouse.Rows) error {
		var minute uint32
		err := rows.Scan(&minute)
		minutes = append(minutes, model.Minute(minute))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("looking for unsettled minutes in the month of %s: %w", first, err)
	}
	return minutes, nil
}

// MeteredMonths are the calendar months, by their first minute, in which any
// version up to through ran meters, oldest first.
func (s *Store) MeteredMonths(ctx context.Context, through uint64) ([]model.Minute, error) {
	const statement = `SELECT DISTINCT toUInt32(toUnixTimestamp(toDateTime(toStartOfMonth(toDateTime(minute * 60, 'UTC')), 'UTC')) / 60) AS month
		FROM meter_minutes WHERE version <= {through:UInt64} ORDER BY month`
	var months []model.Minute
	err := s.each(ctx, statement, []any{clickhouse.Named("through", through)}, func(rows clickhouse.Rows) error {
		var month uint32
		err := rows.Scan(&month)
		months = append(months, model.Minute(month))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading which months have meters: %w", err)
	}
	return months, nil
}

func feeOf(name string) (transferclass.Fee, error) {
	fee, ok := transferclass.ParseFee(name)
	if !ok {
		return fee, fmt.Errorf("the stored fee %q is not known to this build", name)
	}
	return fee, nil
}
