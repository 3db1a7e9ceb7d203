package kube

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/egressor/egressor/internal/model"
)

const (
	revisionAnnotation     = "deployment.kubernetes.io/revision"
	argoRevisionAnnotation = "rollout.argoproj.io/revision"
	argoHashLabel          = "rollouts-pod-template-hash"
)

// workloadOf reads what is kept of a workload; nil for an object that is none.
func workloadOf(object any) *workload {
	switch o := object.(type) {
	case *appsv1.Deployment:
		w := templated("Deployment", o.ObjectMeta, &o.Spec.Template, o.Spec.Replicas)
		w.number = number(o.Annotations[revisionAnnotation])
		return w
	case *appsv1.StatefulSet:
		w := templated("StatefulSet", o.ObjectMeta, &o.Spec.Template, o.Spec.Replicas)
		w.hash = o.Status.UpdateRevision
		return w
	case *appsv1.DaemonSet:
		return templated("DaemonSet", o.ObjectMeta, &o.Spec.Template, nil)
	case *batchv1.CronJob:
		return templated("CronJob", o.ObjectMeta, &o.Spec.JobTemplate.Spec.Template, nil)
	case *metav1.PartialObjectMetadata:
		return &workload{
			ref:  model.WorkloadRef{Namespace: o.Namespace, Kind: o.Kind, Name: o.Name},
			meta: o.ObjectMeta, replicas: -1, number: number(o.Annotations[argoRevisionAnnotation]),
		}
	default:
		return nil
	}
}

func templated(kind string, meta metav1.ObjectMeta, template *corev1.PodTemplateSpec, replicas *int32) *workload {
	w := &workload{
		ref:  model.WorkloadRef{Namespace: meta.Namespace, Kind: kind, Name: meta.Name},
		meta: meta, template: template.ObjectMeta, images: images(&template.Spec), replicas: -1,
	}
	if replicas != nil {
		w.replicas = int64(*replicas)
	}
	return w
}

// images are a pod's images, each once, in order.
func images(spec *corev1.PodSpec) []string {
	var all []string
	for i := range spec.InitContainers {
		all = append(all, spec.InitContainers[i].Image)
	}
	for i := range spec.Containers {
		all = append(all, spec.Containers[i].Image)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// number reads a revision's number, 0 where there is none.
func number(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func replicaSetRevision(set *appsv1.ReplicaSet) *revision {
	return &revision{
		meta: set.ObjectMeta, template: set.Spec.Template.ObjectMeta, images: images(&set.Spec.Template.Spec),
		hash:   cmp.Or(set.Labels[appsv1.DefaultDeploymentUniqueLabelKey], set.Labels[argoHashLabel]),
		number: number(cmp.Or(set.Annotations[revisionAnnotation], set.Annotations[argoRevisionAnnotation])),
	}
}

// controllerRevision reads a revision of a StatefulSet or DaemonSet. Its pods
// carry its hash: the name for a StatefulSet, a label's value for a DaemonSet.
func controllerRevision(object *appsv1.ControllerRevision) *revision {
	r := &revision{meta: object.ObjectMeta, number: object.Revision, hash: object.Name}
	if parent := metav1.GetControllerOfNoCopy(object); parent != nil && parent.Kind == "DaemonSet" {
		r.hash = cmp.Or(object.Labels[appsv1.DefaultDaemonSetUniqueLabelKey], object.Name)
	}
	var data struct {
		Spec struct {
			Template corev1.PodTemplateSpec `json:"template"`
		} `json:"spec"`
	}
	// A revision of another controller may hold anything: its images are then not known.
	if json.Unmarshal(object.Data.Raw, &data) == nil {
		r.template, r.images = data.Spec.Template.ObjectMeta, images(&data.Spec.Template.Spec)
	}
	return r
}
