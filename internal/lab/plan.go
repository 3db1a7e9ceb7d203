package lab

import (
	"fmt"
	"net/netip"
	"time"

	"github.com/egressor/egressor/internal/lab/workload"
	"github.com/egressor/egressor/internal/model"
)

// Plan says what a lab consists of. It is data: the same on every machine.
type Plan struct {
	// Cluster is the cluster's name; Region the cloud region that it is in.
	Cluster, Region string
	// Nodes are at most 9; the Nth has the pods of 10.244.N.0/24.
	Nodes     []NodePlan
	Workloads []Workload
	// Outside are the stand-ins within 198.18.0.0/15.
	Outside []Outside
	// NATs are at least one. A subnet uses that of its own zone, or else the first.
	NATs []NATPlan
	// Gateways are the gateway endpoints: what they match does not pass the NAT.
	Gateways []GatewayEndpoint
	Registry Registry
}

// Registry is where nodes pull images from before a rollout starts a pod: From
// is the name of something outside, empty for no pulls.
type Registry struct {
	From       string
	ImageBytes int64
}

// NodePlan is one machine, with a subnet of its own.
type NodePlan struct {
	Name, Zone, Subnet string
}

// Workload is what one owner object of pods runs.
type Workload struct {
	Ref   model.WorkloadRef
	Team  string
	Image string
	// Commit is the git commit of the first revision.
	Commit string
	// Nodes names the node of each pod, one pod for each entry.
	Nodes  []string
	Listen []workload.Listener
	// ServiceAddr is the ClusterIP in 10.96.0.0/16 through which all listeners
	// are reached, the zero Addr for none.
	ServiceAddr netip.Addr
	// SameZone routes to the pods of the client's zone where there are any, as a
	// Service with trafficDistribution does.
	SameZone bool
	Calls    []Call
}

// Call is a planned call: To is a workload with a service ("shop/cart"), or
// the name of something outside ("s3"), on its Port.
type Call struct {
	To                          string
	Port                        uint16
	Protocol                    workload.Protocol
	RequestBytes, ResponseBytes int64
	Every                       time.Duration
	PerConnection               int
	// Times is how many calls are made, 0 for no end of them.
	Times int
}

// Outside is one stand-in: a server beyond the VPC that answers on its address.
type Outside struct {
	// Class is "s3", "dynamodb", "internet", ...; Name is how calls name it.
	Class, Name string
	// Region is empty for what is in none.
	Region string
	CIDR   netip.Prefix
	Addr   netip.Addr
}

// NATPlan is a NAT gateway.
type NATPlan struct{ ID, Zone string }

// GatewayEndpoint leads a class of endpoints past the NAT, for the subnets
// whose route tables it is in.
type GatewayEndpoint struct {
	ID, Class string
	// Interface makes it an interface endpoint: it leads past the NAT as well, and
	// is paid by the byte. Its own addresses are left out.
	Interface bool
	// Subnets are those associated, none for all of them.
	Subnets []string
}

// Key is "namespace/name".
func (w Workload) Key() string { return w.Ref.Namespace + "/" + w.Ref.Name }

// specFor turns the plan of a workload into what a process of it does. calls
// replace the planned ones.
func (p Plan) specFor(w Workload, podName string, calls []Call) (workload.Spec, error) {
	spec := workload.Spec{Name: w.Ref.Namespace + "/" + podName, Listen: w.Listen}
	for _, c := range calls {
		addr, err := p.resolve(c.To)
		if err != nil {
			return workload.Spec{}, fmt.Errorf("workload %s: %w", w.Key(), err)
		}
		spec.Calls = append(spec.Calls, workload.Call{
			Protocol: c.Protocol, To: netip.AddrPortFrom(addr, c.Port),
			RequestBytes: c.RequestBytes, ResponseBytes: c.ResponseBytes,
			Every: c.Every, PerConnection: c.PerConnection, Times: c.Times,
		})
	}
	return spec, nil
}

// resolve returns the address that a call's To stands for.
func (p Plan) resolve(to string) (netip.Addr, error) {
	for _, w := range p.Workloads {
		if w.Key() == to && w.ServiceAddr.IsValid() {
			return w.ServiceAddr, nil
		}
	}
	for _, o := range p.Outside {
		if o.Name == to {
			return o.Addr, nil
		}
	}
	return netip.Addr{}, fmt.Errorf("no service and nothing outside is called %q", to)
}

// check finds what would fail half-way through a start.
func (p Plan) check() error {
	if len(p.Nodes) == 0 || len(p.Nodes) > 9 {
		return fmt.Errorf("lab plan: want 1 to 9 nodes, not %d", len(p.Nodes))
	}
	if len(p.NATs) == 0 || len(p.NATs) > 9 {
		return fmt.Errorf("lab plan: want 1 to 9 NAT gateways, not %d", len(p.NATs))
	}
	if p.Registry.From != "" {
		if _, err := p.resolve(p.Registry.From); err != nil {
			return fmt.Errorf("lab plan: registry: %w", err)
		}
	}
	nodes := map[string]bool{}
	for _, n := range p.Nodes {
		nodes[n.Name] = true
	}
	for _, w := range p.Workloads {
		for _, node := range w.Nodes {
			if !nodes[node] {
				return fmt.Errorf("lab plan: workload %s: there is no node %q", w.Key(), node)
			}
		}
		if _, err := p.specFor(w, "", w.Calls); err != nil {
			return fmt.Errorf("lab plan: %w", err)
		}
	}
	return nil
}

// associated reports whether the endpoint is in the route table of subnet.
func (g GatewayEndpoint) associated(subnet string) bool {
	if len(g.Subnets) == 0 {
		return true
	}
	for _, s := range g.Subnets {
		if s == subnet {
			return true
		}
	}
	return false
}

// natOf is the number of the NAT gateway that a zone's subnets use.
func (p Plan) natOf(zone string) int {
	for i, nat := range p.NATs {
		if nat.Zone == zone {
			return i
		}
	}
	return 0
}
