package transferclass

import (
	"testing"

	"github.com/egressor/egressor/internal/model"
)

// TestEdgesAreClassified goes the whole way from an edge of the graph.
func TestEdgesAreClassified(t *testing.T) {
	pod := model.Identity{Kind: model.KindWorkload, Cluster: "c", Namespace: "n", Type: "Deployment", Name: "w"}
	node := model.Identity{Kind: model.KindNode, Cluster: "c", Name: "node-a"}
	internet := model.Identity{Kind: model.KindCloudEndpoint, Type: "internet", Name: "internet"}
	onPrem := model.Identity{Kind: model.KindCloudEndpoint, Type: "on-premises", Name: "hq"}
	bucket := model.Identity{Kind: model.KindCloudEndpoint, Type: "s3", Region: "us-west-2", Name: "s3"}
	a := model.Place{Provider: "aws", Region: "us-east-1", Zone: "use1-az1"}
	b := model.Place{Provider: "aws", Region: "us-east-1", Zone: "use1-az2"}
	nowhere := model.Place{}
	azure := model.Identity{Kind: model.KindCloudEndpoint, Type: "azure-storage", Region: "eastus", Name: "azure-storage"}
	machine := model.Identity{Kind: model.KindCloudEndpoint, Type: "ec2", Region: "us-east-1", Name: "ec2"}
	alb := model.Identity{Kind: model.KindCloudEndpoint, Type: "alb", Region: "us-east-1", Name: "front"}
	nlb := model.Identity{Kind: model.KindCloudEndpoint, Type: "nlb", Region: "us-east-1", Name: "tcp"}
	cdn := model.Identity{Kind: model.KindCloudEndpoint, Type: "fastly", Name: "fastly"}
	eastus := model.Place{Provider: "azure", Region: "eastus"}
	hub := model.Path{Kind: model.PathTransitNAT, Via: "tgw-1+nat-1", ViaZone: "use1-az2"}
	region := model.Place{Provider: "aws", Region: "us-east-1"}
	nat := model.Path{Kind: model.PathNAT, Via: "nat-1", ViaZone: "use1-az1"}
	for name, c := range map[string]struct {
		source, destination model.Identity
		from, to            model.Place
		path                model.Path
		want                string
		assumed             bool
	}{
		"same machine":         {pod, pod, a, a, model.Path{Kind: model.PathNode}, "A1 none free", false},
		"lab without provider": {pod, pod, nowhere, nowhere, model.Path{Kind: model.PathNode}, "A1 none free", false},
		"other zone":           {node, pod, a, b, model.Path{Kind: model.PathVPC}, "A3 source InterZone-Out; A3 destination InterZone-In", false},
		"path assumed":         {pod, pod, a, a, model.Path{Kind: model.PathVPC, Assumed: true}, "A2 none free", true},
		"path unknown":         {pod, pod, a, a, model.Path{Kind: model.PathUnknown}, "A2 none free", true},
		"peering":              {pod, pod, a, b, model.Path{Kind: model.PathPeering}, "A7 source VPCPeering-Out; A7 destination VPCPeering-In", false},
		"transit gateway":      {pod, pod, a, b, model.Path{Kind: model.PathTransitGateway}, "A8 source TransitGatewayVPC", false},
		"public address":       {pod, pod, a, a, model.Path{Kind: model.PathPublicSameRegion}, "A4 source PublicIP-Out; A4 destination PublicIP-In", false},
		"internet by NAT":      {pod, internet, a, nowhere, nat, "A13 gateway NatGateway; A16 gateway internet", false},
		"NAT of unknown zone":  {pod, internet, a, nowhere, model.Path{Kind: model.PathNAT}, "A13 gateway NatGateway; A16 gateway internet", true},
		"answer by NAT":        {internet, pod, nowhere, b, nat, "A14 gateway InterZone-Out; A14 destination InterZone-In; A13 gateway NatGateway; A15 none free", false},
		"own network":          {pod, onPrem, a, nowhere, model.Path{Kind: model.PathVPC}, "? no sourced price for a private line to the own network", false},
		"region of identity":   {pod, bucket, a, model.Place{Provider: "aws"}, nat, "A13 gateway NatGateway; A17 source inter-region; A17 none free", false},
		"unknown end":          {pod, model.Unknown(model.UnknownAddress), a, nowhere, model.Path{Kind: model.PathUnknown}, "? an end of the transfer is unknown", true},
		"to another cloud":     {pod, azure, a, eastus, nat, "A13 gateway NatGateway; A16 gateway internet", false},
		"from another cloud":   {azure, pod, eastus, a, nat, "A13 gateway NatGateway; A15 none free", false},
		"to a CDN":             {pod, cdn, a, model.Place{Provider: "fastly"}, model.Path{Kind: model.PathInternetGateway}, "A16 source internet", false},
		"a machine's address":  {pod, machine, a, region, model.Path{Kind: model.PathPublicSameRegion}, "A4 source PublicIP-Out; A4 destination PublicIP-In", false},
		"load balancer":        {pod, alb, a, b, model.Path{Kind: model.PathLoadBalancer}, "A19 none free", false},
		"its public address":   {pod, alb, a, region, model.Path{Kind: model.PathPublicSameRegion}, "A21 source LoadBalancing-PublicIP-Out; A21 destination LoadBalancing-PublicIP-In", false},
		"network balancer":     {nlb, pod, b, a, model.Path{Kind: model.PathLoadBalancer}, "A20 source InterZone-Out; A20 destination InterZone-In", false},
		"out by a hub":         {pod, internet, a, nowhere, hub, "A13 gateway NatGateway; A8 source TransitGatewayVPC; A16 gateway internet", false},
		"answer by a hub":      {internet, pod, nowhere, a, hub, "A13 gateway NatGateway; A8 gateway TransitGatewayVPC; A15 none free", false},
		"service by a hub":     {model.Identity{Kind: model.KindCloudEndpoint, Type: "s3", Region: "us-east-1"}, pod, region, a, hub, "A13 gateway NatGateway; A8 gateway TransitGatewayVPC", false},
		"private line":         {pod, onPrem, a, nowhere, model.Path{Kind: model.PathDirectConnect}, "? no sourced price for Direct Connect", false},
		"tunnel":               {pod, onPrem, a, nowhere, model.Path{Kind: model.PathVPN}, "? no sourced price for a VPN connection", false},
		"unknown provider":     {pod, internet, nowhere, nowhere, nat, "? provider unknown", false},
	} {
		t.Run(name, func(t *testing.T) {
			key := model.EdgeKey{Source: c.source, Destination: c.destination, SourcePlace: c.from, DestinationPlace: c.to, Path: c.path}
			facts := Facts{Path: Path{{Kind: HopALB}, {Kind: HopNLB}, {Kind: HopPeering}}, Tier: "left over"}
			FactsOf(&key, &facts)
			var d Decision
			Classify(&facts, &d)
			if got := show(&d); got != c.want || d.PathAssumed != c.assumed {
				t.Errorf("got  %s, assumed %v\nwant %s, assumed %v", got, d.PathAssumed, c.want, c.assumed)
			}
		})
	}
}

// TestAnEdgeSaysWhoPays: each end's account and network reach the facts.
func TestAnEdgeSaysWhoPays(t *testing.T) {
	key := model.EdgeKey{
		Source:           model.Identity{Kind: model.KindWorkload},
		SourcePlace:      model.Place{Provider: "aws", Network: "vpc-1", Account: "111122223333"},
		Destination:      model.Identity{Kind: model.KindCloudEndpoint, Type: "s3"},
		DestinationPlace: model.Place{Provider: "aws", Network: "vpc-2", Account: "444455556666"},
	}
	var facts Facts
	FactsOf(&key, &facts)
	got := [4]string{facts.Source.Account, facts.Source.Network, facts.Destination.Account, facts.Destination.Network}
	if got != [4]string{"111122223333", "vpc-1", "444455556666", "vpc-2"} {
		t.Errorf("accounts and networks %v", got)
	}
}
