package awsapi

import (
	"fmt"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/cloud"
	"github.com/egressor/egressor/graphsvc/ranges"
	"github.com/egressor/egressor/graphsvc/ranges/published"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit"
)

// The estate: a shop with two zones, whose second private subnet lacks the S3
// endpoint's route; a database network behind a peering; analytics, a hub with the
// way out and a batch network, behind a transit gateway.
func build(w *world) (privateTable2 string) {
	shop := w.vpc("shop", "10.0.0.0/16")
	public1 := w.subnet("public-1", shop, "10.0.0.0/24", "use1-az1")
	public2 := w.subnet("public-2", shop, "10.0.1.0/24", "use1-az2")
	private1 := w.subnet("private-1", shop, "10.0.10.0/24", "use1-az1")
	private2 := w.subnet("private-2", shop, "10.0.11.0/24", "use1-az2")
	w.subnet("isolated", shop, "10.0.20.0/24", "use1-az1") // the main route table: local only
	igw, vgw := w.internetGateway("igw", shop), w.privateGateway("vgw", shop)
	nat1, nat2 := w.nat("nat-one", public1), w.nat("nat-two", public2)

	databases := w.vpc("databases", "10.1.0.0/16")
	databaseSubnet := w.subnet("database-1", databases, "10.1.0.0/24", "use1-az3")
	analytics := w.vpc("analytics", "10.2.0.0/16")
	analyticsSubnet := w.subnet("analytics-1", analytics, "10.2.0.0/24", "use1-az1")
	hub := w.vpc("hub", "10.9.0.0/16")
	hubInner, hubOuter := w.subnet("hub-inner", hub, "10.9.0.0/24", "use1-az2"), w.subnet("hub-outer", hub, "10.9.1.0/24", "use1-az2")
	batch := w.vpc("batch", "10.5.0.0/16")
	batchSubnet := w.subnet("batch-1", batch, "10.5.0.0/24", "use1-az1")
	hubGateway := w.internetGateway("hub-igw", hub)
	hubNAT := w.nat("hub-nat", hubOuter)

	peering := w.peering("peering", shop, databases)
	tgw, tgwTable := w.transit("transit")
	w.attach("shop-attachment", tgw, shop, private1, private2)
	toAnalytics := w.attach("analytics-attachment", tgw, analytics, analyticsSubnet)
	toHub := w.attach("hub-attachment", tgw, hub, hubInner)
	toBatch := w.attach("batch-attachment", tgw, batch, batchSubnet)
	w.transitRoute(tgwTable, "10.2.0.0/16", toAnalytics)
	w.transitRoute(tgwTable, "10.5.0.0/16", toBatch)
	w.transitRoute(tgwTable, "10.6.0.0/16", "")
	w.transitRoute(tgwTable, "0.0.0.0/0", toHub)

	publicTable := w.table("public-table", shop, public1, public2)
	privateTable1 := w.table("private-table-1", shop, private1)
	privateTable2 = w.table("private-table-2", shop, private2)
	w.route(publicTable, "0.0.0.0/0", igw)
	for table, nat := range map[string]string{privateTable1: nat1, privateTable2: nat2} {
		w.route(table, "0.0.0.0/0", nat)
		w.route(table, "10.1.0.0/16", peering)
		w.route(table, "10.2.0.0/15", tgw) // narrower behind the gateway
		w.route(table, "10.4.0.0/14", tgw)
		w.route(table, "172.16.0.0/12", vgw)
	}
	w.route(w.table("batch-table", batch, batchSubnet), "0.0.0.0/0", tgw)
	w.route(w.table("hub-inner-table", hub, hubInner), "0.0.0.0/0", hubNAT)
	w.route(w.table("hub-outer-table", hub, hubOuter), "0.0.0.0/0", hubGateway)
	w.route(w.table("database-table", databases, databaseSubnet), "10.0.0.0/16", peering)

	w.gatewayEndpoint("s3-endpoint", shop, "com.amazonaws.us-east-1.s3", privateTable1, publicTable)
	w.gatewayEndpoint("dynamodb-endpoint", shop, "com.amazonaws.us-east-1.dynamodb", privateTable1, privateTable2)
	sqs := w.interfaceEndpoint("sqs-endpoint", shop, "com.amazonaws.us-east-1.sqs")
	w.networkInterface("sqs-eni-1", private1, "10.0.10.70", "VPC Endpoint Interface "+sqs)
	w.networkInterface("sqs-eni-2", private2, "10.0.11.70", "VPC Endpoint Interface "+sqs)
	w.networkInterface("front-eni", public1, "10.0.0.80", "ELB app/front/0123456789abcdef")
	w.networkInterface("tcp-eni", private2, "10.0.11.90", "ELB net/tcp/0123456789abcdef")
	w.networkInterface("orders-eni", databaseSubnet, "10.1.0.33", "RDSNetworkInterface")
	return privateTable2
}

