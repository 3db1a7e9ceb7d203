package kubetest

import (
	"context"
	"strings"
	"testing"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	eventsv1 "k8s.io/api/events/v1"
	networkingv1 "k8s.io/api/networking/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/client-go/rest"
)

// Client writes objects, as controllers and kubelets do. It does not go through
// the connection that can be cut.
type Client struct {
	tb      testing.TB
	clients map[schema.GroupVersion]*rest.RESTClient
}

// Client returns the administrator's client.
func (s *Server) Client() *Client {
	s.tb.Helper()
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		corev1.AddToScheme, appsv1.AddToScheme, batchv1.AddToScheme, discoveryv1.AddToScheme, networkingv1.AddToScheme, rbacv1.AddToScheme,
		eventsv1.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			s.tb.Fatal(err)
		}
	}
	metav1.AddToGroupVersion(scheme, schema.GroupVersion{Version: "v1"})
	codecs := serializer.NewCodecFactory(scheme).WithoutConversion()
	c := &Client{tb: s.tb, clients: map[schema.GroupVersion]*rest.RESTClient{}}
	for _, version := range []schema.GroupVersion{
		corev1.SchemeGroupVersion, appsv1.SchemeGroupVersion, batchv1.SchemeGroupVersion, discoveryv1.SchemeGroupVersion,
		networkingv1.SchemeGroupVersion, rbacv1.SchemeGroupVersion, eventsv1.SchemeGroupVersion,
	} {
		config := &rest.Config{
			Host: "https://" + s.proxy.target, BearerToken: "admin", TLSClientConfig: rest.TLSClientConfig{Insecure: true},
			QPS: -1, APIPath: "/apis", UserAgent: "kubetest",
			ContentConfig: rest.ContentConfig{GroupVersion: &version, NegotiatedSerializer: codecs},
		}
		if version.Group == "" {
			config.APIPath = "/api"
		}
		client, err := rest.RESTClientFor(config)
		if err != nil {
			s.tb.Fatal(err)
		}
		c.clients[version] = client
	}
	return c
}

// plural is the resource of an object's type.
func plural(object runtime.Object) (schema.GroupVersion, string) { //nolint:cyclop // a table of types
	switch object.(type) {
	case *corev1.Pod:
		return corev1.SchemeGroupVersion, "pods"
	case *corev1.Node:
		return corev1.SchemeGroupVersion, "nodes"
	case *corev1.Service:
		return corev1.SchemeGroupVersion, "services"
	case *corev1.Namespace:
		return corev1.SchemeGroupVersion, "namespaces"
	case *appsv1.Deployment:
		return appsv1.SchemeGroupVersion, "deployments"
	case *appsv1.ReplicaSet:
		return appsv1.SchemeGroupVersion, "replicasets"
	case *appsv1.StatefulSet:
		return appsv1.SchemeGroupVersion, "statefulsets"
	case *appsv1.DaemonSet:
		return appsv1.SchemeGroupVersion, "daemonsets"
	case *appsv1.ControllerRevision:
		return appsv1.SchemeGroupVersion, "controllerrevisions"
	case *batchv1.Job:
		return batchv1.SchemeGroupVersion, "jobs"
	case *batchv1.CronJob:
		return batchv1.SchemeGroupVersion, "cronjobs"
	case *discoveryv1.EndpointSlice:
		return discoveryv1.SchemeGroupVersion, "endpointslices"
	case *networkingv1.Ingress:
		return networkingv1.SchemeGroupVersion, "ingresses"
	case *rbacv1.ClusterRole:
		return rbacv1.SchemeGroupVersion, "clusterroles"
	case *rbacv1.ClusterRoleBinding:
		return rbacv1.SchemeGroupVersion, "clusterrolebindings"
	default:
		panic("kubetest: unknown type of object")
	}
}

// object is what the client writes.
type object interface {
	runtime.Object
	metav1.Object
}

// Create makes an object, and fills it with what the API server made of it.
func (c *Client) Create(o object) { c.write("POST", o, "") }

// Update writes an object, UpdateStatus its status.
func (c *Client) Update(o object) { c.write("PUT", o, "") }

// UpdateStatus writes an object's status.
func (c *Client) UpdateStatus(o object) { c.write("PUT", o, "status") }

func (c *Client) write(verb string, o object, subresource string) {
	version, resource := plural(o)
	c.retry(func(ctx context.Context) error {
		request := c.clients[version].Verb(verb).Resource(resource).NamespaceIfScoped(o.GetNamespace(), o.GetNamespace() != "")
		if verb != "POST" {
			request = request.Name(o.GetName())
		}
		if subresource != "" {
			request = request.SubResource(subresource)
			o.SetResourceVersion("") // the last word counts
		}
		err := request.Body(o).Do(ctx).Into(o)
		if verb == "POST" && apierrors.IsAlreadyExists(err) { // the answer to an earlier try was lost
			return c.clients[version].Get().Resource(resource).NamespaceIfScoped(o.GetNamespace(), o.GetNamespace() != "").Name(o.GetName()).Do(ctx).Into(o)
		}
		return err
	})
}

// Delete deletes an object: for pods with a grace of seconds, in which it stays.
func (c *Client) Delete(o object, graceSeconds int64) {
	version, resource := plural(o)
	uid := o.GetUID()
	c.retry(func(ctx context.Context) error {
		return c.clients[version].Delete().Resource(resource).NamespaceIfScoped(o.GetNamespace(), o.GetNamespace() != "").Name(o.GetName()).
			Body(&metav1.DeleteOptions{GracePeriodSeconds: &graceSeconds, Preconditions: &metav1.Preconditions{UID: &uid}}).Do(ctx).Error()
	})
}

// retry goes on until the API server does what is asked: it may be away.
func (c *Client) retry(do func(context.Context) error) {
	for {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		err := do(ctx)
		cancel()
		switch {
		case err == nil, strings.Contains(err.Error(), "not found"), strings.Contains(err.Error(), "already exists"):
			return
		case c.tb.Context().Err() != nil:
			return
		case strings.Contains(err.Error(), "invalid"), strings.Contains(err.Error(), "forbidden"):
			c.tb.Errorf("kubetest: %v", err)
			return
		}
		<-time.After(50 * time.Millisecond)
	}
}
