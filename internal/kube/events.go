package kube

import (
	"context"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	eventsv1 "k8s.io/api/events/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/rest"

	"github.com/egressor/egressor/internal/model"
)

// Event is what is said of a workload in its own namespace: `kubectl describe` and
// `kubectl events` show it.
type Event struct {
	// Workload is who it is about: a model.KindWorkload.
	Workload model.Identity
	// Key is the event's own: what is said again under it counts up a series.
	Key string
	// Reason and Action are words in CamelCase, Note a text for people of at most
	// MaxNoteBytes.
	Reason, Action, Note string
	// Warning is true where somebody should look.
	Warning bool
	At      time.Time
}

// MaxNoteBytes is what the API server takes of a note.
const MaxNoteBytes = 1024

// EventWriter writes events (events.k8s.io/v1) into the clusters that are watched.
// It is the only thing in this package that writes.
type EventWriter struct {
	instance string
	clusters map[string]eventClient
}

// eventClient reaches one cluster.
type eventClient struct {
	events  *rest.RESTClient
	objects metadata.Interface
}

// groupVersions are where the kinds that own pods live.
var groupVersions = map[string]schema.GroupVersionResource{
	"Deployment": of("apps", "v1", "deployments"), "StatefulSet": of("apps", "v1", "statefulsets"), "DaemonSet": of("apps", "v1", "daemonsets"),
	"ReplicaSet": of("apps", "v1", "replicasets"), "CronJob": of("batch", "v1", "cronjobs"), "Job": of("batch", "v1", "jobs"),
	"Rollout": of("argoproj.io", "v1alpha1", "rollouts"), "Pod": of("", "v1", "pods"),
}

// NewEventWriter returns a writer for the settings' clusters. instance is who
// writes, for example the pod's name.
func NewEventWriter(config *Config, instance string) (*EventWriter, error) {
	all, err := config.accesses()
	if err != nil {
		return nil, err
	}
	w := &EventWriter{instance: instance, clusters: map[string]eventClient{}}
	for _, a := range all {
		// Nothing is to be skewed: the events' times are the incident's.
		if w.clusters[a.name], err = newEventClient(a.observed(func(time.Time) {}).config); err != nil {
			return nil, fmt.Errorf("cluster %s: %w", a.name, err)
		}
	}
	return w, nil
}

func newEventClient(config *rest.Config) (eventClient, error) {
	objects, err := metadata.NewForConfig(config)
	if err != nil {
		return eventClient{}, err
	}
	scheme := runtime.NewScheme()
	if err := eventsv1.AddToScheme(scheme); err != nil {
		return eventClient{}, err
	}
	metav1.AddToGroupVersion(scheme, schema.GroupVersion{Version: "v1"})
	config = rest.CopyConfig(config)
	config.GroupVersion, config.APIPath = &eventsv1.SchemeGroupVersion, "/apis"
	config.NegotiatedSerializer = serializer.NewCodecFactory(scheme).WithoutConversion()
	events, err := rest.RESTClientFor(config)
	return eventClient{events, objects}, err
}

// Write says an event. Said again under its key it becomes a series with a count.
// The error says which cluster or kind is not known, or what the API server said.
func (w *EventWriter) Write(ctx context.Context, e Event) error {
	client, known := w.clusters[e.Workload.Cluster]
	if !known {
		return fmt.Errorf("an event on %s: cluster %q is not watched: name it in --kube-context or --kube-in-cluster", e.Workload.ID(), e.Workload.Cluster)
	}
	resource, known := groupVersions[e.Workload.Type]
	if e.Workload.Kind != model.KindWorkload || !known {
		return fmt.Errorf("an event on %s: it is no workload of a kind that events can be about", e.Workload.ID())
	}
	about, err := client.reference(ctx, resource, e.Workload)
	if err != nil {
		return fmt.Errorf("an event on %s: %w", e.Workload.ID(), err)
	}
	if err := client.write(ctx, w.eventOf(&e, about)); err != nil {
		return fmt.Errorf("an event on %s: %w", e.Workload.ID(), err)
	}
	return nil
}

// reference names the object with its UID, by which kubectl looks for its events.
// One that is gone has none.
func (c *eventClient) reference(ctx context.Context, resource schema.GroupVersionResource, id model.Identity) (corev1.ObjectReference, error) {
	about := corev1.ObjectReference{APIVersion: resource.GroupVersion().String(), Kind: id.Type, Namespace: id.Namespace, Name: id.Name}
	object, err := c.objects.Resource(resource).Namespace(id.Namespace).Get(ctx, id.Name, metav1.GetOptions{})
	switch {
	case apierrors.IsNotFound(err):
		return about, nil
	case err != nil:
		return about, err
	}
	about.UID = object.GetUID()
	return about, nil
}

func (w *EventWriter) eventOf(e *Event, about corev1.ObjectReference) *eventsv1.Event {
	kind := corev1.EventTypeNormal
	if e.Warning {
		kind = corev1.EventTypeWarning
	}
	return &eventsv1.Event{
		ObjectMeta: metav1.ObjectMeta{Namespace: about.Namespace, Name: "egressor." + e.Key}, EventTime: metav1.NewMicroTime(e.At),
		ReportingController: "egressor.dev/graphsvc", ReportingInstance: w.instance,
		Reason: e.Reason, Action: e.Action, Note: e.Note, Type: kind, Regarding: about,
	}
}

// write makes the event, or counts it where it is there.
func (c *eventClient) write(ctx context.Context, e *eventsv1.Event) error {
	const resource = "events"
	err := c.events.Post().Resource(resource).Namespace(e.Namespace).Body(e).Do(ctx).Error()
	if !apierrors.IsAlreadyExists(err) {
		return err
	}
	var stored eventsv1.Event
	if err := c.events.Get().Resource(resource).Namespace(e.Namespace).Name(e.Name).Do(ctx).Into(&stored); err != nil {
		return err
	}
	count := int32(1)
	if stored.Series != nil {
		count = stored.Series.Count
	}
	stored.Series = &eventsv1.EventSeries{Count: count + 1, LastObservedTime: e.EventTime}
	return c.events.Put().Resource(resource).Namespace(e.Namespace).Name(e.Name).Body(&stored).Do(ctx).Error()
}
