package transferclass

// Descriptions of the charges as Google's billing export groups them.
const (
	GCPCodeInterZone   = "Network Inter Zone Data Transfer Out"
	GCPCodeInterRegion = "Network Inter Region Data Transfer Out"
	GCPCodeInternet    = "Network Internet Data Transfer Out"
	GCPCodeNAT         = "Networking Cloud Nat Data Processing"
	GCPCodeCarrier     = "Network Data Transfer Out via Carrier Peering Network"
)

// classifyGCP decides transfers of Google Cloud, where the sender alone pays.
func classifyGCP(f *Facts, d *Decision) {
	if f.Path.Has(HopNode) {
		d.free("G1")
		return
	}
	if f.Path.Has(HopNAT) || f.Path.Has(HopRegionalNAT) {
		owner, _ := natUser(f)
		rule := Rule("G7")
		if isGoogleAPI(&f.Source) || isGoogleAPI(&f.Destination) {
			rule = "G11"
		}
		d.add(Charge{Rule: rule, Payer: PayerGateway, Fee: FeeNAT, Region: owner.Region, Code: GCPCodeNAT})
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
	case f.Path.Has(HopDirectConnect): // Direct Peering or a carrier's
		gcpPeering(f, d)
	case f.Tier == "standard":
		d.add(Charge{Rule: "G6", Payer: PayerSource, Fee: FeeInternetStandard, Region: f.Source.Region, Code: GCPCodeInternet, Operation: "Standard Tier"})
	case f.Destination.Destination == "":
		d.Unpriced = "the Premium tier's price depends on where the destination is, which is unknown"
	default:
		d.add(Charge{Rule: "G5", Payer: PayerSource, Fee: FeeInternet, Region: f.Source.Region, To: f.Destination.Destination,
			Code: GCPCodeInternet, Operation: "Premium Tier"})
	}
}

func gcpInside(f *Facts, d *Decision) {
	if f.Source.Kind == EndService || f.Destination.Kind == EndService || f.Path.Has(HopInterfaceEndpoint) {
		gcpWithService(f, d)
		return
	}
	gcpBetween(f, d)
}

func gcpWithService(f *Facts, d *Decision) {
	switch {
	case gcpServiceOf(&f.Destination) == gcpProducts:
		d.free("G10")
	case gcpServiceOf(&f.Destination) == gcpCDN:
		gcpPeering(f, d)
	case gcpServiceOf(&f.Source) == gcpCDN:
		d.free("G9")
	case f.Path.Has(HopInterfaceEndpoint):
		d.Unpriced = "no sourced price for Private Service Connect (G12)"
	case isGoogleAPI(&f.Source) || isGoogleAPI(&f.Destination):
		d.Unpriced = "no sourced price for transfer to and from Google's APIs"
	default:
		d.Unpriced = "no rule for this service"
	}
}

// gcpBetween decides transfers between two ends of the user's own.
func gcpBetween(f *Facts, d *Decision) {
	switch {
	case f.Source.Region == "" || f.Destination.Region == "":
		d.Unpriced = "region of an end is unknown"
	case f.Source.Region != f.Destination.Region:
		d.add(Charge{Rule: "G4", Payer: PayerSource, Fee: FeeInterRegion, Region: f.Source.Region, To: f.Destination.Region, Code: GCPCodeInterRegion})
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

// gcpPeering is G8: to a content network that Google peers with, priced by the
// sender's continent.
func gcpPeering(f *Facts, d *Decision) {
	if f.Source.Region == "" {
		d.Unpriced = "region of the sender is unknown"
		return
	}
	d.add(Charge{Rule: "G8", Payer: PayerSource, Fee: FeeCarrierPeering, Region: f.Source.Region, Code: GCPCodeCarrier})
}

// gcpService groups services by what is charged for reaching them.
type gcpService uint8

const (
	gcpOther    gcpService = iota
	gcpProducts            // Gmail, YouTube, Maps, Drive: free (G10)
	gcpCDN                 // a content network with CDN Interconnect (G8)
	gcpAPIs                // Google's APIs (G11)
)

func gcpServiceOf(end *End) gcpService {
	if end.Kind != EndService {
		return gcpOther
	}
	switch end.Service {
	case "google-products", "gmail", "youtube", "maps", "drive", "doubleclick":
		return gcpProducts
	case "cloudflare", "akamai", "fastly":
		return gcpCDN
	case "googleapis", "gcs", "bigquery", "pubsub", "gcr", "artifact-registry":
		return gcpAPIs
	default:
		return gcpOther
	}
}

func isGoogleAPI(end *End) bool { return gcpServiceOf(end) == gcpAPIs }

func gcpZoneCharge(f *Facts, d *Decision, rule Rule) {
	d.add(Charge{Rule: rule, Payer: PayerSource, Fee: FeeCrossZone, Region: f.Source.Region, Code: GCPCodeInterZone})
}
