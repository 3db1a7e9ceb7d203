// Package gen holds rapid generators for the vocabulary of internal/model.
package gen

import (
	"fmt"
	"net/netip"
	"time"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/internal/model"
)

// World is one minute of a small cluster in which everything is known: who held
// which address when, what was really transferred, and what each node's agent
// would report of it.
type World struct {
	Minute      model.Minute
	Agents      []model.AgentID
	Facts       []model.Fact
	Connections []Connection
}

// Connection is one client's traffic with one server during one window.
type Connection struct {
	Client Party
	Server Party
	Port   uint16
	// Window counts the tenths of a minute: 0 to 5.
	Window   int
	Up, Down model.Counts
}

// Party is one end of a connection. Agent and UID are zero outside the cluster.
type Party struct {
	Agent model.AgentID
	UID   string
	Addr  netip.Addr
}

// InCluster reports whether an agent sees the party's traffic.
func (p Party) InCluster() bool { return p.UID != "" }

// Reported is one row as its agent would report it.
type Reported struct {
	Agent model.AgentID
	Row   model.FlowRow
}

// windowLength is the length of the windows that agents report in.
const windowLength = 10 * time.Second

const windowsPerMinute = 6

// DrawWorld draws a world of two to four nodes. Addresses change hands within
// the minute, between windows.
func DrawWorld(t *rapid.T) World {
	w := World{Minute: model.Minute(rapid.IntRange(29_000_000, 30_000_000).Draw(t, "minute"))}
	for n := range rapid.IntRange(2, 4).Draw(t, "nodes") {
		w.addNode(n)
	}
	w.addOutside()
	held := w.drawPods(t)
	for range rapid.IntRange(0, 25).Draw(t, "connections") {
		w.drawConnection(t, held)
	}
	return w
}

func (w *World) addNode(n int) {
	agent := model.AgentID{Cluster: "lab", Node: fmt.Sprintf("node-%d", n)}
	w.Agents = append(w.Agents, agent)
	w.Facts = append(w.Facts, model.Fact{
		Kind: model.FactNode, Key: agent.Node, Source: "kubernetes/lab",
		Node: &model.NodeFact{
			Cluster: "lab", Name: agent.Node, Subnet: "private",
			Addrs: []netip.Addr{netip.AddrFrom4([4]byte{10, 0, 0, byte(10 + n)})},
			Place: model.Place{Provider: "aws", Region: "us-east-1", Zone: fmt.Sprintf("use1-az%d", 1+n%3)},
		},
	})
}

func (w *World) addOutside() {
	w.Facts = append(w.Facts,
		model.Fact{Kind: model.FactEndpoint, Key: "s3", Source: "file/cloud.yaml", Endpoint: &model.EndpointFact{
			Class: "s3", Name: "s3", CIDRs: []netip.Prefix{netip.MustParsePrefix("198.18.1.0/24")},
			Place: model.Place{Provider: "aws", Region: "us-east-1"},
		}},
		model.Fact{Kind: model.FactRoute, Key: "default", Source: "file/cloud.yaml", Route: &model.RouteFact{
			Subnet: "private", Destination: netip.MustParsePrefix("0.0.0.0/0"),
			Path: model.Path{Kind: model.PathNAT, Via: "nat-a", ViaZone: "use1-az1"},
		}},
	)
}

// drawPods gives each of a few addresses to one pod after another, and returns
// who holds an address in each window.
func (w *World) drawPods(t *rapid.T) [windowsPerMinute][]Party {
	var held [windowsPerMinute][]Party
	for a := range rapid.IntRange(1, 5).Draw(t, "addresses") {
		addr := netip.AddrFrom4([4]byte{10, 244, 0, byte(1 + a)})
		from := 0
		for life := 0; from < windowsPerMinute; life++ {
			to := rapid.IntRange(from+1, windowsPerMinute).Draw(t, "life ends")
			party := Party{
				Agent: rapid.SampledFrom(w.Agents).Draw(t, "node"),
				UID:   fmt.Sprintf("pod-%d-%d", a, life), Addr: addr,
			}
			w.addPod(party, from, to, rapid.IntRange(0, 2).Draw(t, "workload"))
			for window := from; window < to; window++ {
				held[window] = append(held[window], party)
			}
			from = to + rapid.IntRange(0, 1).Draw(t, "gap")
		}
	}
	return held
}

