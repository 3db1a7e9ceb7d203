// Package verify proves, on live data, that the graph is what the raw rows say:
// it folds every version again from its own inputs and compares digests, the
// chain, the stored series and the graph.
package verify

import (
	"context"
	"fmt"
	"slices"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/terms"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Flows is what verify reads of the flow store.
type Flows interface {
	rollup.Source
	Versions(ctx context.Context, from, to model.Minute, through uint64) ([]model.GraphVersion, error)
	Compactions(ctx context.Context, from, to model.Minute, through uint64) ([]model.GraphVersion, error)
	StoredSum(ctx context.Context, version uint64) (edges, wireBytes uint64, cost money.Amount, err error)
	ChargedSum(ctx context.Context, version model.GraphVersion) (cost money.Amount, err error)
	Uses(ctx context.Context, version model.GraphVersion) ([]pricing.MeterUse, error)
	Unsettled(ctx context.Context, month model.Minute, through uint64, limit int) ([]model.Minute, error)
	Kept(ctx context.Context) (flowstore.Retention, error)
	FactDifference(ctx context.Context, of model.Minute) (string, error)
}

// Graph is what verify reads of the graph store.
type Graph interface {
	Head(ctx context.Context) (model.GraphVersion, bool, error)
	Version(ctx context.Context, number uint64) (model.GraphVersion, bool, error)
	Versions(ctx context.Context, before uint64, limit int) ([]model.GraphVersion, error)
	Transfers(ctx context.Context, window graphstore.Window, entity string) ([]graphstore.Transfer, error)
	rollup.Spans
	Forgotten(ctx context.Context) (through model.Minute, err error)
	Piece(ctx context.Context, tier pieces.Tier, from model.Minute, asOf uint64) ([]pieces.Row, bool, error)
	SpanDifference(ctx context.Context, tier pieces.Tier, from model.Minute, asOf uint64, spans []pieces.Span) (string, error)
}

var (
	_ Flows = (*flowstore.Store)(nil)
	_ Graph = (*graphstore.Store)(nil)
)

// Checked is the outcome for one version.
type Checked struct {
	Version model.GraphVersion
	// Problems says precisely what differs; none means that it is proven, as far
	// as Note allows.
	Problems []string
	// Note says what could not be proven, "" where everything could.
	Note string
}

// Verifier checks versions.
type Verifier struct {
	Flows Flows
	Graph Graph
	// Terms know by what each version was priced.
	Terms *terms.Terms
	// Clock tells which raw rows are past their time; nil is the machine's.
	Clock clock.Clock

	// kept is how long the tables keep their rows.
	kept flowstore.Retention
	// forgotten is the end of the days that the graph does not keep any more.
	forgotten model.Minute
	// compared are the days, by their first minute, whose facts were compared.
	compared map[model.Minute]bool
}

// Run checks every committed version of the minutes in [from, to), oldest
// first, and tells each outcome.
func (v Verifier) Run(ctx context.Context, from, to model.Minute, tell func(Checked)) error {
	head, ok, err := v.Graph.Head(ctx)
	if err != nil || !ok {
		return err
	}
	versions, err := v.Flows.Versions(ctx, from, to, head.Number)
	if err != nil {
		return err
	}
	compactions, err := v.Flows.Compactions(ctx, from, to, head.Number)
	if err != nil {
		return err
	}
	if v.forgotten, err = v.Graph.Forgotten(ctx); err != nil {
		return err
	}
	found, err := v.walk(ctx, from, to, slices.Concat(versions, compactions)) // as listed: also what is there twice
	if err != nil {
		return err
	}
	versions = merge(versions, compactions)
	settling := newSettling(versions)
	if v.kept, err = v.Flows.Kept(ctx); err != nil {
		return err
	}
	v.compared = map[model.Minute]bool{}
	for _, version := range merge(versions, found.unlisted) {
		checked := Checked{Version: version, Problems: found.problems[version.Number]}
		if !found.isUnlisted(version.Number) {
			if err := v.check(ctx, &checked, head.Number); err != nil {
				return fmt.Errorf("checking version %d: %w", version.Number, err)
			}
		}
		if err := settling.check(ctx, v.Flows, &checked, head.Number); err != nil {
			return err
		}
		tell(checked)
	}
	return nil
}

func (v Verifier) check(ctx context.Context, checked *Checked, head uint64) error {
	if checked.Version.Kind == model.VersionCompact {
		return v.compaction(ctx, checked, head)
	}
	if err := v.facts(ctx, checked); err != nil {
		return err
	}
	edges, err := v.refold(ctx, checked)
	if err != nil {
		return err
	}
	if err := v.series(ctx, checked); err != nil {
		return err
	}
	return v.graph(ctx, checked, edges)
}

func (c *Checked) problem(format string, args ...any) {
	c.Problems = append(c.Problems, fmt.Sprintf(format, args...))
}

func (c *Checked) differs(what string, stored, computed any) {
	if stored != computed {
		c.problem("%s: stored %v, refolded %v", what, stored, computed)
	}
}
