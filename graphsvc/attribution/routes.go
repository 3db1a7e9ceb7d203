package attribution

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// routeTable says how traffic of a subnet reaches a destination.
type routeTable struct {
	// bySubnet is ordered from the route that wins to the one that loses, except
	// for the destination and the class, which depend on the question.
	bySubnet map[string][]routeSpan
}

type routeSpan struct {
	span
	key         string
	destination netip.Prefix
	fact        *model.RouteFact
}

func (t *routeTable) add(fact model.Fact, period span) {
	if t.bySubnet == nil {
		t.bySubnet = map[string][]routeSpan{}
	}
	subnet := fact.Route.Subnet
	t.bySubnet[subnet] = append(t.bySubnet[subnet],
		routeSpan{period, fact.Key, unmapPrefix(fact.Route.Destination), fact.Route})
}

// sort puts the longest prefix first, then a route for one endpoint class before
// one for any, then the later start, then the smaller key.
func (t *routeTable) sort() {
	for _, routes := range t.bySubnet {
		slices.SortFunc(routes, compareRoutes)
	}
}

func compareRoutes(a, b routeSpan) int {
	return cmp.Or(
		-cmp.Compare(a.destination.Bits(), b.destination.Bits()),
		-cmp.Compare(boolInt(a.fact.EndpointClass != ""), boolInt(b.fact.EndpointClass != "")),
		-cmp.Compare(boolInt(a.fact.Subnet != ""), boolInt(b.fact.Subnet != "")),
		-cmp.Compare(a.from, b.from),
		cmp.Compare(a.key, b.key),
	)
}

// find returns the path from a subnet to an address of an endpoint class. A
// route of the subnet itself wins over an equal route for every subnet.
func (t *routeTable) find(subnet string, addr netip.Addr, class string, at int64) (model.Path, bool) {
	var winner *routeSpan
	for _, table := range [][]routeSpan{t.bySubnet[subnet], t.bySubnet[""]} {
		for i := range table {
			route := &table[i]
			if !route.contains(at) || !route.destination.Contains(addr) {
				continue
			}
			if want := route.fact.EndpointClass; want != "" && want != class {
				continue
			}
			if winner == nil || compareRoutes(*route, *winner) < 0 {
				winner = route
			}
			break // the rest of this table is no better
		}
	}
	if winner == nil {
		return model.Path{}, false
	}
	return winner.fact.Path, true
}
