package access

import (
	"fmt"
	"strings"
)

// Any stands for every cluster or every namespace in a Scope.
const Any = "*"

// Scope is one namespace of one cluster, either of which may be Any.
type Scope struct {
	Cluster, Namespace string
}

// ParseScope reads "CLUSTER/NAMESPACE", for example "prod/shop" or "prod/*".
func ParseScope(text string) (Scope, error) {
	cluster, namespace, found := strings.Cut(text, "/")
	if !found || cluster == "" || namespace == "" || strings.Contains(namespace, "/") {
		return Scope{}, fmt.Errorf("scope %q: want CLUSTER/NAMESPACE, either of which may be *", text)
	}
	return Scope{Cluster: cluster, Namespace: namespace}, nil
}

// String is what ParseScope reads.
func (s Scope) String() string { return s.Cluster + "/" + s.Namespace }

// Holds reports whether a namespace of a cluster lies in the scope. What has no
// namespace (a machine, something outside) lies only in a scope of all of them.
func (s Scope) Holds(cluster, namespace string) bool {
	if s.Namespace != Any && (namespace == "" || s.Namespace != namespace) {
		return false
	}
	return s.Cluster == Any || s.Cluster == cluster
}

// covers reports whether all that lies in another scope lies in this one.
func (s Scope) covers(other Scope) bool {
	return (s.Cluster == Any || s.Cluster == other.Cluster) && (s.Namespace == Any || s.Namespace == other.Namespace)
}
