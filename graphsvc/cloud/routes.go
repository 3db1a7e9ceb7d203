package cloud

import (
	"cmp"
	"net/netip"
	"strings"

	"github.com/egressor/egressor/internal/model"
)

// way is where a route leads.
type way struct {
	path model.Path
	// network is the VPC behind it, tables names the route tables that say so.
	network, tables string
}

func (c *compiler) routes() {
	for i := range c.inv.subnets {
		s := &c.inv.subnets[i]
		table := c.tableOfSubnet[s.SubnetID]
		name := ""
		if table == nil {
			if table = c.mainTable[s.VPCID]; table == nil {
				c.gap(s.SubnetID, "neither the subnet nor "+s.VPCID+" has a route table in the inventory: its paths are assumed")
				continue
			}
			name = " (main)"
		}
		name = table.RouteTableID + name
		for j := range table.Routes {
			c.route(s, name, &table.Routes[j])
		}
		c.gatewayEndpoints(s, table, name)
	}
}

// route states one route of a subnet, once for each destination that it has.
func (c *compiler) route(s *subnet, table string, r *route) {
	destinations := parsePrefixes([]string{r.DestinationCidrBlock, r.DestinationIpv6CidrBlock})
	if list := r.DestinationPrefixListID; list != "" {
		if destinations = c.prefixes[list]; len(destinations) == 0 {
			c.prefixListUnknown(s, table, r)
			return
		}
	}
	for _, destination := range destinations {
		if r.TransitGatewayID != "" && r.State != "blackhole" {
			c.transit(s, table, destination, r.TransitGatewayID)
			continue
		}
		c.stateRoute(s, destination, c.target(s, table, r))
	}
}

func (c *compiler) stateRoute(s *subnet, destination netip.Prefix, w way) {
	c.state(model.Fact{
		Kind: model.FactRoute, Key: s.SubnetID + "|" + destination.String(),
		Route: &model.RouteFact{Subnet: s.SubnetID, Destination: destination, Path: w.path, Network: w.network, Table: w.tables},
	})
}

// target is where a route leads, transit gateways apart.
func (c *compiler) target(s *subnet, table string, r *route) way {
	w := way{tables: table}
	switch {
	case r.State == "blackhole":
		w.path = model.Path{Kind: model.PathUnknown, Via: "blackhole"}
	case r.GatewayID == "local":
		w.path, w.network = model.Path{Kind: model.PathVPC}, s.VPCID
	case r.NATGatewayID != "":
		w.path = c.nat(r.NATGatewayID)
	case strings.HasPrefix(r.GatewayID, "igw-"), r.EgressOnlyInternetGatewayID != "":
		w.path = model.Path{Kind: model.PathInternetGateway, Via: cmp.Or(r.EgressOnlyInternetGatewayID, r.GatewayID)}
	case strings.HasPrefix(r.GatewayID, "vgw-"):
		w.path = c.privateGateway(r.GatewayID)
	case strings.HasPrefix(r.GatewayID, "vpce-"):
		w.path = c.endpointRoute(r.GatewayID)
	case r.VPCPeeringConnectionID != "":
		w.path = model.Path{Kind: model.PathPeering, Via: r.VPCPeeringConnectionID}
		w.network = c.peer(s, r.VPCPeeringConnectionID)
	case r.NetworkInterfaceID != "", r.InstanceID != "":
		// A machine that forwards: what it does with the bytes no API says.
		w.path = model.Path{Kind: model.PathInternetGateway, Via: cmp.Or(r.InstanceID, r.NetworkInterfaceID), Assumed: true}
		c.gap(w.path.Via, "a machine of the user's own forwards traffic of "+s.SubnetID+": it is taken to lead to the internet")
	default:
		w.path = model.Path{Kind: model.PathUnknown, Via: cmp.Or(r.LocalGatewayID, r.CarrierGatewayID, r.CoreNetworkArn, r.GatewayID)}
		c.gap(cmp.Or(w.path.Via, table), "a target of a kind that no rule knows: the path is unknown")
	}
	return w
}

func (c *compiler) nat(id string) model.Path {
	path := model.Path{Kind: model.PathNAT, Via: id}
	gateway := c.natByID[id]
	if gateway == nil {
		c.gap(id, "the NAT gateway is not in the inventory: its zone is not known")
		return path
	}
	path.ViaZone = c.placeOfSubnet[gateway.SubnetID].Zone
	return path
}

// privateGateway is a virtual private gateway. The API does not say whether a
// private line or a tunnel is behind it; a VPN connection speaks for the tunnel,
// though both may be there.
func (c *compiler) privateGateway(id string) model.Path {
	if c.tunnels[id] {
		return model.Path{Kind: model.PathVPN, Via: id, Assumed: true}
	}
	return model.Path{Kind: model.PathDirectConnect, Via: id}
}

