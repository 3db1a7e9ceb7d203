package whatif

import (
	"fmt"
	"slices"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Day is up to a day of transfers, summed up by edge.
type Day struct {
	From, To model.Minute
	// Minutes is how many of them were observed.
	Minutes uint64
	// Edges hold each edge once. Their Minute is From, at which they are priced:
	// at list prices a sum costs what its parts cost.
	Edges []model.EdgeMinute
}

// Placement is how many pods of a workload run in each zone, in order of zone.
type Placement struct {
	Zone string
	Pods int
}

// Topology is what moved, and what stands around it.
type Topology struct {
	Book *pricing.Book
	// Days are oldest first.
	Days     []Day
	Gateways []pricing.Gateway
	// Pods are the placements of workloads; one that is absent is unknown.
	Pods map[model.Identity][]Placement
	// Services are those in front of workloads, by the workload's id, where known.
	Services map[string]Service
	// KubernetesMinor is the server's minor version (33 for 1.33), 0 if unknown.
	KubernetesMinor int
}

// minutes is how long the topology was observed.
func (t *Topology) minutes() uint64 {
	var sum uint64
	for i := range t.Days {
		sum += t.Days[i].Minutes
	}
	return sum
}

// Cost is what a topology costs: its bytes at list prices and its gateways' hours.
func (t *Topology) Cost() (money.Amount, error) {
	var sum money.Accumulator
	for i := range t.Days {
		amount, err := priceOf(t.Book, &t.Days[i], t.Days[i].Edges)
		if err != nil {
			return money.Amount{}, err
		}
		sum.Add(amount)
	}
	standing, err := t.standing(t.Gateways)
	if err != nil {
		return money.Amount{}, err
	}
	sum.Add(standing)
	return sum.Amount()
}

func priceOf(book *pricing.Book, day *Day, edges []model.EdgeMinute) (money.Amount, error) {
	statement, _, err := pricing.Price(book, pricing.List, edges, nil)
	if err != nil {
		return money.Amount{}, fmt.Errorf("pricing %s to %s: %w", day.From, day.To, err)
	}
	return statement.Total, nil
}

// standing is what gateways cost over the observed days. Of one without a price
// nothing is known, and nothing is counted.
func (t *Topology) standing(gateways []pricing.Gateway) (money.Amount, error) {
	var sum money.Accumulator
	for i := range gateways {
		for j := range t.Days {
			cost, err := gateways[i].Standing(t.Book, t.Days[j].From, t.Days[j].From+model.Minute(t.Days[j].Minutes))
			if err != nil {
				return money.Amount{}, err
			}
			if cost.Unpriced == "" {
				sum.Add(cost.Cost.Amount)
			}
		}
	}
	return sum.Amount()
}

// Change is a counterfactual: how each edge would go, and what would stand.
type Change struct {
	// Reroute returns what an edge becomes; ok is false for one that it does not
	// touch. Bytes are conserved unless the change itself saves bytes.
	// Whether it touches an edge is decided by its key alone.
	Reroute func(edge model.EdgeMinute) (becomes []model.EdgeMinute, ok bool)
	// End is set where only edges with this end are touched, so that the others need
	// not be looked at.
	End model.Identity
	// Adds begin to stand with the change, Removes stop (by name).
	Adds    []pricing.Gateway
	Removes []string
}

// Apply returns the topology after the change. Edges that fall together are
// summed up; their order is that of first appearance.
func (t *Topology) Apply(c *Change) Topology {
	after := *t
	after.Days = make([]Day, len(t.Days))
	for i := range t.Days {
		after.Days[i] = t.Days[i]
		after.Days[i].Edges = c.reroute(t.Days[i].Edges)
	}
	after.Gateways = slices.DeleteFunc(slices.Clone(t.Gateways), func(g pricing.Gateway) bool { return slices.Contains(c.Removes, g.Name) })
	after.Gateways = append(after.Gateways, c.Adds...)
	return after
}

func (c *Change) reroute(edges []model.EdgeMinute) []model.EdgeMinute {
	at := make(map[model.EdgeKey]int, len(edges))
	var result []model.EdgeMinute
	put := func(edge model.EdgeMinute) {
		n, known := at[edge.Key]
		if !known {
			at[edge.Key] = len(result)
			result = append(result, edge)
			return
		}
		result[n] = fallen(result[n], edge)
	}
	for i := range edges {
		if c.Reroute == nil {
			put(edges[i])
			continue
		}
		becomes, ok := c.Reroute(edges[i])
		if !ok {
			put(edges[i])
			continue
		}
		for _, edge := range becomes {
			put(edge)
		}
	}
	return result
}

// Outcome is what a change does to the cost of the observed days.
type Outcome struct {
	// Before and After are what the touched edges and the changed gateways cost.
	// Saving is the difference, exactly.
	Before, After, Saving money.Amount
	// AddedStanding and RemovedStanding are the gateways' parts.
	AddedStanding, RemovedStanding money.Amount
	// Daily is the saving of each day, at the day's observed minutes.
	Daily []money.Amount
	// Bytes were touched, in Edges.
	Bytes uint64
	Edges []model.EdgeKey
}

// Evaluate prices a change: the touched edges as they are and as they would be.
func (t *Topology) Evaluate(c *Change) (Outcome, error) {
	var out Outcome
	var before, after money.Accumulator
	seen := map[model.EdgeKey]bool{}
	for i := range t.Days {
		day := &t.Days[i]
		was, is := c.touched(day)
		for j := range was {
			out.Bytes += was[j].Sent.WireBytes
			if !seen[was[j].Key] {
				seen[was[j].Key] = true
				out.Edges = append(out.Edges, was[j].Key)
			}
		}
		costs, err := costsOf(t.Book, day, was, is)
		if err != nil {
			return Outcome{}, err
		}
		saved, err := costs[0].Sub(costs[1])
		if err != nil {
			return Outcome{}, err
		}
		before.Add(costs[0])
		after.Add(costs[1])
		out.Daily = append(out.Daily, saved)
	}
	return out, t.addStanding(c, &out, before, after)
}

func costsOf(book *pricing.Book, day *Day, was, is []model.EdgeMinute) ([2]money.Amount, error) {
	var costs [2]money.Amount
	for n, edges := range [][]model.EdgeMinute{was, is} {
		if len(edges) == 0 {
			continue
		}
		amount, err := priceOf(book, day, edges)
		if err != nil {
			return costs, err
		}
		costs[n] = amount
	}
	return costs, nil
}

// touched are a day's edges that the change touches, and what they become.
func (c *Change) touched(day *Day) (was, is []model.EdgeMinute) {
	if c.Reroute == nil {
		return nil, nil
	}
	for i := range day.Edges {
		if becomes, ok := c.Reroute(day.Edges[i]); ok {
			was = append(was, day.Edges[i])
			is = append(is, becomes...)
		}
	}
	return was, (&Change{}).reroute(is)
}

func (t *Topology) addStanding(c *Change, out *Outcome, before, after money.Accumulator) error {
	var removed []pricing.Gateway
	for i := range t.Gateways {
		if slices.Contains(c.Removes, t.Gateways[i].Name) {
			removed = append(removed, t.Gateways[i])
		}
	}
	var err error
	if out.RemovedStanding, err = t.standing(removed); err != nil {
		return err
	}
	if out.AddedStanding, err = t.standing(c.Adds); err != nil {
		return err
	}
	before.Add(out.RemovedStanding)
	after.Add(out.AddedStanding)
	if out.Before, err = before.Amount(); err != nil {
		return err
	}
	if out.After, err = after.Amount(); err != nil {
		return err
	}
	out.Saving, err = out.Before.Sub(out.After)
	return err
}
