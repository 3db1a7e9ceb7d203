package deploytest

import (
	"bytes"
	"regexp"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

// pod is one pod template, or the test's pod, with what names it.
type pod struct {
	kind, name string
	labels     map[string]string
	spec       corev1.PodSpec
}

// objects are the manifests of one installation, decoded.
type objects struct {
	pods     []pod
	services []corev1.Service
	policies []networkingv1.NetworkPolicy
	accounts []string
	roles    []rbacv1.ClusterRole
	bindings []rbacv1.ClusterRoleBinding
}

var separator = regexp.MustCompile(`(?m)^---\s*$`)

// decode decodes manifests strictly: a field that Kubernetes does not know, or a
// kind that the chart should not hold, is an error.
func decode(t *testing.T, text string) objects {
	t.Helper()
	var found objects
	for _, document := range separator.Split(text, -1) {
		var kind metav1.TypeMeta
		if err := yaml.Unmarshal([]byte(document), &kind); err != nil {
			t.Fatalf("%v in\n%s", err, document)
		}
		if kind.Kind != "" {
			found.add(t, kind.Kind, []byte(document))
		}
	}
	return found
}

func (o *objects) add(t *testing.T, kind string, document []byte) {
	t.Helper()
	switch kind {
	case "DaemonSet":
		set := as[appsv1.DaemonSet](t, document)
		mustSelect(t, set.Name, set.Spec.Selector, set.Spec.Template.Labels)
		o.pods = append(o.pods, pod{kind, set.Name, set.Spec.Template.Labels, set.Spec.Template.Spec})
	case "Deployment":
		deployment := as[appsv1.Deployment](t, document)
		mustSelect(t, deployment.Name, deployment.Spec.Selector, deployment.Spec.Template.Labels)
		o.pods = append(o.pods, pod{kind, deployment.Name, deployment.Spec.Template.Labels, deployment.Spec.Template.Spec})
	case "Pod":
		test := as[corev1.Pod](t, document)
		o.pods = append(o.pods, pod{kind, test.Name, test.Labels, test.Spec})
	case "Service":
		o.services = append(o.services, as[corev1.Service](t, document))
	case "NetworkPolicy":
		o.policies = append(o.policies, as[networkingv1.NetworkPolicy](t, document))
	case "ServiceAccount":
		o.accounts = append(o.accounts, as[corev1.ServiceAccount](t, document).Name)
	case "PersistentVolumeClaim":
		as[corev1.PersistentVolumeClaim](t, document)
	case "ConfigMap":
		as[corev1.ConfigMap](t, document)
	case "ClusterRole":
		o.roles = append(o.roles, as[rbacv1.ClusterRole](t, document))
	case "ClusterRoleBinding":
		o.bindings = append(o.bindings, as[rbacv1.ClusterRoleBinding](t, document))
	default:
		// Secrets would be here: the chart names them and never makes them.
		t.Errorf("the chart must not hold a %s:\n%s", kind, bytes.TrimSpace(document))
	}
}

func as[T any](t *testing.T, document []byte) T {
	t.Helper()
	var object T
	if err := yaml.UnmarshalStrict(document, &object); err != nil {
		t.Fatalf("%v in\n%s", err, document)
	}
	return object
}

func mustSelect(t *testing.T, name string, selector *metav1.LabelSelector, labels map[string]string) {
	t.Helper()
	if !selects(selector.MatchLabels, labels) {
		t.Errorf("%s does not select its own pods: %v, %v", name, selector.MatchLabels, labels)
	}
}

func selects(selector, labels map[string]string) bool {
	for key, value := range selector {
		if labels[key] != value {
			return false
		}
	}
	return len(selector) > 0
}
