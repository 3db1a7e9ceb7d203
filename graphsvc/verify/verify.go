// Package verify proves, on live data, that the graph is what the raw rows say:
// it folds every version again from its own inputs and compares digests, the
// chain, the stored series and the graph.
package verify

import (
	"context"
	"fmt"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Flows is what verify reads of the flow store.
type Flows interface {
	rollup.Source
	Versions(ctx context.Context, from, to model.Minute, through uint64) ([]model.GraphVersion, error)
	StoredSum(ctx context.Context, version uint64) (edges, wireBytes uint64, cost money.Amount, err error)
}

// Graph is what verify reads of the graph store.
type Graph interface {
	Head(ctx context.Context) (model.GraphVersion, bool, error)
	Version(ctx context.Context, number uint64) (model.GraphVersion, bool, error)
	// Sum adds up a minute's transfers as of a version.
	Sum(ctx context.Context, of model.Minute, asOf uint64) (edges, wireBytes uint64, cost money.Amount, err error)
}

// Checked is the outcome for one version.
type Checked struct {
	Version model.GraphVersion
	// Problems says precisely what differs; none means that it is proven.
	Problems []string
}

// Verifier checks versions.
type Verifier struct {
	Flows Flows
	Graph Graph
	Book  *pricing.Book
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
	previous := model.GraphVersion{}
	for _, version := range versions {
		problems, err := v.check(ctx, version)
		if err != nil {
			return fmt.Errorf("checking version %d: %w", version.Number, err)
		}
		problems = append(problems, linked(previous, version)...)
		tell(Checked{version, problems})
		previous = version
	}
	return nil
}

// linked checks the chain between neighbours.
func linked(previous, version model.GraphVersion) []string {
	if previous.Number+1 != version.Number || previous.Number == 0 {
		return nil // the one before speaks of minutes that were not asked for
	}
	if version.Previous != previous.Digest {
		return []string{fmt.Sprintf("it names %.12s as the digest before it, but version %d has %.12s", version.Previous, previous.Number, previous.Digest)}
	}
	return nil
}

func (v Verifier) check(ctx context.Context, version model.GraphVersion) ([]string, error) {
	problems, err := v.refold(ctx, version)
	if err != nil {
		return nil, err
	}
	series, err := v.series(ctx, version)
	if err != nil {
		return nil, err
	}
	graph, err := v.graph(ctx, version)
	return append(append(problems, series...), graph...), err
}

// refold computes the version again from the batches and facts that it names.
func (v Verifier) refold(ctx context.Context, version model.GraphVersion) ([]string, error) {
	input, err := rollup.ReadVersion(ctx, v.Flows, version)
	if err != nil {
		return nil, err
	}
	computed, err := minute.Compute(input, v.Book)
	if err != nil {
		return nil, err
	}
	again := computed.Version(version.Previous, version.Number, version.Kind, version.CodeVersion)
	var problems []string
	differs := func(what string, stored, computed any) {
		if stored != computed {
			problems = append(problems, fmt.Sprintf("%s: stored %v, refolded %v", what, stored, computed))
		}
	}
	differs("batches", fmt.Sprint(version.Inputs), fmt.Sprint(again.Inputs))
	differs("input digest", version.InputDigest, again.InputDigest)
	differs("facts digest", version.FactsDigest, again.FactsDigest)
	differs("price book", version.PriceBookDigest, again.PriceBookDigest)
	differs("wire bytes", version.Totals.Sent.WireBytes, again.Totals.Sent.WireBytes)
	differs("transfers", version.Totals.Edges, again.Totals.Edges)
	differs("cost", version.Totals.Cost.Decimal(), again.Totals.Cost.Decimal())
	differs("content digest", version.ContentDigest, again.ContentDigest)
	differs("digest", version.Digest, again.Digest)
	return problems, nil
}

// series checks that the stored minute series adds up to the header.
func (v Verifier) series(ctx context.Context, version model.GraphVersion) ([]string, error) {
	edges, wireBytes, cost, err := v.Flows.StoredSum(ctx, version.Number)
	if err != nil {
		return nil, err
	}
	return compareSums("edge_minutes", version, edges, wireBytes, cost), nil
}

// graph checks that the graph holds the same version, adding up to the same.
func (v Verifier) graph(ctx context.Context, version model.GraphVersion) ([]string, error) {
	held, ok, err := v.Graph.Version(ctx, version.Number)
	if err != nil {
		return nil, err
	}
	if !ok {
		return []string{"the graph does not hold it"}, nil
	}
	var problems []string
	if held.Digest != version.Digest {
		problems = append(problems, fmt.Sprintf("the graph has it with digest %.12s, the series with %.12s", held.Digest, version.Digest))
	}
	edges, wireBytes, cost, err := v.Graph.Sum(ctx, version.From, version.Number)
	if err != nil {
		return nil, err
	}
	return append(problems, compareSums("the graph", version, edges, wireBytes, cost)...), nil
}

func compareSums(where string, version model.GraphVersion, edges, wireBytes uint64, cost money.Amount) []string {
	t := version.Totals
	if edges == t.Edges && wireBytes == t.Sent.WireBytes && cost == t.Cost {
		return nil
	}
	return []string{fmt.Sprintf("%s adds up to %d transfers, %d bytes and %s %s; the version says %d, %d and %s",
		where, edges, wireBytes, cost.Decimal(), version.Currency, t.Edges, t.Sent.WireBytes, t.Cost.Decimal())}
}
