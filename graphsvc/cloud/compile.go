package cloud

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// Facts states what inventories say, without periods: when a thing began to hold
// is the affair of Changes. Inventories of several accounts and regions are read
// together, since a gateway may lead from one into another. The facts and gaps are
// in an order that depends on the content alone.
func Facts(inventories ...*Inventory) ([]model.Fact, []Gap) {
	c := newCompiler(inventories)
	for _, inv := range inventories {
		c.inv = inv
		c.networks()
		c.subnets()
		c.routes()
		c.endpoints()
		for _, call := range inv.Denied {
			c.gap(call, "the reader may not make this call: what it lists is not known")
		}
		if len(inv.subnets) == 0 {
			c.gap("subnets", "the inventory has none: no node can be placed and every path is assumed")
		}
	}
	slices.SortFunc(c.facts, func(a, b model.Fact) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Source, b.Source))
	})
	// Two accounts list what they share: one statement is enough.
	c.facts = slices.CompactFunc(c.facts, func(a, b model.Fact) bool { return a.Kind == b.Kind && a.Key == b.Key })
	slices.SortFunc(c.gaps, func(a, b Gap) int { return cmp.Compare(a.String(), b.String()) })
	return c.facts, slices.Compact(c.gaps)
}

// compiler knows the objects of all inventories by their ids, which are unique
// over accounts and regions.
type compiler struct {
	inv   *Inventory // the one at hand
	facts []model.Fact
	gaps  []Gap

	subnetByID     map[string]*subnet
	placeOfSubnet  map[string]model.Place
	tableOfSubnet  map[string]*routeTable
	mainTable      map[string]*routeTable // by VPC
	natByID        map[string]*natGateway
	peeringByID    map[string]*peering
	prefixes       map[string][]netip.Prefix // by prefix list
	prefixListName map[string]string
	endpointByID   map[string]*vpcEndpoint
	endpointOfENI  map[string]*vpcEndpoint
	attachmentByID map[string]*transitAttachment
	attachmentOf   map[transitMember]*transitAttachment
	hubSubnets     map[transitMember][]string
	transitRoutes  map[string][]transitRoute
	tunnels        map[string]bool // gateways that have a VPN connection
}

// transitMember is a VPC at a transit gateway.
type transitMember struct{ gateway, vpc string }

func newCompiler(inventories []*Inventory) *compiler {
	c := &compiler{
		subnetByID: map[string]*subnet{}, placeOfSubnet: map[string]model.Place{}, tableOfSubnet: map[string]*routeTable{},
		mainTable: map[string]*routeTable{}, natByID: map[string]*natGateway{}, peeringByID: map[string]*peering{},
		prefixes: map[string][]netip.Prefix{}, prefixListName: map[string]string{},
		endpointByID: map[string]*vpcEndpoint{}, endpointOfENI: map[string]*vpcEndpoint{},
		attachmentByID: map[string]*transitAttachment{}, attachmentOf: map[transitMember]*transitAttachment{},
		hubSubnets: map[transitMember][]string{}, transitRoutes: map[string][]transitRoute{}, tunnels: map[string]bool{},
	}
	for _, inv := range inventories {
		c.knowVPC(inv)
		c.knowGateways(inv)
		c.knowTransit(inv)
	}
	return c
}

func (c *compiler) knowVPC(inv *Inventory) {
	for i := range inv.subnets {
		s := &inv.subnets[i]
		c.subnetByID[s.SubnetID] = s
		c.placeOfSubnet[s.SubnetID] = model.Place{
			Provider: inv.Scope.Provider, Region: inv.Scope.Region, Zone: cmp.Or(s.AvailabilityZoneID, s.AvailabilityZone),
			Network: s.VPCID, Account: cmp.Or(s.OwnerID, inv.Scope.Account),
		}
	}
	for i := range inv.routeTables {
		table := &inv.routeTables[i]
		for _, association := range table.Associations {
			switch {
			case association.AssociationState != nil && association.AssociationState.State != "associated" && association.AssociationState.State != "":
			case association.Main:
				c.mainTable[table.VPCID] = table
			case association.SubnetID != "":
				c.tableOfSubnet[association.SubnetID] = table
			}
		}
	}
	for i := range inv.prefixLists {
		list := &inv.prefixLists[i]
		c.prefixListName[list.PrefixListID] = list.PrefixListName
		c.addPrefixes(list.PrefixListID, list.Cidrs)
	}
	for id, entries := range inv.prefixEntries {
		for _, entry := range entries {
			c.addPrefixes(id, []string{entry.Cidr})
		}
	}
}

