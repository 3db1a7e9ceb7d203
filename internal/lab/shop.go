package lab

import (
	"net/netip"
	"time"

	"github.com/egressor/egressor/internal/lab/workload"
	"github.com/egressor/egressor/internal/model"
)

const (
	nodeA, nodeB, nodeC = "node-a", "node-b", "node-c"
	kib, mib            = 1 << 10, 1 << 20
)

// ShopPlan is the lab of the demo: an online shop on three nodes in three
// zones of us-east-1. It wastes money in ways that shops do: the S3 gateway
// endpoint is missing from two of three route tables, so the nightly backup
// pays for NAT, as do image pulls; the one NAT gateway is in another zone than two of the nodes;
// services spread calls over all zones.
func ShopPlan() Plan {
	return Plan{
		Cluster: "lab", Region: "us-east-1",
		Nodes: []NodePlan{
			{Name: nodeA, Zone: "use1-az1", Subnet: "subnet-private-a"},
			{Name: nodeB, Zone: "use1-az2", Subnet: "subnet-private-b"},
			{Name: nodeC, Zone: "use1-az3", Subnet: "subnet-private-c"},
		},
		Workloads: shopWorkloads(),
		Outside:   shopOutside(),
		NATs:      []NATPlan{{ID: "nat-0a", Zone: "use1-az1"}},
		Gateways: []GatewayEndpoint{
			{ID: "vpce-0dynamodb", Class: "dynamodb"},
			{ID: "vpce-0s3", Class: "s3", Subnets: []string{"subnet-private-a"}},
		},
		Registry: Registry{From: "ecr", ImageBytes: 16 * mib},
	}
}

// CatalogChange is the rollout of the demo's story: revision 2 of the catalog
// asks the search service for listings with the images inside, 64 times the
// bytes, across zones.
func CatalogChange() Change {
	return Change{
		Image:     "registry.example/shop/catalog:2.0.0",
		ChangedBy: "maria@shop.example",
		Cause:     "Inline product images in listings (#482)",
		Commit:    "9f2c1e7d4b8a",
		Calls: []Call{
			{To: "shop/search", Port: 8080, Protocol: workload.HTTP, ResponseBytes: 512 * kib, Every: 250 * ms, PerConnection: 50},
			{To: "data/cache", Port: 6379, Protocol: workload.RPC, RequestBytes: 100, ResponseBytes: 8 * kib, Every: 200 * ms},
			dnsCall(),
		},
	}
}

const ms = time.Millisecond

func shopOutside() []Outside {
	internet := func(name, cidr, addr string) Outside {
		return Outside{Class: "internet", Name: name, CIDR: netip.MustParsePrefix(cidr), Addr: netip.MustParseAddr(addr)}
	}
	aws := func(service, cidr, addr string) Outside {
		return Outside{
			Class: service, Name: service, Region: "us-east-1",
			CIDR: netip.MustParsePrefix(cidr), Addr: netip.MustParseAddr(addr),
		}
	}
	return []Outside{
		aws("s3", "198.18.16.0/24", "198.18.16.10"),
		aws("dynamodb", "198.18.32.0/24", "198.18.32.10"),
		aws("ecr", "198.18.48.0/24", "198.18.48.10"),
		internet("payments.example.com", "198.19.1.0/24", "198.19.1.10"),
		internet("metrics-vendor.example.net", "198.19.2.0/24", "198.19.2.10"),
		internet("fx-rates.example.org", "198.19.3.0/24", "198.19.3.10"),
	}
}

// dnsCall is what nearly every pod does all the time.
func dnsCall() Call {
	return Call{To: "platform/dns", Port: 53, Protocol: workload.UDP, RequestBytes: 60, ResponseBytes: 180, Every: 500 * ms}
}

// serving describes a workload that listens on one port behind a service.
func serving(namespace, kind, name, team, service string, protocol workload.Protocol, port uint16, nodes ...string) Workload {
	return Workload{
		Ref:         model.WorkloadRef{Namespace: namespace, Kind: kind, Name: name},
		Team:        team,
		Image:       "registry.example/" + namespace + "/" + name + ":1.0.0",
		Commit:      "51d0c3a9e6f2",
		Nodes:       nodes,
		Listen:      []workload.Listener{{Protocol: protocol, Port: port}},
		ServiceAddr: clusterIP(service),
	}
}

func (w Workload) calling(calls ...Call) Workload {
	w.Calls = append(w.Calls, calls...)
	return w
}
