package gen

import (
	"pgregory.net/rapid"

	"github.com/egressor/egressor/internal/model"
)

// Fact draws a fact of any kind with its body.
func Fact() *rapid.Generator[model.Fact] {
	return rapid.Custom(func(t *rapid.T) model.Fact {
		fact := model.Fact{
			Key:      Name().Draw(t, "key"),
			Period:   model.Period{From: TimeOrZero().Draw(t, "from"), To: TimeOrZero().Draw(t, "to")},
			Recorded: Time().Draw(t, "recorded"),
			Source:   rapid.SampledFrom([]string{"agent/node-a", "kubernetes/lab", "file/endpoints.yaml"}).Draw(t, "source"),
		}
		fact.Kind = rapid.SampledFrom([]model.FactKind{
			model.FactPod, model.FactNode, model.FactService, model.FactRevision, model.FactEndpoint, model.FactRoute,
		}).Draw(t, "kind")
		switch fact.Kind {
		case model.FactPod:
			fact.Pod = pod(t)
		case model.FactNode:
			fact.Node = &model.NodeFact{
				Cluster: Name().Draw(t, "cluster"), Name: Name().Draw(t, "name"), Addrs: Addrs().Draw(t, "addresses"),
				Place: Place().Draw(t, "place"), Subnet: Name().Draw(t, "subnet"),
			}
		case model.FactService:
			fact.Service = &model.ServiceFact{
				Cluster: Name().Draw(t, "cluster"), Namespace: Name().Draw(t, "namespace"),
				Name: Name().Draw(t, "name"), Addrs: Addrs().Draw(t, "addresses"),
			}
		case model.FactRevision:
			fact.Revision = revision(t)
		case model.FactEndpoint:
			fact.Endpoint = &model.EndpointFact{
				Class: Name().Draw(t, "class"), Name: Name().Draw(t, "name"),
				CIDRs: list(Prefix(), 3).Draw(t, "ranges"), Place: Place().Draw(t, "place"),
			}
		default:
			fact.Route = &model.RouteFact{
				Subnet: Name().Draw(t, "subnet"), Destination: Prefix().Draw(t, "destination"),
				EndpointClass: Name().Draw(t, "endpoint class"), Path: Path().Draw(t, "path"),
			}
		}
		return fact
	})
}

// WorkloadRef draws a workload of a common kind.
func WorkloadRef() *rapid.Generator[model.WorkloadRef] {
	return rapid.Custom(func(t *rapid.T) model.WorkloadRef {
		return model.WorkloadRef{
			Namespace: Name().Draw(t, "namespace"),
			Kind:      rapid.SampledFrom([]string{"Deployment", "StatefulSet", "DaemonSet", "Job", "Pod"}).Draw(t, "kind"),
			Name:      Name().Draw(t, "name"),
		}
	})
}

// Path draws a path of any kind.
func Path() *rapid.Generator[model.Path] {
	return rapid.Custom(func(t *rapid.T) model.Path {
		return model.Path{
			Kind: rapid.SampledFrom([]model.PathKind{
				model.PathNode, model.PathVPC, model.PathNAT, model.PathGatewayEndpoint, model.PathUnknown,
			}).Draw(t, "path kind"),
			Via:     Name().Draw(t, "via"),
			ViaZone: rapid.SampledFrom([]string{"", "use1-az1"}).Draw(t, "via zone"),
			Assumed: rapid.Bool().Draw(t, "assumed"),
		}
	})
}

func pod(t *rapid.T) *model.PodFact {
	p := &model.PodFact{
		Cluster: Name().Draw(t, "cluster"), Namespace: Name().Draw(t, "namespace"), Name: Name().Draw(t, "name"),
		Node: Name().Draw(t, "node"), Addrs: Addrs().Draw(t, "addresses"),
		HostNetwork: rapid.Bool().Draw(t, "host network"),
		Workload:    WorkloadRef().Draw(t, "workload"), Revision: Name().Draw(t, "revision"),
	}
	if labels := rapid.MapOfN(Name(), Name(), 0, 3).Draw(t, "labels"); len(labels) > 0 {
		p.Labels = labels
	}
	return p
}

func revision(t *rapid.T) *model.RevisionFact {
	return &model.RevisionFact{
		Cluster: Name().Draw(t, "cluster"), Workload: WorkloadRef().Draw(t, "workload"),
		Hash: Name().Draw(t, "hash"), Number: rapid.Int64().Draw(t, "number"),
		Images: list(Name(), 2).Draw(t, "images"), RolledOut: TimeOrZero().Draw(t, "rolled out"),
		ChangedBy: Name().Draw(t, "changed by"), Cause: Name().Draw(t, "cause"),
		GitCommit: Name().Draw(t, "git commit"), Team: Name().Draw(t, "team"),
	}
}
