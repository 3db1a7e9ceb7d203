package kubetest

import (
	"context"
	"strings"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	eventsv1 "k8s.io/api/events/v1"
	networkingv1 "k8s.io/api/networking/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// SmallWorld has one object of each kind. Its fields are the pods' UIDs.
type SmallWorld struct {
	WebPod, DBPod, LogPod, ReportPod, OncePod, BarePod string
	client                                             *Client
}

// Small makes the small world.
func Small(c *Client) *SmallWorld {
	w := &SmallWorld{client: c}
	c.Create(&corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: "shop", Labels: map[string]string{"team": "storefront"}}})
	MakeNode(c, "node-a", "use1-az1", "10.0.1.10")
	template := func(app, image string) corev1.PodTemplateSpec {
		return corev1.PodTemplateSpec{
			ObjectMeta: metav1.ObjectMeta{Labels: map[string]string{"app": app}, Annotations: map[string]string{"org.opencontainers.image.revision": "abc123"}},
			Spec:       corev1.PodSpec{RestartPolicy: corev1.RestartPolicyAlways, Containers: []corev1.Container{{Name: "main", Image: image}}},
		}
	}
	selector := func(app string) *metav1.LabelSelector {
		return &metav1.LabelSelector{MatchLabels: map[string]string{"app": app}}
	}
	web := &appsv1.Deployment{
		ObjectMeta: named("web", map[string]string{"deployment.kubernetes.io/revision": "3"}),
		Spec:       appsv1.DeploymentSpec{Selector: selector("web"), Template: template("web", "web:1.2")},
	}
	c.Create(web)
	set := &appsv1.ReplicaSet{
		ObjectMeta: owned("web-5d0c", "apps/v1", "Deployment", web),
		Spec:       appsv1.ReplicaSetSpec{Selector: selector("web"), Template: template("web", "web:1.2")},
	}
	set.Labels = map[string]string{"app": "web", "pod-template-hash": "5d0c"}
	set.Annotations = map[string]string{"deployment.kubernetes.io/revision": "3", "kubernetes.io/change-cause": "faster"}
	c.Create(set)
	w.WebPod = w.pod(owned("web-1", "apps/v1", "ReplicaSet", set), set.Labels, time.Now(), "10.244.1.10", "fd00::10")

	db := &appsv1.StatefulSet{
		ObjectMeta: named("db", nil),
		Spec:       appsv1.StatefulSetSpec{Selector: selector("db"), Template: template("db", "db:16"), ServiceName: "db"},
	}
	c.Create(db)
	w.DBPod = w.pod(owned("db-0", "apps/v1", "StatefulSet", db), map[string]string{"app": "db"}, time.Now(), "10.244.1.11")
	log := &appsv1.DaemonSet{ObjectMeta: named("log", nil), Spec: appsv1.DaemonSetSpec{Selector: selector("log"), Template: template("log", "log:3")}}
	c.Create(log)
	w.LogPod = w.pod(owned("log-x", "apps/v1", "DaemonSet", log), map[string]string{"app": "log"}, time.Now(), "10.244.1.12")

	job := batchv1.JobSpec{Template: template("report", "report:1")}
	job.Template.Spec.RestartPolicy = corev1.RestartPolicyNever
	cron := &batchv1.CronJob{ObjectMeta: named("report", nil), Spec: batchv1.CronJobSpec{Schedule: "* * * * *", JobTemplate: batchv1.JobTemplateSpec{Spec: *job.DeepCopy()}}}
	c.Create(cron)
	run := &batchv1.Job{ObjectMeta: owned("report-1", "batch/v1", "CronJob", cron), Spec: *job.DeepCopy()}
	c.Create(run)
	w.ReportPod = w.pod(owned("report-1-a", "batch/v1", "Job", run), nil, time.Now(), "10.244.1.13")
	once := &batchv1.Job{ObjectMeta: named("once", nil), Spec: *job.DeepCopy()}
	c.Create(once)
	w.OncePod = w.pod(owned("once-a", "batch/v1", "Job", once), nil, time.Now(), "10.244.1.14")
	w.BarePod = w.Pod("bare", "10.244.1.15", time.Now())
	w.waysIn()
	return w
}

