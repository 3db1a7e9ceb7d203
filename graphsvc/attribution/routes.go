package attribution

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// routeTable says how traffic of a subnet reaches a destination.
type routeTable struct {
	byPlace map[routePlace][]routeSpan
	lengths prefixLengths
}

// routePlace is where a route stands: a subnet, "" for all, and its destination.
type routePlace struct {
	subnet      string
	destination netip.Prefix
}

type routeSpan struct {
	span
	key  string
	fact *model.RouteFact
}

func (t *routeTable) add(fact model.Fact, period span) {
	if t.byPlace == nil {
		t.byPlace = map[routePlace][]routeSpan{}
	}
	place := routePlace{fact.Route.Subnet, unmapPrefix(fact.Route.Destination)}
	t.byPlace[place] = append(t.byPlace[place], routeSpan{period, fact.Key, fact.Route})
	t.lengths.add(place.destination)
}

// sort puts a route for one endpoint class before one for any, then the later
// start, then the smaller key.
func (t *routeTable) sort() {
	for _, routes := range t.byPlace {
		slices.SortFunc(routes, func(a, b routeSpan) int { return compareRoutes(&a, &b) })
	}
	t.lengths.sort()
}

func compareRoutes(a, b *routeSpan) int {
	return cmp.Or(
		-cmp.Compare(boolInt(a.fact.EndpointClass != ""), boolInt(b.fact.EndpointClass != "")),
		-cmp.Compare(boolInt(a.fact.Subnet != ""), boolInt(b.fact.Subnet != "")),
		-cmp.Compare(a.from, b.from),
		cmp.Compare(a.key, b.key),
	)
}

// find returns the route from a subnet to an address of an endpoint class in a
// region: the longest destination, then the best route of the subnet or of all.
func (t *routeTable) find(subnet string, addr netip.Addr, class, region string, at int64) (*routeSpan, bool) {
	for _, bits := range t.lengths.of(addr) {
		destination, err := addr.Prefix(bits)
		if err != nil {
			continue
		}
		var winner *routeSpan
		for _, place := range [...]string{subnet, ""} {
			routes := t.byPlace[routePlace{place, destination}]
			for i := range routes {
				route := &routes[i]
				if route.contains(at) && route.serves(class, region) {
					if winner == nil || compareRoutes(route, winner) < 0 {
						winner = route
					}
					break // the rest of this list is no better
				}
			}
			if subnet == "" {
				break
			}
		}
		if winner != nil {
			return winner, true
		}
	}
	return nil, false
}

func (r *routeSpan) serves(class, region string) bool {
	if r.fact.EndpointClass == "" {
		return true
	}
	return r.fact.EndpointClass == class && (r.fact.EndpointRegion == "" || r.fact.EndpointRegion == region)
}