// nodes are machines of a cluster, which says nothing of subnets.
var nodes = map[string]string{
	"private-1": "10.0.10.4", "private-2": "10.0.11.4", "public-1": "10.0.0.4", "isolated": "10.0.20.4",
	"batch-1": "10.5.0.4", "analytics-1": "10.2.0.4", "elsewhere": "10.77.0.4",
}

type pair struct{ from, what, to string }

var pairs = []pair{
	{"private-1", "same subnet, other node", "10.0.10.5"},
	{"private-1", "node in the other zone", "10.0.11.4"},
	{"private-1", "S3 of the region", "52.216.0.9"},
	{"private-2", "S3 of the region, no route to the endpoint", "52.216.0.9"},
	{"public-1", "S3 of the region", "52.216.0.9"},
	{"isolated", "S3 of the region", "52.216.0.9"},
	{"batch-1", "S3 of the region", "52.216.0.9"},
	{"private-1", "S3 of another region", "52.218.128.9"},
	{"private-1", "DynamoDB", "52.94.0.9"},
	{"private-2", "DynamoDB", "52.94.0.9"},
	{"public-1", "DynamoDB", "52.94.0.9"},
	{"private-1", "SQS endpoint in the zone", "10.0.10.70"},
	{"private-1", "SQS endpoint in the other zone", "10.0.11.70"},
	{"private-2", "SQS endpoint in the zone", "10.0.11.70"},
	{"private-1", "internet", "192.0.2.9"},
	{"private-2", "internet", "192.0.2.9"},
	{"public-1", "internet", "192.0.2.9"},
	{"batch-1", "internet", "192.0.2.9"},
	{"isolated", "internet", "192.0.2.9"},
	{"private-1", "a machine in the region by its public address", "3.208.0.9"},
	{"public-1", "a machine in the region by its public address", "3.208.0.9"},
	{"private-1", "another cloud", "20.38.98.100"},
	{"private-1", "a database behind the peering", "10.1.0.33"},
	{"private-1", "anything else behind the peering", "10.1.0.99"},
	{"private-1", "analytics", "10.2.0.4"},
	{"private-2", "batch", "10.5.0.4"},
	{"private-1", "swallowed by the transit gateway", "10.6.0.1"},
	{"private-1", "the own network", "172.20.1.1"},
	{"private-2", "load balancer", "10.0.0.80"},
	{"private-1", "network load balancer in the other zone", "10.0.11.90"},
	{"public-1", "behind the peering, without a route", "10.1.0.33"},
	{"elsewhere", "internet, from a network nobody read", "192.0.2.9"},
}