func (w *World) addPod(party Party, from, to, workload int) {
	name := fmt.Sprintf("app-%d", workload)
	fact := model.Fact{
		Kind: model.FactPod, Key: party.UID, Source: "kubernetes/lab", Recorded: w.windowStart(from),
		Period: model.Period{From: w.windowStart(from)},
		Pod: &model.PodFact{
			Cluster: "lab", Namespace: "shop", Name: party.UID, Node: party.Agent.Node, Addrs: []netip.Addr{party.Addr},
			Workload: model.WorkloadRef{Namespace: "shop", Kind: "Deployment", Name: name}, Revision: name + "-1",
		},
	}
	w.Facts = append(w.Facts, fact)
	if to < windowsPerMinute { // its end is learnt later, as a fact that replaces the first
		fact.Period.To, fact.Recorded = w.windowStart(to), w.windowStart(to)
		w.Facts = append(w.Facts, fact)
	}
}

func (w *World) drawConnection(t *rapid.T, held [windowsPerMinute][]Party) {
	window := rapid.IntRange(0, windowsPerMinute-1).Draw(t, "window")
	parties := held[window]
	if len(parties) == 0 {
		return
	}
	outside := []Party{{Addr: netip.MustParseAddr("198.18.1.7")}, {Addr: netip.MustParseAddr("203.0.113.9")}}
	client := rapid.SampledFrom(parties).Draw(t, "client")
	server := rapid.SampledFrom(append(outside, parties...)).Draw(t, "server")
	if server.Addr == client.Addr {
		return
	}
	w.Connections = append(w.Connections, Connection{
		Client: client, Server: server, Window: window,
		Port: rapid.SampledFrom([]uint16{53, 443, 8080}).Draw(t, "port"),
		Up:   drawCounts(t, "up"), Down: drawCounts(t, "down"),
	})
}

// drawCounts draws counts without retransmissions, which only a sender sees.
func drawCounts(t *rapid.T, label string) model.Counts {
	payload := rapid.Uint64Range(0, 1<<34).Draw(t, label)
	packets := payload/1448 + 1
	return model.Counts{WireBytes: payload + 52*packets, PayloadBytes: payload, Packets: packets}
}

func (w *World) windowStart(window int) time.Time {
	return w.Minute.Start().Add(time.Duration(window) * windowLength)
}

// Rows returns what the agents report of the connections: both ends' reports
// where both are in the cluster.
func (w *World) Rows() []Reported {
	var rows []Reported
	for _, c := range w.Connections {
		if c.Client.InCluster() {
			rows = append(rows, w.row(c.Client, c.Server, model.RoleClient, c, c.Up, c.Down))
		}
		if c.Server.InCluster() {
			rows = append(rows, w.row(c.Server, c.Client, model.RoleServer, c, c.Down, c.Up))
		}
	}
	return rows
}

func (w *World) row(local, remote Party, role model.Role, c Connection, sent, received model.Counts) Reported {
	return Reported{local.Agent, model.FlowRow{
		Local: model.LocalEnd{Kind: model.LocalPod, ID: local.UID}, LocalAddr: local.Addr, RemoteAddr: remote.Addr,
		ServerPort: c.Port, Protocol: model.TCP, Role: role,
		WindowStart: w.windowStart(c.Window), WindowLength: windowLength,
		Sent: sent, Received: received, Connections: 1, RTTMicros: 400,
	}}
}
