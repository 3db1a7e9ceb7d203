package kube

import (
	"net/netip"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/egressor/egressor/internal/model"
)

// zoneIDLabel is the zone's id (use1-az1), which means the same in every account,
// where the topology label is the account's name for it (us-east-1a).
const zoneIDLabel = "topology.k8s.aws/zone-id"

func nodeFact(cluster string, node *corev1.Node) model.Fact {
	fact := &model.NodeFact{
		Cluster: cluster, Name: node.Name, ProviderID: node.Spec.ProviderID,
		InstanceType: first([]string{corev1.LabelInstanceTypeStable, corev1.LabelInstanceType}, node.Labels),
		Place: model.Place{
			Provider: provider(node.Spec.ProviderID),
			Region:   first([]string{corev1.LabelTopologyRegion, corev1.LabelFailureDomainBetaRegion}, node.Labels),
			Zone:     first([]string{zoneIDLabel, corev1.LabelTopologyZone, corev1.LabelFailureDomainBetaZone}, node.Labels),
		},
	}
	for _, reported := range node.Status.Addresses {
		if reported.Type != corev1.NodeInternalIP && reported.Type != corev1.NodeExternalIP {
			continue
		}
		if addr, err := netip.ParseAddr(reported.Address); err == nil {
			fact.Addrs = append(fact.Addrs, addr.Unmap())
		}
	}
	return model.Fact{Kind: model.FactNode, Node: fact}
}

// provider reads the cloud off a provider id: aws:///us-east-1a/i-0abc.
func provider(id string) string {
	scheme, _, found := strings.Cut(id, "://")
	switch {
	case !found:
		return ""
	case scheme == "gce":
		return "gcp"
	default:
		return scheme
	}
}
