package wire

import (
	"errors"
	"fmt"
	"net/netip"

	"github.com/egressor/egressor/internal/model"
	pb "github.com/egressor/egressor/internal/wire/egressorpb"
)

func factFromProto(f *pb.Fact) (model.Fact, error) {
	fact := model.Fact{
		Key: f.GetKey(), Source: f.GetSource(),
		Period:   model.Period{From: timeFromNanos(f.GetFrom()), To: timeFromNanos(f.GetTo())},
		Recorded: timeFromNanos(f.GetRecorded()),
	}
	var err error
	switch body := f.GetBody().(type) {
	case *pb.Fact_Pod:
		fact.Kind = model.FactPod
		fact.Pod, err = podFromProto(body.Pod)
	case *pb.Fact_Node:
		fact.Kind = model.FactNode
		fact.Node = &model.NodeFact{
			Cluster: body.Node.GetCluster(), Name: body.Node.GetName(),
			Place: placeFromProto(body.Node.GetPlace()), Subnet: body.Node.GetSubnet(),
		}
		fact.Node.Addrs, err = addrsFromBytes(body.Node.GetAddresses())
	case *pb.Fact_Service:
		fact.Kind = model.FactService
		fact.Service = &model.ServiceFact{
			Cluster: body.Service.GetCluster(), Namespace: body.Service.GetNamespace(), Name: body.Service.GetName(),
		}
		fact.Service.Addrs, err = addrsFromBytes(body.Service.GetAddresses())
	case *pb.Fact_Revision:
		fact.Kind = model.FactRevision
		fact.Revision = revisionFromProto(body.Revision)
	case *pb.Fact_Endpoint:
		fact.Kind = model.FactEndpoint
		fact.Endpoint, err = endpointFromProto(body.Endpoint)
	case *pb.Fact_Route:
		fact.Kind = model.FactRoute
		fact.Route, err = routeFromProto(body.Route)
	default:
		err = errors.New("no body of a known kind")
	}
	return fact, err
}

func podFromProto(p *pb.Pod) (*model.PodFact, error) {
	if len(p.GetLabelKeys()) != len(p.GetLabelValues()) {
		return nil, errors.New("label keys and values of unequal number")
	}
	pod := &model.PodFact{
		Cluster: p.GetCluster(), Namespace: p.GetNamespace(), Name: p.GetName(), Node: p.GetNode(),
		HostNetwork: p.GetHostNetwork(), Workload: workloadFromProto(p.GetWorkload()), Revision: p.GetRevision(),
	}
	var err error
	if pod.Addrs, err = addrsFromBytes(p.GetAddresses()); err != nil {
		return nil, err
	}
	for i, key := range p.GetLabelKeys() {
		if pod.Labels == nil {
			pod.Labels = make(map[string]string, len(p.GetLabelKeys()))
		}
		if _, doubled := pod.Labels[key]; doubled {
			return nil, fmt.Errorf("label %q twice", key)
		}
		pod.Labels[key] = p.GetLabelValues()[i]
	}
	return pod, nil
}

func revisionFromProto(r *pb.Revision) *model.RevisionFact {
	return &model.RevisionFact{
		Cluster: r.GetCluster(), Workload: workloadFromProto(r.GetWorkload()), Hash: r.GetHash(),
		Number: r.GetNumber(), Images: r.GetImages(), RolledOut: timeFromNanos(r.GetRolledOut()),
		ChangedBy: r.GetChangedBy(), Cause: r.GetCause(), GitCommit: r.GetGitCommit(), Team: r.GetTeam(),
	}
}

func endpointFromProto(e *pb.Endpoint) (*model.EndpointFact, error) {
	endpoint := &model.EndpointFact{Class: e.GetClass(), Name: e.GetName(), Place: placeFromProto(e.GetPlace())}
	for _, cidr := range e.GetCidrs() {
		prefix, err := prefixFromProto(cidr)
		if err != nil {
			return nil, err
		}
		endpoint.CIDRs = append(endpoint.CIDRs, prefix)
	}
	return endpoint, nil
}

func routeFromProto(r *pb.Route) (*model.RouteFact, error) {
	destination, err := prefixFromProto(r.GetDestination())
	if err != nil {
		return nil, err
	}
	path := r.GetPath()
	return &model.RouteFact{
		Subnet: r.GetSubnet(), Destination: destination, EndpointClass: r.GetEndpointClass(),
		Path: model.Path{
			Kind: model.PathKind(path.GetKind()), Via: path.GetVia(),
			ViaZone: path.GetViaZone(), Assumed: path.GetAssumed(),
		},
	}, nil
}

func workloadFromProto(w *pb.Workload) model.WorkloadRef {
	return model.WorkloadRef{Namespace: w.GetNamespace(), Kind: w.GetKind(), Name: w.GetName()}
}

func placeFromProto(p *pb.Place) model.Place {
	return model.Place{
		Provider: p.GetProvider(), Region: p.GetRegion(), Zone: p.GetZone(), Network: p.GetNetwork(), Account: p.GetAccount(),
	}
}

func prefixFromProto(p *pb.Prefix) (netip.Prefix, error) {
	addr, err := addrFromBytes(p.GetAddress())
	if err != nil || !addr.IsValid() {
		return netip.Prefix{}, err
	}
	if int64(p.GetBits()) > int64(addr.BitLen()) {
		return netip.Prefix{}, fmt.Errorf("prefix %v/%d", addr, p.GetBits())
	}
	return netip.PrefixFrom(addr, int(p.GetBits())), nil
}
