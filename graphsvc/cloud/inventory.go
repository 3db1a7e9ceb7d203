package cloud

import (
	"fmt"
	"strings"
)

// Scope is what one reading of an API covers: one account in one region.
type Scope struct {
	Provider, Account, Region string
}

// String is "aws/ACCOUNT/REGION".
func (s Scope) String() string { return s.Provider + "/" + s.Account + "/" + s.Region }

// Source is the Source of the scope's facts.
func (s Scope) Source() string { return SourcePrefix + s.String() }

// SourcePrefix begins the Source of every fact that comes from a cloud's API.
const SourcePrefix = "cloud/"

// Inventory is what an API said of one scope.
type Inventory struct {
	Scope Scope

	vpcs                  []vpc
	subnets               []subnet
	routeTables           []routeTable
	networkInterfaces     []networkInterface
	natGateways           []natGateway
	vpcEndpoints          []vpcEndpoint
	peerings              []peering
	transitGateways       []transitGateway
	transitAttachments    []transitAttachment
	transitVPCAttachments []transitVPCAttachment
	transitRouteTables    []transitRouteTable
	transitRoutes         map[string][]transitRoute // by route table
	prefixLists           []prefixList
	prefixEntries         map[string][]prefixEntry // by prefix list
	loadBalancers         []loadBalancer
	internetGateways      []internetGateway
	vpnConnections        []vpnConnection

	// Denied are calls that the reader was not allowed to make.
	Denied []string
}

// Count is how many objects there are.
func (inv *Inventory) Count() int {
	return len(inv.vpcs) + len(inv.subnets) + len(inv.routeTables) + len(inv.networkInterfaces) + len(inv.natGateways) +
		len(inv.vpcEndpoints) + len(inv.peerings) + len(inv.transitGateways) + len(inv.transitAttachments) +
		len(inv.prefixLists) + len(inv.loadBalancers) + len(inv.internetGateways) + len(inv.vpnConnections)
}

// Subnets is how many subnets there are: without any, no path can be found.
func (inv *Inventory) Subnets() int { return len(inv.subnets) }

// TransitRouteTables are the route tables whose routes are to be asked for.
func (inv *Inventory) TransitRouteTables() []string {
	var ids []string
	for i := range inv.transitRouteTables {
		ids = append(ids, inv.transitRouteTables[i].TransitGatewayRouteTableID)
	}
	return ids
}

// OpenPrefixLists are the lists that routes name and whose entries are not known
// yet.
func (inv *Inventory) OpenPrefixLists() []string {
	known, seen := map[string]bool{}, map[string]bool{}
	for i := range inv.prefixLists {
		if list := &inv.prefixLists[i]; len(list.Cidrs) > 0 {
			known[list.PrefixListID] = true
		}
	}
	var open []string
	for i := range inv.routeTables {
		for j := range inv.routeTables[i].Routes {
			id := inv.routeTables[i].Routes[j].DestinationPrefixListID
			if id != "" && !known[id] && !seen[id] && len(inv.prefixEntries[id]) == 0 {
				seen[id] = true
				open = append(open, id)
			}
		}
	}
	return open
}

// complete fills in the scope from the objects themselves, where nobody gave it.
// It fails where they are of several accounts or regions: a file of each is
// wanted, since a route means something in its own account only.
func (inv *Inventory) complete() error {
	inv.Scope.Provider = "aws"
	regions, accounts := map[string]bool{}, map[string]bool{}
	for i := range inv.subnets {
		s := &inv.subnets[i]
		region := regionOf(s.SubnetArn, s.AvailabilityZone)
		regions[region] = region != ""
		accounts[s.OwnerID] = s.OwnerID != ""
	}
	for i := range inv.routeTables {
		accounts[inv.routeTables[i].OwnerID] = inv.routeTables[i].OwnerID != ""
	}
	var err error
	if inv.Scope.Region, err = single("region", inv.Scope.Region, regions); err != nil {
		return err
	}
	// A shared subnet has its owner's account: several are fine where the reader
	// knows whose inventory it is.
	if inv.Scope.Account == "" {
		inv.Scope.Account, err = single("account", "", accounts)
	}
	return err
}

func single(what, given string, found map[string]bool) (string, error) {
	if given != "" {
		return given, nil
	}
	var names []string
	for name, known := range found {
		if known {
			names = append(names, name)
		}
	}
	switch len(names) {
	case 1:
		return names[0], nil
	case 0:
		return "", fmt.Errorf("no object says which %s it is of: save describe-subnets and describe-route-tables too", what)
	default:
		return "", fmt.Errorf("objects of several %ss (%s) in one inventory: keep each in a file or a directory of its own", what, strings.Join(sorted(names), ", "))
	}
}

// regionOf reads the region off an ARN (arn:aws:ec2:REGION:...), else off a zone
// name (us-east-1a).
func regionOf(arn, zone string) string {
	if parts := strings.Split(arn, ":"); len(parts) > 3 && parts[3] != "" {
		return parts[3]
	}
	return strings.TrimRight(zone, "abcdefghijklmnopqrstuvwxyz")
}
