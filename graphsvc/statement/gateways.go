package statement

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
)

// Gateway is a thing that costs by the hour, with what goes through it.
type Gateway struct {
	pricing.Gateway
	Provider string
	Carries  func(*model.EdgeKey) bool
}

var gatewayKinds = map[model.PathKind]pricing.GatewayKind{
	model.PathNAT:               pricing.ZonalNAT,
	model.PathInterfaceEndpoint: pricing.InterfaceEndpoint,
	model.PathTransitGateway:    pricing.TransitAttachment,
}

// GatewaysOf finds the gateways of a window: those that routes, endpoints and
// edges name, and the public addresses of nodes. A gateway lives from the first
// fact that names it to the last; one that only edges name lives throughout.
func GatewaysOf(facts []model.Fact, uses []Use) []Gateway {
	f := finder{byName: map[string]*found{}, subnets: map[string]model.Place{}}
	for i := range facts {
		f.place(&facts[i])
	}
	for i := range facts {
		f.fact(&facts[i])
	}
	for i := range uses {
		f.edge(uses[i].Key)
	}
	return append(f.named(), addressesOf(facts)...)
}

// found is what is known of one gateway so far.
type found struct {
	kind        pricing.GatewayKind
	place       model.Place
	zones       []string
	from, until model.Minute // until 0 is open
	addressed   uint64       // addresses in the network
}

type finder struct {
	byName  map[string]*found
	subnets map[string]model.Place
	// only is the place of all nodes, but for zones, where they are in one.
	only   model.Place
	places int
}

// place learns where subnets are.
func (f *finder) place(fact *model.Fact) {
	switch {
	case fact.Subnet != nil:
		f.subnets[fact.Key] = fact.Subnet.Place
	case fact.Node != nil:
		if fact.Node.Subnet != "" {
			f.subnets[fact.Node.Subnet] = fact.Node.Place
		}
		around := fact.Node.Place
		around.Zone, around.Network = "", ""
		if f.places == 0 || around != f.only {
			f.places++
		}
		f.only = around
	}
}

func (f *finder) fact(fact *model.Fact) {
	switch {
	case fact.Route != nil:
		where, known := f.subnets[fact.Route.Subnet]
		if !known && f.places == 1 {
			where = f.only
		}
		f.lives(f.at(fact.Route.Path, where), fact.Period)
	case fact.Endpoint != nil:
		g := f.at(fact.Endpoint.Reach, fact.Endpoint.Place)
		f.lives(g, fact.Period)
		if g != nil {
			g.addressed = max(g.addressed, uint64(len(fact.Endpoint.CIDRs)))
		}
	}
}

func (f *finder) edge(key *model.EdgeKey) {
	where := key.SourcePlace
	if key.Source.Kind == model.KindCloudEndpoint {
		where = key.DestinationPlace
	}
	_, known := f.byName[key.Path.Via]
	g := f.at(key.Path, where)
	if g != nil && !known {
		g.from, g.until = 0, 0
	}
}

// at is the gateway that a path goes through; nil for none that costs by the hour.
func (f *finder) at(path model.Path, where model.Place) *found {
	kind, costs := gatewayKinds[path.Kind]
	if !costs || path.Via == "" {
		return nil
	}
	g := f.byName[path.Via]
	if g == nil {
		g = &found{kind: kind, from: -1}
		f.byName[path.Via] = g
	}
	if g.place.Region == "" {
		g.place = where
	}
	if path.ViaZone != "" && !slices.Contains(g.zones, path.ViaZone) {
		g.zones = append(g.zones, path.ViaZone)
	}
	return g
}

func (f *finder) lives(g *found, period model.Period) {
	if g == nil {
		return
	}
	from, until := minuteOrOpen(period)
	if g.from == -1 {
		g.from, g.until = from, until
		return
	}
	g.from = min(g.from, from)
	if until == 0 || g.until == 0 {
		g.until = 0
	} else {
		g.until = max(g.until, until)
	}
}

func minuteOrOpen(period model.Period) (from, until model.Minute) {
	if !period.From.IsZero() {
		from = model.MinuteOf(period.From)
	}
	if !period.To.IsZero() {
		until = model.MinuteOf(period.To)
	}
	return from, until
}

