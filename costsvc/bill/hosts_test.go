package bill

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMachinesAreNamedAsTheBillNamesThem(t *testing.T) {
	machines := []Machine{
		{Name: "lab/a", Provider: "aws", ProviderIDs: []string{"aws:///us-east-1a/i-2", "aws:///us-east-1a/i-1"}}, // one name, two machines
		{Name: "lab/b", Provider: "aws", ProviderIDs: []string{"aws:///us-east-1b/i-2"}},
		{Name: "lab/c", Provider: "gcp", ProviderIDs: []string{"gce://project/us-central1-a/gke-1"}},
		{Name: "lab/d"},
		{Name: "lab/e", Provider: "aws", ProviderIDs: []string{"aws:///us-east-1a/fargate-ip-10-0-0-1"}},
	}
	for _, test := range []struct {
		provider     string
		ids, unnamed []string
	}{
		{"aws", []string{"i-1", "i-2"}, []string{"lab/d", "lab/e"}},
		{"gcp", []string{"gke-1"}, []string{"lab/d"}},
		{"azure", nil, []string{"lab/d"}},
	} {
		ids, unnamed := HostsOf(test.provider, machines)
		if diff := cmp.Diff([][]string{test.ids, test.unnamed}, [][]string{ids, unnamed}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.provider, diff)
		}
	}
}

// TestAMachineIsTheSameInBothSpellings: Azure's bills and Kubernetes write one path
// in different cases.
func TestAMachineIsTheSameInBothSpellings(t *testing.T) {
	onBill := azureHost("/subscriptions/s/resourcegroups/mc_x/providers/microsoft.compute/virtualmachinescalesets/aks-pool/virtualmachines/0")
	ours, err := HostID("azure:///subscriptions/s/resourceGroups/MC_x/providers/Microsoft.Compute/virtualMachineScaleSets/aks-Pool/virtualMachines/0", "azure")
	if err != nil || ours != onBill || ours != "aks-pool/virtualmachines/0" {
		t.Errorf("%q and %q, %v", ours, onBill, err)
	}
}
