package kube

import (
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/egressor/egressor/internal/model"
)

// listed takes a whole list of a resource. What was known and is not in it has
// ended since sure, the last instant at which the watch was complete.
func (c *cluster) listed(resource string, objects []any, sure, at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	uids, present := map[types.UID]bool{}, map[string]bool{}
	for _, object := range objects {
		meta, ok := object.(metav1.Object)
		if !ok {
			continue
		}
		uids[meta.GetUID()] = true
		present[c.factKey(object)] = true
	}
	c.forget(resource, uids)
	c.state(c.tracker(resource).Relist(present, sure, at))
	for _, object := range objects {
		c.sight(resource, object, at)
	}
}

// resumed says that a resource's watch goes on where it last was complete.
func (c *cluster) resumed(resource string, sure, at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tracker(resource).Resumed(sure, at)
}

// factKey is the key of the fact that an object becomes.
func (c *cluster) factKey(object any) string {
	meta := object.(metav1.Object) //nolint:forcetypeassert // the callers have looked
	var r *revision
	switch o := object.(type) {
	case *appsv1.ReplicaSet:
		r = replicaSetRevision(o)
	case *appsv1.ControllerRevision:
		r = controllerRevision(o)
	default:
		return string(meta.GetUID())
	}
	of := c.owners.resolve(model.WorkloadRef{Namespace: r.meta.Namespace}, &r.meta).workload
	return revisionID(c.name, of, r.hash)
}

// forget drops what is kept of objects that are gone.
func (c *cluster) forget(resource string, listed map[types.UID]bool) {
	switch resource {
	case pods.String():
		c.relistedPods(listed)
	case "jobs.batch":
		c.owners.keep("Job.batch", listed)
	case replicaSets:
		c.owners.keep("ReplicaSet.apps", listed)
	}
	if resource == replicaSets || resource == controllerRevisions {
		for _, of := range c.revisions {
			for uid, r := range of {
				if !listed[uid] && resourceOf(r) == resource {
					delete(of, uid)
				}
			}
		}
	}
	for ref, w := range c.workloads {
		if workloadResource(ref.Kind) == resource && !listed[w.meta.UID] {
			delete(c.workloads, ref)
			delete(c.revisions, w.meta.UID)
		}
	}
}

func resourceOf(r *revision) string {
	if parent := metav1.GetControllerOfNoCopy(&r.meta); parent != nil {
		return resourceOfRevision(parent.Kind)
	}
	return replicaSets
}

// workloadResource is the resource of a kind of workload, "" for one that the
// user's cluster defines.
func workloadResource(kind string) string {
	return map[string]string{
		"Deployment": "deployments.apps", "StatefulSet": "statefulsets.apps", "DaemonSet": "daemonsets.apps", "CronJob": "cronjobs.batch",
	}[kind]
}

// gone takes one object's deletion.
func (c *cluster) gone(resource string, object any, at time.Time) {
	meta, ok := object.(metav1.Object)
	if !ok {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	uid := meta.GetUID()
	if pod, ok := object.(*corev1.Pod); ok {
		if last := seePod(c.name, pod, at); c.pods[uid] != nil {
			c.seePod(last) // the last state may be news
		}
		c.gonePod(uid, at)
		return
	}
	key := c.factKey(object)
	delete(c.owners.known, uid)
	delete(c.said, key)
	if parent := metav1.GetControllerOf(meta); parent != nil {
		delete(c.revisions[parent.UID], uid)
	}
	if w := workloadOf(object); w != nil {
		delete(c.workloads, w.ref)
		delete(c.revisions, uid)
	}
	if namespace, ok := object.(*corev1.Namespace); ok {
		delete(c.namespaces, namespace.Name)
	}
	c.state(c.tracker(resource).Gone(key, at))
}
