package attribution

import (
	"net/netip"

	"github.com/egressor/egressor/internal/model"
)

// attachment is where an end is attached: a subnet and its network, "" where
// they are not known.
type attachment struct{ subnet, network string }

// noSubnet says why the subnet of an end is not known.
type noSubnet uint8

const (
	subnetKnown noSubnet = iota
	subnetUnknown
	subnetContested // subnets of several networks hold the address
)

// attach finds the subnet of the machine that an end is on: the one that its
// fact names, else the one that holds an address of the machine. The subnet
// knows the zone by its id, which is what prices and gateways go by.
func (x *Index) attach(e *end, node *model.NodeFact, at int64) {
	e.subnet = node.Subnet
	subnet, contested := x.subnetOfNode(node, at)
	switch {
	case subnet != nil:
		e.subnet, e.place = subnet.id, inSubnet(e.place, subnet.fact.Place)
	case node.Subnet != "":
	case contested:
		e.noSubnet = subnetContested
	default:
		e.noSubnet = subnetUnknown
	}
}

func (x *Index) subnetOfNode(node *model.NodeFact, at int64) (subnet *subnetSpan, contested bool) {
	if node.Subnet != "" {
		subnet, _ = x.subnets.named(node.Subnet, at)
		return subnet, false
	}
	for _, addr := range node.Addrs {
		subnet, contested = x.subnets.around(addr.Unmap(), node.Place, at)
		if subnet != nil || contested {
			return subnet, contested
		}
	}
	return nil, false
}

// inSubnet completes a place by its subnet's.
func inSubnet(place, subnet model.Place) model.Place {
	for _, part := range []struct{ known, told *string }{
		{&place.Provider, &subnet.Provider}, {&place.Region, &subnet.Region},
		{&place.Network, &subnet.Network}, {&place.Account, &subnet.Account},
	} {
		if *part.known == "" {
			*part.known = *part.told
		}
	}
	if subnet.Zone != "" && (place.Zone == "" || !isZoneID(place)) {
		place.Zone = subnet.Zone
	}
	return place
}

// podSubnet is the subnet that holds an end's own address, where that is another
// one than its machine's: pods that have addresses of subnets of their own.
func (x *Index) podSubnet(e *end, at int64) (string, bool) {
	if e.place.Network == "" || !e.addr.IsValid() {
		return "", false
	}
	subnet, _ := x.subnets.around(e.addr, model.Place{Network: e.place.Network}, at)
	if subnet == nil || subnet.id == e.subnet {
		return "", false
	}
	return subnet.id, true
}

// networkBehind is the network in which an address is to be understood: the one
// that the route there leads to, else the asker's own.
func (x *Index) networkBehind(near attachment, addr netip.Addr, at int64) string {
	if near.network == "" {
		return ""
	}
	route, ok := x.routes.find(near.subnet, addr, "", "", at)
	if ok && route.fact.Network != "" {
		return route.fact.Network
	}
	return near.network
}
