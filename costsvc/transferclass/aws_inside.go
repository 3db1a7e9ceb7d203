package transferclass

import "strings"

// awsInside decides transfers with both ends in AWS.
func awsInside(f *Facts, d *Decision, nat bool) {
	switch {
	case f.Destination.Kind == EndService && f.Destination.Service == "cloudfront-origin":
		d.freeWithCode("A18", codeCloudFront, f.Source.Region)
	case f.Source.Kind == EndService && f.Source.Service == "cloudfront-origin":
		d.freeWithCode("A15", codeIn, f.Destination.Region)
	case f.Source.Region == "" || f.Destination.Region == "":
		d.Unpriced = "region of an end is unknown"
	case f.Source.Region != f.Destination.Region:
		awsInterRegion(f, d)
	default:
		awsSameRegion(f, d, nat)
	}
}

// awsInterRegion is A17, with A9 or A10 before it where the path has them.
func awsInterRegion(f *Facts, d *Decision) {
	if f.Path.Has(HopTransitGateway) || f.Path.Has(HopTransitPeering) {
		awsTransit(f, d)
	}
	if f.Path.Has(HopInterfaceEndpoint) {
		awsEndpoint(f, d)
	}
	pair := Charge{Rule: "A17", Payer: PayerSource, Fee: FeeInterRegion, Region: f.Source.Region, To: f.Destination.Region}
	d.add(pair)
	pair.Payer, pair.Free, pair.Inbound = PayerNone, true, true
	d.add(pair)
}

func awsEndpoint(f *Facts, d *Decision) {
	owner, _ := natUser(f)
	d.add(Charge{Rule: "A10", Payer: PayerGateway, Fee: FeeEndpoint, Region: owner.Region, Code: codeEndpoint, Operation: "VpcEndpoint"})
}

func awsSameRegion(f *Facts, d *Decision, nat bool) { //nolint:cyclop // the rows of one decision table, in their order
	switch {
	case f.Path.Has(HopInterfaceEndpoint):
		awsEndpoint(f, d)
	case f.Path.Has(HopTransitGateway):
		awsTransit(f, d)
	case f.Path.Has(HopGatewayEndpoint):
		d.free("A11")
	case f.Source.Kind == EndService && f.Destination.Kind == EndService:
		bothServices(f, d)
	case f.Source.Kind == EndService || f.Destination.Kind == EndService:
		awsService(f, d)
	case f.Path.Has(HopALB) && !loadBalancerIsPublic(f):
		d.free("A19")
	case (f.Path.Has(HopALB) || f.Path.Has(HopNLB)) && loadBalancerIsPublic(f):
		eachWay(d, "A21", "LoadBalancing-PublicIP", f.Source.Region, PayerSource, PayerDestination)
	case isPublicWay(f):
		sender := PayerSource
		if nat {
			sender = PayerGateway
		}
		eachWay(d, "A4", "PublicIP", f.Source.Region, sender, PayerDestination)
	case f.Path.Has(HopPeering):
		acrossZones(f, d, "A6", "A7", "VPCPeering", bothSides)
	case f.Source.Network != "" && f.Destination.Network != "" && f.Source.Network != f.Destination.Network:
		// Without a hop only IPv6 reaches another VPC.
		eachWay(d, "A5", "PublicIP", f.Source.Region, PayerSource, PayerDestination)
	case f.Path.Has(HopNLB):
		acrossZones(f, d, "A2", "A20", "InterZone", bothSides)
	case isLocalZone(f.Source.Zone) || isLocalZone(f.Destination.Zone):
		acrossZones(f, d, "A2", "A25", "InterZone", bothSides)
	default:
		acrossZones(f, d, "A2", "A3", "InterZone", bothSides)
	}
}

func bothServices(f *Facts, d *Decision) {
	if f.Source.Service == f.Destination.Service {
		if d.switches.BrokerReplication && f.Source.Service == "msk" {
			acrossZones(f, d, "A2", "A23", "InterZone", bothSides)
			return
		}
		d.free("A23")
		return
	}
	d.Unpriced = "no rule for traffic between two managed services"
}

// isPublicWay reports whether the bytes use public addresses within the region.
func isPublicWay(f *Facts) bool {
	return f.Source.Public || f.Destination.Public || f.Path.Has(HopPublic) ||
		f.Path.Has(HopInternetGateway) || f.Path.Has(HopNAT) || f.Path.Has(HopRegionalNAT)
}

func loadBalancerIsPublic(f *Facts) bool {
	return f.Source.Public || f.Destination.Public || f.Path.Has(HopPublic) || f.Path.Has(HopInternetGateway)
}

// awsService decides transfers between an interface of the user's own and a
// managed service of the same region.
func awsService(f *Facts, d *Decision) {
	service, outward := &f.Destination, true
	if f.Source.Kind == EndService {
		service, outward = &f.Source, false
	}
	switch awsServiceClass(service.Service) {
	case servicePublic:
		d.free("A12")
	case serviceZonal:
		rule := Rule("A22")
		if service.Service == "msk" {
			rule = "A24"
		}
		acrossZones(f, d, "A2", rule, "InterZone", sides{source: outward || d.switches.ServiceSide, destination: !outward || d.switches.ServiceSide})
	default:
		if f.Path.Has(HopNAT) || f.Path.Has(HopRegionalNAT) {
			d.free("A13") // any public endpoint: the gateway is charged, the transfer is not
			return
		}
		d.Unpriced = "no rule for this service within its region"
	}
}

type serviceClass uint8

const (
	serviceUnknown serviceClass = iota
	servicePublic               // regional, by public addresses, free within the region (A12)
	serviceZonal                // an interface in a zone of the user's VPC (A22, A24)
)

func awsServiceClass(name string) serviceClass {
	switch name {
	case "s3", "dynamodb", "sqs", "sns", "ses", "kinesis", "ecr", "glacier", "ebs":
		return servicePublic
	case "rds", "elasticache", "redshift", "dax", "msk":
		return serviceZonal
	default:
		return serviceUnknown
	}
}

// isLocalZone tells ids like usw2-lax1-az1 from use1-az1.
func isLocalZone(zone string) bool { return strings.Count(zone, "-") > 1 }
