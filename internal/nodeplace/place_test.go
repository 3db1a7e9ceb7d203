package nodeplace_test

import (
	"testing"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/nodeplace"
)

func TestNodesOfThreeClouds(t *testing.T) {
	const region, zone = "topology.kubernetes.io/region", "topology.kubernetes.io/zone"
	for name, c := range map[string]struct {
		id     string
		labels map[string]string
		want   model.Place
	}{
		"EKS with the zone's id": {"aws:///us-east-1a/i-0abc", map[string]string{region: "us-east-1", zone: "us-east-1a", "topology.k8s.aws/zone-id": "use1-az4"},
			model.Place{Provider: "aws", Region: "us-east-1", Zone: "use1-az4"}},
		"EKS with the zone's name": {"aws:///us-east-1a/i-0abc", map[string]string{region: "us-east-1", zone: "us-east-1a"},
			model.Place{Provider: "aws", Region: "us-east-1", Zone: "us-east-1a"}},
		"EKS without labels": {"aws:///eu-west-1c/i-0abc", nil, model.Place{Provider: "aws", Region: "eu-west-1", Zone: "eu-west-1c"}},
		"GKE": {"gce://acme-prod/us-central1-a/gke-pool-1-abcd", map[string]string{region: "us-central1", zone: "us-central1-a"},
			model.Place{Provider: "gcp", Region: "us-central1", Zone: "us-central1-a", Account: "acme-prod"}},
		"GKE without labels": {"gce://acme-prod/europe-west4-b/n", nil,
			model.Place{Provider: "gcp", Region: "europe-west4", Zone: "europe-west4-b", Account: "acme-prod"}},
		"AKS in a zone": {"azure:///subscriptions/0f-1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/p/virtualMachines/0",
			map[string]string{region: "westeurope", zone: "westeurope-2"}, model.Place{Provider: "azure", Region: "westeurope", Zone: "westeurope-2", Account: "0f-1"}},
		"AKS without zones": {"azure:///subscriptions/0f-1/resourceGroups/rg/providers/x", map[string]string{region: "westus", zone: "0"},
			model.Place{Provider: "azure", Region: "westus", Account: "0f-1"}},
		"old labels": {"gce://p/asia-east1-a/n", map[string]string{"failure-domain.beta.kubernetes.io/region": "asia-east1", "failure-domain.beta.kubernetes.io/zone": "asia-east1-a"},
			model.Place{Provider: "gcp", Region: "asia-east1", Zone: "asia-east1-a", Account: "p"}},
		"a machine of one's own": {"", map[string]string{zone: "rack-7"}, model.Place{Zone: "rack-7"}},
		"kind":                   {"kind://docker/kind/kind-worker", nil, model.Place{Provider: "kind"}},
		"cut short":              {"gce://", nil, model.Place{Provider: "gcp"}},
	} {
		if got := nodeplace.Of(c.id, c.labels); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
