package cloud

import (
	"net/netip"

	"github.com/egressor/egressor/internal/model"
)

// transit follows a route of a subnet into a transit gateway: its own route table
// splits the destination further, and may lead to another VPC, to a private line,
// or to a hub whose NAT gateway leads out.
func (c *compiler) transit(s *subnet, table string, destination netip.Prefix, gateway string) {
	base := way{path: model.Path{Kind: model.PathTransitGateway, Via: gateway}, tables: table}
	attachment := c.attachmentOf[transitMember{gateway, s.VPCID}]
	if attachment == nil || attachment.Association == nil || attachment.Association.TransitGatewayRouteTableID == "" {
		c.gap(gateway, "the attachment of "+s.VPCID+" or its route table is not in the inventory: what is behind the transit gateway is not known")
		c.stateRoute(s, destination, base)
		return
	}
	transitTable := attachment.Association.TransitGatewayRouteTableID
	base.tables += " > " + transitTable
	routes, read := c.transitRoutes[transitTable]
	if !read {
		c.gap(transitTable, "the routes of the transit gateway's table are not in the inventory: what is behind it is not known")
	}
	whole, split := c.under(routes, destination)
	for prefix, r := range split {
		c.stateRoute(s, prefix, c.behind(s, base, prefix, r))
	}
	if _, stated := split[destination]; !stated {
		c.stateRoute(s, destination, c.behind(s, base, destination, whole))
	}
}

// under returns the longest route around a destination, nil where there is none,
// and those within it.
func (c *compiler) under(routes []transitRoute, destination netip.Prefix) (whole *transitRoute, within map[netip.Prefix]*transitRoute) {
	within = map[netip.Prefix]*transitRoute{}
	longest := -1
	for i := range routes {
		prefix, err := netip.ParsePrefix(routes[i].DestinationCidrBlock)
		if err != nil {
			continue
		}
		prefix = prefix.Masked()
		switch {
		case prefix.Bits() >= destination.Bits() && destination.Contains(prefix.Addr()):
			within[prefix] = &routes[i]
		case prefix.Bits() < destination.Bits() && prefix.Contains(destination.Addr()) && prefix.Bits() > longest:
			whole, longest = &routes[i], prefix.Bits()
		}
	}
	return whole, within
}

// behind is the way on from the transit gateway by one of its routes.
func (c *compiler) behind(s *subnet, base way, destination netip.Prefix, r *transitRoute) way {
	switch {
	case r == nil:
		return base
	case r.State == "blackhole" || len(r.TransitGatewayAttachments) == 0:
		base.path = model.Path{Kind: model.PathUnknown, Via: "blackhole"}
		return base
	}
	target := r.TransitGatewayAttachments[0]
	switch target.ResourceType {
	case "vpc":
		return c.hub(s, base, destination, target.ResourceID)
	case "direct-connect-gateway":
		base.path = model.Path{Kind: model.PathDirectConnect, Via: base.path.Via + "+" + target.ResourceID}
	case "vpn", "vpn-concentrator", "client-vpn":
		base.path = model.Path{Kind: model.PathVPN, Via: base.path.Via + "+" + target.ResourceID}
	}
	return base
}

// hub is the way on in the VPC that a transit gateway leads to: if a NAT gateway
// there leads to the destination, both are charged. The attachment in the sender's
// zone is taken, which is what the gateway prefers.
func (c *compiler) hub(s *subnet, base way, destination netip.Prefix, network string) way {
	base.network = network
	subnets := c.hubSubnets[transitMember{base.path.Via, network}]
	if len(subnets) == 0 {
		return base
	}
	entry := subnets[0]
	for _, candidate := range subnets {
		if c.placeOfSubnet[candidate].Zone == c.placeOfSubnet[s.SubnetID].Zone {
			entry = candidate
			break
		}
	}
	table := c.tableOfSubnet[entry]
	if table == nil {
		table = c.mainTable[network]
	}
	if table == nil {
		return base
	}
	if next := longestRoute(table, destination); next != nil && next.NATGatewayID != "" {
		nat := c.nat(next.NATGatewayID)
		base.path = model.Path{Kind: model.PathTransitNAT, Via: base.path.Via + "+" + nat.Via, ViaZone: nat.ViaZone}
		base.network = ""
		base.tables += " > " + table.RouteTableID
	}
	return base
}

// longestRoute is the route of a table around a destination, nil where there is
// none.
func longestRoute(table *routeTable, destination netip.Prefix) *route {
	var found *route
	longest := -1
	for i := range table.Routes {
		prefix, err := netip.ParsePrefix(table.Routes[i].DestinationCidrBlock)
		if err == nil && prefix.Bits() <= destination.Bits() && prefix.Contains(destination.Addr()) && prefix.Bits() > longest {
			found, longest = &table.Routes[i], prefix.Bits()
		}
	}
	return found
}
