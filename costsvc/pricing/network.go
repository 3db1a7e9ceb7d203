package pricing

import (
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Network is a line of the customer's own, which costs by the month: its bytes
// are free, and its cost is shared among those who use it.
type Network struct {
	Name string
	// Monthly is what a calendar month costs, in a currency of its own.
	Monthly money.Money
	// Endpoints are the names of the on-premises endpoints that it reaches, and
	// Via the names by which paths go through it.
	Endpoints, Via []string
	// From and Until bound when it is paid for; zero is open.
	From, Until model.Minute
}

// Carries reports whether the edge's bytes go over the line.
func (n *Network) Carries(key *model.EdgeKey) bool {
	return key.Path.Via != "" && slices.Contains(n.Via, key.Path.Via) ||
		n.reaches(&key.Source) || n.reaches(&key.Destination)
}

func (n *Network) reaches(end *model.Identity) bool {
	return end.Kind == model.KindCloudEndpoint && end.Type == classOnPremises && slices.Contains(n.Endpoints, end.Name)
}

// classOnPremises is the class of endpoints in the user's own network.
const classOnPremises = "on-premises"

// Standing is what the line costs from one minute to another. A part of a month
// is the difference of two rounded shares, so that parts of a month add up to
// its price exactly.
func (n *Network) Standing(from, to model.Minute) (Standing, error) {
	if n.From > from {
		from = n.From
	}
	if n.Until != 0 && n.Until < to {
		to = n.Until
	}
	standing := Standing{Name: n.Name, UnitName: "minutes", Cost: money.Money{Currency: n.Monthly.Currency}}
	for from < to {
		first, end := MonthOf(from)
		last := min(to, end)
		part, err := between(n.Monthly.Amount, uint64(end-first), uint64(from-first), uint64(last-first))
		if err != nil {
			return Standing{}, err
		}
		if standing.Cost.Amount, err = standing.Cost.Amount.Add(part); err != nil {
			return Standing{}, err
		}
		standing.Units += uint64(last - from)
		from = last
	}
	return standing, nil
}

// between is the part of a cost that falls on its units from before to after,
// out of all: the difference of two rounded shares.
func between(cost money.Amount, all, before, after uint64) (money.Amount, error) {
	upTo, err := shareUpTo(cost, all, after)
	if err != nil {
		return money.Amount{}, err
	}
	earlier, err := shareUpTo(cost, all, before)
	if err != nil {
		return money.Amount{}, err
	}
	return upTo.Sub(earlier)
}

func shareUpTo(cost money.Amount, all, units uint64) (money.Amount, error) {
	if units == 0 {
		return money.Amount{}, nil
	}
	parts, err := money.Split(cost, []uint64{units, all - units})
	if err != nil {
		return money.Amount{}, err
	}
	return parts[0], nil
}
