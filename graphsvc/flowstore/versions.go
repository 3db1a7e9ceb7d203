package flowstore

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"

	"golang.org/x/sync/errgroup"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

const (
	insertEdges = `INSERT INTO edges (edge_id, key, source, destination, source_revision, destination_revision, server_port, protocol, initiator,
		source_provider, source_region, source_zone, destination_provider, destination_region, destination_zone,
		path_kind, path_via, path_via_zone, path_assumed,
		source_network, source_account, destination_network, destination_account)`
	insertEdgeMinutes = `INSERT INTO edge_minutes (edge_id, minute, version, payload_bytes, packets, retransmitted_packets, connections,
		header_bytes, wire_rest_bytes, rtt_micros, checked, check_rest_bytes, cost_per_byte_atoms, cost_rest_atoms)`
	insertCharges = `INSERT INTO charge_minutes (minute, version, edge_id, line, payer, account, code, operation, rule, tier, price_row, source,
		bytes, unit_bytes, rate_nano, amount_per_byte_atoms, amount_rest_atoms, unpriced_reason, imputed, path_assumed)`
	insertVersion = `INSERT INTO versions (number, kind, minute_from, minute_to, inputs, input_digest, facts_recorded_through, facts_digest,
		price_book, price_book_digest, currency, pricing_mode, code_version, content_digest, previous_digest, digest, edges, nodes, wire_bytes, payload_bytes,
		packets, retransmitted_packets, unknown_bytes, unpriced_bytes, cost_atoms, committed_at)`
)

// WriteVersion stores a version's series and then its header. The version
// counts only once the graph store holds it: see DropAfter.
func (s *Store) WriteVersion(ctx context.Context, version model.GraphVersion, edges []model.PricedEdge, statement pricing.Statement) error {
	ids := make([]model.EdgeID, len(edges))
	for i := range edges {
		ids[i] = edges[i].Key.ID()
	}
	series, together := errgroup.WithContext(ctx)
	for _, step := range []func(context.Context) error{
		func(ctx context.Context) error { return s.writeEdges(ctx, edges, ids) },
		func(ctx context.Context) error { return s.writeEdgeMinutes(ctx, version.Number, edges, ids) },
		func(ctx context.Context) error { return s.writeCharges(ctx, version, statement.Lines) },
		func(ctx context.Context) error { return s.writeMeters(ctx, version, statement.Meters) },
	} {
		series.Go(func() error { return step(together) })
	}
	err := series.Wait()
	if err == nil {
		err = s.writeHeader(ctx, version)
	}
	if err != nil {
		return fmt.Errorf("storing the series of version %d: %w", version.Number, err)
	}
	return nil
}