func (c *compiler) endpointRoute(id string) model.Path {
	endpoint := c.endpointByID[id]
	if endpoint == nil || endpoint.VPCEndpointType == "Gateway" {
		return model.Path{Kind: model.PathGatewayEndpoint, Via: id}
	}
	c.gap(id, "a gateway load balancer's endpoint takes traffic first: what it does beyond is not known")
	return model.Path{Kind: model.PathUnknown, Via: id}
}

// peer is the VPC at the other end of a peering.
func (c *compiler) peer(s *subnet, id string) string {
	connection := c.peeringByID[id]
	switch {
	case connection == nil:
		c.gap(id, "the peering is not in the inventory: the VPC behind it is not known")
		return ""
	case connection.AccepterVPCInfo.VPCID == s.VPCID:
		return connection.RequesterVPCInfo.VPCID
	default:
		return connection.AccepterVPCInfo.VPCID
	}
}

// gatewayEndpoints states the routes of gateway endpoints that list the table
// without a route of their own in it, as older readings of the API do.
func (c *compiler) gatewayEndpoints(s *subnet, table *routeTable, name string) {
	for i := range c.inv.vpcEndpoints {
		endpoint := &c.inv.vpcEndpoints[i]
		if endpoint.VPCEndpointType != "Gateway" || !contains(endpoint.RouteTableIDs, table.RouteTableID) || routesTo(table, endpoint.VPCEndpointID) {
			continue
		}
		w := way{path: model.Path{Kind: model.PathGatewayEndpoint, Via: endpoint.VPCEndpointID}, tables: name}
		prefixes := c.prefixesOf(endpoint.ServiceName)
		for _, destination := range prefixes {
			c.stateRoute(s, destination, w)
		}
		if len(prefixes) == 0 {
			c.byClass(s, name, endpoint.VPCEndpointID, serviceOf(endpoint.ServiceName))
		}
	}
}

// prefixesOf are the addresses of the prefix list that has a service's name.
func (c *compiler) prefixesOf(service string) []netip.Prefix {
	for id, name := range c.prefixListName {
		if name == service {
			return c.prefixes[id]
		}
	}
	return nil
}

// prefixListUnknown states a gateway endpoint's route by its service where the
// addresses of its list are not known; of any other list nothing can be said.
func (c *compiler) prefixListUnknown(s *subnet, table string, r *route) {
	service := serviceOf(c.prefixListName[r.DestinationPrefixListID])
	if endpoint := c.endpointByID[r.GatewayID]; endpoint != nil {
		service = serviceOf(endpoint.ServiceName)
	}
	if service == "" || !strings.HasPrefix(r.GatewayID, "vpce-") {
		c.gap(r.DestinationPrefixListID, "the entries of the prefix list are not in the inventory: the route of "+table+" to it is left out")
		return
	}
	c.byClass(s, table, r.GatewayID, service)
}

// byClass routes a service of the region to a gateway endpoint, whatever its
// addresses are.
func (c *compiler) byClass(s *subnet, table, endpoint, service string) {
	c.state(model.Fact{
		Kind: model.FactRoute, Key: s.SubnetID + "|" + anywhere.String() + "|" + service,
		Route: &model.RouteFact{
			Subnet: s.SubnetID, Destination: anywhere, EndpointClass: service, EndpointRegion: c.inv.Scope.Region,
			Path: model.Path{Kind: model.PathGatewayEndpoint, Via: endpoint}, Table: table,
		},
	})
}

var anywhere = netip.MustParsePrefix("0.0.0.0/0")

func routesTo(table *routeTable, gateway string) bool {
	for i := range table.Routes {
		if table.Routes[i].GatewayID == gateway {
			return true
		}
	}
	return false
}

func contains(list []string, wanted string) bool {
	for _, item := range list {
		if item == wanted {
			return true
		}
	}
	return false
}

// serviceOf is the service in a name like com.amazonaws.us-east-1.s3, with dots
// in it as dashes (ecr.dkr is ecr-dkr); "" where it is none of Amazon's own.
func serviceOf(name string) string {
	for _, prefix := range []string{"com.amazonaws.", "cn.com.amazonaws.", "aws."} {
		rest, ok := strings.CutPrefix(name, prefix)
		if !ok || strings.HasPrefix(rest, "vpce.") {
			continue
		}
		_, service, _ := strings.Cut(rest, ".")
		return strings.ReplaceAll(service, ".", "-")
	}
	return ""
}
