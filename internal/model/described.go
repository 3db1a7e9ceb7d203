package model

import (
	"net/netip"
	"time"
)

// NamespaceFact is one Kubernetes namespace.
type NamespaceFact struct {
	Cluster, Name string
	Team          string            `json:",omitempty"`
	Labels        map[string]string `json:",omitempty"`
}

// WorkloadFact is one workload as its owner labelled it.
type WorkloadFact struct {
	Cluster  string
	Workload WorkloadRef
	// Replicas is how many pods are asked for, -1 where the kind has no such number.
	Replicas int64
	Team     string            `json:",omitempty"`
	Labels   map[string]string `json:",omitempty"`
	// Annotations are those that a setting names.
	Annotations map[string]string `json:",omitempty"`
}

// EndpointSliceFact says which pods were behind a Service.
type EndpointSliceFact struct {
	Cluster, Namespace, Service string
	Endpoints                   []SliceEndpoint
}

// SliceEndpoint is one address behind a Service.
type SliceEndpoint struct {
	Addr  netip.Addr
	Pod   string `json:",omitempty"` // UID
	Node  string `json:",omitempty"`
	Zone  string `json:",omitempty"` // as the node's label says
	Ready bool
	// Hints are the zones whose traffic it should get, none where there is no hint.
	Hints []string `json:",omitempty"`
}

// GatewayFact is an Ingress, a Gateway or a route of one: a way in.
type GatewayFact struct {
	Cluster string
	// Object is the object itself, Class its ingress or gateway class.
	Object WorkloadRef
	Class  string `json:",omitempty"`
	// Hosts are the names that it serves, Services what it hands requests to, as
	// namespace/name, Parents the gateways that a route belongs to.
	Hosts    []string `json:",omitempty"`
	Services []string `json:",omitempty"`
	Parents  []string `json:",omitempty"`
	// Addrs and Names are where it is reached.
	Addrs []netip.Addr `json:",omitempty"`
	Names []string     `json:",omitempty"`
}

// WatchFact says that in its period everything that happened to a resource of a
// cluster is known. What lies between two such periods is a gap.
type WatchFact struct {
	Cluster string
	// Resource is the plural with its group, for example replicasets.apps.
	Resource string
	// Listed is when the list that the period begins with was taken.
	Listed time.Time
}