func (c *compiler) addPrefixes(list string, cidrs []string) {
	for _, cidr := range cidrs {
		if prefix, err := netip.ParsePrefix(cidr); err == nil && !slices.Contains(c.prefixes[list], prefix.Masked()) {
			c.prefixes[list] = append(c.prefixes[list], prefix.Masked())
		}
	}
}

func (c *compiler) knowGateways(inv *Inventory) {
	for i := range inv.natGateways {
		c.natByID[inv.natGateways[i].NATGatewayID] = &inv.natGateways[i]
	}
	for i := range inv.peerings {
		c.peeringByID[inv.peerings[i].VPCPeeringConnectionID] = &inv.peerings[i]
	}
	for i := range inv.vpcEndpoints {
		endpoint := &inv.vpcEndpoints[i]
		c.endpointByID[endpoint.VPCEndpointID] = endpoint
		for _, eni := range endpoint.NetworkInterfaceIDs {
			c.endpointOfENI[eni] = endpoint
		}
	}
	for _, connection := range inv.vpnConnections {
		if connection.State != "deleted" {
			c.tunnels[connection.VPNGatewayID] = true
		}
	}
}

func (c *compiler) knowTransit(inv *Inventory) {
	for i := range inv.transitAttachments {
		attachment := &inv.transitAttachments[i]
		if attachment.State == "deleted" {
			continue
		}
		c.attachmentByID[attachment.TransitGatewayAttachmentID] = attachment
		if attachment.ResourceType == "vpc" {
			c.attachmentOf[transitMember{attachment.TransitGatewayID, attachment.ResourceID}] = attachment
		}
	}
	for _, attachment := range inv.transitVPCAttachments {
		c.hubSubnets[transitMember{attachment.TransitGatewayID, attachment.VPCID}] = sorted(slices.Clone(attachment.SubnetIDs))
	}
	for table, routes := range inv.transitRoutes {
		c.transitRoutes[table] = routes
	}
}

func (c *compiler) gap(object, missing string) {
	c.gaps = append(c.gaps, Gap{c.inv.Scope, object, missing})
}

func (c *compiler) state(fact model.Fact) {
	fact.Source = c.inv.Scope.Source()
	c.facts = append(c.facts, fact)
}

// place is a place in the scope at hand that is not in one zone.
func (c *compiler) place(network, account string) model.Place {
	return model.Place{
		Provider: c.inv.Scope.Provider, Region: c.inv.Scope.Region, Network: network, Account: cmp.Or(account, c.inv.Scope.Account),
	}
}

func (c *compiler) subnets() {
	for i := range c.inv.subnets {
		s := &c.inv.subnets[i]
		fact := model.Fact{Kind: model.FactSubnet, Key: s.SubnetID, Subnet: &model.SubnetFact{Place: c.placeOfSubnet[s.SubnetID]}}
		cidrs := []string{s.CidrBlock}
		for _, association := range s.Ipv6CidrBlockAssociationSet {
			cidrs = append(cidrs, association.Ipv6CidrBlock)
		}
		if fact.Subnet.CIDRs = parsePrefixes(cidrs); len(fact.Subnet.CIDRs) == 0 {
			c.gap(s.SubnetID, "the subnet has no address range")
			continue
		}
		c.state(fact)
	}
}

// parsePrefixes leaves out what is empty or no range.
func parsePrefixes(texts []string) []netip.Prefix {
	var prefixes []netip.Prefix
	for _, text := range texts {
		if prefix, err := netip.ParsePrefix(text); err == nil && !slices.Contains(prefixes, prefix.Masked()) {
			prefixes = append(prefixes, prefix.Masked())
		}
	}
	return prefixes
}
