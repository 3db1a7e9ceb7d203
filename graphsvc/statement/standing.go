package statement

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Use is what one edge sent through gateways in one bucket of time.
type Use struct {
	Edge  model.EdgeID
	Key   *model.EdgeKey
	From  model.Minute
	Bytes uint64
}

// Cost is what one thing cost by the hour over a window, shared out.
type Cost struct {
	pricing.Standing
	// Bytes went through it in the window.
	Bytes uint64
	// Idle is the part of hours and days in which nobody used it.
	Idle money.Amount
}

// Allocate shares what things cost by the hour among their users, and returns
// the shares as charges and the things with their whole costs. Each bucket of a
// thing's time is shared by the bucket's bytes alone, by largest remainder, so
// that a day's shares add up to the day's cost. Costs in another currency than
// the statement's, such as those of own lines, are in the second list only.
func Allocate(periods []Period, uses []Use, currency money.Currency) ([]Charge, []Cost, error) {
	var charges []Charge
	costs := map[string]*Cost{}
	inBucket := map[model.Minute][]Use{}
	for _, use := range uses {
		inBucket[use.From] = append(inBucket[use.From], use)
	}
	for _, period := range periods {
		users := usersOf(&period, inBucket[period.From])
		shares, err := period.shares(users)
		if err != nil {
			return nil, nil, err
		}
		cost := costs[period.id()]
		if cost == nil {
			cost = &Cost{Standing: period.Standing}
			cost.Units, cost.Cost.Amount = 0, money.Amount{}
			costs[period.id()] = cost
		}
		if err := cost.add(&period, shares); err != nil {
			return nil, nil, err
		}
		if period.Cost.Currency == currency {
			charges = append(charges, chargesOf(&period, shares, users)...)
		}
	}
	sorted := make([]Cost, 0, len(costs))
	for _, cost := range costs {
		sorted = append(sorted, *cost)
	}
	slices.SortFunc(sorted, func(a, b Cost) int {
		return cmp.Or(b.Cost.Amount.Cmp(a.Cost.Amount), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Code, b.Code))
	})
	return charges, sorted, nil
}

// Unpriced are the names of things that some edges went through and whose price by
// the hour is not known, in order: what their users should be charged is missing.
func Unpriced(periods []Period, uses []Use) []string {
	var names []string
	for i := range periods {
		p := &periods[i]
		if p.Unpriced != "" && slices.ContainsFunc(uses, func(use Use) bool { return use.From == p.From && p.Carries(use.Key) }) {
			names = append(names, p.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Period is what one thing cost in one bucket of time, and whose bytes go
// through it.
type Period struct {
	pricing.Standing
	From model.Minute
	// Carries reports whether an edge goes through it.
	Carries func(*model.EdgeKey) bool
}

func (p *Period) id() string { return p.Name + "\x00" + p.Code }

func usersOf(p *Period, uses []Use) map[model.EdgeID]Use {
	users := map[model.EdgeID]Use{}
	for _, use := range uses {
		if p.Carries(use.Key) {
			use.Bytes += users[use.Edge].Bytes
			users[use.Edge] = use
		}
	}
	return users
}

// shares are none for what has no price.
func (p *Period) shares(users map[model.EdgeID]Use) ([]pricing.StandingShare, error) {
	if p.Unpriced != "" {
		return nil, nil
	}
	uses := make([]pricing.Use, 0, len(users))
	for _, user := range users {
		uses = append(uses, pricing.Use{Edge: user.Edge, Bytes: user.Bytes})
	}
	return p.Allocate(uses)
}

func chargesOf(p *Period, shares []pricing.StandingShare, users map[model.EdgeID]Use) []Charge {
	charges := make([]Charge, 0, len(shares))
	for _, share := range shares {
		charges = append(charges, Charge{
			Edge: share.Edge, Key: users[share.Edge].Key, From: p.From, Standing: true, Gateway: p.Name,
			Line: pricing.Line{
				Payer: transferclass.PayerGateway, Account: p.Account, Code: p.Code, Region: p.Region, Bytes: share.Bytes,
				Amount: share.Amount, PriceRow: p.PriceRow, Source: p.Source,
			},
		})
	}
	return charges
}

func (c *Cost) add(p *Period, shares []pricing.StandingShare) (err error) {
	c.Units += p.Units
	c.PriceRow, c.Source = cmp.Or(p.PriceRow, c.PriceRow), cmp.Or(p.Source, c.Source)
	c.Unpriced = cmp.Or(c.Unpriced, p.Unpriced)
	if c.Cost.Amount, err = c.Cost.Amount.Add(p.Cost.Amount); err != nil {
		return fmt.Errorf("adding up what %s costs: %w", c.Name, err)
	}
	for _, share := range shares {
		c.Bytes += share.Bytes
		if share.Idle {
			if c.Idle, err = c.Idle.Add(share.Amount); err != nil {
				return err
			}
		}
	}
	return nil
}
