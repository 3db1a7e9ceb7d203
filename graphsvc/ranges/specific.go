package ranges

import (
	"cmp"
	"net/netip"
	"slices"
)

// Conflict is a prefix that two providers publish as theirs.
type Conflict struct {
	Prefix        netip.Prefix
	Kept, Dropped Label
}

// general are the labels that a provider gives to ranges of its services too:
// the higher, the less it says.
var general = map[string]int{"ec2": 1, "aws": 2, "azure": 2, "google": 2, "gcp": 1}

// settle keeps one label for each prefix: the most specific service, with a
// region where any of the provider's labels of the prefix has one. Two
// providers of one prefix are a conflict, which the provider first in the
// alphabet wins. The result is in order of prefixes.
func settle(published []Range) ([]Range, []Conflict) {
	sizes := map[[2]string]int{}
	for i := range published {
		sizes[[2]string{published[i].Label.Provider, published[i].Label.Service}]++
	}
	sorted := slices.Clone(published)
	slices.SortFunc(sorted, func(a, b Range) int {
		return cmp.Or(
			comparePrefixes(a.Prefix, b.Prefix),
			cmp.Compare(a.Label.Provider, b.Label.Provider),
			cmp.Compare(general[a.Label.Service], general[b.Label.Service]),
			// A service with few ranges says more than one with many.
			cmp.Compare(sizes[[2]string{a.Label.Provider, a.Label.Service}], sizes[[2]string{b.Label.Provider, b.Label.Service}]),
			cmp.Compare(a.Label.Service, b.Label.Service),
			-cmp.Compare(a.Label.Region, b.Label.Region), // "" last
		)
	})
	var kept []Range
	var conflicts []Conflict
	for _, r := range sorted {
		last := len(kept) - 1
		switch {
		case last < 0 || kept[last].Prefix != r.Prefix:
			kept = append(kept, r)
		case kept[last].Label.Provider != r.Label.Provider:
			conflicts = append(conflicts, Conflict{r.Prefix, kept[last].Label, r.Label})
		case kept[last].Label.Region == "":
			kept[last].Label.Region = r.Label.Region
		}
	}
	return kept, conflicts
}

// condense gives a range without a region that of the provider's range around
// it, and drops a range that says what the one around it says. Ranges come, and
// are returned, in order of prefixes.
func condense(settled []Range) []Range {
	var kept, around []Range
	for _, r := range settled {
		for len(around) > 0 && !around[len(around)-1].Prefix.Contains(r.Prefix.Addr()) {
			around = around[:len(around)-1]
		}
		if n := len(around); n > 0 {
			outer := around[n-1].Label
			if r.Label.Region == "" && r.Label.Provider == outer.Provider {
				r.Label.Region = outer.Region
			}
			if r.Label == outer {
				continue
			}
		}
		around = append(around, r)
		kept = append(kept, r)
	}
	return kept
}
