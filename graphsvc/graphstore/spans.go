package graphstore

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// ToCompact lists where spans of a tier begin, oldest first and at most limit,
// that lie within [from, to), have pieces of the tier below and none of their own.
func (s *Store) ToCompact(ctx context.Context, tier pieces.Tier, from, to model.Minute, limit int) ([]model.Minute, error) {
	var begins []model.Minute
	params := neo4j.Params{
		"tier": tier.Name, "parts": tier.Parts().Name, "minutes": int64(tier.Minutes), "from": int64(from), "to": int64(to), "limit": limit,
	}
	err := s.db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		begins = nil
		return tx.Each(ctx, piecesToCompact, params, func(row neo4j.Row) error {
			var begin int64
			err := row.Scan(&begin)
			begins = append(begins, model.Minute(begin))
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("looking for %ss to compact: %w", tier.Name, err)
	}
	return begins, nil
}

func partsOf(found []standing) []pieces.Part {
	return column(found, func(s *standing) pieces.Part { return s.Part })
}

// ends counts the nodes at the ends of the edges.
func (s *Store) ends(ctx context.Context, tx neo4j.Tx, parts []pieces.Part) (uint64, error) {
	known := map[model.EdgeID]bool{}
	var ids []model.EdgeID
	for _, part := range parts {
		for i := range part.Rows {
			if id := part.Rows[i].Edge; !known[id] {
				known[id] = true
				ids = append(ids, id)
			}
		}
	}
	keys, err := s.keys.of(ctx, tx, ids)
	if err != nil {
		return 0, err
	}
	ends := map[model.Identity]bool{}
	for i := range keys {
		ends[keys[i].Source], ends[keys[i].Destination] = true, true
	}
	return uint64(len(ends)), nil
}

// compact writes a span that had no piece yet.
func (w *writer) compact(ctx context.Context, p Publication) error {
	found, err := w.readStanding(ctx, p.Tier, p.Version.From, p.Version.From+1)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		return fmt.Errorf("the %s of %s is compacted already, by version %d", p.Tier.Name, p.Version.From, found[0].since)
	}
	if err := w.create(ctx, p.Tier, p.Version.From, pieces.RowsOf(p.Spans)); err != nil {
		return err
	}
	return w.openSpans(ctx, p.Tier, p.Version.From, p.Spans)
}