// writeEdges says what the ids of edges stand for, of those that this process
// has not written yet.
func (s *Store) writeEdges(ctx context.Context, edges []model.PricedEdge, ids []model.EdgeID) error {
	fresh := s.written.without(ids)
	if len(fresh) == 0 {
		return nil
	}
	err := s.fill(ctx, insertEdges, func(b clickhouse.Batch) error {
		for _, i := range fresh {
			k := &edges[i].Key
			err := b.Append(uint64(ids[i]), k.String(), k.Source.ID(), k.Destination.ID(), k.SourceRevision, k.DestinationRevision,
				k.ServerPort, uint8(k.Protocol), string(k.Initiator),
				k.SourcePlace.Provider, k.SourcePlace.Region, k.SourcePlace.Zone,
				k.DestinationPlace.Provider, k.DestinationPlace.Region, k.DestinationPlace.Zone,
				string(k.Path.Kind), k.Path.Via, k.Path.ViaZone, flag(k.Path.Assumed),
				k.SourcePlace.Network, k.SourcePlace.Account, k.DestinationPlace.Network, k.DestinationPlace.Account)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		s.written.add(ids, fresh)
	}
	return err
}

func (s *Store) writeEdgeMinutes(ctx context.Context, version uint64, edges []model.PricedEdge, ids []model.EdgeID) error {
	if len(edges) == 0 {
		return nil
	}
	return s.fill(ctx, insertEdgeMinutes, func(b clickhouse.Batch) error {
		for i := range edges {
			e := &edges[i]
			header := headerBytesOf(e.Sent, e.Key.Protocol)
			each, rest := perByte(e.Cost, e.Sent.WireBytes)
			err := b.Append(uint64(ids[i]), uint32(e.Minute), version, e.Sent.PayloadBytes, e.Sent.Packets, e.Sent.RetransmittedPackets, e.Connections,
				header, restBytes(e.Sent, header, e.Connections), e.RTTMicros, flag(e.Checked), checkRest(e.CheckBytes, e.Sent.WireBytes, e.Checked), each, rest)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Store) writeCharges(ctx context.Context, version model.GraphVersion, charges []pricing.Line) error {
	if len(charges) == 0 {
		return nil
	}
	return s.fill(ctx, insertCharges, func(b clickhouse.Batch) error {
		for i := range charges {
			c := &charges[i]
			each, rest := perByte(c.Amount, c.Bytes)
			err := b.Append(uint32(version.From), version.Number, uint64(c.Edge), uint32(i), string(c.Payer), c.Account, c.Code, c.Operation,
				string(c.Rule), uint8(c.Tier), c.PriceRow, c.Source, c.Bytes, c.UnitBytes, c.RateNanoPerUnit, each, rest,
				c.Unpriced, flag(c.Imputed), flag(c.PathAssumed))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Store) writeHeader(ctx context.Context, v model.GraphVersion) error {
	inputs, err := json.Marshal(v.Inputs)
	if err != nil {
		return fmt.Errorf("writing the inputs as JSON: %w", err)
	}
	return s.fill(ctx, insertVersion, func(b clickhouse.Batch) error {
		return b.Append(v.Number, string(v.Kind), uint32(v.From), uint32(v.To), string(inputs), string(v.InputDigest),
			v.FactsRecordedThrough.UTC(), string(v.FactsDigest), v.PriceBook, string(v.PriceBookDigest), v.Currency, v.PricingMode, v.CodeVersion,
			string(v.ContentDigest), string(v.Previous), string(v.Digest), v.Totals.Edges, v.Totals.Nodes,
			v.Totals.Sent.WireBytes, v.Totals.Sent.PayloadBytes, v.Totals.Sent.Packets, v.Totals.Sent.RetransmittedPackets,
			v.Totals.UnknownBytes, v.Totals.UnpricedBytes, v.Totals.Cost.BigInt(), v.CommittedAt.UTC())
	})
}

// DropAfter removes the series of versions above a number: those that were
// written here but never committed to the graph. It is for the start of the
// one process that folds.
func (s *Store) DropAfter(ctx context.Context, number uint64) error {
	if err := s.dropVersions(ctx, ">", number); err != nil {
		return fmt.Errorf("dropping what version %d left unfinished: %w", number+1, err)
	}
	return nil
}

// DropVersion removes the series of one version, so that it can be written again.
func (s *Store) DropVersion(ctx context.Context, number uint64) error {
	if err := s.dropVersions(ctx, "=", number); err != nil {
		return fmt.Errorf("dropping the series of version %d: %w", number, err)
	}
	return nil
}

func (s *Store) dropVersions(ctx context.Context, are string, number uint64) error {
	s.written.forget() // whoever recovers may face a store that was put back
	ctx = clickhouse.WithSettings(ctx, clickhouse.Settings{"mutations_sync": 2})
	for table, column := range map[string]string{"versions": "number", "edge_minutes": "version", "charge_minutes": "version", "meter_minutes": "version"} {
		var orphans uint64
		err := s.db.QueryRow(ctx, fmt.Sprintf("SELECT count() FROM %s WHERE %s %s {number:UInt64}", table, column, are), clickhouse.Named("number", number)).Scan(&orphans)
		if err == nil && orphans > 0 {
			err = s.db.Exec(ctx, fmt.Sprintf("ALTER TABLE %s DELETE WHERE %s %s %d", table, column, are, number))
		}
		if err != nil {
			return fmt.Errorf("table %s: %w", table, err)
		}
	}
	// Sums are under the newest version that they are made of: later ones may have the
	// dropped one in them, and its number will be another's.
	return s.dropSums(ctx, fmt.Sprintf("version %s %d", map[string]string{">": ">", "=": ">="}[are], number))
}

const selectVersions = `SELECT number, kind, minute_from, minute_to, inputs, input_digest, facts_recorded_through, facts_digest,
	price_book, price_book_digest, currency, pricing_mode, code_version, content_digest, previous_digest, digest, edges, nodes, wire_bytes, payload_bytes,
	packets, retransmitted_packets, unknown_bytes, unpriced_bytes, cost_atoms, committed_at
	FROM versions WHERE minute_from >= {from:UInt32} AND minute_from < {to:UInt32} AND number <= {through:UInt64} AND (kind = 'compact') = %t
	ORDER BY number`

// Versions lists the versions of minutes in [from, to), oldest first. Those of
// kind compact are not among them.
func (s *Store) Versions(ctx context.Context, from, to model.Minute, through uint64) ([]model.GraphVersion, error) {
	return s.versions(ctx, from, to, through, false)
}

// Compactions lists the versions of kind compact whose span begins in [from, to),
// oldest first.
func (s *Store) Compactions(ctx context.Context, from, to model.Minute, through uint64) ([]model.GraphVersion, error) {
	return s.versions(ctx, from, to, through, true)
}

func (s *Store) versions(ctx context.Context, from, to model.Minute, through uint64, compact bool) ([]model.GraphVersion, error) {
	args := []any{
		clickhouse.Named("from", uint32(from)), clickhouse.Named("to", uint32(to)), clickhouse.Named("through", through),
	}
	var versions []model.GraphVersion
	err := s.each(ctx, fmt.Sprintf(selectVersions, compact), args, func(rows clickhouse.Rows) error {
		version, err := scanVersion(rows)
		versions = append(versions, version)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the versions of %s to %s: %w", from, to, err)
	}
	return versions, nil
}

// StoredSum adds up the series that a version wrote, independent of what its
// header says.
func (s *Store) StoredSum(ctx context.Context, version uint64) (edges, wireBytes uint64, cost money.Amount, err error) {
	var atoms big.Int
	err = s.db.QueryRow(ctx, `SELECT count(), sum(wire_bytes), sum(cost_atoms) FROM edge_minutes
		WHERE version = {version:UInt64} AND minute IN (SELECT minute_from FROM versions WHERE number = {version:UInt64})`,
		clickhouse.Named("version", version)).Scan(&edges, &wireBytes, &atoms)
	if err == nil {
		cost, err = money.FromBigInt(&atoms)
	}
	if err != nil {
		return 0, 0, money.Amount{}, fmt.Errorf("adding up the series of version %d: %w", version, err)
	}
	return edges, wireBytes, cost, nil
}

// ChargedSum adds up the charge lines that a version wrote.
func (s *Store) ChargedSum(ctx context.Context, version model.GraphVersion) (cost money.Amount, err error) {
	var atoms big.Int
	window := Window{From: version.From, To: version.To, Version: version.Number}
	err = s.db.QueryRow(ctx, `SELECT sum(amount_atoms) FROM charge_minutes
		WHERE version = {through:UInt64} AND minute >= {from:UInt32} AND minute < {to:UInt32}`, window.args()...).Scan(&atoms)
	if err == nil {
		cost, err = money.FromBigInt(&atoms)
	}
	if err != nil {
		return money.Amount{}, fmt.Errorf("adding up the charges of version %d: %w", version.Number, err)
	}
	return cost, nil
}
