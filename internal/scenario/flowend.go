package scenario

import (
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// endNamed finds what a flow's line calls an end: a pod NAMESPACE/NAME, a node
// node:NAME or node:NAME/PROCESS, an endpoint's name, or a bare IP address.
func (sc *Scenario) endNamed(text string, at time.Time) (flowEnd, error) {
	if address, err := netip.ParseAddr(text); err == nil {
		return flowEnd{addr: address}, nil
	}
	if name, process, ok := cutNode(text); ok {
		return sc.nodeEnd(name, process)
	}
	if endpoint := sc.endpoints[text]; endpoint != nil {
		return flowEnd{addr: firstHost(endpoint.CIDRs[0])}, nil
	}
	if strings.Contains(text, "/") {
		return sc.podEnd(text, at)
	}
	return flowEnd{}, fmt.Errorf("end %q: want a pod NAMESPACE/NAME, node:NAME, an endpoint of cloud.yaml or an IP address", text)
}

func (sc *Scenario) nodeEnd(name, process string) (flowEnd, error) {
	agent, err := sc.agentNamed(name)
	if err != nil {
		return flowEnd{}, err
	}
	addrs := sc.nodes[name].Addrs
	if len(addrs) == 0 {
		return flowEnd{}, fmt.Errorf("node %q has no address in the inventory", name)
	}
	return flowEnd{addrs[0], agent, model.LocalEnd{Kind: model.LocalNode, ID: process}}, nil
}

// podEnd finds the pod of a name that lives at a time.
func (sc *Scenario) podEnd(name string, at time.Time) (flowEnd, error) {
	for _, p := range sc.pods {
		if p.name == name && p.period.Contains(at) {
			agent := model.AgentID{Cluster: p.fact.Cluster, Node: p.fact.Node}
			return flowEnd{p.fact.Addrs[0], agent, model.LocalEnd{Kind: model.LocalPod, ID: p.uid}}, nil
		}
	}
	return flowEnd{}, fmt.Errorf("no pod %q lives at %s", name, at.Format(time.TimeOnly))
}

// firstHost is the first address of a range that is not the range's own.
func firstHost(cidr netip.Prefix) netip.Addr {
	if cidr.IsSingleIP() {
		return cidr.Addr()
	}
	return cidr.Addr().Next()
}
