package kube

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/egressor/egressor/internal/model"
)

// workload is what is kept of a Deployment, a StatefulSet or the like.
type workload struct {
	ref      model.WorkloadRef
	replicas int64 // -1 where the kind has none
	meta     metav1.ObjectMeta
	template metav1.ObjectMeta
	images   []string
	// number and hash say which revision it is at, 0 and "" where it does not say.
	number int64
	hash   string
}

// fact is what the workload is, its team by its own labels, its template's, then
// its namespace's.
func (w *workload) fact(cluster string, mapping *Mapping, namespace metav1.ObjectMeta) model.Fact {
	return model.Fact{Kind: model.FactWorkload, Workload: &model.WorkloadFact{
		Cluster: cluster, Workload: w.ref, Replicas: w.replicas,
		Team:   first(mapping.Team, words(w.meta, w.template, namespace)...),
		Labels: w.meta.Labels, Annotations: mapping.named(w.meta.Annotations),
	}}
}

// revision is one rollout of a workload as the API tells it: a ReplicaSet or a
// ControllerRevision.
type revision struct {
	meta     metav1.ObjectMeta
	template metav1.ObjectMeta
	hash     string
	number   int64
	images   []string
}

// fact is what was rolled out. Who did is told by the workload's managed fields,
// for as long as the workload is at this revision.
func (r *revision) fact(cluster string, of model.WorkloadRef, w *workload, mapping *Mapping, namespace metav1.ObjectMeta) model.Fact {
	fact := &model.RevisionFact{
		Cluster: cluster, Workload: of, Hash: r.hash, Number: r.number, Images: r.images, RolledOut: r.meta.CreationTimestamp.UTC(),
		ChangedBy: first(mapping.ChangedBy, words(r.template, r.meta)...),
		Cause:     first(mapping.Cause, r.meta.Annotations, r.template.Annotations),
		GitCommit: first(mapping.Commit, words(r.template, r.meta)...),
		Team:      first(mapping.Team, words(r.template, r.meta)...),
	}
	if w != nil && (w.number == r.number || w.hash == r.hash && r.hash != "") {
		current := words(w.meta)
		if fact.ChangedBy == "" {
			fact.ChangedBy = first(mapping.ChangedBy, current...)
		}
		if fact.ChangedBy == "" {
			fact.ChangedBy = changer(w.meta.ManagedFields, fact.RolledOut)
		}
		if fact.Cause == "" {
			fact.Cause = first(mapping.Cause, current...)
		}
		if fact.GitCommit == "" {
			fact.GitCommit = first(mapping.Commit, current...)
		}
	}
	if fact.Team == "" && w != nil {
		fact.Team = first(mapping.Team, words(w.meta)...)
	}
	if fact.Team == "" {
		fact.Team = first(mapping.Team, words(namespace)...)
	}
	return model.Fact{Kind: model.FactRevision, Key: revisionID(cluster, of, r.hash), Revision: fact}
}

// revisionID is the id of a rollout: the same template of the same workload, the
// same id.
func revisionID(cluster string, of model.WorkloadRef, hash string) string {
	return cluster + "/" + of.Namespace + "/" + of.Kind + "/" + of.Name + "@" + hash
}
