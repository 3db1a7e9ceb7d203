package attribution_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

// The small cluster of the table tests: two nodes, a pod each, a host-network
// pod, a service, outside ends and routes.

var start = time.Date(2026, 11, 23, 10, 4, 0, 0, time.UTC)

func at(seconds int) time.Time { return start.Add(time.Duration(seconds) * time.Second) }

func addrs(text ...string) []netip.Addr {
	var list []netip.Addr
	for _, t := range text {
		list = append(list, netip.MustParseAddr(t))
	}
	return list
}

func agent(node string) model.AgentID { return model.AgentID{Cluster: "lab", Node: node} }

func nodeFact(name, zone, addr string) model.Fact {
	return model.Fact{Kind: model.FactNode, Key: name, Source: "file/inventory.yaml", Node: &model.NodeFact{
		Cluster: "lab", Name: name, Addrs: addrs(addr), Subnet: "subnet-" + name,
		Place: model.Place{Provider: "aws", Region: "us-east-1", Zone: zone},
	}}
}

func podFact(uid, node string, period model.Period, addr ...string) model.Fact {
	return model.Fact{Kind: model.FactPod, Key: uid, Source: "file/inventory.yaml", Period: period, Pod: &model.PodFact{
		Cluster: "lab", Namespace: "shop", Name: uid, Node: node, Addrs: addrs(addr...),
		Workload: model.WorkloadRef{Namespace: "shop", Kind: "Deployment", Name: "of-" + uid}, Revision: uid + "-r1",
	}}
}

func hostPod(uid, node, addr string) model.Fact {
	fact := podFact(uid, node, model.Period{}, addr)
	fact.Pod.HostNetwork = true
	return fact
}

func endpointFact(key, class, cidr string, place model.Place) model.Fact {
	return model.Fact{Kind: model.FactEndpoint, Key: key, Source: "file/cloud.yaml", Endpoint: &model.EndpointFact{
		Class: class, Name: key, CIDRs: []netip.Prefix{netip.MustParsePrefix(cidr)}, Place: place,
	}}
}

func routeFact(key, subnet, to, class string, path model.Path) model.Fact {
	return model.Fact{Kind: model.FactRoute, Key: key, Source: "file/cloud.yaml", Route: &model.RouteFact{
		Subnet: subnet, Destination: netip.MustParsePrefix(to), EndpointClass: class, Path: path,
	}}
}

var virginia = model.Place{Provider: "aws", Region: "us-east-1"}

func cluster() []model.Fact {
	return []model.Fact{
		nodeFact("a", "use1-az1", "10.0.0.10"), nodeFact("b", "use1-az2", "10.0.0.11"),
		podFact("web", "a", model.Period{}, "10.244.1.5"), podFact("api", "b", model.Period{}, "10.244.2.5", "fd00::5"),
		podFact("cache", "a", model.Period{}, "10.244.1.6"),
		hostPod("proxy", "b", "10.0.0.11"),
		{Kind: model.FactService, Key: "svc", Service: &model.ServiceFact{Cluster: "lab", Name: "api", Addrs: addrs("10.96.0.1")}},
		endpointFact("aws", "aws", "52.216.0.0/15", virginia), endpointFact("s3", "s3", "52.216.0.0/15", virginia),
		endpointFact("ohio", "s3", "3.5.0.0/16", model.Place{Provider: "aws", Region: "us-east-2"}),
		endpointFact("world", "internet", "0.0.0.0/0", model.Place{}),
		endpointFact("db", "rds", "10.0.9.9/32", virginia),
		routeFact("default", "subnet-a", "0.0.0.0/0", "", model.Path{Kind: model.PathNAT, Via: "nat-a"}),
		routeFact("s3", "subnet-a", "52.216.0.0/15", "s3", model.Path{Kind: model.PathGatewayEndpoint, Via: "vpce-1"}),
		routeFact("private", "subnet-a", "10.0.0.0/8", "", model.Path{Kind: model.PathVPC}),
	}
}

// row is a client's report of 1,000 bytes up and 2,000 down.
func row(node string, local model.LocalEnd, localAddr, remoteAddr string) attribution.ReportedRow {
	return attribution.ReportedRow{Agent: agent(node), Row: model.FlowRow{
		Local: local, LocalAddr: netip.MustParseAddr(localAddr), RemoteAddr: netip.MustParseAddr(remoteAddr),
		ServerPort: 443, Protocol: model.TCP, Role: model.RoleClient,
		WindowStart: start, WindowLength: 10 * time.Second,
		Sent: model.Counts{WireBytes: 1000, Packets: 2}, Received: model.Counts{WireBytes: 2000, Packets: 3},
	}}
}

func pod(uid string) model.LocalEnd { return model.LocalEnd{Kind: model.LocalPod, ID: uid} }

