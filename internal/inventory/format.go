package inventory

import (
	"bytes"
	"fmt"
	"net/netip"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/egressor/egressor/internal/model"
)

// Format is the inverse of Parse for a file called path.
func Format(path string, facts []model.Fact) ([]byte, error) {
	doc := document{Cluster: commonCluster(facts)}
	for _, f := range facts {
		if err := doc.add(f, defaultSource(path)); err != nil {
			return nil, err
		}
	}
	var text bytes.Buffer
	encoder := yaml.NewEncoder(&text)
	encoder.SetIndent(2)
	if err := encoder.Encode(doc); err != nil {
		return nil, err
	}
	return text.Bytes(), encoder.Close()
}

// prose is a text that may have several lines. It is written in double quotes:
// the library's block style loses a text that is nothing but line breaks.
type prose string

// MarshalYAML implements yaml.Marshaler.
func (p prose) MarshalYAML() (any, error) {
	if !strings.ContainsAny(string(p), "\r\n\u0085\u2028\u2029") {
		return string(p), nil
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.DoubleQuotedStyle, Value: string(p)}, nil
}

// commonCluster becomes the file's cluster, entries of other clusters say
// theirs. It is empty where an entry is in no cluster: that cannot be said
// against a file's cluster.
func commonCluster(facts []model.Fact) string {
	common := ""
	for _, f := range facts {
		if f.Endpoint != nil || f.Route != nil || f.Subnet != nil {
			continue
		}
		switch cluster := clusterOf(f); {
		case cluster == "":
			return ""
		case common == "":
			common = cluster
		}
	}
	return common
}

func clusterOf(f model.Fact) string {
	switch {
	case f.Node != nil:
		return f.Node.Cluster
	case f.Pod != nil:
		return f.Pod.Cluster
	case f.Service != nil:
		return f.Service.Cluster
	case f.Revision != nil:
		return f.Revision.Cluster
	default:
		return ""
	}
}

// add appends the fact's entry to its section, leaving out what the reader
// fills in.
func (d *document) add(f model.Fact, source string) error {
	c := common{From: f.Period.From, To: f.Period.To, Recorded: f.Recorded, Source: unless(f.Source, source)}
	cluster := unless(clusterOf(f), d.Cluster)
	key := unless(f.Key, DefaultKey(f))
	switch {
	case f.Node != nil:
		n := f.Node
		d.Nodes = append(d.Nodes, nodeEntry{
			Key: key, Cluster: cluster, Name: n.Name, Addrs: texts(n.Addrs),
			Place: placeEntry(n.Place), Subnet: n.Subnet, Common: c,
		})
	case f.Pod != nil:
		p := f.Pod
		d.Pods = append(d.Pods, podEntry{
			UID: f.Key, Cluster: cluster, Namespace: p.Namespace, Name: p.Name, Node: p.Node,
			Addrs: texts(p.Addrs), HostNetwork: p.HostNetwork, Workload: p.Workload.Kind + "/" + p.Workload.Name,
			Revision: p.Revision, Labels: p.Labels, Common: c,
		})
	case f.Service != nil:
		s := f.Service
		d.Services = append(d.Services, serviceEntry{
			Key: key, Cluster: cluster, Namespace: s.Namespace, Name: s.Name, Addrs: texts(s.Addrs), TrafficDistribution: s.TrafficDistribution, Common: c,
		})
	case f.Revision != nil:
		r := f.Revision
		d.Revisions = append(d.Revisions, revisionEntry{
			ID: f.Key, Cluster: cluster, Workload: r.Workload.Namespace + "/" + r.Workload.Kind + "/" + r.Workload.Name,
			Hash: r.Hash, Number: r.Number, Images: r.Images, RolledOut: r.RolledOut, ChangedBy: r.ChangedBy,
			Cause: prose(r.Cause), GitCommit: r.GitCommit, Team: r.Team, Common: c,
		})
	case f.Endpoint != nil:
		e := f.Endpoint
		d.Endpoints = append(d.Endpoints, endpointEntry{
			Key: key, Class: e.Class, Name: e.Name, CIDRs: texts(e.CIDRs), Hosts: e.Hosts, Place: placeEntry(e.Place),
			Team: e.Team, Reach: pathEntryOf(e.Reach), Common: c,
		})
	case f.Route != nil:
		r := f.Route
		d.Routes = append(d.Routes, routeEntry{
			Key: key, Subnet: r.Subnet, Destination: r.Destination.String(), EndpointClass: r.EndpointClass,
			EndpointRegion: r.EndpointRegion, Path: pathEntryOf(r.Path), Network: r.Network, Table: r.Table, Common: c,
		})
	case f.Subnet != nil:
		d.Subnets = append(d.Subnets, subnetEntry{
			ID: f.Key, CIDRs: texts(f.Subnet.CIDRs), Place: placeEntry(f.Subnet.Place), Common: c,
		})
	case f.EndpointSlice != nil:
		s := f.EndpointSlice
		entry := sliceEntry{Key: key, Cluster: cluster, Namespace: s.Namespace, Service: s.Service, Common: c}
		for _, endpoint := range s.Endpoints {
			if endpoint.Ready {
				entry.Endpoints = append(entry.Endpoints, sliceEndpointEntry{Addr: endpoint.Addr.String(), Pod: endpoint.Pod, Node: endpoint.Node, Zone: endpoint.Zone, Hints: endpoint.Hints})
			}
		}
		d.Slices = append(d.Slices, entry)
	default:
		return fmt.Errorf("fact %s %q has no body", f.Kind, f.Key)
	}
	return nil
}

func pathEntryOf(p model.Path) pathEntry {
	return pathEntry{Path: string(p.Kind), Via: p.Via, ViaZone: p.ViaZone, Assumed: p.Assumed}
}

// unless returns text, "" where it is the default.
func unless(text, standard string) string {
	if text == standard {
		return ""
	}
	return text
}

func texts[T netip.Addr | netip.Prefix](values []T) []string {
	var all []string
	for _, v := range values {
		all = append(all, fmt.Sprint(v))
	}
	return all
}
