package inventory

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// Overlaps names, as texts, the ranges that two endpoints of one class claim at one
// time: which of them an address there is, only their starts and keys decide. A
// range within another's, or of another class, is no overlap: there a rule decides.
func Overlaps(facts []model.Fact) []string {
	claimed := map[claim][]model.Fact{}
	var texts []string
	for _, fact := range facts {
		if fact.Endpoint == nil {
			continue
		}
		for _, cidr := range fact.Endpoint.CIDRs {
			at := claim{cidr.Masked(), fact.Endpoint.Place.Network, fact.Endpoint.Class}
			for _, other := range claimed[at] {
				if other.Period.Overlaps(fact.Period) && !sameEndpoint(other.Endpoint, fact.Endpoint) {
					texts = append(texts, fmt.Sprintf("%s is of endpoint %q and of endpoint %q, both of class %s: give one of them a narrower range or a period", cidr, other.Key, fact.Key, at.class))
				}
			}
			claimed[at] = append(claimed[at], fact)
		}
	}
	slices.Sort(texts)
	return texts
}

type claim struct {
	prefix         netip.Prefix
	network, class string
}

func sameEndpoint(a, b *model.EndpointFact) bool { return a.Name == b.Name && a.Place == b.Place }
