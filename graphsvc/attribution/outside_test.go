package attribution_test

import (
	"net/netip"
	"testing"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

func subnetFact(id, cidr, network string) model.Fact {
	return model.Fact{Kind: model.FactSubnet, Key: id, Source: "cloud/aws/1/us-east-1", Subnet: &model.SubnetFact{
		CIDRs: []netip.Prefix{netip.MustParsePrefix(cidr)},
		Place: model.Place{Provider: "aws", Region: "us-east-1", Zone: "use1-az1", Network: network},
	}}
}

// from gives a fact another source.
func from(source string, fact model.Fact) model.Fact {
	fact.Source = source
	return fact
}

// TestWhoIsBelievedAboutAnAddress goes through the order of ADR 13.
func TestWhoIsBelievedAboutAnAddress(t *testing.T) {
	other := virginia
	other.Network = "vpc-2"
	for _, test := range []struct {
		name, addr string
		facts      []model.Fact
		want       string
	}{
		{"the longest prefix, whoever said it", "52.216.0.9", []model.Fact{
			from("file/endpoints.yaml", endpointFact("wide", "partner", "52.0.0.0/8", model.Place{})),
			from("ranges/aws/2026-10-26", endpointFact("s3", "s3", "52.216.0.0/15", virginia)),
		}, "e/s3/us-east-1/s3"},
		{"of equal prefixes the file before the cloud", "10.0.9.9", []model.Fact{
			from("cloud/aws/1/us-east-1", endpointFact("rds", "rds", "10.0.9.9/32", virginia)),
			from("file/endpoints.yaml", endpointFact("orders", "database", "10.0.9.9/32", virginia)),
		}, "e/database/us-east-1/orders"},
		{"and the cloud before what is published", "3.3.3.3", []model.Fact{
			from("ranges/aws/2026-10-26", endpointFact("s3", "s3", "3.3.3.3/32", virginia)),
			from("cloud/aws/1/us-east-1", endpointFact("front", "alb", "3.3.3.3/32", virginia)),
		}, "e/alb/us-east-1/front"},
		{"of one source the more specific class", "52.216.0.9", []model.Fact{
			endpointFact("all", "aws", "52.216.0.0/15", virginia), endpointFact("s3", "s3", "52.216.0.0/15", virginia),
		}, "e/s3/us-east-1/s3"},
		{"the internet is never private", "10.200.0.1", []model.Fact{endpointFact("world", "internet", "0.0.0.0/0", model.Place{})}, "u/unknown-address"},
		{"nor a carrier's", "100.64.0.1", []model.Fact{endpointFact("world", "internet", "0.0.0.0/0", model.Place{})}, "u/unknown-address"},
		{"two networks claim it", "10.200.0.1", []model.Fact{
			endpointFact("one", "rds", "10.200.0.1/32", model.Place{Network: "vpc-1"}), endpointFact("two", "rds", "10.200.0.1/32", model.Place{Network: "vpc-2"}),
		}, "u/ambiguous-owner"},
		{"another network's is nobody's here", "10.200.0.1", []model.Fact{
			subnetFact("subnet-a", "10.0.0.0/24", "vpc-1"), endpointFact("two", "rds", "10.200.0.1/32", other),
		}, "u/unknown-address"},
		{"unless the route leads there", "10.200.0.1", []model.Fact{
			subnetFact("subnet-a", "10.0.0.0/24", "vpc-1"), endpointFact("two", "rds", "10.200.0.1/32", other),
			{Kind: model.FactRoute, Key: "peering", Route: &model.RouteFact{
				Subnet: "subnet-a", Destination: netip.MustParsePrefix("10.200.0.0/16"), Path: model.Path{Kind: model.PathPeering, Via: "pcx-1"}, Network: "vpc-2",
			}},
		}, "e/rds/us-east-1/two"},
	} {
		t.Run(test.name, func(t *testing.T) {
			facts := append(test.facts, nodeFact("a", "use1-az1", "10.0.0.10"), podFact("web", "a", model.Period{}, "10.244.1.5"))
			flows, _ := attribute(t, facts, nil, row("a", pod("web"), "10.244.1.5", test.addr))
			for _, flow := range flows {
				if flow.Key.Initiator == model.InitiatorSource && flow.Key.Destination.ID() != test.want {
					t.Errorf("%s is %s, want %s", test.addr, flow.Key.Destination.ID(), test.want)
				}
			}
		})
	}
}

// TestPodsWithSubnetsOfTheirOwn: the machine's subnet is asked, since what leaves
// the network is masqueraded there; where the pod's leads another way the path is
// assumed. IPv6 is not masqueraded.
func TestPodsWithSubnetsOfTheirOwn(t *testing.T) {
	node := nodeFact("a", "us-east-1a", "10.0.0.10")
	node.Node.Subnet = ""
	facts := []model.Fact{
		node, podFact("web", "a", model.Period{}, "10.64.1.5", "2001:db8::5"),
		subnetFact("nodes", "10.0.0.0/24", "vpc-1"), subnetFact("pods", "10.64.0.0/16", "vpc-1"), subnetFact("pods6", "2001:db8::/64", "vpc-1"),
		routeFact("1", "nodes", "0.0.0.0/0", "", model.Path{Kind: model.PathNAT, Via: "nat-1"}),
		routeFact("2", "pods", "0.0.0.0/0", "", model.Path{Kind: model.PathNAT, Via: "nat-2"}),
		routeFact("3", "nodes", "192.0.2.0/24", "", model.Path{Kind: model.PathPeering, Via: "pcx"}),
		routeFact("4", "pods", "192.0.2.0/24", "", model.Path{Kind: model.PathPeering, Via: "pcx"}),
		routeFact("5", "pods", "198.51.100.0/24", "", model.Path{Kind: model.PathTransitGateway, Via: "tgw"}),
		routeFact("6", "nodes", "::/0", "", model.Path{Kind: model.PathNAT, Via: "nat-64"}),
		routeFact("7", "pods6", "::/0", "", model.Path{Kind: model.PathInternetGateway, Via: "eigw"}),
	}
	index, err := attribution.NewIndex(facts)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ local, remote, want string }{
		{"10.0.0.10", "9.9.9.9", "nat:nat-1 route"},
		{"10.64.1.5", "9.9.9.9", "nat:nat-1? routes-of-pod-and-node-differ"},
		{"10.64.1.5", "192.0.2.1", "peering:pcx route"},
		{"10.64.1.5", "198.51.100.1", "nat:nat-1? routes-of-pod-and-node-differ"},
		{"2001:db8::5", "2620:fe::9", "internet-gateway:eigw route"},
	} {
		path, reason := index.Path(agent("a"), netip.MustParseAddr(test.local), netip.MustParseAddr(test.remote), start)
		if got := path.String() + " " + string(reason.Rule); got != test.want {
			t.Errorf("%s -> %s: %s, want %s", test.local, test.remote, got, test.want)
		}
		if reason.Rule.Text() == "" {
			t.Errorf("rule %s says nothing", reason.Rule)
		}
	}
}
