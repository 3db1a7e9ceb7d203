package wire

import (
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"github.com/egressor/egressor/internal/model"
	pb "github.com/egressor/egressor/internal/wire/egressorpb"
)

func factToProto(f model.Fact) (*pb.Fact, error) {
	out := &pb.Fact{Key: f.Key, Source: f.Source}
	var errs [3]error
	out.From, errs[0] = timeToNanos(f.Period.From)
	out.To, errs[1] = timeToNanos(f.Period.To)
	out.Recorded, errs[2] = timeToNanos(f.Recorded)
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	if err := checkBody(f); err != nil {
		return nil, err
	}
	switch f.Kind {
	case model.FactPod:
		out.Body = &pb.Fact_Pod{Pod: podToProto(f.Pod)}
	case model.FactNode:
		out.Body = &pb.Fact_Node{Node: &pb.Node{
			Cluster: f.Node.Cluster, Name: f.Node.Name, Addresses: addrsToBytes(f.Node.Addrs),
			Place: placeToProto(f.Node.Place), Subnet: f.Node.Subnet,
		}}
	case model.FactService:
		out.Body = &pb.Fact_Service{Service: &pb.Service{
			Cluster: f.Service.Cluster, Namespace: f.Service.Namespace, Name: f.Service.Name,
			Addresses: addrsToBytes(f.Service.Addrs),
		}}
	case model.FactRevision:
		revision, err := revisionToProto(f.Revision)
		if err != nil {
			return nil, err
		}
		out.Body = &pb.Fact_Revision{Revision: revision}
	case model.FactEndpoint:
		out.Body = &pb.Fact_Endpoint{Endpoint: endpointToProto(f.Endpoint)}
	case model.FactRoute:
		out.Body = &pb.Fact_Route{Route: &pb.Route{
			Subnet: f.Route.Subnet, Destination: prefixToProto(f.Route.Destination),
			EndpointClass: f.Route.EndpointClass, Path: &pb.Path{
				Kind: string(f.Route.Path.Kind), Via: f.Route.Path.Via,
				ViaZone: f.Route.Path.ViaZone, Assumed: f.Route.Path.Assumed,
			},
		}}
	default:
		return nil, fmt.Errorf("fact %s of kind %s: agents state no such facts", f.Key, f.Kind)
	}
	return out, nil
}

// checkBody wants exactly the body that the kind names.
func checkBody(f model.Fact) error {
	bodies := map[model.FactKind]bool{
		model.FactPod: f.Pod != nil, model.FactNode: f.Node != nil, model.FactService: f.Service != nil,
		model.FactRevision: f.Revision != nil, model.FactEndpoint: f.Endpoint != nil, model.FactRoute: f.Route != nil,
	}
	if err := carries(f); err != nil {
		return err
	}
	set := 0
	for _, isSet := range bodies {
		if isSet {
			set++
		}
	}
	if set != 1 || !bodies[f.Kind] {
		return fmt.Errorf("want the body of kind %q and no other", f.Kind)
	}
	return nil
}

// carries refuses what only a cloud inventory states: no agent does, and leaving
// parts out would be worse.
func carries(f model.Fact) error {
	endpoint, route := f.Endpoint, f.Route
	switch {
	case f.Subnet != nil,
		endpoint != nil && (endpoint.Team != "" || len(endpoint.Hosts) > 0 || endpoint.Reach != model.Path{}),
		route != nil && (route.EndpointRegion != "" || route.Network != "" || route.Table != ""):
		return fmt.Errorf("%s fact %q is a cloud inventory's, which the wire does not carry: record it with egressor import --cloud", f.Kind, f.Key)
	default:
		return nil
	}
}

func podToProto(p *model.PodFact) *pb.Pod {
	out := &pb.Pod{
		Cluster: p.Cluster, Namespace: p.Namespace, Name: p.Name, Node: p.Node,
		Addresses: addrsToBytes(p.Addrs), HostNetwork: p.HostNetwork,
		Workload: workloadToProto(p.Workload), Revision: p.Revision,
	}
	for _, key := range slices.Sorted(maps.Keys(p.Labels)) {
		out.LabelKeys = append(out.LabelKeys, key)
		out.LabelValues = append(out.LabelValues, p.Labels[key])
	}
	return out
}

func revisionToProto(r *model.RevisionFact) (*pb.Revision, error) {
	rolledOut, err := timeToNanos(r.RolledOut)
	if err != nil {
		return nil, fmt.Errorf("rolled out: %w", err)
	}
	return &pb.Revision{
		Cluster: r.Cluster, Workload: workloadToProto(r.Workload), Hash: r.Hash, Number: r.Number,
		Images: r.Images, RolledOut: rolledOut, ChangedBy: r.ChangedBy, Cause: r.Cause,
		GitCommit: r.GitCommit, Team: r.Team,
	}, nil
}

func endpointToProto(e *model.EndpointFact) *pb.Endpoint {
	out := &pb.Endpoint{Class: e.Class, Name: e.Name, Place: placeToProto(e.Place)}
	for _, prefix := range e.CIDRs {
		out.Cidrs = append(out.Cidrs, prefixToProto(prefix))
	}
	return out
}

func workloadToProto(w model.WorkloadRef) *pb.Workload {
	return &pb.Workload{Namespace: w.Namespace, Kind: w.Kind, Name: w.Name}
}

func placeToProto(p model.Place) *pb.Place {
	return &pb.Place{Provider: p.Provider, Region: p.Region, Zone: p.Zone, Network: p.Network, Account: p.Account}
}

// prefixToProto turns the zero Prefix into no address.
func prefixToProto(p netip.Prefix) *pb.Prefix {
	if !p.IsValid() {
		return &pb.Prefix{}
	}
	return &pb.Prefix{Address: addrToBytes(p.Addr()), Bits: uint32(p.Bits())}
}
