package flowstore

import (
	"context"
	"fmt"
	"math/big"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// EdgeSum is what one edge carried in a window.
type EdgeSum struct {
	ID          model.EdgeID
	Sent        model.Counts
	Connections uint64
	Cost        money.Amount
}

const selectSums = `SELECT edge_id, sum(wire_bytes), sum(payload_bytes), sum(packets), sum(retransmitted_packets), sum(connections), sum(cost_atoms)
	FROM edge_minutes WHERE minute >= {from:UInt32} AND minute < {to:UInt32} AND (minute, version) IN ` + current + `
	GROUP BY edge_id ORDER BY edge_id`

// Sums are a window's edges, each summed up, by id.
func (s *Store) Sums(ctx context.Context, w Window) ([]EdgeSum, error) {
	var sums []EdgeSum
	err := s.each(ctx, selectSums, w.args(), func(rows clickhouse.Rows) error {
		var sum EdgeSum
		var id uint64
		var atoms big.Int
		err := rows.Scan(&id, &sum.Sent.WireBytes, &sum.Sent.PayloadBytes, &sum.Sent.Packets, &sum.Sent.RetransmittedPackets, &sum.Connections, &atoms)
		if err != nil {
			return err
		}
		sum.ID = model.EdgeID(id)
		sum.Cost, err = money.FromBigInt(&atoms)
		sums = append(sums, sum)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("summing the edges of %s to %s: %w", w.From, w.To, err)
	}
	return sums, nil
}

// FlowHour is one hour of one flow's past: of all its edges together, minutes
// without bytes included.
type FlowHour struct {
	Source, Destination string
	ServerPort          uint16
	Protocol            model.Protocol
	Initiator           model.Initiator
	// Start is the hour's first minute.
	Start model.Minute
	// Bytes and Cost (in nano-units) are median, lower and upper quartile, third
	// largest and mean of the hour's minutes.
	Bytes, Cost [5]float32
}

const (
	// selectHours pads the minutes in which a flow carried nothing with zeros: rank
	// n of an hour of m minutes is rank n-(m-k) of the k that carried something.
	selectHours = `WITH versions_now AS (SELECT minute_from AS minute, max(number) AS version FROM versions
			WHERE minute_from >= {from:UInt32} AND minute_from < {to:UInt32} AND number <= {through:UInt64} GROUP BY minute_from),
		hours_now AS (SELECT intDiv(minute, 60) AS hour, count() AS minutes FROM versions_now GROUP BY hour),
		flow_minutes AS (SELECT e.source AS source, e.destination AS destination, e.server_port AS server_port, e.protocol AS protocol, e.initiator AS initiator,
				m.minute AS minute, toFloat32(sum(m.wire_bytes)) AS bytes, toFloat32(sum(toFloat64(m.cost_atoms)) / {perNano:Float64}) AS cost
			FROM edge_minutes AS m INNER JOIN (SELECT * FROM edges LIMIT 1 BY edge_id) AS e ON e.edge_id = m.edge_id
			WHERE m.minute >= {from:UInt32} AND m.minute < {to:UInt32} AND (m.minute, m.version) IN (SELECT minute, version FROM versions_now)
			GROUP BY source, destination, server_port, protocol, initiator, minute),
		flow_hours AS (SELECT source, destination, server_port, protocol, initiator, intDiv(minute, 60) AS hour,
				arraySort(groupArray(bytes)) AS bytes, arraySort(groupArray(cost)) AS cost
			FROM flow_minutes GROUP BY source, destination, server_port, protocol, initiator, hour)
		SELECT source, destination, server_port, protocol, initiator, toUInt32(f.hour * 60), h.minutes,
			arrayConcat(arrayWithConstant(h.minutes - length(bytes), toFloat32(0)), bytes) AS b,
			arrayConcat(arrayWithConstant(h.minutes - length(cost), toFloat32(0)), cost) AS c
		FROM flow_hours AS f INNER JOIN hours_now AS h ON h.hour = f.hour
		ORDER BY source, destination, server_port, protocol, initiator, f.hour`
)

// Hours call take for the hours of a window with at least so many folded
// minutes, flow by flow in order.
func (s *Store) Hours(ctx context.Context, w Window, least int, take func(FlowHour) error) error {
	err := s.each(ctx, selectHours, w.args(clickhouse.Named("perNano", float64(money.AtomsPerNano))), func(rows clickhouse.Rows) error {
		var hour FlowHour
		var start uint32
		var minutes uint64
		var protocol uint8
		var initiator string
		var bytes, cost []float32
		err := rows.Scan(&hour.Source, &hour.Destination, &hour.ServerPort, &protocol, &initiator, &start, &minutes, &bytes, &cost)
		if err != nil || len(bytes) < least {
			return err
		}
		hour.Protocol, hour.Initiator, hour.Start = model.Protocol(protocol), model.Initiator(initiator), model.Minute(start)
		hour.Bytes, hour.Cost = ranks(bytes), ranks(cost)
		return take(hour)
	})
	if err != nil {
		return fmt.Errorf("reading the hours of %s to %s: %w", w.From, w.To, err)
	}
	return nil
}

// ranks are the median, the quartiles, the third largest and the mean of sorted values.
func ranks(sorted []float32) [5]float32 {
	n, sum := len(sorted), 0.0
	for _, v := range sorted {
		sum += float64(v)
	}
	return [5]float32{sorted[n/2], sorted[n/4], sorted[n*3/4], sorted[max(0, n-3)], float32(sum / float64(n))}
}

const selectChargeSums = `SELECT code, sum(bytes), sum(amount_atoms) FROM charge_minutes
	WHERE minute >= {from:UInt32} AND minute < {to:UInt32} AND version = {through:UInt64} AND code != '' GROUP BY code ORDER BY code`

// ChargeSum is what one charge code of the bill came to.
type ChargeSum struct {
	Code   string
	Bytes  uint64
	Amount money.Amount
}

// ChargeSums are a version's charges by code.
func (s *Store) ChargeSums(ctx context.Context, version model.GraphVersion) ([]ChargeSum, error) {
	var sums []ChargeSum
	w := Window{From: version.From, To: version.To, Version: version.Number}
	err := s.each(ctx, selectChargeSums, w.args(), func(rows clickhouse.Rows) error {
		var sum ChargeSum
		var atoms big.Int
		err := rows.Scan(&sum.Code, &sum.Bytes, &atoms)
		if err != nil {
			return err
		}
		sum.Amount, err = money.FromBigInt(&atoms)
		sums = append(sums, sum)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("summing the charges of version %d: %w", version.Number, err)
	}
	return sums, nil
}
