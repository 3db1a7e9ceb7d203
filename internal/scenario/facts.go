package scenario

import (
	"fmt"
	"strings"

	"github.com/egressor/egressor/internal/inventory"
	"github.com/egressor/egressor/internal/model"
)

// pod is a pod that flows can name.
type pod struct {
	name   string // namespace/name
	uid    string
	fact   *model.PodFact
	period model.Period
}

// readFacts reads a section in the grammar of package inventory and notes what
// flows may refer to. The section is padded to its place in the file, so that
// the line numbers in errors are the file's.
func (sc *Scenario) readFacts(s section) error {
	padded := strings.Repeat("\n", max(0, s.line-1)) + s.text
	facts, err := inventory.Parse(sc.File, []byte(padded))
	if err != nil {
		return err
	}
	for _, fact := range facts {
		if err := sc.addFact(fact); err != nil {
			return fmt.Errorf("%s:%d: %s: %w", sc.File, s.line, s.name, err)
		}
	}
	return nil
}

func (sc *Scenario) addFact(fact model.Fact) error {
	sc.Facts = append(sc.Facts, fact)
	switch fact.Kind {
	case model.FactNode:
		node := fact.Node
		if sc.nodes[node.Name] == nil {
			sc.Agents = append(sc.Agents, model.AgentID{Cluster: node.Cluster, Node: node.Name})
		}
		sc.nodes[node.Name] = node
	case model.FactPod:
		return sc.addPod(fact)
	case model.FactService:
		sc.services[fact.Service.Namespace+"/"+fact.Service.Name] = fact.Service
	case model.FactEndpoint:
		sc.endpoints[fact.Endpoint.Name] = fact.Endpoint
	default: // nothing that a flow can name
	}
	return nil
}

func (sc *Scenario) addPod(fact model.Fact) error {
	p := fact.Pod
	name := p.Namespace + "/" + p.Name
	if sc.nodes[p.Node] == nil {
		return fmt.Errorf("pod %s: node %q is not among the nodes", name, p.Node)
	}
	if len(p.Addrs) == 0 {
		return fmt.Errorf("pod %s: it needs an address", name)
	}
	sc.pods = append(sc.pods, pod{name: name, uid: fact.Key, fact: p, period: fact.Period})
	return nil
}
