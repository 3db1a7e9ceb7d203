package cloud

import (
	"net/netip"
	"regexp"
	"strings"

	"github.com/egressor/egressor/internal/model"
)

// thing is what stands behind a network interface.
type thing struct {
	class, name string
	reach       model.PathKind // what is on the way to it, "" for nothing
	via         string
}

// endpoints states what stands behind the network interfaces. Interfaces of
// machines that are a cluster's nodes are theirs by the cluster's own facts, which
// are believed first.
func (c *compiler) endpoints() {
	for i := range c.inv.networkInterfaces {
		eni := &c.inv.networkInterfaces[i]
		what, ok := c.thingOf(eni)
		if !ok {
			continue
		}
		place, placed := c.placeOfSubnet[eni.SubnetID]
		if !placed {
			place = c.place(eni.VPCID, eni.OwnerID)
		}
		c.interfaceFacts(eni, what, place)
	}
}

func (c *compiler) interfaceFacts(eni *networkInterface, what thing, place model.Place) {
	private, public := addressesOf(eni, what.class == "instance")
	endpoint := model.EndpointFact{Class: what.class, Name: what.name, Place: place, Team: tagged(eni.TagSet, "team", "Team", "owner", "Owner")}
	if len(private) > 0 {
		inside := endpoint
		inside.CIDRs = private
		if what.reach != "" {
			inside.Reach = model.Path{Kind: what.reach, Via: what.via, ViaZone: place.Zone}
		}
		c.state(model.Fact{Kind: model.FactEndpoint, Key: "interface/" + eni.NetworkInterfaceID, Endpoint: &inside})
	}
	if len(public) > 0 { // which means the same everywhere
		outside := endpoint
		outside.CIDRs, outside.Place.Network = public, ""
		c.state(model.Fact{Kind: model.FactEndpoint, Key: "interface/" + eni.NetworkInterfaceID + "/public", Endpoint: &outside})
	}
}

// addressesOf are the addresses of an interface. Of a machine's only the first:
// the others are its pods'.
func addressesOf(eni *networkInterface, primaryOnly bool) (private, public []netip.Prefix) {
	add := func(list *[]netip.Prefix, text string) {
		if addr, err := netip.ParseAddr(text); err == nil {
			*list = append(*list, netip.PrefixFrom(addr, addr.BitLen()))
		}
	}
	for _, address := range eni.PrivateIPAddresses {
		if primaryOnly && !address.Primary {
			continue
		}
		add(&private, address.PrivateIPAddress)
		if address.Association != nil {
			add(&public, address.Association.PublicIP)
		}
	}
	if len(eni.PrivateIPAddresses) == 0 {
		add(&private, eni.PrivateIPAddress)
	}
	if !primaryOnly {
		for _, address := range eni.Ipv6Addresses {
			add(&private, address.Ipv6Address)
		}
	}
	return private, public
}

// described are services that are known by how they describe their interfaces;
// the first group is the name.
var described = []struct {
	pattern *regexp.Regexp
	class   string
	reach   model.PathKind
}{
	{regexp.MustCompile(`^ELB app/([^/]+)/`), "alb", model.PathLoadBalancer},
	{regexp.MustCompile(`^ELB net/([^/]+)/`), "nlb", model.PathLoadBalancer},
	{regexp.MustCompile(`^ELB gwy/([^/]+)/`), "gwlb", ""},
	{regexp.MustCompile(`^ELB (\S+)$`), "clb", model.PathLoadBalancer},
	{regexp.MustCompile(`^Interface for NAT Gateway (nat-\S+)`), "nat-gateway", ""},
	{regexp.MustCompile(`^(RDS)NetworkInterface`), "rds", ""},
	{regexp.MustCompile(`^(Redshift)NetworkInterface`), "redshift", ""},
	{regexp.MustCompile(`^ElastiCache (\S+?)(?:-\d{3,4})*$`), "elasticache", ""},
	{regexp.MustCompile(`^EFS mount target for (fs-\S+)`), "efs", ""},
	{regexp.MustCompile(`^ES (\S+)$`), "opensearch", ""},
	{regexp.MustCompile(`^AWS Lambda VPC ENI-(.+?)(?:-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?$`), "lambda", ""},
	{regexp.MustCompile(`Amazon MSK .*cluster(?:/|\s+)([A-Za-z0-9._-]+)`), "msk", ""},
	{regexp.MustCompile(`^DAX (\S+)`), "dax", ""},
}

var (
	endpointInterface = regexp.MustCompile(`^VPC Endpoint Interface (vpce-\S+)`)
	natInText         = regexp.MustCompile(`nat-[0-9a-z]+`)
)

// thingOf says what stands behind an interface; false where a cluster says better
// or nothing ever answers there.
func (c *compiler) thingOf(eni *networkInterface) (thing, bool) {
	if endpoint := c.endpointOfENI[eni.NetworkInterfaceID]; endpoint != nil {
		return interfaceEndpoint(endpoint), true
	}
	if m := endpointInterface.FindStringSubmatch(eni.Description); m != nil && c.endpointByID[m[1]] != nil {
		return interfaceEndpoint(c.endpointByID[m[1]]), true
	}
	if gateway := c.natOf(eni); gateway != "" {
		return thing{class: "nat-gateway", name: gateway}, true
	}
	for _, d := range described {
		if m := d.pattern.FindStringSubmatch(eni.Description); m != nil {
			name := m[1]
			if d.class == "rds" || d.class == "redshift" {
				name = d.class // the interface does not say which database
			}
			return thing{class: d.class, name: name, reach: d.reach, via: name}, true
		}
	}
	switch {
	case eni.InterfaceType == "transit_gateway", strings.HasPrefix(eni.Description, "aws-K8S-"), eni.InterfaceType == "trunk", eni.InterfaceType == "branch":
		return thing{}, false
	case eni.RequesterManaged && eni.RequesterID != "":
		return thing{class: "managed", name: eni.RequesterID}, true
	case eni.Attachment != nil && eni.Attachment.InstanceID != "":
		return thing{class: "instance", name: nameOf(eni.TagSet, "instances of "+eni.VPCID)}, true
	default:
		return thing{}, false
	}
}

func interfaceEndpoint(endpoint *vpcEndpoint) thing {
	class := serviceOf(endpoint.ServiceName)
	name := class
	if class == "" { // a partner's or the user's own service
		class, name = "privatelink", nameOf(endpoint.Tags, endpoint.ServiceName)
	}
	return thing{class: class, name: name, reach: model.PathInterfaceEndpoint, via: endpoint.VPCEndpointID}
}

// natOf is the NAT gateway that an interface belongs to, "" for none.
func (c *compiler) natOf(eni *networkInterface) string {
	if eni.InterfaceType != "nat_gateway" && eni.InterfaceType != "natGateway" {
		return ""
	}
	if m := natInText.FindString(eni.Description); m != "" {
		return m
	}
	return eni.NetworkInterfaceID
}
