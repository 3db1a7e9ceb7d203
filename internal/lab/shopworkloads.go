package lab

import (
	"net/netip"
	"time"

	"github.com/egressor/egressor/internal/lab/workload"
)

// shopWorkloads is the dozen. Rates are per pod and modest: about 130 calls and
// some MB a second in all.
func shopWorkloads() []Workload {
	return append(shopFront(), shopBack()...)
}

func shopFront() []Workload {
	const deployment = "Deployment"
	return []Workload{
		serving("shop", deployment, "web", "storefront", "10.96.1.10", workload.HTTP, 8080, nodeA, nodeB, nodeC).calling(
			get("shop/catalog", 24*kib, 250*ms).keeping(50),
			post("shop/checkout", 2*kib, 4*kib, time.Second).keeping(1),
			get("shop/cart", 6*kib, 500*ms).keeping(50),
			get("shop/search", 12*kib, 500*ms).keeping(50),
			dnsCall(),
		),
		serving("shop", deployment, "checkout", "payments", "10.96.1.11", workload.HTTP, 8080, nodeA, nodeB).calling(
			rpc("data/orders-db", 5432, 800, 3*kib, 200*ms),
			rpc("data/ledger", 7000, 600, 200, 500*ms),
			outside("payments.example.com", 3*kib, kib, time.Second),
			dnsCall(),
		),
		serving("shop", deployment, "cart", "storefront", "10.96.1.12", workload.HTTP, 8080, nodeB, nodeC).calling(
			rpc("data/cache", 6379, 200, 4*kib, 100*ms),
			outside("dynamodb", 4*kib, kib, 500*ms).keeping(20),
			dnsCall(),
		),
		serving("shop", deployment, "catalog", "catalog", "10.96.1.13", workload.HTTP, 8080, nodeA, nodeB).calling(
			get("shop/search", 8*kib, 250*ms).keeping(50),
			rpc("data/cache", 6379, 100, 8*kib, 200*ms),
			dnsCall(),
		),
		serving("shop", deployment, "search", "catalog", "10.96.1.14", workload.HTTP, 8080, nodeC).calling(
			outside("s3", 0, 64*kib, 2*time.Second).keeping(20),
			dnsCall(),
		),
	}
}

func shopBack() []Workload {
	const deployment, stateful = "Deployment", "StatefulSet"
	return []Workload{
		serving("data", stateful, "orders-db", "payments", "10.96.2.10", workload.RPC, 5432, nodeA).calling(
			Call{To: "batch/nightly-backup", Port: 9100, Protocol: workload.Bulk, RequestBytes: 256 * kib, Every: time.Second},
		),
		serving("data", deployment, "cache", "platform", "10.96.2.11", workload.RPC, 6379, nodeB, nodeC),
		serving("data", stateful, "ledger", "payments", "10.96.2.12", workload.RPC, 7000, nodeB).calling(
			outside("fx-rates.example.org", 0, 2*kib, 5*time.Second).keeping(1),
			dnsCall(),
		),
		serving("batch", "CronJob", "nightly-backup", "platform", "10.96.3.10", workload.Bulk, 9100, nodeC).calling(
			outside("s3", 512*kib, 256, time.Second).keeping(20),
			dnsCall(),
		),
		serving("batch", deployment, "image-resizer", "catalog", "", workload.HTTP, 8080, nodeA).calling(
			outside("s3", 0, 200*kib, time.Second).keeping(20),
			outside("s3", 60*kib, 256, time.Second).keeping(20),
			get("shop/catalog", 4*kib, 2*time.Second).keeping(20),
			dnsCall(),
		),
		serving("platform", deployment, "metrics-collector", "platform", "", workload.HTTP, 9090, nodeB).calling(
			get("shop/web", 20*kib, 5*time.Second).keeping(1),
			get("shop/checkout", 20*kib, 5*time.Second).keeping(1),
			get("shop/cart", 20*kib, 5*time.Second).keeping(1),
			get("shop/catalog", 20*kib, 5*time.Second).keeping(1),
			get("shop/search", 20*kib, 5*time.Second).keeping(1),
			outside("metrics-vendor.example.net", 60*kib, 256, 2*time.Second).keeping(20),
			dnsCall(),
		),
		serving("platform", deployment, "dns", "platform", "10.96.0.10", workload.UDP, 53, nodeA, nodeB),
	}
}

func get(to string, responseBytes int64, every time.Duration) Call {
	return Call{To: to, Port: 8080, Protocol: workload.HTTP, ResponseBytes: responseBytes, Every: every}
}

func post(to string, requestBytes, responseBytes int64, every time.Duration) Call {
	return Call{
		To: to, Port: 8080, Protocol: workload.HTTP,
		RequestBytes: requestBytes, ResponseBytes: responseBytes, Every: every,
	}
}

func rpc(to string, port uint16, requestBytes, responseBytes int64, every time.Duration) Call {
	return Call{
		To: to, Port: port, Protocol: workload.RPC,
		RequestBytes: requestBytes, ResponseBytes: responseBytes, Every: every,
	}
}

// outside calls a stand-in on the port of HTTPS; what is said there is plain
// HTTP, for nobody reads it.
func outside(to string, requestBytes, responseBytes int64, every time.Duration) Call {
	return Call{
		To: to, Port: outsidePort, Protocol: workload.HTTP,
		RequestBytes: requestBytes, ResponseBytes: responseBytes, Every: every,
	}
}

func (c Call) keeping(callsPerConnection int) Call {
	c.PerConnection = callsPerConnection
	return c
}

// outsidePort is where every stand-in listens.
const outsidePort = 443

// clusterIP is the address, the zero Addr for "".
func clusterIP(text string) netip.Addr {
	if text == "" {
		return netip.Addr{}
	}
	return netip.MustParseAddr(text)
}