func (f *finder) named() []Gateway {
	var gateways []Gateway
	for name, g := range f.byName {
		zones := max(uint64(len(g.zones)), 1)
		if g.kind == pricing.InterfaceEndpoint {
			zones = max(zones, g.addressed) // an interface in each of its zones
		}
		gateways = append(gateways, Gateway{
			Gateway: pricing.Gateway{
				Name: name, Kind: g.kind, Account: g.place.Account, Region: g.place.Region, Zones: zones,
				From: max(g.from, 0), Until: g.until,
			},
			Provider: g.place.Provider,
			Carries:  func(key *model.EdgeKey) bool { return key.Path.Via == name },
		})
	}
	slices.SortFunc(gateways, func(a, b Gateway) int { return cmp.Compare(a.Name, b.Name) })
	return gateways
}

// addressesOf are the public IPv4 addresses of nodes. What leaves by an internet
// gateway from a node's zone is taken to use them.
func addressesOf(facts []model.Fact) []Gateway {
	var gateways []Gateway
	seen := map[netip.Addr]bool{}
	for i := range facts {
		node := facts[i].Node
		if node == nil {
			continue
		}
		for _, addr := range node.Addrs {
			if !isPublicIPv4(addr) || seen[addr] {
				continue
			}
			seen[addr] = true
			from, until := minuteOrOpen(facts[i].Period)
			gateways = append(gateways, Gateway{
				Gateway: pricing.Gateway{
					Name: addr.String(), Kind: pricing.PublicAddress, Account: node.Place.Account, Region: node.Place.Region, From: from, Until: until,
				},
				Provider: node.Place.Provider,
				Carries:  leavesFrom(node.Place),
			})
		}
	}
	return gateways
}

func leavesFrom(where model.Place) func(*model.EdgeKey) bool {
	return func(key *model.EdgeKey) bool {
		return key.Path.Kind == model.PathInternetGateway && (key.SourcePlace == where || key.DestinationPlace == where)
	}
}

var (
	sharedSpace    = netip.MustParsePrefix("100.64.0.0/10") // RFC 6598, carriers
	benchmarkSpace = netip.MustParsePrefix("198.18.0.0/15") // RFC 2544, never routed
)

func isPublicIPv4(addr netip.Addr) bool {
	return addr.Is4() && addr.IsGlobalUnicast() && !addr.IsPrivate() && !sharedSpace.Contains(addr) && !benchmarkSpace.Contains(addr)
}

// PeriodsOf are what gateways and own lines cost over [from, to), cut into the
// buckets that their users are counted in. Gateways without a region, or of
// another provider than the book's, have no price, which is said.
func PeriodsOf(gateways []Gateway, networks []pricing.Network, bookAt func(model.Minute) *pricing.Book, from, to, bucket model.Minute) ([]Period, error) {
	var periods []Period
	for first := from; first < to; {
		end := min(to, first-first%bucket+bucket)
		book := bookAt(first)
		for i := range gateways {
			g := &gateways[i]
			standing, err := g.standing(book, first, end)
			if err != nil {
				return nil, err
			}
			if standing.Units > 0 || standing.Unpriced != "" {
				periods = append(periods, Period{Standing: standing, From: first, Carries: g.Carries})
			}
		}
		for i := range networks {
			standing, err := networks[i].Standing(first, end)
			if err != nil {
				return nil, err
			}
			if standing.Units > 0 {
				periods = append(periods, Period{Standing: standing, From: first, Carries: networks[i].Carries})
			}
		}
		first = end
	}
	return periods, nil
}

func (g *Gateway) standing(book *pricing.Book, from, to model.Minute) (pricing.Standing, error) {
	if g.Provider == book.Provider && g.Region != "" {
		return g.Standing(book, from, to)
	}
	standing := pricing.Standing{Name: g.Name, Account: g.Account, Region: g.Region, Unpriced: "nobody said in which region it is"}
	if g.Region != "" {
		standing.Unpriced = "price book " + book.Name + " is not for provider " + cmp.Or(g.Provider, "unknown")
	}
	if g.Until != 0 && g.Until <= from || g.From >= to {
		standing.Unpriced = ""
	}
	standing.Cost.Currency = book.Currency
	return standing, nil
}
