package transferclass

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// parse reads a transfer such as
//
//	aws pod/us-east-1/use1-az1 -> s3/us-east-1 by nat@use1-az2,igw
//
// An end is KIND/REGION/ZONE/NETWORK, where KIND is pod, node, internet, onprem,
// unknown or a service; "+" before it marks a public address.
func parse(t *testing.T, text string) Facts {
	t.Helper()
	provider, rest, _ := strings.Cut(text, " ")
	ends, path, _ := strings.Cut(rest, " by ")
	source, destination, ok := strings.Cut(ends, " -> ")
	if !ok {
		t.Fatalf("transfer %q has no arrow", text)
	}
	facts := Facts{Provider: provider, Source: parseEnd(source), Destination: parseEnd(destination)}
	for i, hop := range strings.FieldsFunc(path, func(r rune) bool { return r == ',' }) {
		kind, zone, _ := strings.Cut(hop, "@")
		facts.Path[i] = Hop{hopNames[kind], zone}
		if facts.Path[i].Kind == HopNone {
			t.Fatalf("hop %q is not known", kind)
		}
	}
	return facts
}

var hopNames = map[string]HopKind{
	"node": HopNode, "nat": HopNAT, "regional-nat": HopRegionalNAT, "igw": HopInternetGateway,
	"gwe": HopGatewayEndpoint, "vpce": HopInterfaceEndpoint, "peering": HopPeering, "tgw": HopTransitGateway,
	"tgw-peering": HopTransitPeering, "alb": HopALB, "nlb": HopNLB, "dx": HopDirectConnect, "public": HopPublic, "?": HopUnknown,
}

func parseEnd(text string) End {
	parts := append(strings.Split(strings.TrimPrefix(text, "+"), "/"), "", "", "")
	end := End{Region: parts[1], Zone: parts[2], Network: parts[3], Public: strings.HasPrefix(text, "+")}
	switch parts[0] {
	case "pod":
		end.Kind = EndPod
	case "node":
		end.Kind = EndNode
	case "internet":
		end.Kind, end.Region, end.Destination = EndInternet, "", parts[1]
	case "onprem":
		end.Kind = EndOnPrem
	case "unknown":
	default:
		end.Kind, end.Service = EndService, parts[0]
	}
	return end
}

// show writes a decision as "RULE payer operation-or-fee", one charge after the
// other, with "?" and the reason where something is unpriced.
func show(d *Decision) string {
	var parts []string
	for _, c := range d.Charges() {
		what := c.Operation
		if what == "" {
			what = c.Fee.String()
		}
		if c.Free {
			what = "free"
		}
		parts = append(parts, string(c.Rule)+" "+string(c.Payer)+" "+what)
	}
	if d.Unpriced != "" {
		parts = append(parts, "? "+d.Unpriced)
	}
	return strings.Join(parts, "; ")
}

