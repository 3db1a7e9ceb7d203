package verify

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/egressor/egressor/graphsvc/fold"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/terms"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
)

// RowsGone is the note on a version whose raw rows are past their time.
const RowsGone = "raw rows are past --keep-flows: header, chain, facts, series and graph were checked"

// facts compares, once a day of minutes, table facts with what the day was folded
// from: minutes are folded from a table of days, which digests cover.
func (v Verifier) facts(ctx context.Context, checked *Checked) error {
	day := pieces.Day.Start(checked.Version.From)
	if v.compared[day] {
		return nil
	}
	v.compared[day] = true
	difference, err := v.Flows.FactDifference(ctx, checked.Version.From)
	if difference != "" {
		checked.problem("facts: %s", difference)
	}
	return err
}

// refold computes the version again from the batches and facts that it names,
// and returns its edges; nil where the raw rows are gone.
func (v Verifier) refold(ctx context.Context, checked *Checked) ([]model.PricedEdge, error) {
	version := checked.Version
	if digest := fold.Chain(version.Previous, version); digest != version.Digest {
		checked.problem("header: the stored fields have digest %.12s, stored is %.12s", digest, version.Digest)
	}
	input, err := rollup.ReadVersion(ctx, v.Flows, version)
	if err != nil {
		return nil, err
	}
	prices, err := v.Terms.Of(ctx, version)
	if errors.Is(err, terms.ErrUnknown) {
		checked.problem("it cannot be priced again: %v", err)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	computed, err := minute.Compute(input, prices)
	if err != nil {
		checked.problem("it cannot be folded again: %v", err)
		return nil, nil
	}
	again := computed.Version(version.Previous, version.Number, version.Kind, version.CodeVersion)
	if version.InputDigest != again.InputDigest && v.pastRetention(input.Batches) {
		checked.note(RowsGone)
		checked.differs("facts digest", version.FactsDigest, again.FactsDigest)
		return nil, nil
	}
	compareHeaders(checked, again)
	conserved(checked, input, &computed)
	if err := v.meters(ctx, checked, computed.Statement.Meters); err != nil {
		return nil, err
	}
	return computed.Edges, nil
}

func compareHeaders(checked *Checked, again model.GraphVersion) {
	version := checked.Version
	checked.differs("batches", fmt.Sprint(version.Inputs), fmt.Sprint(again.Inputs))
	checked.differs("input digest", version.InputDigest, again.InputDigest)
	checked.differs("facts digest", version.FactsDigest, again.FactsDigest)
	checked.differs("price book", version.PriceBookDigest, again.PriceBookDigest)
	checked.differs("pricing mode", version.PricingMode, again.PricingMode)
	checked.differs("wire bytes", version.Totals.Sent.WireBytes, again.Totals.Sent.WireBytes)
	checked.differs("transfers", version.Totals.Edges, again.Totals.Edges)
	checked.differs("cost", version.Totals.Cost.Decimal(), again.Totals.Cost.Decimal())
	checked.differs("content digest", version.ContentDigest, again.ContentDigest)
	checked.differs("digest", version.Digest, again.Digest)
}

// conserved checks that every reported byte went somewhere: on an edge, unknown
// ends included, or into what the other end said of the same bytes.
func conserved(checked *Checked, input minute.Input, computed *minute.Computed) {
	var reported, onEdges uint64
	for i := range input.Rows {
		reported += input.Rows[i].Row.Sent.WireBytes + input.Rows[i].Row.Received.WireBytes
	}
	for i := range computed.Edges {
		onEdges += computed.Edges[i].Sent.WireBytes
	}
	said := computed.Check.CheckBytes + computed.Check.MasqueradedBytes
	if onEdges+said != reported {
		checked.problem("conservation: %d bytes are reported, but %d are on edges and %d are the other end's word of them", reported, onEdges, said)
	}
}

// pastRetention reports whether some of the batches' rows may have been dropped
// for their age.
func (v Verifier) pastRetention(batches []model.BatchHead) bool {
	for i := range batches {
		if v.past(batches[i].ReceivedAt, v.kept.Flows) {
			return true
		}
	}
	return false
}

// past reports whether what began at a moment and is kept for a while may be gone.
func (v Verifier) past(since time.Time, keep time.Duration) bool {
	var now clock.Clock = clock.System{}
	if v.Clock != nil {
		now = v.Clock
	}
	return keep > 0 && since.Before(now.Now().Add(-keep))
}
