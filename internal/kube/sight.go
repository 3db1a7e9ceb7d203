package kube

import (
	"cmp"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"

	"github.com/egressor/egressor/internal/kube/lifetimes"
	"github.com/egressor/egressor/internal/model"
)

// seen takes one object of a resource.
func (c *cluster) seen(resource string, object any, at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sight(resource, object, at)
}

func (c *cluster) sight(resource string, object any, at time.Time) {
	meta, ok := object.(metav1.Object)
	if !ok {
		return
	}
	times := lifetimes.Times{Created: meta.GetCreationTimestamp().Time}
	switch o := object.(type) {
	case *corev1.Pod:
		c.seePod(seePod(c.name, o, at))
	case *corev1.Node:
		c.see(resource, nodeFact(c.name, o), o.UID, times, at)
	case *corev1.Service:
		c.see(resource, serviceFact(c.name, o), o.UID, times, at)
	case *corev1.Namespace:
		c.namespaces[o.Name] = metav1.ObjectMeta{Labels: o.Labels, Annotations: c.mapping.named(o.Annotations)}
		c.see(resource, model.Fact{Kind: model.FactNamespace, Namespace: &model.NamespaceFact{
			Cluster: c.name, Name: o.Name, Labels: o.Labels, Team: first(c.mapping.Team, words(o.ObjectMeta)...),
		}}, o.UID, times, at)
	case *discoveryv1.EndpointSlice:
		c.see(resource, sliceFact(c.name, o), o.UID, times, at)
	case *networkingv1.Ingress:
		c.see(resource, ingressFact(c.name, o), o.UID, times, at)
	case *unstructured.Unstructured:
		c.see(resource, gatewayFact(c.name, o), o.GetUID(), times, at)
	case *appsv1.ReplicaSet:
		c.seeRevision(resource, replicaSetRevision(o), at)
	case *appsv1.ControllerRevision:
		c.seeRevision(resource, controllerRevision(o), at)
	case *batchv1.Job:
		c.own(o.UID, "Job.batch", &o.ObjectMeta, "")
	default:
		c.seeWorkload(resource, object, times, at)
	}
}

func (c *cluster) seeWorkload(resource string, object any, times lifetimes.Times, at time.Time) {
	w := workloadOf(object)
	if w == nil {
		return
	}
	c.workloads[w.ref] = w
	if o, custom := object.(*metav1.PartialObjectMetadata); custom {
		c.own(o.UID, kindOf(&metav1.OwnerReference{APIVersion: o.APIVersion, Kind: o.Kind}), &o.ObjectMeta, "")
	}
	c.see(resource, w.fact(c.name, c.mapping, c.namespaces[w.ref.Namespace]), w.meta.UID, times, at)
	for uid, r := range c.revisions[w.meta.UID] {
		c.stateRevision(resourceOfRevision(w.ref.Kind), uid, r, at)
	}
}

// seeRevision takes a ReplicaSet or a ControllerRevision. One without an owner or
// without a hash is no rollout, but a ReplicaSet may still own pods.
func (c *cluster) seeRevision(resource string, r *revision, at time.Time) {
	id := ""
	if parent := metav1.GetControllerOfNoCopy(&r.meta); parent != nil && r.hash != "" {
		if c.revisions[parent.UID] == nil {
			c.revisions[parent.UID] = map[types.UID]*revision{}
		}
		c.revisions[parent.UID][r.meta.UID] = r
		id = c.stateRevision(resource, r.meta.UID, r, at)
	}
	if resource == replicaSets {
		c.own(r.meta.UID, "ReplicaSet.apps", &r.meta, id)
	}
}

// stateRevision states a revision and returns its id.
func (c *cluster) stateRevision(resource string, uid types.UID, r *revision, at time.Time) string {
	of := c.owners.resolve(model.WorkloadRef{Namespace: r.meta.Namespace}, &r.meta).workload
	fact := r.fact(c.name, of, c.workloads[of], c.mapping, c.namespaces[r.meta.Namespace])
	if known := c.said[fact.Key]; known != nil && known.Number == fact.Revision.Number {
		// Was read while the workload was at this revision; it may not be any more.
		fact.Revision.ChangedBy = cmp.Or(fact.Revision.ChangedBy, known.ChangedBy)
		fact.Revision.Cause = cmp.Or(fact.Revision.Cause, known.Cause)
		fact.Revision.GitCommit = cmp.Or(fact.Revision.GitCommit, known.GitCommit)
	}
	c.said[fact.Key] = fact.Revision
	c.see(resource, fact, uid, lifetimes.Times{Created: r.meta.CreationTimestamp.Time}, at)
	return fact.Key
}

const (
	replicaSets         = "replicasets.apps"
	controllerRevisions = "controllerrevisions.apps"
)

// resourceOfRevision is where the revisions of a kind of workload are found.
func resourceOfRevision(kind string) string {
	if kind == "StatefulSet" || kind == "DaemonSet" {
		return controllerRevisions
	}
	return replicaSets
}

// own takes in who owns an object that owns others, and looks again at the pods
// that waited for it.
func (c *cluster) own(uid types.UID, kind string, meta *metav1.ObjectMeta, revision string) {
	o := owner{kind: kind, revision: revision}
	if parent := metav1.GetControllerOfNoCopy(meta); parent != nil {
		copied := *parent
		o.parent = &copied
	}
	if !c.owners.put(uid, o) {
		return
	}
	waiting := c.orphans[uid]
	delete(c.orphans, uid)
	for pod := range waiting {
		if p := c.pods[pod]; p != nil {
			c.seePod(p)
		}
	}
}