func TestDecisionTables(t *testing.T) {
	const a, b = "pod/us-east-1/use1-az1/vpc-a", "pod/us-east-1/use1-az2/vpc-a"
	for _, c := range []struct{ transfer, want string }{
		{"aws " + a + " -> " + a + " by node", "A1 none free"},
		{"aws " + a + " -> " + a, "A2 none free"},
		{"aws " + a + " -> " + b, "A3 source InterZone-Out; A3 destination InterZone-In"},
		{"aws node/us-east-1/use1-az1 -> pod/us-east-1/use1-az2", "A3 source InterZone-Out; A3 destination InterZone-In"},
		{"aws " + a + " -> +" + a + " by igw", "A4 source PublicIP-Out; A4 destination PublicIP-In"},
		{"aws " + a + " -> " + b + " by public", "A4 source PublicIP-Out; A4 destination PublicIP-In"},
		{"aws " + a + " -> +" + b + " by nat@use1-az1,igw", "A13 gateway NatGateway; A4 gateway PublicIP-Out; A4 destination PublicIP-In"},
		{"aws " + a + " -> pod/us-east-1/use1-az1/vpc-b", "A5 source PublicIP-Out; A5 destination PublicIP-In"},
		{"aws " + a + " -> pod/us-east-1/use1-az1/vpc-b by peering", "A6 none free"},
		{"aws " + a + " -> pod/us-east-1/use1-az2/vpc-b by peering", "A7 source VPCPeering-Out; A7 destination VPCPeering-In"},
		{"aws " + a + " -> pod/us-east-1/use1-az2/vpc-b by tgw", "A8 source TransitGatewayVPC"},
		{"aws " + a + " -> pod/us-west-2/usw2-az1/vpc-b by tgw,tgw-peering", "A9 source TransitGatewayVPC; A17 source inter-region; A17 none free"},
		{"aws " + a + " -> s3/us-east-1 by vpce", "A10 gateway VpcEndpoint"},
		{"aws s3/us-east-1 -> " + a + " by vpce", "A10 gateway VpcEndpoint"},
		{"aws " + a + " -> s3/us-east-1 by gwe", "A11 none free"},
		{"aws " + a + " -> s3/us-east-1 by igw", "A12 none free"},
		{"aws ecr/us-east-1 -> " + a + " by igw,nat@use1-az1", "A13 gateway NatGateway; A12 none free"},
		{"aws " + a + " -> internet by regional-nat,igw", "A13 gateway NatGateway; A16 gateway internet"},
		{"aws " + a + " -> internet by nat@use1-az2,igw", "A14 source InterZone-Out; A14 gateway InterZone-In; A13 gateway NatGateway; A16 gateway internet"},
		{"aws internet -> " + a + " by igw,nat@use1-az2", "A14 gateway InterZone-Out; A14 destination InterZone-In; A13 gateway NatGateway; A15 none free"},
		{"aws internet -> " + a + " by igw", "A15 none free"},
		{"aws " + a + " -> internet by igw", "A16 source internet"},
		{"aws " + a + " -> s3/us-west-2 by igw", "A17 source inter-region; A17 none free"},
		{"aws " + a + " -> cloudfront-origin by igw", "A18 none free"},
		{"aws " + a + " -> " + b + " by alb", "A19 none free"},
		{"aws " + a + " -> " + b + " by nlb", "A20 source InterZone-Out; A20 destination InterZone-In"},
		{"aws +" + a + " -> " + b + " by igw,alb", "A21 source LoadBalancing-PublicIP-Out; A21 destination LoadBalancing-PublicIP-In"},
		{"aws " + a + " -> rds/us-east-1/use1-az2", "A22 source InterZone-Out"},
		{"aws rds/us-east-1/use1-az2 -> " + a, "A22 destination InterZone-In"},
		{"aws " + a + " -> rds/us-east-1/use1-az1", "A2 none free"},
		{"aws rds/us-east-1/use1-az1 -> rds/us-east-1/use1-az2", "A23 none free"},
		{"aws " + a + " -> msk/us-east-1/use1-az2", "A24 source InterZone-Out"},
		{"aws " + a + " -> pod/us-east-1/use1-bos1-az1/vpc-a", "A25 source InterZone-Out; A25 destination InterZone-In"},
		{"aws pod/us-gov-west-1/usgw1-az1 -> internet by igw", "A27 source internet"},

		{"aws " + a + " -> unknown by nat@use1-az1", "A13 gateway NatGateway; ? an end of the transfer is unknown"},
		{"aws " + a + " -> pod/us-east-1", "? zone of an end is unknown"},
		{"aws " + a + " -> pod", "? region of an end is unknown"},
		{"aws " + a + " -> sagemaker/us-east-1 by igw", "? no rule for this service within its region"},
		{"aws " + a + " -> sagemaker/us-east-1 by nat@use1-az1,igw", "A13 gateway NatGateway; A13 none free"},
		{"aws " + a + " -> onprem by dx", "? no sourced price for Direct Connect"},
		{"aws " + a + " -> onprem", "? no sourced price for a private line to the own network"},
		{"aws " + a + " -> onprem by igw", "A16 source internet"},
		{"oracle " + a + " -> " + b, "? no decision table for this provider"},

		{"gcp pod/us-central1/a -> pod/us-central1/a", "G1 none free"},
		{"gcp pod/us-central1/a -> pod/us-central1/b", "G2 source cross-zone"},
		{"gcp pod/us-central1/a -> +pod/us-central1/a", "G3 source cross-zone"},
		{"gcp pod/us-central1/a -> pod/europe-west1/b", "G4 source inter-region"},
		{"gcp pod/us-central1/a -> internet/americas", "G5 source Premium Tier"},
		{"gcp pod/us-central1/a -> internet/americas by nat", "G7 gateway nat; G5 source Premium Tier"},
		{"gcp internet/americas -> pod/us-central1/a", "G9 none free"},
		{"gcp pod/us-central1/a -> google-products", "G10 none free"},
		{"gcp pod/us-central1/a -> gcs/us-central1 by vpce", "? no sourced price for Private Service Connect (G12)"},

		{"azure pod/eastus/1/v -> pod/eastus/2/v", "Z1 none free"},
		{"azure pod/eastus/1/v -> pod/eastus/1/w by peering", "Z2 source Egress; Z2 destination Ingress"},
		{"azure pod/eastus/1/v -> pod/westus/1/w by peering", "Z3 source Egress; Z3 destination Ingress"},
		{"azure pod/eastus/1/v -> pod/westus/1/w", "Z4 source inter-region"},
		{"azure pod/eastus/1/v -> internet", "Z5 source Rtn Preference: MGN"},
		{"azure pod/eastus/1/v -> internet by nat", "Z7 gateway nat; Z5 source Rtn Preference: MGN"},
		{"azure pod/eastus/1/v -> storage/eastus by vpce", "Z8 gateway Egress; Z1 none free"},
		{"azure storage/eastus -> pod/eastus/1/v by vpce", "Z8 gateway Ingress; Z1 none free"},
		{"azure internet -> pod/eastus/1/v", "Z9 none free"},
		{"azure pod/eastus/1/v -> pod/eastus/1/w", "? two virtual networks, and no path between them is named"},
	} {
		t.Run(c.transfer, func(t *testing.T) {
			facts := parse(t, c.transfer)
			var d Decision
			Classify(&facts, &d)
			if got := show(&d); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestTiersOfNetworkHaveRulesOfTheirOwn(t *testing.T) {
	for tier, transfer := range map[string]string{
		"standard": "gcp pod/us-central1/a -> internet/americas",
		"internet": "azure pod/eastus/1/v -> internet",
	} {
		facts := parse(t, transfer)
		facts.Tier = tier
		var d Decision
		Classify(&facts, &d)
		if c := d.Charges(); len(c) != 1 || c[0].Fee != FeeInternetStandard || c[0].Rule != "G6" && c[0].Rule != "Z6" {
			t.Errorf("%s, %s: %s", transfer, tier, show(&d))
		}
	}
}

// TestEveryTransferIsDecidedOrUnpriced draws transfers of any shape: each has a
// charge (a free one counts) or a reason, and never too many charges.
func TestEveryTransferIsDecidedOrUnpriced(t *testing.T) {
	end := rapid.Custom(func(t *rapid.T) End {
		return End{
			Kind:    EndKind(rapid.IntRange(0, 6).Draw(t, "kind")),
			Service: rapid.SampledFrom([]string{"", "s3", "rds", "msk", "ecr", "cloudfront-origin", "gcs"}).Draw(t, "service"),
			Region:  rapid.SampledFrom([]string{"", "us-east-1", "us-west-2", "cn-north-1"}).Draw(t, "region"),
			Zone:    rapid.SampledFrom([]string{"", "use1-az1", "use1-az2", "usw2-lax1-az1"}).Draw(t, "zone"),
			Network: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "network"),
			Public:  rapid.Bool().Draw(t, "public"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		facts := Facts{
			Provider: rapid.SampledFrom([]string{"", "aws", "gcp", "azure", "other"}).Draw(t, "provider"),
			Source:   end.Draw(t, "source"), Destination: end.Draw(t, "destination"),
		}
		for i := range rapid.IntRange(0, MaxHops).Draw(t, "hops") {
			facts.Path[i] = Hop{HopKind(rapid.IntRange(1, int(HopUnknown)).Draw(t, "hop")), rapid.SampledFrom([]string{"", "use1-az1", "use1-az2"}).Draw(t, "zone")}
		}
		var d Decision
		Classify(&facts, &d) // an eighth charge too many would panic
		if len(d.Charges()) == 0 && d.Unpriced == "" {
			t.Fatalf("%+v has neither charge nor reason", facts)
		}
		for _, c := range d.Charges() {
			if c.Rule == "" || c.Payer == "" || !c.Free && c.Fee == FeeNone {
				t.Fatalf("%+v has a charge without rule, payer or fee: %+v", facts, c)
			}
		}
		if facts.Path.Has(HopUnknown) && !d.PathAssumed {
			t.Fatalf("%+v: nobody said the path, and the decision does not say so", facts)
		}
	})
}

func TestFeeNamesRoundTrip(t *testing.T) {
	for fee := FeeNone + 1; fee < NumFees; fee++ {
		if back, ok := ParseFee(fee.String()); !ok || back != fee {
			t.Errorf("fee %d is called %q, which is read as %d", fee, fee, back)
		}
	}
	if _, ok := ParseFee("none"); ok {
		t.Error("none was taken for a fee")
	}
}