func attribute(t *testing.T, facts []model.Fact, covered []string, rows ...attribution.ReportedRow) ([]attribution.AttributedFlow, attribution.Check) {
	t.Helper()
	index, err := attribution.NewIndex(facts)
	if err != nil {
		t.Fatal(err)
	}
	var coverage attribution.Coverage
	for _, node := range covered {
		coverage.Add(agent(node), model.Period{From: start, To: at(60)})
	}
	return attribution.Attribute(index, &coverage, rows)
}

func TestEndsAndPaths(t *testing.T) {
	process := model.LocalEnd{Kind: model.LocalNode, ID: "containerd"}
	for _, test := range []struct {
		name                 string
		row                  attribution.ReportedRow
		source, destination  string
		path                 string
		sourceZone, destZone string
	}{
		{"other zone", row("a", pod("web"), "10.244.1.5", "10.244.2.5"), "w/lab/shop/Deployment/of-web", "w/lab/shop/Deployment/of-api", "vpc", "use1-az1", "use1-az2"},
		{"same node", row("a", pod("web"), "10.244.1.5", "10.244.1.6"), "w/lab/shop/Deployment/of-web", "w/lab/shop/Deployment/of-cache", "node", "use1-az1", "use1-az1"},
		{"v4-mapped address", row("a", pod("web"), "::ffff:10.244.1.5", "::ffff:10.244.2.5"), "w/lab/shop/Deployment/of-web", "w/lab/shop/Deployment/of-api", "vpc", "use1-az1", "use1-az2"},
		{"IPv6", row("a", pod("web"), "fd00::1", "fd00::5"), "w/lab/shop/Deployment/of-web", "w/lab/shop/Deployment/of-api", "vpc", "use1-az1", "use1-az2"},
		{"host-network pod by its cgroup", row("b", pod("proxy"), "10.0.0.11", "10.244.1.5"), "w/lab/shop/Deployment/of-proxy", "w/lab/shop/Deployment/of-web", "vpc", "use1-az2", "use1-az1"},
		{"node process", row("b", process, "10.0.0.11", "10.244.1.5"), "n/lab/b/containerd", "w/lab/shop/Deployment/of-web", "vpc", "use1-az2", "use1-az1"},
		{"node by address", row("a", pod("web"), "10.244.1.5", "10.0.0.11"), "w/lab/shop/Deployment/of-web", "n/lab/b", "vpc", "use1-az1", "use1-az2"},
		{"loopback", row("a", pod("web"), "127.0.0.1", "127.0.0.1"), "w/lab/shop/Deployment/of-web", "w/lab/shop/Deployment/of-web", "node", "use1-az1", "use1-az1"},
		{"gateway endpoint, specific class", row("a", pod("web"), "10.244.1.5", "52.216.0.9"), "w/lab/shop/Deployment/of-web", "e/s3/us-east-1/s3", "gateway-endpoint:vpce-1", "use1-az1", ""},
		{"internet by NAT", row("a", pod("web"), "10.244.1.5", "9.9.9.9"), "w/lab/shop/Deployment/of-web", "e/internet//world", "nat:nat-a", "use1-az1", ""},
		{"other region by NAT", row("a", pod("web"), "10.244.1.5", "3.5.0.1"), "w/lab/shop/Deployment/of-web", "e/s3/us-east-2/ohio", "nat:nat-a", "use1-az1", ""},
		{"private endpoint", row("a", pod("web"), "10.244.1.5", "10.0.9.9"), "w/lab/shop/Deployment/of-web", "e/rds/us-east-1/db", "vpc", "use1-az1", ""},
		{"no route, same region", row("b", pod("api"), "10.244.2.5", "52.216.0.9"), "w/lab/shop/Deployment/of-api", "e/s3/us-east-1/s3", "public-same-region?", "use1-az2", ""},
		{"no route, internet", row("b", pod("api"), "10.244.2.5", "9.9.9.9"), "w/lab/shop/Deployment/of-api", "e/internet//world", "internet-gateway?", "use1-az2", ""},
		{"no route, private", row("b", pod("api"), "10.244.2.5", "10.0.9.9"), "w/lab/shop/Deployment/of-api", "e/rds/us-east-1/db", "vpc?", "use1-az2", ""},
		{"service without backend", row("a", pod("web"), "10.244.1.5", "10.96.0.1"), "w/lab/shop/Deployment/of-web", "u/untranslated-service", "unknown", "use1-az1", ""},
		{"unknown IPv6", row("a", pod("web"), "fd00::1", "2001:db8::1"), "w/lab/shop/Deployment/of-web", "u/unknown-address", "unknown", "use1-az1", ""},
		{"unknown pod", row("a", pod("ghost"), "10.244.1.5", "9.9.9.9"), "u/unknown-pod", "e/internet//world", "nat:nat-a", "use1-az1", ""},
		{"import knows addresses only", row("a", model.LocalEnd{}, "10.244.2.5", "10.244.1.5"), "w/lab/shop/Deployment/of-api", "w/lab/shop/Deployment/of-web", "vpc", "use1-az2", "use1-az1"},
		{"nobody's socket", row("a", model.LocalEnd{}, "192.0.2.1", "10.244.2.5"), "u/unknown-local-process", "w/lab/shop/Deployment/of-api", "vpc", "use1-az1", "use1-az2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			flows, _ := attribute(t, cluster(), nil, test.row)
			if len(flows) != 2 {
				t.Fatalf("%d flows, want one each way", len(flows))
			}
			for _, f := range flows {
				source, destination := f.Key.Source.ID(), f.Key.Destination.ID()
				sourceZone, destZone, bytes := f.Key.SourcePlace.Zone, f.Key.DestinationPlace.Zone, uint64(1000)
				if f.Key.Initiator == model.InitiatorDestination { // the answer
					source, destination, sourceZone, destZone, bytes = destination, source, destZone, sourceZone, 2000
				}
				if source != test.source || destination != test.destination || f.Key.Path.String() != test.path ||
					sourceZone != test.sourceZone || destZone != test.destZone || f.Sent.WireBytes != bytes {
					t.Errorf("got %s -> %s path %s zones %q %q bytes %d", source, destination, f.Key.Path, sourceZone, destZone, f.Sent.WireBytes)
				}
			}
		})
	}
}

