package whatif

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Plan chooses among proposals: again and again the one that saves most of what
// is left, until none saves at least a given amount in a month. The savings add
// up to the cost of the topology less that of the last one, exactly. What is
// returned second is the topology after all of them.
//
// A proposal is evaluated again only where a chosen one changed an edge or a gateway
// that it touches: a cluster of 2,000 workloads has some thousand proposals.
//
// over is asked before each evaluation whether the plan is still wanted, and its
// error ends it; nil where it always is.
func Plan(t Topology, proposals []Proposal, leastMonthly money.Amount, over func() error) ([]Recommendation, Topology, error) {
	var chosen []Recommendation
	ground := newGround(&t)
	for _, assumed := range []bool{false, true} {
		left := candidatesOf(proposals, assumed)
		for len(left) > 0 {
			index, err := ground.bestOf(left, over)
			if err != nil {
				return nil, t, err
			}
			best := *left[index].evaluated
			if best.Saving.Sign() <= 0 || best.Monthly.Cmp(leastMonthly) < 0 {
				break
			}
			if best.Shifts, err = ground.around(&best.Change).Shifts(&best.Change); err != nil {
				return nil, t, fmt.Errorf("%s of %s, edge by edge: %w", best.Kind, best.Subject, err)
			}
			chosen = append(chosen, best)
			left = slices.Delete(left, index, index+1)
			changed := ground.apply(&best.Change)
			for i := range left {
				if left[i].dependsOn(&best.Change, changed) {
					left[i].evaluated = nil
				}
			}
		}
	}
	return chosen, ground.topology(), nil
}

// candidate is a proposal with its evaluation, nil where there is none that holds.
type candidate struct {
	Proposal
	evaluated *Recommendation
}

func candidatesOf(proposals []Proposal, assumed bool) []candidate {
	var candidates []candidate
	for i := range proposals {
		if proposals[i].Kind.assumed() == assumed {
			candidates = append(candidates, candidate{Proposal: proposals[i]})
		}
	}
	return candidates
}

// dependsOn reports whether the evaluation may be another after a change.
func (c *candidate) dependsOn(change *Change, changed edgesByEnd) bool {
	if slices.ContainsFunc(change.Removes, func(name string) bool { return slices.Contains(c.Change.Removes, name) }) {
		return true
	}
	if slices.ContainsFunc(change.Adds, func(g pricing.Gateway) bool { return slices.Contains(c.Change.Removes, g.Name) }) {
		return true
	}
	if c.Change.Reroute == nil {
		return false
	}
	return changed.any(c.Change.End, func(e *model.EdgeMinute) bool {
		_, touched := c.Change.Reroute(*e)
		return touched
	})
}

// bestOf is the place of the candidate that saves most; equals by id.
func (g *ground) bestOf(candidates []candidate, over func() error) (int, error) {
	best := -1
	for i := range candidates {
		c := &candidates[i]
		if c.evaluated == nil {
			if over != nil {
				if err := over(); err != nil {
					return i, err
				}
			}
			r, err := Recommend(g.around(&c.Change), c.Proposal)
			if err != nil {
				return i, fmt.Errorf("%s of %s: %w", c.Kind, c.Subject, err)
			}
			c.evaluated = &r
		}
		if best < 0 || c.evaluated.before(candidates[best].evaluated) {
			best = i
		}
	}
	return best, nil
}

// before ranks by saving; equals by id.
func (r *Recommendation) before(other *Recommendation) bool {
	if order := other.Saving.Cmp(r.Saving); order != 0 {
		return order < 0
	}
	return cmp.Less(r.ID(), other.ID())
}
