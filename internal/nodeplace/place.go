// Package nodeplace reads where a Kubernetes node is off what its cloud wrote on
// it: the provider id and the labels of EKS, GKE and AKS.
package nodeplace

import (
	"strings"

	"github.com/egressor/egressor/internal/model"
)

// Labels, the lasting names first.
var (
	regionLabels = []string{"topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region"}
	zoneLabels   = []string{"topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"}
)

// zoneIDLabel is EKS's label of the zone's id (use1-az1), which means the same in
// every account, where the topology label is the account's name for it (us-east-1a).
const zoneIDLabel = "topology.k8s.aws/zone-id"

// Of returns a node's place as far as its provider id and labels tell. The account
// is Google's project or Azure's subscription; AWS's is in neither.
//
//	aws:///us-east-1a/i-0abc                                    EKS
//	gce://PROJECT/us-central1-a/NAME                            GKE
//	azure:///subscriptions/ID/resourceGroups/.../virtualMachines/0   AKS
func Of(providerID string, labels map[string]string) model.Place {
	scheme, rest, _ := strings.Cut(providerID, "://")
	place := model.Place{Region: first(labels, regionLabels), Zone: first(labels, zoneLabels)}
	parts := strings.Split(strings.Trim(rest, "/"), "/")
	switch scheme {
	case "aws":
		place.Provider = "aws"
		if id := labels[zoneIDLabel]; id != "" {
			place.Zone = id
		} else if place.Zone == "" {
			place.Zone = parts[0]
		}
		if place.Region == "" {
			place.Region = strings.TrimRight(parts[0], "abcdefghijklmnopqrstuvwxyz")
		}
	case "gce":
		place.Provider = "gcp"
		place.Account = parts[0]
		if place.Zone == "" && len(parts) > 1 {
			place.Zone = parts[1]
		}
		if at := strings.LastIndexByte(place.Zone, '-'); place.Region == "" && at > 0 {
			place.Region = place.Zone[:at]
		}
	case "azure":
		place.Provider = "azure"
		if len(parts) > 1 && strings.EqualFold(parts[0], "subscriptions") {
			place.Account = parts[1]
		}
		// A machine without a zone is labelled with its fault domain: "0", "1".
		if !strings.HasPrefix(place.Zone, place.Region+"-") {
			place.Zone = ""
		}
	default:
		place.Provider = scheme
	}
	return place
}

func first(labels map[string]string, names []string) string {
	for _, name := range names {
		if value := labels[name]; value != "" {
			return value
		}
	}
	return ""
}
