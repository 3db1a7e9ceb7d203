// Package minute makes one graph version out of one minute's input: attribute,
// fold, price, digest. It is pure, so that the loop, `egressor verify` and a
// replayed scenario compute the same version from the same input.
package minute

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/fold"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Input is everything that a version of a minute is made of.
type Input struct {
	Minute model.Minute
	// Batches are the durable batches that touch the minute, each once.
	Batches []model.BatchHead
	// Rows are the raw rows of those batches in the minute.
	Rows []attribution.ReportedRow
	// Facts held at some instant of the minute, as known when FactsThrough was
	// the newest record.
	Facts        []model.Fact
	FactsThrough time.Time
}

// Computed is a version but for its place in the chain.
type Computed struct {
	Minute model.Minute
	Edges  []model.PricedEdge
	// IDs are those of the edges, in their order.
	IDs       []model.EdgeID
	Statement pricing.Statement
	Check     attribution.Check
	// Revisions are the facts of the rollouts that the edges name.
	Revisions []model.Fact

	header model.GraphVersion
}

// Compute makes the version of a minute, priced by terms.
func Compute(input Input, terms Terms) (Computed, error) {
	index, err := attribution.NewIndex(input.Facts)
	if err != nil {
		return Computed{}, fmt.Errorf("indexing the facts of %s: %w", input.Minute, err)
	}
	coverage := coverageOf(input.Batches)
	// What it is folded from is digested beside the folding: neither needs the other.
	var head model.GraphVersion
	var headErr error
	var digested sync.WaitGroup
	digested.Go(func() { head, headErr = header(input, coverage) })
	flows, check := attribution.Attribute(index, coverage, input.Rows)
	folded, err := fold.Fold(input.Minute, flows)
	digested.Wait()
	if err := errors.Join(err, headErr); err != nil {
		return Computed{}, err
	}
	computed := Computed{Minute: input.Minute, Check: check, Revisions: revisionsOf(folded.Edges, input.Facts), header: head}
	return computed, computed.settle(folded, terms)
}

func coverageOf(batches []model.BatchHead) *attribution.Coverage {
	var coverage attribution.Coverage
	for _, head := range batches {
		coverage.AddBatch(model.Batch{
			BatchKey: head.BatchKey, CoveredFrom: head.CoveredFrom, CoveredThrough: head.CoveredThrough, Losses: head.Losses,
		})
	}
	return &coverage
}

// priced adds each edge's charge lines up. It returns the edges' ids too, each of
// which costs a hash.
func priced(edges []model.EdgeMinute, lines []pricing.Line) ([]model.PricedEdge, []model.EdgeID, error) {
	costs := make(map[model.EdgeID]money.Amount, len(edges))
	for i := range lines {
		sum, err := costs[lines[i].Edge].Add(lines[i].Amount)
		if err != nil {
			return nil, nil, fmt.Errorf("edge %s: %w", lines[i].Edge, err)
		}
		costs[lines[i].Edge] = sum
	}
	result, ids := make([]model.PricedEdge, len(edges)), make([]model.EdgeID, len(edges))
	for i := range edges {
		ids[i] = edges[i].Key.ID()
		result[i] = model.PricedEdge{EdgeMinute: edges[i], Cost: costs[ids[i]]}
	}
	return result, ids, nil
}

// revisionsOf are the revision facts of the rollouts that the edges name.
func revisionsOf(edges []model.EdgeMinute, facts []model.Fact) []model.Fact {
	named := map[string]bool{}
	for i := range edges {
		named[edges[i].Key.SourceRevision] = true
		named[edges[i].Key.DestinationRevision] = true
	}
	var revisions []model.Fact
	for i := range facts {
		if facts[i].Revision != nil && named[facts[i].Key] {
			revisions = append(revisions, facts[i])
		}
	}
	return revisions
}
