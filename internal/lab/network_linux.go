package lab

import (
	"fmt"
	"net/netip"

	"github.com/egressor/egressor/internal/lab/kernel"
)

// network is the namespaces that are no pods. Links are named for what they
// lead to.
type network struct {
	vpc, cloud *kernel.Netns
	nodes      map[string]*kernel.Netns
}

const (
	uplink     = "eth0" // of a pod, a node and the NAT: towards the VPC
	publicLink = "eth1" // of the NAT: towards the internet
	podBridge  = "cni0"
	// subnetTable + N is the number of the Nth subnet's route table.
	subnetTable = 100
)

// buildNetwork makes all namespaces and links but the pods'. What was made
// before an error is found by name and removed by Cleanup.
func buildNetwork(p Plan, create func(part string) (*kernel.Netns, error)) (*network, error) {
	n := &network{nodes: map[string]*kernel.Netns{}}
	for part, place := range map[string]**kernel.Netns{"vpc": &n.vpc, "cloud": &n.cloud} {
		ns, err := create(part)
		if err != nil {
			return nil, err
		}
		*place = ns
	}
	if err := n.vpc.Forward(); err != nil {
		return nil, err
	}
	for i := range p.NATs {
		nat, err := create(natName(i))
		if err == nil {
			err = n.buildNAT(nat, i)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := n.buildCloud(p); err != nil {
		return nil, err
	}
	for i, node := range p.Nodes {
		ns, err := create(node.Name)
		if err != nil {
			return nil, err
		}
		n.nodes[node.Name] = ns
		if err := n.buildNode(ns, node.Name, i+1); err != nil {
			return nil, err
		}
		if err := n.buildSubnet(p, node, i+1); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// join links two namespaces with a network of their own.
func join(a *kernel.Netns, aLink string, aAddr netip.Addr, b *kernel.Netns, bLink string, bAddr netip.Addr) error {
	if err := a.AddVeth(aLink, b, bLink); err != nil {
		return err
	}
	if err := a.AddAddr(aLink, netip.PrefixFrom(aAddr, linkPrefixBits)); err != nil {
		return err
	}
	return b.AddAddr(bLink, netip.PrefixFrom(bAddr, linkPrefixBits))
}

func (n *network) buildNAT(nat *kernel.Netns, number int) error {
	if err := nat.Forward(); err != nil {
		return err
	}
	link := natName(number)
	if err := join(n.vpc, link, vpcToNAT(number), nat, uplink, natToVPC(number)); err != nil {
		return err
	}
	if err := join(n.cloud, link, cloudToNAT(number), nat, publicLink, natPublic(number)); err != nil {
		return err
	}
	if err := nat.AddRoute(kernel.Route{Destination: vpcRange, Via: vpcToNAT(number), Link: uplink}); err != nil {
		return err
	}
	if err := nat.AddRoute(kernel.Route{Destination: outsideRange, Via: cloudToNAT(number), Link: publicLink}); err != nil {
		return err
	}
	return nat.Masquerade(publicLink)
}

func (n *network) buildCloud(p Plan) error {
	if err := join(n.vpc, "cloud", vpcToCloud, n.cloud, "endpoint", cloudToVPC); err != nil {
		return err
	}
	if err := n.cloud.AddRoute(kernel.Route{Destination: vpcRange, Via: vpcToCloud, Link: "endpoint"}); err != nil {
		return err
	}
	for _, o := range p.Outside {
		if err := n.cloud.AddAddr("lo", netip.PrefixFrom(o.Addr, 32)); err != nil {
			return fmt.Errorf("stand-in %s: %w", o.Name, err)
		}
	}
	return nil
}

func (n *network) buildNode(ns *kernel.Netns, name string, number int) error {
	if err := ns.Forward(); err != nil {
		return err
	}
	if err := join(n.vpc, name, subnetGateway(number), ns, uplink, nodeAddr(number)); err != nil {
		return err
	}
	if err := ns.AddRoute(kernel.Route{Destination: anyRange, Via: subnetGateway(number), Link: uplink}); err != nil {
		return err
	}
	if err := ns.AddBridge(podBridge, netip.PrefixFrom(podAddr(number, 1), 24)); err != nil {
		return err
	}
	return n.vpc.AddRoute(kernel.Route{Destination: podRange(number), Via: nodeAddr(number), Link: name})
}

// buildSubnet lays the subnet's route table, as Plan.routeFacts states it.
func (n *network) buildSubnet(p Plan, node NodePlan, number int) error {
	table := subnetTable + number
	if err := n.vpc.RouteFrom(node.Name, table); err != nil {
		return err
	}
	nat := p.natOf(node.Zone)
	toNAT := kernel.Route{Destination: outsideRange, Via: natToVPC(nat), Link: natName(nat), Table: table}
	if err := n.vpc.AddRoute(toNAT); err != nil {
		return err
	}
	for _, g := range p.Gateways {
		if !g.associated(node.Subnet) {
			continue
		}
		for _, prefix := range p.prefixesOf(g.Class) {
			past := kernel.Route{Destination: prefix, Via: cloudToVPC, Link: "cloud", Table: table}
			if err := n.vpc.AddRoute(past); err != nil {
				return err
			}
		}
	}
	return nil
}

// connectPod links a pod's namespace to its node. The pod's address stands
// alone (/32), so that all it sends passes the node's routing: traffic between
// two pods of a node is translated like any other.
func connectPod(pod, node *kernel.Netns, nodeLink string, nodeNumber int, addr netip.Addr) error {
	if err := node.AddVeth(nodeLink, pod, uplink); err != nil {
		return err
	}
	if err := node.Enslave(nodeLink, podBridge); err != nil {
		return err
	}
	if err := pod.AddAddr(uplink, netip.PrefixFrom(addr, 32)); err != nil {
		return err
	}
	return pod.AddRoute(kernel.Route{Destination: anyRange, Via: podAddr(nodeNumber, 1), Link: uplink})
}
