package diagnosis

import (
	"slices"
	"strconv"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Dimension is a way to divide edges.
type Dimension string

// Dimensions, in the order in which equal ones are preferred.
const (
	BySource              Dimension = "source"
	ByDestination         Dimension = "destination"
	ByClass               Dimension = "path"
	ByZones               Dimension = "zones"
	BySourceRevision      Dimension = "source revision"
	ByDestinationRevision Dimension = "destination revision"
	ByPort                Dimension = "port"
)

var dimensions = []struct {
	name  Dimension
	value func(*model.EdgeKey) string
}{
	{BySource, func(k *model.EdgeKey) string { return k.Source.ID() }},
	{ByDestination, func(k *model.EdgeKey) string { return k.Destination.ID() }},
	{ByClass, func(k *model.EdgeKey) string { return baseline.LaneOf(k).Class() }},
	{ByZones, func(k *model.EdgeKey) string { return zoneText(k.SourcePlace) + " -> " + zoneText(k.DestinationPlace) }},
	{BySourceRevision, func(k *model.EdgeKey) string { return k.SourceRevision }},
	{ByDestinationRevision, func(k *model.EdgeKey) string { return k.DestinationRevision }},
	{ByPort, func(k *model.EdgeKey) string { return strconv.Itoa(int(k.ServerPort)) + "/" + k.Protocol.String() }},
}

func zoneText(p model.Place) string {
	switch {
	case p.Zone != "":
		return p.Zone
	case p.Region != "":
		return p.Region
	default:
		return "outside"
	}
}

// Share is one value of a dimension and its part of the change.
type Share struct {
	Value  string
	Change money.Amount
}

// Level is one step of a drill-down: the fewest values of one dimension that
// together make four fifths of the change.
type Level struct {
	Dimension Dimension
	// Shares are largest first, Rest is what all other values make: together they
	// are the change of what the level above selected.
	Shares []Share
	Rest   money.Amount
}

const maxLevels = 3

// Drill goes down from the whole change: at each level it takes the dimension
// that explains most with the fewest values, and goes on within its largest
// value. A dimension with one value explains nothing and is passed over.
func Drill(before, after Period) ([]Level, error) {
	earlier, err := before.scaled(after.Minutes)
	if err != nil {
		return nil, err
	}
	var levels []Level
	used := map[Dimension]bool{}
	keep := func(*model.EdgeKey) bool { return true }
	for range maxLevels {
		best, value, err := bestLevel(&earlier, &after, keep, used)
		if err != nil || best == nil {
			return levels, err
		}
		levels = append(levels, *best)
		used[best.Dimension] = true
		outer, chosen := keep, best.Shares[0].Value
		keep = func(k *model.EdgeKey) bool { return outer(k) && value(k) == chosen }
	}
	return levels, nil
}

func bestLevel(before, after *Period, keep func(*model.EdgeKey) bool, used map[Dimension]bool) (*Level, func(*model.EdgeKey) string, error) {
	var best *Level
	var valueOf func(*model.EdgeKey) string
	for _, d := range dimensions {
		if used[d.name] {
			continue
		}
		shares, err := sharesOf(before, after, keep, d.value)
		if err != nil {
			return nil, nil, err
		}
		if len(shares) < 2 {
			continue
		}
		level, err := fewest(d.name, shares)
		if err != nil {
			return nil, nil, err
		}
		if best == nil || len(level.Shares) < len(best.Shares) {
			best, valueOf = &level, d.value
		}
	}
	return best, valueOf, nil
}

// sharesOf are the values' changes, largest first.
func sharesOf(before, after *Period, keep func(*model.EdgeKey) bool, value func(*model.EdgeKey) string) ([]Share, error) {
	at := map[string]int{}
	var shares []Share
	add := func(cells []Cell, sign int) error {
		for i := range cells {
			if !keep(&cells[i].Key) {
				continue
			}
			text := value(&cells[i].Key)
			n, known := at[text]
			if !known {
				n = len(shares)
				at[text] = n
				shares = append(shares, Share{Value: text})
			}
			var err error
			if sign > 0 {
				shares[n].Change, err = shares[n].Change.Add(cells[i].Cost)
			} else {
				shares[n].Change, err = shares[n].Change.Sub(cells[i].Cost)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	if err := add(before.Cells, -1); err != nil {
		return nil, err
	}
	if err := add(after.Cells, 1); err != nil {
		return nil, err
	}
	slices.SortStableFunc(shares, func(a, b Share) int { return size(b.Change).Cmp(size(a.Change)) })
	return shares, nil
}

// fewest cuts the shares where they have made four fifths of the change.
func fewest(name Dimension, shares []Share) (Level, error) {
	const most, parts = 4, 5
	total, err := sumShares(shares)
	if err != nil {
		return Level{}, err
	}
	target, err := size(total).Scale(most, parts)
	if err != nil {
		return Level{}, err
	}
	level := Level{Dimension: name}
	var so money.Amount
	for _, share := range shares {
		if so, err = so.Add(share.Change); err != nil {
			return Level{}, err
		}
		level.Shares = append(level.Shares, share)
		if so.Sign() == total.Sign() && size(so).Cmp(target) >= 0 {
			break
		}
	}
	level.Rest, err = total.Sub(so)
	return level, err
}

func sumShares(shares []Share) (money.Amount, error) {
	var sum money.Accumulator
	for _, share := range shares {
		sum.Add(share.Change)
	}
	return sum.Amount()
}
