package cloud

import (
	"net/netip"

	"github.com/egressor/egressor/internal/model"
)

// classNetwork is what an address is of which only the network is known.
const classNetwork = "network"

// networks states the ranges of VPCs: their own, and those of peered ones that no
// inventory is of.
func (c *compiler) networks() {
	own := map[string]bool{}
	for i := range c.inv.vpcs {
		v := &c.inv.vpcs[i]
		own[v.VPCID] = true
		cidrs := []string{v.CidrBlock}
		for _, association := range v.CidrBlockAssociationSet {
			cidrs = append(cidrs, association.CidrBlock)
		}
		for _, association := range v.Ipv6CidrBlockAssociationSet {
			cidrs = append(cidrs, association.Ipv6CidrBlock)
		}
		c.network(v.VPCID, nameOf(v.Tags, v.VPCID), c.place(v.VPCID, v.OwnerID), parsePrefixes(cidrs))
	}
	for i := range c.inv.peerings {
		for _, end := range []*peeringEnd{&c.inv.peerings[i].AccepterVPCInfo, &c.inv.peerings[i].RequesterVPCInfo} {
			if own[end.VPCID] || end.VPCID == "" {
				continue
			}
			own[end.VPCID] = true
			cidrs := []string{end.CidrBlock}
			for _, block := range end.CidrBlockSet {
				cidrs = append(cidrs, block.CidrBlock)
			}
			place := c.place(end.VPCID, end.OwnerID)
			if end.Region != "" {
				place.Region = end.Region
			}
			c.network(end.VPCID, end.VPCID, place, parsePrefixes(cidrs))
		}
	}
}

func (c *compiler) network(id, name string, place model.Place, cidrs []netip.Prefix) {
	if len(cidrs) == 0 {
		return
	}
	c.state(model.Fact{Kind: model.FactEndpoint, Key: "network/" + id, Endpoint: &model.EndpointFact{
		Class: classNetwork, Name: name, CIDRs: cidrs, Place: place,
	}})
}

// nameOf is the tag Name, else another name.
func nameOf(tags []tag, otherwise string) string {
	if name := tagged(tags, "Name"); name != "" {
		return name
	}
	return otherwise
}

// tagged is the value of the first of some tags that there is.
func tagged(tags []tag, keys ...string) string {
	for _, key := range keys {
		for _, t := range tags {
			if t.Key == key && t.Value != "" {
				return t.Value
			}
		}
	}
	return ""
}
