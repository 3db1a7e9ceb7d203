package flowstore

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// factID is what a later fact replaces an earlier one by. The source belongs to
// it: an agent's sight of a pod does not take back what Kubernetes said of it,
// even where both begin at the same instant.
type factID struct {
	thing
	source string
	from   int64 // nanoseconds since the epoch
}

func idOf(fact model.Fact) factID {
	return factID{thing{fact.Kind, clusterOf(fact), fact.Key}, fact.Source, nanos(fact.Period.From)}
}

func clusterOf(fact model.Fact) string {
	switch {
	case fact.Pod != nil:
		return fact.Pod.Cluster
	case fact.Node != nil:
		return fact.Node.Cluster
	case fact.Service != nil:
		return fact.Service.Cluster
	case fact.Revision != nil:
		return fact.Revision.Cluster
	default:
		return describedCluster(fact)
	}
}

func describedCluster(fact model.Fact) string {
	switch {
	case fact.Namespace != nil:
		return fact.Namespace.Cluster
	case fact.Workload != nil:
		return fact.Workload.Cluster
	case fact.EndpointSlice != nil:
		return fact.EndpointSlice.Cluster
	case fact.Gateway != nil:
		return fact.Gateway.Cluster
	case fact.Watch != nil:
		return fact.Watch.Cluster
	default:
		return ""
	}
}

// body is the part of a fact that has no column of its own.
type body struct {
	Pod      *model.PodFact      `json:"pod,omitempty"`
	Node     *model.NodeFact     `json:"node,omitempty"`
	Service  *model.ServiceFact  `json:"service,omitempty"`
	Revision *model.RevisionFact `json:"revision,omitempty"`
	Endpoint *model.EndpointFact `json:"endpoint,omitempty"`
	Route    *model.RouteFact    `json:"route,omitempty"`
	Subnet   *model.SubnetFact   `json:"subnet,omitempty"`

	Namespace     *model.NamespaceFact     `json:"namespace,omitempty"`
	Workload      *model.WorkloadFact      `json:"workload,omitempty"`
	EndpointSlice *model.EndpointSliceFact `json:"endpointSlice,omitempty"`
	Gateway       *model.GatewayFact       `json:"gateway,omitempty"`
	Watch         *model.WatchFact         `json:"watch,omitempty"`
}

func bodyOf(f model.Fact) body {
	return body{
		f.Pod, f.Node, f.Service, f.Revision, f.Endpoint, f.Route, f.Subnet,
		f.Namespace, f.Workload, f.EndpointSlice, f.Gateway, f.Watch,
	}
}

func (b body) into(f *model.Fact) {
	f.Pod, f.Node, f.Service, f.Revision, f.Endpoint, f.Route, f.Subnet = b.Pod, b.Node, b.Service, b.Revision, b.Endpoint, b.Route, b.Subnet
	f.Namespace, f.Workload, f.EndpointSlice, f.Gateway, f.Watch = b.Namespace, b.Workload, b.EndpointSlice, b.Gateway, b.Watch
}

// factDigest is SHA-256 over what a version of a fact says.
type factDigest [sha256.Size]byte

func (d factDigest) String() string { return hex.EncodeToString(d[:]) }

// freshFact is a fact to be recorded, in the form of its row.
type freshFact struct {
	id     factID
	to     int64
	text   string
	digest factDigest
	// again is true where an earlier version is known.
	again bool
}

func freshOf(fact model.Fact) (freshFact, error) {
	text, err := json.Marshal(bodyOf(fact))
	if err != nil {
		return freshFact{}, fmt.Errorf("writing %s fact %q as JSON: %w", fact.Kind, fact.Key, err)
	}
	f := freshFact{id: idOf(fact), to: nanos(fact.Period.To), text: string(text)}
	f.digest = sha256.Sum256(fmt.Appendf(nil, "%d\x00%s\x00%s", f.to, f.id.source, f.text))
	return f, nil
}

// nanos is a moment as nanoseconds since the epoch, 0 for the zero time
// ("since ever" and "still open").
func nanos(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

func instant(nanos int64) time.Time {
	if nanos == 0 {
		return time.Time{}
	}
	return time.Unix(0, nanos).UTC()
}
