package verify

import (
	"context"

	"github.com/egressor/egressor/graphsvc/compact"
	"github.com/egressor/egressor/graphsvc/fold"
	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/graphsvc/rollup"
)

// PartsGone is the note on a version of kind compact whose parts are past their time.
const PartsGone = "the finer pieces are gone, digests only"

// compaction compacts the span again from its parts and compares the version,
// the span's piece and the relationships that Cypher reads: as of the version,
// and as true now, since refolds correct a span.
func (v Verifier) compaction(ctx context.Context, checked *Checked, head uint64) error {
	version := checked.Version
	if digest := fold.Chain(version.Previous, version); digest != version.Digest {
		checked.problem("header: the stored fields have digest %.12s, stored is %.12s", digest, version.Digest)
	}
	if held, err := v.held(ctx, checked); err != nil || !held {
		return err
	}
	tier := pieces.Hour
	if version.To-version.From == pieces.Day.Minutes {
		tier = pieces.Day
	}
	input, err := rollup.ReadSpan(ctx, v.Flows, v.Graph, tier, version.From, version.Number)
	if err != nil {
		return err
	}
	if len(input.Parts) == 0 {
		checked.Note = PartsGone
		return nil
	}
	computed, err := compact.Compact(input)
	if err != nil {
		checked.problem("it cannot be compacted again: %v", err)
		return nil
	}
	compareHeaders(checked, computed.Version(version.Previous, version.Number, version.CodeVersion))
	if err := v.span(ctx, checked, tier, version.Number, computed.Spans); err != nil || head == version.Number {
		return err
	}
	parts, _, err := v.Graph.Parts(ctx, tier, version.From, head)
	if err != nil {
		return err
	}
	now, err := pieces.Add(tier, version.From, parts)
	if err != nil {
		return err
	}
	return v.span(ctx, checked, tier, head, now)
}

// span compares a span's piece and relationships in the graph with its parts.
func (v Verifier) span(ctx context.Context, checked *Checked, tier pieces.Tier, asOf uint64, spans []pieces.Span) error {
	rows, ok, err := v.Graph.Piece(ctx, tier, checked.Version.From, asOf)
	if err != nil {
		return err
	}
	if !ok {
		checked.problem("the graph has no %s piece as of version %d", tier.Name, asOf)
		return nil
	}
	if differences := pieces.Diff(pieces.RowsOf(spans), rows); len(differences) > 0 {
		d := differences[0]
		checked.problem("the %s piece as of version %d has %d bytes and %s for edge %s, its parts %d and %s, or other counts", tier.Name, asOf,
			d.After.Sent.WireBytes, d.After.Cost.Decimal(), max(d.Before.Edge, d.After.Edge), d.Before.Sent.WireBytes, d.Before.Cost.Decimal())
	}
	difference, err := v.Graph.SpanDifference(ctx, tier, checked.Version.From, asOf, spans)
	if difference != "" {
		checked.problem("the %s as of version %d: %s", tier.Name, asOf, difference)
	}
	return err
}
