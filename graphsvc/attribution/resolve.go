package attribution

import (
	"net/netip"

	"github.com/egressor/egressor/internal/model"
)

// end is one end of a transfer as far as one report could name it. Ends are
// interned by a resolver: within one call, equal ends are the same pointer.
type end struct {
	addr     netip.Addr
	identity model.Identity
	revision string
	place    model.Place
	// node is the machine that the end is on, zero for ends outside.
	node model.AgentID
	// class is the endpoint class, "" for ends of another kind; endpoint is the key
	// of the fact that says so, and reach what is in front of it in its network.
	class, endpoint string
	reach           model.Path
	// subnet is where its machine is attached; noSubnet says why it is not known.
	subnet   string
	noSubnet noSubnet
	// onHost is true for a peer that needs no network: loopback, link-local.
	onHost bool
	// vague is true where an address was all there was to go by and it does not
	// single one owner out: a report from that end's own node knows better.
	vague bool
	// contested is true where several owners claim the address.
	contested bool
}

// local resolves the end on the reporting node. What the kernel said comes
// first, so that host-network pods and the node's own processes are told apart
// although they share an address.
func (x *Index) local(agent model.AgentID, row *model.FlowRow, window span) end {
	addr := row.LocalAddr.Unmap()
	switch row.Local.Kind {
	case model.LocalPod:
		pod, ok := x.podAt(row.Local.ID, window.from)
		if !ok {
			return x.onNode(agent, window, end{addr: addr, identity: model.Unknown(model.UnknownPod)})
		}
		return x.onNode(agent, window, end{addr: addr, identity: workloadOf(pod), revision: pod.Revision})
	case model.LocalNode:
		return x.onNode(agent, window, end{addr: addr, identity: unitIdentity(agent, row.Local.ID)})
	default:
		return x.localByAddress(agent, addr, window)
	}
}

// contested is an end of which nobody knows which of several owners it was.
func contested(addr netip.Addr) end {
	return end{addr: addr, identity: model.Unknown(model.UnknownAmbiguous), vague: true, contested: true}
}

// localByAddress serves reports that know addresses only: imported flow logs,
// and sockets that the kernel could not name an owner for.
func (x *Index) localByAddress(agent model.AgentID, addr netip.Addr, window span) end {
	cluster, holder := x.ownerOf(agent.Cluster, addr, window)
	switch holder.class {
	case ownerPod, ownerHostPod, ownerNode:
		return x.held(cluster, addr, holder, window)
	case ownerContested:
		return x.onNode(agent, window, contested(addr))
	default:
		return x.onNode(agent, window, end{addr: addr, identity: model.Unknown(model.UnknownLocalProcess), vague: true})
	}
}

// remote resolves the far end of a row, of which the reporting node knows the
// address only. It is asked from a cluster, by an end in a subnet and a network
// as far as they are known.
func (x *Index) remote(from string, near attachment, addr netip.Addr, window span) end {
	cluster, holder := x.ownerOf(from, addr, window)
	switch holder.class {
	case ownerPod, ownerHostPod, ownerNode:
		return x.held(cluster, addr, holder, window)
	case ownerContested:
		return contested(addr)
	case ownerService:
		return end{addr: addr, identity: model.Unknown(model.UnknownUntranslated)}
	default:
		return x.outside(near, addr, holder.class == ownerOtherTimes, window.from)
	}
}

// outside resolves an address that nobody in a cluster held in the window.
// Where somebody held it at another time, it is the cluster's, and only an
// endpoint of exactly this address is believed to have it now.
func (x *Index) outside(near attachment, addr netip.Addr, heldAtOtherTimes bool, at int64) end {
	found, ok := x.endpoints.find(addr, x.networkBehind(near, addr, at), at)
	switch {
	case ok && found.contested:
		return contested(addr)
	case ok && (!heldAtOtherTimes || found.bits == addr.BitLen()):
		class, place := found.fact.Class, found.fact.Place
		return end{
			addr: addr, class: class, endpoint: found.key, reach: found.fact.Reach,
			place: place, onHost: addr.IsLinkLocalUnicast(),
			// Of a whole network only the range is known: an agent there knows better.
			vague:    class == classNetwork,
			identity: model.Identity{Kind: model.KindCloudEndpoint, Type: class, Name: found.fact.Name, Region: place.Region},
		}
	}
	reason := model.UnknownAddress
	if heldAtOtherTimes {
		reason = model.UnknownNoOwner
	}
	return end{addr: addr, identity: model.Unknown(reason), vague: true, onHost: addr.IsLinkLocalUnicast()}
}

// classNetwork is the class of an endpoint that is all of a network.
const classNetwork = "network"

// held resolves an address that a pod or a node held.
func (x *Index) held(cluster string, addr netip.Addr, holder owner, window span) end {
	if holder.class == ownerNode {
		node := model.AgentID{Cluster: cluster, Node: holder.key}
		return x.onNode(node, window, end{addr: addr, identity: nodeIdentity(node), vague: true})
	}
	pod, ok := x.podAt(holder.key, window.from)
	if !ok { // a claim without its pod cannot be: both come from one fact
		return end{addr: addr, identity: model.Unknown(model.UnknownPod), vague: true}
	}
	found := end{addr: addr, identity: workloadOf(pod), revision: pod.Revision, vague: holder.class == ownerHostPod}
	return x.onNode(model.AgentID{Cluster: cluster, Node: pod.Node}, window, found)
}

// onNode puts an end onto a node, and into the node's place and subnet.
func (x *Index) onNode(node model.AgentID, window span, e end) end {
	e.node = node
	if fact, ok := x.nodeAt(node, window.from); ok {
		e.place = fact.Place
		x.attach(&e, fact, window.from)
	}
	return e
}

func nodeIdentity(node model.AgentID) model.Identity {
	return model.Identity{Kind: model.KindNode, Cluster: node.Cluster, Name: node.Node}
}

// unitIdentity is a unit of the node where it has a lasting name, else the node.
func unitIdentity(node model.AgentID, id string) model.Identity {
	identity := nodeIdentity(node)
	identity.Type = unitName(id)
	return identity
}

// workloadOf names the workload that owns a pod; a pod whose owner is not known
// is its own workload.
func workloadOf(pod *model.PodFact) model.Identity {
	workload := pod.Workload
	if workload.Name == "" {
		workload = model.WorkloadRef{Namespace: pod.Namespace, Kind: "Pod", Name: pod.Name}
	}
	return model.Identity{
		Kind: model.KindWorkload, Cluster: pod.Cluster,
		Namespace: workload.Namespace, Type: workload.Kind, Name: workload.Name,
	}
}