// respan corrects the hours, and the days, that changed minutes lie in. An hour
// of a day that is compacted is there even where it was empty before.
func (w *writer) respan(ctx context.Context, changed []model.Minute) error {
	minutes := column(changed, func(m *model.Minute) span { return span{*m, *m + 1} })
	if err := whole(ctx, w.tx, minutes, forNone); err != nil {
		return err
	}
	for _, tier := range []pieces.Tier{pieces.Hour, pieces.Day} {
		begins := column(changed, func(m *model.Minute) model.Minute { return tier.Start(*m) })
		slices.Sort(begins)
		for _, begin := range slices.Compact(begins) {
			if err := w.respanOne(ctx, tier, begin); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) respanOne(ctx context.Context, tier pieces.Tier, begin model.Minute) error {
	found, err := w.readStanding(ctx, tier, begin, begin+1)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		day, err := w.readStanding(ctx, pieces.Day, pieces.Day.Start(begin), pieces.Day.Start(begin)+1)
		if err != nil || tier == pieces.Day || len(day) == 0 {
			return err
		}
	}
	if err := whole(ctx, w.tx, []span{{begin, begin + tier.Minutes}}, forNone); err != nil {
		return err
	}
	parts, err := w.readStanding(ctx, tier.Parts(), begin, begin+tier.Minutes)
	if err != nil {
		return err
	}
	spans, err := pieces.Add(tier, begin, partsOf(parts))
	if err != nil {
		return err
	}
	var before []pieces.Row
	if len(found) > 0 {
		before = found[0].Rows
		if err := w.close(ctx, tier, found[0]); err != nil {
			return err
		}
	}
	rows := pieces.RowsOf(spans)
	if err := w.create(ctx, tier, begin, rows); err != nil {
		return err
	}
	ended, opened := turnover(before, rows)
	if err := w.closeSpans(ctx, tier, begin, ended); err != nil {
		return err
	}
	return w.openSpans(ctx, tier, begin, slices.DeleteFunc(spans, func(s pieces.Span) bool { return !opened[s.Edge] }))
}

// turnover are the edges whose span ends, and those that get a new one.
func turnover(before, rows []pieces.Row) (ended []string, opened map[model.EdgeID]bool) {
	opened = map[model.EdgeID]bool{}
	for _, change := range pieces.Diff(before, rows) {
		if change.Was {
			ended = append(ended, change.Before.Edge.String())
		}
		if change.Is {
			opened[change.After.Edge] = true
		}
	}
	return ended, opened
}

func (w *writer) closeSpans(ctx context.Context, tier pieces.Tier, begin model.Minute, edges []string) error {
	for chunk := range slices.Chunk(edges, chunkRows) {
		params := neo4j.Params{"tier": tier.Name, "from": int64(begin), "ids": chunk, "number": w.number}
		if err := w.all(ctx, spansClose, params, len(chunk)); err != nil {
			return err
		}
	}
	return nil
}

// spanRows is how many edges of an hour one statement carries: each has two
// lists of 60.
const spanRows = 5_000

// openSpans writes the relationships of edges' hours or days.
func (w *writer) openSpans(ctx context.Context, tier pieces.Tier, begin model.Minute, spans []pieces.Span) error {
	for chunk := range slices.Chunk(spans, spanRows) {
		places := column(chunk, func(s *pieces.Span) change { return change{edge: s.Edge} })
		if err := w.locate(ctx, places); err != nil {
			return err
		}
		params, err := spanColumns(chunk, places)
		if err != nil {
			return err
		}
		params["tier"], params["from"], params["to"], params["number"] = tier.Name, int64(begin), int64(begin+tier.Minutes), w.number
		if err := w.all(ctx, spansCreate, params, len(chunk)); err != nil {
			return err
		}
	}
	return nil
}

func spanColumns(spans []pieces.Span, places []change) (neo4j.Params, error) {
	costs, each := make([]int64, len(spans)), make([][]int64, len(spans))
	bytes := make([][]int64, len(spans))
	for i := range spans {
		span := &spans[i]
		if max(span.Sent.WireBytes, span.Sent.PayloadBytes, span.Sent.Packets, span.Connections) > math.MaxInt64 {
			return nil, fmt.Errorf("edge %s: its sums do not fit 63 bits", span.Edge)
		}
		var err error
		if costs[i], err = nanoOf(span.Cost); err != nil {
			return nil, fmt.Errorf("edge %s: %w", span.Edge, err)
		}
		bytes[i] = column(span.Bytes, func(b *uint64) int64 { return int64(*b) })
		each[i] = make([]int64, len(span.Costs))
		for part := range span.Costs {
			if each[i][part], err = nanoOf(span.Costs[part]); err != nil {
				return nil, fmt.Errorf("edge %s: %w", span.Edge, err)
			}
		}
	}
	return neo4j.Params{
		"relationships":        column(places, func(c *change) int64 { return c.relationship }),
		"ids":                  column(spans, func(s *pieces.Span) string { return s.Edge.String() }),
		"wireBytes":            column(spans, func(s *pieces.Span) int64 { return int64(s.Sent.WireBytes) }),
		"payloadBytes":         column(spans, func(s *pieces.Span) int64 { return int64(s.Sent.PayloadBytes) }),
		"packets":              column(spans, func(s *pieces.Span) int64 { return int64(s.Sent.Packets) }),
		"retransmittedPackets": column(spans, func(s *pieces.Span) int64 { return int64(s.Sent.RetransmittedPackets) }),
		"connections":          column(spans, func(s *pieces.Span) int64 { return int64(s.Connections) }),
		"rttMicros":            column(spans, func(s *pieces.Span) int64 { return int64(s.RTTMicros) }),
		"costNanos":            costs, "wireBytesEach": bytes, "costNanosEach": each,
	}, nil
}
