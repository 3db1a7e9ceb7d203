package minute

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"time"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

// Explanation is the chain of facts that led to one edge in one minute.
type Explanation struct {
	Minute model.Minute
	Edge   model.EdgeKey
	// Sent is what the reports that were taken add up to.
	Sent  model.Counts
	Pairs []attribution.ExplainedPair
	// Facts are what named the ends and their places: of each pod, node, address and
	// endpoint in Pairs, in order of kind, key and time.
	Facts []model.Fact
	// Services are the Services that were dialled, by address.
	Services map[netip.Addr]model.Fact
}

// Explain tells why an edge carried what it did, by the code that attributed it.
func Explain(input Input, edge model.EdgeKey) (Explanation, error) {
	index, err := attribution.NewIndex(input.Facts)
	if err != nil {
		return Explanation{}, fmt.Errorf("indexing the facts of %s: %w", input.Minute, err)
	}
	explained := Explanation{
		Minute: input.Minute, Edge: edge,
		Pairs: attribution.Explain(index, coverageOf(input.Batches), input.Rows, edge),
	}
	for _, pair := range explained.Pairs {
		for i := range pair.Reports {
			if pair.Reports[i].Truth {
				explained.Sent = explained.Sent.Add(pair.Reports[i].Counts)
			}
		}
	}
	explained.addFacts(input)
	return explained, nil
}

// Speaking returns for each edge which rows of a minute, by index and in order,
// speak of it: the reports that were taken as the truth and those kept as the check.
func Speaking(input Input) (map[model.EdgeID][]int32, error) {
	index, err := attribution.NewIndex(input.Facts)
	if err != nil {
		return nil, fmt.Errorf("indexing the facts of %s: %w", input.Minute, err)
	}
	return attribution.Speaking(index, coverageOf(input.Batches), input.Rows), nil
}

// Reports are all directions of a minute's rows, with the ends that they were
// given and whether they were taken, in no order.
func Reports(input Input) ([]attribution.ExplainedReport, error) {
	index, err := attribution.NewIndex(input.Facts)
	if err != nil {
		return nil, fmt.Errorf("indexing the facts of %s: %w", input.Minute, err)
	}
	return attribution.Reports(index, coverageOf(input.Batches), input.Rows), nil
}

// named is what the pairs name: what to look for in the facts.
type named struct {
	addrs     map[netip.Addr]bool
	keys      map[model.FactKind]map[string]bool
	nodes     map[model.AgentID]bool
	dialled   map[netip.Addr]bool
	from, end time.Time
}

func (e *Explanation) addFacts(input Input) {
	n := named{
		addrs: map[netip.Addr]bool{}, nodes: map[model.AgentID]bool{}, dialled: map[netip.Addr]bool{},
		keys: map[model.FactKind]map[string]bool{
			model.FactPod: {}, model.FactEndpoint: {}, model.FactRoute: {}, model.FactSubnet: {}, model.FactRevision: {},
		},
		from: input.Minute.Start(), end: input.Minute.End(),
	}
	for _, id := range []string{e.Edge.SourceRevision, e.Edge.DestinationRevision} {
		n.keys[model.FactRevision][id] = id != ""
	}
	for p := range e.Pairs {
		for r := range e.Pairs[p].Reports {
			n.add(&e.Pairs[p].Reports[r], &input.Rows[e.Pairs[p].Reports[r].Row].Row)
		}
	}
	e.Services = map[netip.Addr]model.Fact{}
	for _, fact := range input.Facts {
		if n.names(fact) {
			e.Facts = append(e.Facts, fact)
		}
		if fact.Kind == model.FactService {
			for _, addr := range fact.Service.Addrs {
				if n.dialled[addr] {
					e.Services[addr] = fact
				}
			}
		}
	}
	slices.SortFunc(e.Facts, func(a, b model.Fact) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key), a.Period.From.Compare(b.Period.From), cmp.Compare(a.Source, b.Source))
	})
}

func (n *named) add(report *attribution.ExplainedReport, row *model.FlowRow) {
	for _, end := range []*attribution.ExplainedEnd{&report.Source, &report.Destination} {
		if end.Addr.IsValid() && end.Rule != attribution.RuleSameHost {
			n.addrs[end.Addr] = true
		}
		n.nodes[end.Node] = end.Node != model.AgentID{}
		n.keys[model.FactEndpoint][end.Endpoint] = end.Endpoint != ""
	}
	if row.Local.Kind == model.LocalPod {
		n.keys[model.FactPod][row.Local.ID] = true
	}
	reason := report.PathReason
	n.keys[model.FactRoute][reason.Route], n.keys[model.FactSubnet][reason.Subnet] = reason.Route != "", reason.Subnet != ""
	n.keys[model.FactEndpoint][reason.Endpoint] = reason.Endpoint != ""
	if row.VirtualAddr.IsValid() {
		n.dialled[row.VirtualAddr] = true
	}
}

// names tells whether a fact is a part of the chain: one of a pod, an endpoint, a
// route, a subnet or a revision by its key, of a node by its name, and every claim
// on an address in the minute, also one that did not win.
func (n *named) names(fact model.Fact) bool {
	if n.keys[fact.Kind][fact.Key] {
		return true
	}
	switch fact.Kind {
	case model.FactNode:
		return n.nodes[model.AgentID{Cluster: fact.Node.Cluster, Node: fact.Node.Name}]
	case model.FactPod:
		return fact.Period.Overlaps(model.Period{From: n.from, To: n.end}) &&
			slices.ContainsFunc(fact.Pod.Addrs, func(addr netip.Addr) bool { return n.addrs[addr.Unmap()] })
	default:
		return false
	}
}
