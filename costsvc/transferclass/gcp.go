package transferclass

// Descriptions of the charges as Google's billing export groups them.
const (
	gcpInterZone   = "Network Inter Zone Data Transfer Out"
	gcpInterRegion = "Network Inter Region Data Transfer Out"
	gcpInternet    = "Network Internet Data Transfer Out"
	gcpNAT         = "Networking Cloud Nat Data Processing"
)

// classifyGCP decides transfers of Google Cloud, where the sender alone pays.
func classifyGCP(f *Facts, d *Decision) {
	if f.Path.Has(HopNode) {
		d.free("G1")
		return
	}
	if f.Path.Has(HopNAT) || f.Path.Has(HopRegionalNAT) {
		owner, _ := natUser(f)
		d.add(Charge{Rule: "G7", Payer: PayerGateway, Fee: FeeNAT, Region: owner.Region, Code: gcpNAT})
	}
	switch {
	case f.Source.Kind == EndUnknown || f.Destination.Kind == EndUnknown:
		d.Unpriced = "an end of the transfer is unknown"
	case f.Source.Kind == EndOnPrem || f.Destination.Kind == EndOnPrem:
		d.Unpriced = "no sourced price for interconnects to the own network"
	case f.Source.Kind == EndInternet:
		d.free("G9")
	case f.Destination.Kind == EndInternet:
		gcpOut(f, d)
	default:
		gcpInside(f, d)
	}
}

func gcpOut(f *Facts, d *Decision) {
	switch {
	case f.Source.Region == "":
		d.Unpriced = "region of the sender is unknown"
	case f.Tier == "standard":
		d.add(Charge{Rule: "G6", Payer: PayerSource, Fee: FeeInternetStandard, Region: f.Source.Region, Code: gcpInternet, Operation: "Standard Tier"})
	case f.Destination.Destination == "":
		d.Unpriced = "the Premium tier's price depends on where the destination is, which is unknown"
	default:
		d.add(Charge{Rule: "G5", Payer: PayerSource, Fee: FeeInternet, Region: f.Source.Region, To: f.Destination.Destination,
			Code: gcpInternet, Operation: "Premium Tier"})
	}
}

func gcpInside(f *Facts, d *Decision) {
	switch {
	case f.Destination.Kind == EndService && f.Destination.Service == "google-products":
		d.free("G10")
	case f.Path.Has(HopInterfaceEndpoint):
		d.Unpriced = "no sourced price for Private Service Connect (G12)"
	case f.Source.Kind == EndService || f.Destination.Kind == EndService:
		d.Unpriced = "no rule for this service"
	case f.Source.Region == "" || f.Destination.Region == "":
		d.Unpriced = "region of an end is unknown"
	case f.Source.Region != f.Destination.Region:
		d.add(Charge{Rule: "G4", Payer: PayerSource, Fee: FeeInterRegion, Region: f.Source.Region, To: f.Destination.Region, Code: gcpInterRegion})
	case isPublicWay(f):
		gcpZoneCharge(f, d, "G3")
	case f.Source.Zone == "" || f.Destination.Zone == "":
		d.Unpriced = "zone of an end is unknown"
	case f.Source.Zone == f.Destination.Zone:
		d.free("G1")
	default:
		gcpZoneCharge(f, d, "G2")
	}
}

func gcpZoneCharge(f *Facts, d *Decision, rule Rule) {
	d.add(Charge{Rule: rule, Payer: PayerSource, Fee: FeeCrossZone, Region: f.Source.Region, Code: gcpInterZone})
}