// TestPathsOfAnInventory reads an estate by the real client from a server of the
// API, resolves who reaches what by which way and by which rule, then changes a
// route and reads again.
func TestPathsOfAnInventory(t *testing.T) {
	startMoto(t)
	reader, err := New(t.Context(), Config{Region: "us-east-1"})
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, reader)
	privateTable2 := build(w)
	inventory, err := reader.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	facts, gaps := cloud.Facts(inventory)
	outside := append(nodeFacts(), seen(t)...)
	t.Run("table", func(t *testing.T) {
		text := pathTable(indexOf(t, facts, outside)) + "\ngaps of the shop's inventory:\n"
		for _, gap := range gaps {
			if readable := w.readable(gap.String()); !strings.Contains(readable, ": subnet-") { // moto's own default network
				text += "    " + readable + "\n"
			}
		}
		testkit.Golden(t, filepath.Join("testdata", "paths.txt"), []byte(w.readable(text)))
	})
	t.Run("a route that changes", func(t *testing.T) {
		// Somebody gives the second zone the S3 endpoint's route that it lacked.
		w.gatewayEndpoint("s3-endpoint-2", *inventoryVPC(w, privateTable2), "com.amazonaws.us-east-1.s3", privateTable2)
		again, err := reader.Read(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		stated, _ := cloud.Facts(again)
		changed := time.Date(2026, 11, 23, 10, 7, 0, 0, time.UTC)
		changes := cloud.Changes(facts, stated, changed)
		for i := range changes { // as the store does
			changes[i].Recorded = changed
		}
		index := indexOf(t, append(facts, changes...), outside)
		for at, want := range map[time.Time]string{
			changed.Add(-time.Second): "nat:nat-two@use1-az2", changed: "gateway-endpoint:s3-endpoint-2",
		} {
			path, _ := index.Path(model.AgentID{Cluster: "shop", Node: "private-2"}, netip.MustParseAddr(nodes["private-2"]), netip.MustParseAddr("52.216.0.9"), at)
			if got := w.readable(path.String()); got != want {
				t.Errorf("at %s by %s, want %s", at, got, want)
			}
		}
		if stated, _ = cloud.Facts(again); len(cloud.Changes(stated, stated, changed)) != 0 {
			t.Error("a reading that says the same is a change")
		}
	})
}

// inventoryVPC is the VPC of a route table.
func inventoryVPC(w *world, table string) *string {
	out, err := w.api.DescribeRouteTables(w.ctx, &ec2.DescribeRouteTablesInput{RouteTableIds: []string{table}})
	if err != nil {
		w.t.Fatal(err)
	}
	return out.RouteTables[0].VpcId
}

func indexOf(t *testing.T, facts, more []model.Fact) *attribution.Index {
	index, err := attribution.NewIndex(slices.Concat(facts, more))
	if err != nil {
		t.Fatal(err)
	}
	return index
}

// pathTable has two lines for each pair: the way, and the rule with what it
// rests on.
func pathTable(index *attribution.Index) string {
	var table strings.Builder
	for _, p := range pairs {
		agent := model.AgentID{Cluster: clusterOf(p.from), Node: p.from}
		path, reason := index.Path(agent, netip.MustParseAddr(nodes[p.from]), netip.MustParseAddr(p.to), time.Unix(1_800_000_000, 0))
		fmt.Fprintf(&table, "%-11s -> %-50s %s\n    %s", p.from, p.what, path, reason.Rule)
		for _, detail := range []struct{ name, value string }{{"table", reason.Table}, {"endpoint", reason.Endpoint}, {"gap", reason.Gap}} {
			if detail.value != "" {
				fmt.Fprintf(&table, "; %s %s", detail.name, detail.value)
			}
		}
		table.WriteString("\n")
	}
	return table.String()
}

func nodeFacts() []model.Fact {
	var facts []model.Fact
	for name, addr := range nodes {
		facts = append(facts, model.Fact{Kind: model.FactNode, Key: name, Source: "kubernetes/shop", Node: &model.NodeFact{
			Cluster: clusterOf(name), Name: name, Addrs: []netip.Addr{netip.MustParseAddr(addr)},
			Place: model.Place{Provider: "aws", Region: "us-east-1", Zone: "us-east-1a"},
		}})
	}
	return facts
}

// clusterOf is one cluster per network: what is between networks is asked of the
// routes.
func clusterOf(node string) string {
	switch node {
	case "batch-1", "analytics-1", "elsewhere":
		return node
	default:
		return "shop"
	}
}

// seen are the published ranges of the addresses, as ingest records them.
func seen(t *testing.T) []model.Fact {
	table, err := published.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	facts := []model.Fact{ranges.Internet()}
	known := map[string]bool{}
	for _, p := range pairs {
		if match, ok := table.Find(netip.MustParseAddr(p.to)); ok {
			if fact := table.Fact(match); !known[fact.Key] {
				known[fact.Key] = true
				facts = append(facts, fact)
			}
		}
	}
	return facts
}
