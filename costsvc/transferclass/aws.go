package transferclass

import "strings"

// Usage types and operations as Amazon's cost and usage report writes them.
const (
	codeRegional   = "DataTransfer-Regional-Bytes"
	codeOut        = "DataTransfer-Out-Bytes"
	codeIn         = "DataTransfer-In-Bytes"
	codeNAT        = "NatGateway-Bytes"
	codeEndpoint   = "VpcEndpoint-Bytes"
	codeTransit    = "TransitGateway-Bytes"
	codeCloudFront = "CloudFront-Out-Bytes"
)

// classifyAWS follows the order of the way: what leaves the machine at all, the
// leg to a NAT gateway, the gateway, then the transfer proper.
func classifyAWS(f *Facts, d *Decision) {
	if f.Path.Has(HopNode) {
		d.free("A1")
		return
	}
	nat := natLeg(f, d)
	switch {
	case f.Source.Kind == EndUnknown || f.Destination.Kind == EndUnknown:
		d.Unpriced = "an end of the transfer is unknown"
	case f.Path.Has(HopDirectConnect):
		d.Unpriced = "no sourced price for Direct Connect"
	case f.Path.Has(HopVPN):
		d.Unpriced = "no sourced price for a VPN connection"
	case isOutside(f.Destination.Kind) && isOutside(f.Source.Kind):
		d.Unpriced = "neither end is in the provider's network"
	case privateLine(f):
		d.Unpriced = "no sourced price for a private line to the own network"
	case isOutside(f.Destination.Kind):
		awsOut(f, d, nat)
	case isOutside(f.Source.Kind):
		awsIn(f, d)
	default:
		awsInside(f, d, nat)
	}
}

func isOutside(kind EndKind) bool { return kind == EndInternet || kind == EndOnPrem }

// privateLine reports whether bytes reach the user's own network without the
// internet.
func privateLine(f *Facts) bool {
	onPrem := f.Source.Kind == EndOnPrem || f.Destination.Kind == EndOnPrem
	return onPrem && !f.Path.Has(HopInternetGateway) && !f.Path.Has(HopNAT) && !f.Path.Has(HopRegionalNAT)
}

// natLeg adds A14 and A13: the leg between an interface and a NAT gateway in
// another zone, and the gateway's own fee. It reports whether there is one.
func natLeg(f *Facts, d *Decision) bool {
	hop := f.Path.find(HopNAT)
	regional := hop == nil && f.Path.Has(HopRegionalNAT)
	if hop == nil && !regional {
		return false
	}
	owner, outward := natUser(f)
	if hop != nil && !f.Path.Has(HopTransitGateway) { // a transit gateway takes bytes across zones for its own fee
		natCrossing(d, owner, hop.Zone, outward)
	}
	d.add(Charge{Rule: "A13", Payer: PayerGateway, Fee: FeeNAT, Region: owner.Region, Code: codeNAT, Operation: "NatGateway"})
	return true
}

// natUser is the end behind the NAT gateway, and whether it is the sender.
func natUser(f *Facts) (end *End, outward bool) {
	if isOwn(f.Source.Kind) || !isOwn(f.Destination.Kind) {
		return &f.Source, true
	}
	return &f.Destination, false
}

func isOwn(kind EndKind) bool { return kind == EndPod || kind == EndNode }

func natCrossing(d *Decision, owner *End, natZone string, outward bool) {
	if natZone == "" || owner.Zone == "" {
		d.PathAssumed = true // taken to be in the same zone
		return
	}
	if natZone == owner.Zone {
		return
	}
	sender, receiver := PayerSource, PayerGateway
	if !outward {
		sender, receiver = PayerGateway, PayerDestination
	}
	first := d.count
	eachWay(d, "A14", "InterZone", owner.Region, sender, receiver)
	if d.switches.NATSideFree {
		d.keep(first, func(c *Charge) bool { return c.Payer != PayerGateway })
	}
}

// eachWay adds the pair of regional lines on the same bytes.
func eachWay(d *Decision, rule Rule, operation, region string, sender, receiver Payer) {
	out, in := operationPair(operation)
	charge := Charge{Rule: rule, Payer: sender, Fee: FeeCrossZone, Region: region, Code: codeRegional, Operation: out, NoAllowance: ownPartition(region)}
	d.add(charge)
	charge.Payer, charge.Operation, charge.Inbound = receiver, in, true
	d.add(charge)
}

// operationPair avoids joining strings on the hot path.
func operationPair(operation string) (out, in string) {
	switch operation {
	case "InterZone":
		return "InterZone-Out", "InterZone-In"
	case "PublicIP":
		return "PublicIP-Out", "PublicIP-In"
	case "VPCPeering":
		return "VPCPeering-Out", "VPCPeering-In"
	default:
		return "LoadBalancing-PublicIP-Out", "LoadBalancing-PublicIP-In"
	}
}

func awsOut(f *Facts, d *Decision, nat bool) {
	if f.Source.Region == "" {
		d.Unpriced = "region of the sender is unknown"
		return
	}
	if f.Path[0].Kind == HopTransitGateway {
		awsTransit(f, d)
	}
	charge := Charge{Rule: "A16", Payer: PayerSource, Fee: FeeInternet, Region: f.Source.Region, Code: codeOut}
	if nat {
		charge.Payer = PayerGateway
	}
	if ownPartition(f.Source.Region) {
		charge.Rule, charge.NoAllowance = "A27", true
	}
	d.add(charge)
}

func awsIn(f *Facts, d *Decision) {
	if f.Path[0].Kind == HopTransitGateway {
		awsTransit(f, d)
	}
	d.freeWithCode("A15", codeIn, f.Destination.Region)
}

// ownPartition reports whether the region is outside the commercial partition:
// such regions have no free allowance.
func ownPartition(region string) bool {
	return strings.HasPrefix(region, "us-gov-") || strings.HasPrefix(region, "cn-") || strings.HasPrefix(region, "eusc-")
}

// awsTransit is A8, and A9 between regions: what an attachment sends into the
// gateway. Where the sender is no end of the user's own, it is the attachment of
// the network whose gateway took the bytes in.
func awsTransit(f *Facts, d *Decision) {
	charge := Charge{Rule: "A8", Payer: PayerSource, Fee: FeeTransit, Region: f.Source.Region, Code: codeTransit, Operation: "TransitGatewayVPC"}
	if !isOwn(f.Source.Kind) && isOwn(f.Destination.Kind) && f.Path.Has(HopNAT) {
		charge.Payer, charge.Region = PayerGateway, f.Destination.Region
	} else if !isOutside(f.Destination.Kind) && f.Source.Region != f.Destination.Region {
		charge.Rule = "A9"
	}
	d.add(charge)
	if d.switches.TransitBothEnds && charge.Rule == "A8" && isOwn(f.Destination.Kind) {
		charge.Payer, charge.Inbound = PayerDestination, true
		d.add(charge)
	}
}
