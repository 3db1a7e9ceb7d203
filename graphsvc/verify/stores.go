package verify

import (
	"context"
	"errors"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// SeriesGone is the note on a version whose minute series is past its time.
const SeriesGone = "its series is past --keep-minutes: header, chain and graph were checked"

// series checks that the stored minute series adds up to the header.
func (v Verifier) series(ctx context.Context, checked *Checked) error {
	if v.past(checked.Version.To.Start(), v.kept.Minutes) {
		checked.note(SeriesGone)
		return nil
	}
	edges, wireBytes, cost, err := v.Flows.StoredSum(ctx, checked.Version.Number)
	if err != nil {
		return err
	}
	checked.sums("edge_minutes", edges, wireBytes, cost)
	charged, err := v.Flows.ChargedSum(ctx, checked.Version)
	if err != nil {
		return err
	}
	if charged != checked.Version.Totals.Cost {
		checked.problem("charge_minutes adds up to %s %s; the version says %s", charged.Decimal(), checked.Version.Currency, checked.Version.Totals.Cost.Decimal())
	}
	return nil
}

// PiecesGone is the note on a version whose minute the graph keeps as part of an
// hour only.
const PiecesGone = "the graph's minute is past its time, the series was checked"

// VersionGone is the note on a version whose days the graph does not keep any more.
const VersionGone = "its days are past --graph-keep-days, the series was checked"

// graph checks that the graph holds the same version, adding up to the same,
// and, where the version was folded again, edge by edge. Edges are nil where
// it was not.
func (v Verifier) graph(ctx context.Context, checked *Checked, edges []model.PricedEdge) error {
	version := checked.Version
	if held, err := v.held(ctx, checked); err != nil || !held {
		return err
	}
	transfers, err := v.Graph.Transfers(ctx, graphstore.Window{From: version.From, To: version.To, AsOf: version.Number}, "")
	if errors.Is(err, graphstore.ErrPruned) {
		checked.note(PiecesGone)
		return nil
	}
	if err != nil {
		return err
	}
	var wireBytes uint64
	var cost money.Amount
	for i := range transfers {
		wireBytes += transfers[i].Sent.WireBytes
		if cost, err = cost.Add(transfers[i].Cost); err != nil {
			return err
		}
	}
	checked.sums("the graph", uint64(len(transfers)), wireBytes, cost)
	if edges != nil {
		checked.edges(transfers, edges)
	}
	return nil
}

// held checks that the graph has the version with the same digest.
func (v Verifier) held(ctx context.Context, checked *Checked) (bool, error) {
	held, ok, err := v.Graph.Version(ctx, checked.Version.Number)
	if err != nil {
		return false, err
	}
	switch {
	case !ok && checked.Version.To <= v.forgotten:
		checked.note(VersionGone)
		return false, nil
	case !ok:
		checked.problem("the graph does not hold it")
		return false, nil
	}
	if held.Digest != checked.Version.Digest {
		checked.problem("the graph has it with digest %.12s, the series with %.12s", held.Digest, checked.Version.Digest)
	}
	return true, nil
}

// edges names the first edge of the graph that is not as folded.
func (c *Checked) edges(transfers []graphstore.Transfer, edges []model.PricedEdge) {
	folded := make(map[model.EdgeKey]*model.PricedEdge, len(edges))
	for i := range edges {
		folded[edges[i].Key] = &edges[i]
	}
	for i := range transfers {
		t := &transfers[i]
		e := folded[t.Key]
		if e == nil {
			c.problem("the graph has transfer %s, which is not in the fold", t.Key)
			return
		}
		if t.Sent != e.Sent || t.Connections != e.Connections || t.RTTMicros != e.RTTMicros ||
			t.Checked != e.Checked || t.CheckBytes != e.CheckBytes || t.Cost != e.Cost {
			c.problem("the graph has transfer %s with %d bytes and %s, the fold with %d and %s, or other counts",
				t.Key, t.Sent.WireBytes, t.Cost.Decimal(), e.Sent.WireBytes, e.Cost.Decimal())
			return
		}
	}
}

func (c *Checked) sums(where string, edges, wireBytes uint64, cost money.Amount) {
	t := c.Version.Totals
	if edges == t.Edges && wireBytes == t.Sent.WireBytes && cost == t.Cost {
		return
	}
	c.problem("%s adds up to %d transfers, %d bytes and %s %s; the version says %d, %d and %s",
		where, edges, wireBytes, cost.Decimal(), c.Version.Currency, t.Edges, t.Sent.WireBytes, t.Cost.Decimal())
}