func (w *SmallWorld) waysIn() {
	c := w.client
	c.Create(&corev1.Service{ObjectMeta: named("web", nil), Spec: corev1.ServiceSpec{Ports: []corev1.ServicePort{{Port: 80, TargetPort: intstr.FromInt32(8080)}}}})
	slice := &discoveryv1.EndpointSlice{
		ObjectMeta: named("web-abc", nil), AddressType: discoveryv1.AddressTypeIPv4,
		Endpoints: []discoveryv1.Endpoint{{Addresses: []string{"10.244.1.10"}, TargetRef: &corev1.ObjectReference{Kind: "Pod", Name: "web-1", UID: uid(w.WebPod)}}},
	}
	slice.Labels = map[string]string{discoveryv1.LabelServiceName: "web"}
	c.Create(slice)
	prefix := networkingv1.PathTypePrefix
	c.Create(&networkingv1.Ingress{ObjectMeta: named("shop", nil), Spec: networkingv1.IngressSpec{Rules: []networkingv1.IngressRule{{
		Host: "shop.example",
		IngressRuleValue: networkingv1.IngressRuleValue{HTTP: &networkingv1.HTTPIngressRuleValue{Paths: []networkingv1.HTTPIngressPath{{
			Path: "/", PathType: &prefix,
			Backend: networkingv1.IngressBackend{Service: &networkingv1.IngressServiceBackend{Name: "web", Port: networkingv1.ServiceBackendPort{Number: 80}}},
		}}}},
	}}}})
}

// Pod makes a running pod of nobody's on node-a, and returns its UID.
func (w *SmallWorld) Pod(name, addr string, started time.Time) string {
	return w.pod(named(name, nil), nil, started, addr)
}

func (w *SmallWorld) pod(meta metav1.ObjectMeta, labels map[string]string, started time.Time, addrs ...string) string {
	meta.Labels = labels
	pod := newPod(meta, "node-a")
	w.client.Create(pod)
	setRunning(pod, started, addrs...)
	w.client.UpdateStatus(pod)
	return string(pod.UID)
}

// Delete deletes a pod at once.
func (w *SmallWorld) Delete(name string) {
	pod := &corev1.Pod{ObjectMeta: named(name, nil)}
	w.client.read(pod)
	w.client.Delete(pod, 0)
}

// MakeNode makes a node of EKS's shape.
func MakeNode(c *Client, name, zone, addr string) {
	node := &corev1.Node{
		ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{
			"topology.kubernetes.io/region": "us-east-1", "topology.kubernetes.io/zone": "us-east-1a",
			"topology.k8s.aws/zone-id": zone, "node.kubernetes.io/instance-type": "m7g.large",
		}},
		Spec: corev1.NodeSpec{ProviderID: "aws:///us-east-1a/i-0" + strings.ReplaceAll(name, "-", "")},
	}
	c.Create(node)
	node.Status.Addresses = []corev1.NodeAddress{{Type: corev1.NodeInternalIP, Address: addr}, {Type: corev1.NodeHostName, Address: name}}
	c.UpdateStatus(node)
}

// Allow lets a group read the resources, as kubectl names them. The name is the
// role's; the group is "readers".
func Allow(c *Client, name string, resources ...string) {
	AllowVerbs(c, name, []string{"list", "watch"}, resources...)
}

// AllowVerbs lets the group "readers" do with the resources what the verbs say.
func AllowVerbs(c *Client, name string, verbs []string, resources ...string) {
	role := &rbacv1.ClusterRole{ObjectMeta: metav1.ObjectMeta{Name: name}}
	for _, resource := range resources {
		plural, group, _ := strings.Cut(resource, ".")
		role.Rules = append(role.Rules, rbacv1.PolicyRule{APIGroups: []string{group}, Resources: []string{plural}, Verbs: verbs})
	}
	c.Create(role)
	c.Create(&rbacv1.ClusterRoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: name}, RoleRef: rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: name},
		Subjects: []rbacv1.Subject{{Kind: rbacv1.GroupKind, APIGroup: rbacv1.GroupName, Name: "readers"}},
	})
}

// Events are the events of a namespace, by name.
func (c *Client) Events(namespace string) map[string]eventsv1.Event {
	c.tb.Helper()
	ctx, cancel := context.WithTimeout(c.tb.Context(), 20*time.Second)
	defer cancel()
	var list eventsv1.EventList
	if err := c.clients[eventsv1.SchemeGroupVersion].Get().Resource("events").Namespace(namespace).Do(ctx).Into(&list); err != nil {
		c.tb.Fatal(err)
	}
	byName := map[string]eventsv1.Event{}
	for i := range list.Items {
		byName[list.Items[i].Name] = list.Items[i]
	}
	return byName
}

// UID is that of a Deployment of namespace shop.
func (c *Client) UID(deployment string) string {
	d := &appsv1.Deployment{ObjectMeta: named(deployment, nil)}
	c.read(d)
	return string(d.UID)
}
