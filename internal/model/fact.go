package model

import (
	"net/netip"
	"time"
)

// FactKind says what a fact is about.
type FactKind string

// Fact kinds.
const (
	FactPod      FactKind = "pod"
	FactNode     FactKind = "node"
	FactService  FactKind = "service"
	FactRevision FactKind = "revision"
	FactEndpoint FactKind = "endpoint"
	FactRoute    FactKind = "route"
	FactSubnet   FactKind = "subnet"
)

// Kinds of facts that describe and that no address is resolved by: they are
// stored beside the others, and no minute is folded from them.
const (
	FactNamespace     FactKind = "namespace"
	FactWorkload      FactKind = "workload"
	FactEndpointSlice FactKind = "endpoint-slice"
	FactGateway       FactKind = "gateway"
	FactWatch         FactKind = "watch"
)

// Describes reports whether the kind only describes: who held an address does
// not depend on it.
func (k FactKind) Describes() bool {
	switch k {
	case FactNamespace, FactWorkload, FactEndpointSlice, FactGateway, FactWatch:
		return true
	default:
		return false
	}
}

// Fact is one statement about the world that held during a period. Facts are
// never changed: a later fact with the same kind, key, source and From and a
// higher Recorded replaces an earlier one, so that any past state can be asked again.
// Exactly one body pointer is set, the one named by Kind.
type Fact struct {
	Kind FactKind
	// Key is stable over the thing's whole life: a pod UID, a node name, a
	// service UID, a revision id, an endpoint or route name.
	Key string
	// Period is when it held. A zero To means that it still holds.
	Period Period
	// Recorded is when the store learnt it.
	Recorded time.Time
	// Source says who told: "agent/NODE", "kubernetes/CLUSTER", "file/NAME",
	// "cloud/PROVIDER/ACCOUNT/REGION", "ranges/PROVIDER/DATE".
	Source string

	Pod      *PodFact
	Node     *NodeFact
	Service  *ServiceFact
	Revision *RevisionFact
	Endpoint *EndpointFact
	Route    *RouteFact
	Subnet   *SubnetFact

	Namespace     *NamespaceFact     `json:",omitempty"`
	Workload      *WorkloadFact      `json:",omitempty"`
	EndpointSlice *EndpointSliceFact `json:",omitempty"`
	Gateway       *GatewayFact       `json:",omitempty"`
	Watch         *WatchFact         `json:",omitempty"`
}

// WorkloadRef names a workload: the stable thing that a person owns.
type WorkloadRef struct {
	Namespace, Kind, Name string
}

// In is the workload of a cluster as an end of transfers.
func (w WorkloadRef) In(cluster string) Identity {
	return Identity{Kind: KindWorkload, Cluster: cluster, Namespace: w.Namespace, Type: w.Kind, Name: w.Name}
}

// PodFact is one pod during one part of its life.
type PodFact struct {
	Cluster, Namespace, Name string
	Node                     string
	Addrs                    []netip.Addr
	HostNetwork              bool
	// Workload owns the pod; a bare pod is its own workload of kind "Pod".
	Workload WorkloadRef
	// Revision is the id of the rollout revision, "" where there is none.
	Revision string
	Labels   map[string]string
	// Phase is Kubernetes' word for where it is in its life, "" where unknown.
	Phase string `json:",omitempty"`
}

// NodeFact is one machine.
type NodeFact struct {
	Cluster, Name string
	Addrs         []netip.Addr
	Place         Place
	// Subnet selects the routes that apply, "" where unknown.
	Subnet string
	// ProviderID is the machine's id at its provider, for example
	// aws:///us-east-1a/i-0abc; InstanceType is its size. Both "" where unknown.
	ProviderID   string `json:",omitempty"`
	InstanceType string `json:",omitempty"`
}

// ServiceFact is one Kubernetes Service.
type ServiceFact struct {
	Cluster, Namespace, Name string
	Addrs                    []netip.Addr
	// Type is ClusterIP, NodePort, LoadBalancer or ExternalName, "" where unknown.
	Type  string        `json:",omitempty"`
	Ports []ServicePort `json:",omitempty"`
	// Hosts are the names of its load balancers.
	Hosts []string `json:",omitempty"`
	// ExternalTrafficPolicy is Cluster or Local, TrafficDistribution for example
	// PreferSameZone; "" where not set.
	ExternalTrafficPolicy string `json:",omitempty"`
	TrafficDistribution   string `json:",omitempty"`
}

// ServicePort is one port of a Service.
type ServicePort struct {
	Port, NodePort uint16
	Protocol       Protocol
	// Target is the pods' port, by number or by name.
	Target string `json:",omitempty"`
}

// RevisionFact is one rollout revision of a workload: who changed what, when.
type RevisionFact struct {
	Cluster  string
	Workload WorkloadRef
	// Hash is the pod-template hash.
	Hash      string
	Number    int64
	Images    []string
	RolledOut time.Time
	ChangedBy string
	Cause     string
	GitCommit string
	Team      string
}

// EndpointFact is something outside the cluster, known by its addresses.
type EndpointFact struct {
	// Class says what it is: "s3", "dynamodb", "internet", "on-premises", ...
	Class string
	// Name is the display name and, with Class and Place.Region, its identity.
	Name  string
	CIDRs []netip.Prefix
	// Hosts are DNS names whose addresses are its own; a loop asks for them and
	// states what it hears as facts with CIDRs.
	Hosts []string `json:",omitempty"`
	// Place.Network is set where CIDRs are private addresses of one network, and
	// mean something else in another.
	Place Place
	// Team owns it, "" where nobody said.
	Team string `json:",omitempty"`
	// Reach is the way to it for whoever is in its network: an interface endpoint
	// or a load balancer is on the way although no route names it. The zero Path
	// means that there is nothing in between.
	Reach Path `json:",omitzero"`
}

// RouteFact says how traffic of a subnet reaches a destination.
type RouteFact struct {
	// Subnet the route applies to, "" for every subnet.
	Subnet string
	// Destination is matched by longest prefix.
	Destination netip.Prefix
	// Endpoint restricts the route to one endpoint class, "" for any (a gateway
	// endpoint's prefix list is the case in point), and EndpointRegion to those of
	// one region.
	EndpointClass  string
	EndpointRegion string `json:",omitempty"`
	Path           Path
	// Network is the VPC that the route leads to, "" where it is none or unknown.
	Network string `json:",omitempty"`
	// Table names the route tables that say so, in the order of the way.
	Table string `json:",omitempty"`
}

// SubnetFact is a part of a network whose members share routes. Its key is the
// subnet's id.
type SubnetFact struct {
	CIDRs []netip.Prefix
	Place Place
}
