package gen

import (
	"fmt"
	"math"
	"math/rand/v2"
	"net/netip"
	"slices"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// Load is a cluster under load that can be replayed: the same numbers give the
// same facts and the same batches for every minute, in any order of asking.
type Load struct {
	Seed uint64
	// Nodes are spread over three zones, pods over nodes.
	Nodes, Workloads, PodsPerWorkload int
	// Conversations are pairs of pods that talk at the daily peak; each is two
	// edges, its requests and its responses. At the daily trough 40 % of them do.
	Conversations int
	// Windows is how many reports each end makes of a conversation in a minute.
	Windows int
}

// Week is seven simulated days' cluster: 2,000 workloads and 30,000 edges a
// minute at peak.
func Week(seed uint64) Load {
	return Load{Seed: seed, Nodes: 60, Workloads: 2000, PodsPerWorkload: 3, Conversations: 15_000, Windows: 6}
}

// loadPorts are the servers' ports.
var loadPorts = []uint16{80, 443, 5432, 6379, 8080, 9092}

func (l Load) random(parts ...uint64) *rand.Rand {
	mixed := l.Seed
	for _, part := range parts {
		mixed = (mixed ^ part) * 0x9e3779b97f4a7c15
		mixed ^= mixed >> 29
	}
	return rand.New(rand.NewPCG(l.Seed, mixed))
}

func (l Load) pods() int { return l.Workloads * l.PodsPerWorkload }

func (l Load) node(pod int) int { return (pod*7 + pod/l.PodsPerWorkload) % l.Nodes }

func loadUID(pod int) string { return fmt.Sprintf("0a5f1c22-0000-4000-8000-%012d", pod) }

func loadAddr(pod int) netip.Addr {
	return netip.AddrFrom4([4]byte{10, 244 + byte(pod/62_500), byte(pod / 250 % 250), byte(1 + pod%250)})
}

// Facts are the nodes and pods, true since ever.
func (l Load) Facts() []model.Fact {
	var facts []model.Fact
	for n := range l.Nodes {
		name := fmt.Sprintf("node-%d", n)
		facts = append(facts, model.Fact{Kind: model.FactNode, Key: name, Source: "kubernetes/load", Node: &model.NodeFact{
			Cluster: "load", Name: name, Addrs: []netip.Addr{netip.AddrFrom4([4]byte{10, 0, byte(n / 250), byte(1 + n%250)})},
			Place: model.Place{Provider: "aws", Region: "us-east-1", Zone: fmt.Sprintf("use1-az%d", 1+n%3)},
		}})
	}
	for pod := range l.pods() {
		workload := pod / l.PodsPerWorkload
		facts = append(facts, model.Fact{Kind: model.FactPod, Key: loadUID(pod), Source: "kubernetes/load", Pod: &model.PodFact{
			Cluster: "load", Namespace: fmt.Sprintf("team-%d", workload%40), Name: loadUID(pod),
			Node: fmt.Sprintf("node-%d", l.node(pod)), Addrs: []netip.Addr{loadAddr(pod)},
			Workload: model.WorkloadRef{Namespace: fmt.Sprintf("team-%d", workload%40), Kind: "Deployment", Name: fmt.Sprintf("app-%d", workload)},
		}})
	}
	return facts
}

// Active is how many conversations there are in a minute: a sine over the day.
func (l Load) Active(minute model.Minute) int {
	day := float64(minute%1440) / 1440
	return int(float64(l.Conversations) * (0.7 + 0.3*math.Sin(2*math.Pi*(day-0.375))))
}

// conversation is who talks to whom: a few servers are everyone's.
func (l Load) conversation(number int) (client, server int, port uint16) {
	random := l.random(1, uint64(number))
	client = random.IntN(l.pods())
	server = int(float64(l.pods()) * math.Pow(random.Float64(), 3))
	if server == client {
		server = (server + 1) % l.pods()
	}
	return client, server, loadPorts[random.IntN(len(loadPorts))]
}

// Batches are what the agents report of a minute, one batch each. Sequences
// count minutes from first, in which the agents started.
func (l Load) Batches(minute, first model.Minute) []model.Batch {
	batches := make([]model.Batch, l.Nodes)
	for n := range batches {
		batches[n] = model.Batch{
			BatchKey: model.BatchKey{Agent: model.AgentID{Cluster: "load", Node: fmt.Sprintf("node-%d", n)}, Boot: "boot", Sequence: uint64(minute-first) + 1},
			Mode:     model.CaptureSockets, CoveredFrom: minute.Start(), CoveredThrough: minute.End(),
		}
	}
	length := time.Minute / time.Duration(l.Windows)
	for number := range l.Active(minute) {
		client, server, port := l.conversation(number)
		random := l.random(2, uint64(number), uint64(minute))
		for w := range l.Windows {
			connections := 1 + random.Uint32N(3)
			up, down := l.counts(random, connections), l.counts(random, connections)
			row := model.FlowRow{
				Local: model.LocalEnd{Kind: model.LocalPod, ID: loadUID(client)}, LocalAddr: loadAddr(client), RemoteAddr: loadAddr(server),
				ServerPort: port, Protocol: model.TCP, Role: model.RoleClient,
				WindowStart: minute.Start().Add(time.Duration(w) * length), WindowLength: length,
				Sent: up, Received: down, Connections: connections, RTTMicros: 200 + random.Uint32N(2000),
			}
			at := l.node(client)
			batches[at].Flows = append(batches[at].Flows, row)
			row.Local.ID, row.LocalAddr, row.RemoteAddr = loadUID(server), loadAddr(server), loadAddr(client)
			row.Role, row.Sent, row.Received = model.RoleServer, down, up
			at = l.node(server)
			batches[at].Flows = append(batches[at].Flows, row)
		}
	}
	return batches
}

// Late are further reports of a minute by the first so many nodes: what their
// pods sent as clients. With one node of ten they change one edge of twenty.
func (l Load) Late(minute, first model.Minute, nodes int) []model.Batch {
	all := l.Batches(minute, first)[:nodes]
	for n := range all {
		all[n].Boot = "late"
		all[n].Flows = slices.DeleteFunc(all[n].Flows, func(row model.FlowRow) bool {
			return row.Role != model.RoleClient || !row.WindowStart.Equal(minute.Start())
		})
		for i := range all[n].Flows {
			all[n].Flows[i].Received = model.Counts{}
		}
	}
	return all
}

// counts are log-normal: most transfers are small and a few carry most bytes.
// Each connection has a SYN, whose header is eight bytes longer than the others'.
func (l Load) counts(random *rand.Rand, connections uint32) model.Counts {
	payload := uint64(math.Exp(9 + 2*random.NormFloat64()))
	packets := payload/1448 + 1 + uint64(connections)
	return model.Counts{WireBytes: payload + 52*packets + 8*uint64(connections), PayloadBytes: payload, Packets: packets}
}
