package kube

import (
	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// resource is one thing that is watched.
type resource struct {
	schema.GroupVersionResource
	// form is what its objects decode to: a type of the scheme, metadata alone, or
	// anything (unstructured).
	form runtime.Object
	// served says that every cluster has it. What a cluster may lack is looked for.
	served bool
	// owns says that pods are resolved through it, so that it is read before them.
	owns bool
	// kind is that of its objects, with its group, where pods are resolved through
	// it: then every owner of that kind is known sooner or later.
	kind string
	// why says what it is needed for, for messages and for the documentation.
	why string
}

// String is the plural with its group, as RBAC and kubectl write it.
func (r resource) String() string { return r.GroupResource().String() }

func of(group, version, plural string) schema.GroupVersionResource {
	return schema.GroupVersionResource{Group: group, Version: version, Resource: plural}
}

// resources are all that is watched; the chart's ClusterRole has the same.
var resources = []resource{
	{of("", "v1", "namespaces"), &corev1.Namespace{}, true, true, "", "teams of namespaces"},
	{of("", "v1", "nodes"), &corev1.Node{}, true, true, "", "zones, node addresses"},
	{of("", "v1", "services"), &corev1.Service{}, true, false, "", "Service addresses"},
	{of("apps", "v1", "deployments"), &appsv1.Deployment{}, true, true, "", "who rolled out, teams"},
	{of("apps", "v1", "statefulsets"), &appsv1.StatefulSet{}, true, true, "", "who rolled out, teams"},
	{of("apps", "v1", "daemonsets"), &appsv1.DaemonSet{}, true, true, "", "who rolled out, teams"},
	{of("apps", "v1", "replicasets"), &appsv1.ReplicaSet{}, true, true, "ReplicaSet.apps", "the Deployment of a pod, its revisions"},
	{of("apps", "v1", "controllerrevisions"), &appsv1.ControllerRevision{}, true, true, "", "revisions of StatefulSets and DaemonSets"},
	{of("batch", "v1", "cronjobs"), &batchv1.CronJob{}, true, true, "", "teams"},
	{of("batch", "v1", "jobs"), &batchv1.Job{}, true, true, "Job.batch", "the CronJob of a pod"},
	{of("argoproj.io", "v1alpha1", "rollouts"), &metav1.PartialObjectMetadata{}, false, true, "", "Argo Rollouts"},
	{of("discovery.k8s.io", "v1", "endpointslices"), &discoveryv1.EndpointSlice{}, true, false, "", "which pods are behind a Service"},
	{of("networking.k8s.io", "v1", "ingresses"), &networkingv1.Ingress{}, true, false, "", "ways in"},
	{of("gateway.networking.k8s.io", "v1", "gateways"), &unstructured.Unstructured{}, false, false, "", "ways in"},
	{of("gateway.networking.k8s.io", "v1", "httproutes"), &unstructured.Unstructured{}, false, false, "", "ways in"},
	pods,
}

var pods = resource{of("", "v1", "pods"), &corev1.Pod{}, true, false, "", "whose address it was"}

// typed are the types that are decoded; whatever else there is comes as metadata
// or unstructured. The whole scheme of client-go would be forty groups more.
func typed() *runtime.Scheme {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		corev1.AddToScheme, appsv1.AddToScheme, batchv1.AddToScheme, discoveryv1.AddToScheme, networkingv1.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			panic(err) // two types of one name: a mistake in this list
		}
	}
	metav1.AddToGroupVersion(scheme, schema.GroupVersion{Version: "v1"})
	return scheme
}
