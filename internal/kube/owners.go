package kube

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"

	"github.com/egressor/egressor/internal/model"
)

// owner is one object that owns others, as far as chains need it.
type owner struct {
	kind   string // with its group
	parent *metav1.OwnerReference
	// revision is the id of the rollout that this object stands for, "" for none.
	revision string
}

// owners is who owns whom in one cluster.
type owners struct {
	known map[types.UID]owner
	// kinds are the kinds of which every object is known once it is there; of
	// others a reference is all there is.
	kinds map[string]bool
}

func newOwners() *owners {
	return &owners{known: map[types.UID]owner{}, kinds: map[string]bool{}}
}

// maxChain bounds how many owners are followed: a loop must end.
const maxChain = 8

// chain is the way from an object to the thing that a person owns.
type chain struct {
	workload model.WorkloadRef
	// revision is that of the nearest owner that stands for one.
	revision string
	// missing is the owner at which the way ends because it is not known (yet):
	// where sure is true it will be, since its kind is read; else nobody reads it.
	missing *metav1.OwnerReference
	sure    bool
}

// workloads are the kinds at which a chain ends: what owns those owns much more
// than one workload.
var workloads = map[string]bool{
	"Deployment.apps": true, "StatefulSet.apps": true, "DaemonSet.apps": true, "CronJob.batch": true, "Rollout.argoproj.io": true,
}

// resolve follows an object's owners. An object that nobody owns is its own
// workload, and so is one that a node owns (a static pod).
func (o *owners) resolve(self model.WorkloadRef, meta *metav1.ObjectMeta) chain {
	found := chain{workload: self}
	parent := metav1.GetControllerOfNoCopy(meta)
	for range maxChain {
		if parent == nil || parent.Kind == "Node" {
			return found
		}
		found.workload = model.WorkloadRef{Namespace: self.Namespace, Kind: parent.Kind, Name: parent.Name}
		kind := kindOf(parent)
		if workloads[kind] {
			return found
		}
		next, known := o.known[parent.UID]
		if !known {
			found.missing, found.sure = parent, o.kinds[kind]
			return found
		}
		if found.revision == "" {
			found.revision = next.revision
		}
		parent = next.parent
	}
	return found
}

// kindOf is the reference's group and kind.
func kindOf(reference *metav1.OwnerReference) string {
	version, err := schema.ParseGroupVersion(reference.APIVersion)
	if err != nil {
		return reference.Kind
	}
	return schema.GroupKind{Group: version.Group, Kind: reference.Kind}.String()
}

// put takes an owner in, and reports whether it was not known.
func (o *owners) put(uid types.UID, put owner) bool {
	_, known := o.known[uid]
	o.known[uid] = put
	return !known
}

// keep forgets the owners of a kind that a list does not have.
func (o *owners) keep(kind string, listed map[types.UID]bool) {
	for uid, known := range o.known {
		if known.kind == kind && !listed[uid] {
			delete(o.known, uid)
		}
	}
}
