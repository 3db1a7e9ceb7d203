package inventory

import "time"

// document is a file. Field names are the file's grammar.
type document struct {
	Cluster   string          `yaml:"cluster,omitempty"`
	Nodes     []nodeEntry     `yaml:"nodes,omitempty"`
	Pods      []podEntry      `yaml:"pods,omitempty"`
	Services  []serviceEntry  `yaml:"services,omitempty"`
	Revisions []revisionEntry `yaml:"revisions,omitempty"`
	Endpoints []endpointEntry `yaml:"endpoints,omitempty"`
	Routes    []routeEntry    `yaml:"routes,omitempty"`
	Subnets   []subnetEntry   `yaml:"subnets,omitempty"`
	Slices    []sliceEntry    `yaml:"endpointSlices,omitempty"`
}

// common is what every entry may say.
type common struct {
	From     time.Time `yaml:"from,omitempty"`
	To       time.Time `yaml:"to,omitempty"`
	Recorded time.Time `yaml:"recorded,omitempty"`
	Source   string    `yaml:"source,omitempty"`
}

type placeEntry struct {
	Provider string `yaml:"provider,omitempty"`
	Region   string `yaml:"region,omitempty"`
	Zone     string `yaml:"zone,omitempty"`
	Network  string `yaml:"network,omitempty"`
	Account  string `yaml:"account,omitempty"`
}

type nodeEntry struct {
	Key     string     `yaml:"key,omitempty"`
	Cluster string     `yaml:"cluster,omitempty"`
	Name    string     `yaml:"name"`
	Addrs   []string   `yaml:"addrs,omitempty,flow"`
	Place   placeEntry `yaml:",inline"`
	Subnet  string     `yaml:"subnet,omitempty"`
	Common  common     `yaml:",inline"`
}

type podEntry struct {
	UID         string   `yaml:"uid"`
	Cluster     string   `yaml:"cluster,omitempty"`
	Namespace   string   `yaml:"namespace"`
	Name        string   `yaml:"name"`
	Node        string   `yaml:"node,omitempty"`
	Addrs       []string `yaml:"addrs,omitempty,flow"`
	HostNetwork bool     `yaml:"hostNetwork,omitempty"`
	// Workload is "Kind/name", the pod itself where left out.
	Workload string            `yaml:"workload,omitempty"`
	Revision string            `yaml:"revision,omitempty"`
	Labels   map[string]string `yaml:"labels,omitempty,flow"`
	Common   common            `yaml:",inline"`
}

type serviceEntry struct {
	Key       string   `yaml:"key,omitempty"`
	Cluster   string   `yaml:"cluster,omitempty"`
	Namespace string   `yaml:"namespace"`
	Name      string   `yaml:"name"`
	Addrs     []string `yaml:"addrs,omitempty,flow"`
	// TrafficDistribution is for example PreferClose.
	TrafficDistribution string `yaml:"trafficDistribution,omitempty"`
	Common              common `yaml:",inline"`
}

type revisionEntry struct {
	ID      string `yaml:"id"`
	Cluster string `yaml:"cluster,omitempty"`
	// Workload is "namespace/Kind/name".
	Workload  string    `yaml:"workload"`
	Hash      string    `yaml:"hash,omitempty"`
	Number    int64     `yaml:"number,omitempty"`
	Images    []string  `yaml:"images,omitempty,flow"`
	RolledOut time.Time `yaml:"rolledOut,omitempty"`
	ChangedBy string    `yaml:"changedBy,omitempty"`
	Cause     prose     `yaml:"cause,omitempty"`
	GitCommit string    `yaml:"gitCommit,omitempty"`
	Team      string    `yaml:"team,omitempty"`
	Common    common    `yaml:",inline"`
}

type endpointEntry struct {
	Key    string     `yaml:"key,omitempty"`
	Class  string     `yaml:"class"`
	Name   string     `yaml:"name"`
	CIDRs  []string   `yaml:"cidrs,omitempty,flow"`
	Hosts  []string   `yaml:"hosts,omitempty,flow"`
	Place  placeEntry `yaml:",inline"`
	Team   string     `yaml:"team,omitempty"`
	Reach  pathEntry  `yaml:"reach,omitempty,flow"`
	Common common     `yaml:",inline"`
}

// pathEntry is model.Path in the file's words.
type pathEntry struct {
	Path    string `yaml:"path"`
	Via     string `yaml:"via,omitempty"`
	ViaZone string `yaml:"viaZone,omitempty"`
	Assumed bool   `yaml:"assumed,omitempty"`
}

type subnetEntry struct {
	ID     string     `yaml:"id"`
	CIDRs  []string   `yaml:"cidrs,flow"`
	Place  placeEntry `yaml:",inline"`
	Common common     `yaml:",inline"`
}

type routeEntry struct {
	Key            string    `yaml:"key,omitempty"`
	Subnet         string    `yaml:"subnet,omitempty"`
	Destination    string    `yaml:"destination"`
	EndpointClass  string    `yaml:"endpointClass,omitempty"`
	EndpointRegion string    `yaml:"endpointRegion,omitempty"`
	Path           pathEntry `yaml:",inline"`
	Network        string    `yaml:"network,omitempty"`
	Table          string    `yaml:"table,omitempty"`
	Common         common    `yaml:",inline"`
}

type sliceEntry struct {
	Key       string               `yaml:"key,omitempty"`
	Cluster   string               `yaml:"cluster,omitempty"`
	Namespace string               `yaml:"namespace"`
	Service   string               `yaml:"service"`
	Endpoints []sliceEndpointEntry `yaml:"endpoints"`
	Common    common               `yaml:",inline"`
}

// sliceEndpointEntry is one ready address behind a Service.
type sliceEndpointEntry struct {
	Addr  string   `yaml:"addr"`
	Pod   string   `yaml:"pod,omitempty"`
	Node  string   `yaml:"node,omitempty"`
	Zone  string   `yaml:"zone,omitempty"`
	Hints []string `yaml:"hints,omitempty,flow"`
}