func TestWhoHeldTheAddress(t *testing.T) {
	early, late := model.Period{To: at(30)}, model.Period{From: at(30)}
	ownSight := podFact("seen", "b", model.Period{}, "10.244.9.9")
	ownSight.Source = "agent/b"
	other := ownSight
	other.Source = "agent/elsewhere"
	watched := func(uid string, period model.Period) model.Fact {
		fact := podFact(uid, "a", period, "10.244.9.9")
		fact.Source = "kubernetes/lab"
		return fact
	}
	for _, test := range []struct {
		name   string
		claims []model.Fact
		second int
		want   string
	}{
		{"before", []model.Fact{podFact("old", "a", early, "10.244.9.9"), podFact("new", "b", late, "10.244.9.9")}, 20, "w/lab/shop/Deployment/of-old"},
		{"after", []model.Fact{podFact("old", "a", early, "10.244.9.9"), podFact("new", "b", late, "10.244.9.9")}, 30, "w/lab/shop/Deployment/of-new"},
		{"two in one window", []model.Fact{podFact("old", "a", model.Period{To: at(25)}, "10.244.9.9"), podFact("new", "b", model.Period{From: at(25)}, "10.244.9.9")}, 20, "u/ambiguous-owner"},
		{"an end nobody saw: the later start wins", []model.Fact{podFact("old", "a", model.Period{}, "10.244.9.9"), podFact("new", "b", late, "10.244.9.9")}, 30, "w/lab/shop/Deployment/of-new"},
		{"a tie", []model.Fact{podFact("old", "a", late, "10.244.9.9"), podFact("new", "b", late, "10.244.9.9")}, 30, "u/ambiguous-owner"},
		{"its own node's agent wins", []model.Fact{ownSight, podFact("new", "a", late, "10.244.9.9")}, 40, "w/lab/shop/Deployment/of-seen"},
		{"another node's agent does not", []model.Fact{other, podFact("new", "a", late, "10.244.9.9")}, 40, "w/lab/shop/Deployment/of-new"},
		{"a watch says one of the two", []model.Fact{watched("old", model.Period{To: at(50)}), watched("new", late)}, 30, "u/ambiguous-owner"},
		{"a watch knows better than a file", []model.Fact{watched("old", early), podFact("new", "b", model.Period{From: at(20)}, "10.244.9.9")}, 20, "w/lab/shop/Deployment/of-old"},
		{"nobody any more", []model.Fact{podFact("old", "a", early, "10.244.9.9")}, 30, "u/no-owner-at-that-time"},
		{"started within the window", []model.Fact{podFact("new", "a", model.Period{From: at(35)}, "10.244.9.9")}, 30, "w/lab/shop/Deployment/of-new"},
		{"the end was learnt later", closedLater(), 30, "u/no-owner-at-that-time"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := row("a", pod("web"), "10.244.1.5", "10.244.9.9")
			r.Row.WindowStart, r.Row.Received = at(test.second), model.Counts{}
			flows, _ := attribute(t, append(cluster(), test.claims...), nil, r)
			if got := flows[0].Key.Destination.ID(); len(flows) != 1 || got != test.want {
				t.Errorf("%d flows, to %s; want %s", len(flows), got, test.want)
			}
		})
	}
}

// closedLater is a pod fact that a later one, recorded later, closes.
func closedLater() []model.Fact {
	open := podFact("old", "a", model.Period{From: at(0)}, "10.244.9.9")
	closed := podFact("old", "a", model.Period{From: at(0), To: at(10)}, "10.244.9.9")
	closed.Recorded = at(11)
	return []model.Fact{closed, open}
}

func TestFactWithoutBodyIsRefused(t *testing.T) {
	_, err := attribution.NewIndex([]model.Fact{{Kind: model.FactPod, Key: "x", Node: &model.NodeFact{}}})
	if err == nil {
		t.Fatal("a pod fact without a pod was taken")
	}
}
