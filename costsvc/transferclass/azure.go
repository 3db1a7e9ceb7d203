package transferclass

// Meters as Azure's cost details name them.
const (
	AzureCodeInternet    = "Standard Data Transfer Out"
	AzureCodeInterRegion = "Inter-Region Data Transfer Out"
	AzureCodePeering     = "Virtual Network Peering"
	AzureCodeNAT         = "NAT Gateway Data Processed"
	AzureCodeEndpoint    = "Private Link Data Processed"
	AzureCodeZones       = "Standard Inter-Availability Zone Data Transfer Out"
)

// GlobalPeering is Charge.To of a peering between regions.
const GlobalPeering = "global"

// classifyAzure decides transfers of Azure.
func classifyAzure(f *Facts, d *Decision) {
	if f.Path.Has(HopNode) {
		d.free("Z1")
		return
	}
	owner, outward := natUser(f)
	if f.Path.Has(HopNAT) || f.Path.Has(HopRegionalNAT) {
		d.add(Charge{Rule: "Z7", Payer: PayerGateway, Fee: FeeNAT, Region: owner.Region, Code: AzureCodeNAT})
	}
	if f.Path.Has(HopInterfaceEndpoint) {
		azureEndpointCharge(d, owner.Region, outward)
	}
	switch {
	case f.Source.Kind == EndUnknown || f.Destination.Kind == EndUnknown:
		d.Unpriced = "an end of the transfer is unknown"
	case f.Source.Kind == EndOnPrem || f.Destination.Kind == EndOnPrem:
		d.Unpriced = "no sourced price for circuits to the own network"
	case f.Source.Kind == EndInternet:
		d.free("Z9")
	case f.Source.Region == "":
		d.Unpriced = "region of the sender is unknown"
	case f.Destination.Kind == EndInternet:
		azureOut(f, d)
	case f.Destination.Region == "":
		d.Unpriced = "region of the receiver is unknown"
	default:
		azureInside(f, d)
	}
}

func azureEndpointCharge(d *Decision, region string, outward bool) {
	charge := Charge{Rule: "Z8", Payer: PayerGateway, Fee: FeeEndpoint, Region: region, Code: AzureCodeEndpoint, Operation: "Egress"}
	if !outward {
		charge.Fee, charge.Operation, charge.Inbound = FeeEndpointReturn, "Ingress", true
	}
	d.add(charge)
}

func azureOut(f *Facts, d *Decision) {
	charge := Charge{Rule: "Z5", Payer: PayerSource, Fee: FeeInternet, Region: f.Source.Region, Code: AzureCodeInternet, Operation: "Rtn Preference: MGN"}
	if f.Tier == "internet" {
		charge.Rule, charge.Fee, charge.Operation = "Z6", FeeInternetStandard, "Rtn Preference: Internet"
	}
	d.add(charge)
}

func azureInside(f *Facts, d *Decision) {
	sameRegion := f.Source.Region == f.Destination.Region
	switch {
	case f.Path.Has(HopPeering) && sameRegion:
		azurePeeringCharges(f, d, "Z2", "")
	case f.Path.Has(HopPeering):
		azurePeeringCharges(f, d, "Z3", GlobalPeering)
	case !sameRegion:
		d.add(Charge{Rule: "Z4", Payer: PayerSource, Fee: FeeInterRegion, Region: f.Source.Region, To: f.Destination.Region, Code: AzureCodeInterRegion})
	case f.Path.Has(HopInterfaceEndpoint):
		d.free("Z1")
	case f.Source.Kind == EndService || f.Destination.Kind == EndService:
		d.Unpriced = "no rule for this service"
	case f.Source.Network != f.Destination.Network:
		d.Unpriced = "two virtual networks, and no path between them is named"
	default:
		azureWithin(f, d)
	}
}

// azureWithin is Z1: free, unless the disputed charge between zones (D8) holds.
func azureWithin(f *Facts, d *Decision) {
	switch {
	case !d.switches.AzureZones || f.Source.Zone != "" && f.Source.Zone == f.Destination.Zone:
		d.free("Z1")
	case f.Source.Zone == "" || f.Destination.Zone == "":
		d.Unpriced = "zone of an end is unknown"
	default:
		d.add(Charge{Rule: "Z1", Payer: PayerSource, Fee: FeeCrossZone, Region: f.Source.Region, Code: AzureCodeZones})
	}
}

// azurePeeringCharges bills each end at the price of its own region.
func azurePeeringCharges(f *Facts, d *Decision, rule Rule, to string) {
	d.add(Charge{Rule: rule, Payer: PayerSource, Fee: FeePeering, Region: f.Source.Region, To: to, Code: AzureCodePeering, Operation: "Egress"})
	d.add(Charge{Rule: rule, Payer: PayerDestination, Fee: FeePeering, Region: f.Destination.Region, To: to, Code: AzureCodePeering, Operation: "Ingress", Inbound: true})
}
