package kube

import (
	"context"
	"sync"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/discovery"
)

// want asks that the kind of an owner be read, if it is not yet.
func (w *clusterWatch) want(reference metav1.OwnerReference) {
	w.mu.Lock()
	kind := kindOf(&reference)
	asked := w.wanted[kind]
	w.wanted[kind] = true
	w.mu.Unlock()
	if asked {
		return
	}
	select {
	case w.asked <- reference:
	default: // too many at once: asked again with the next pod
		w.mu.Lock()
		w.wanted[kind] = false
		w.mu.Unlock()
	}
}

// customOwners reads the metadata of the kinds that own pods and that nobody
// knew of: operators' own.
func (w *clusterWatch) customOwners(ctx context.Context, reading *sync.WaitGroup) {
	for {
		select {
		case <-ctx.Done():
			return
		case reference := <-w.asked:
			found, err := w.discover(&reference)
			if err != nil {
				w.log.Warn("the owners of some pods cannot be looked up; the pods count as theirs",
					"cluster", w.access.name, "kind", reference.Kind, "apiVersion", reference.APIVersion, "error", err)
				continue
			}
			status := w.begin(found)
			w.cluster.reads(found)
			reading.Go(func() { w.read(ctx, found, status) })
		}
	}
}

// discover asks the API server for the resource of a kind.
func (w *clusterWatch) discover(reference *metav1.OwnerReference) (resource, error) {
	client, err := discovery.NewDiscoveryClientForConfig(w.access.config)
	if err != nil {
		return resource{}, err
	}
	version, err := schema.ParseGroupVersion(reference.APIVersion)
	if err != nil {
		return resource{}, err
	}
	served, err := client.ServerResourcesForGroupVersion(reference.APIVersion)
	if err != nil {
		return resource{}, err
	}
	for i := range served.APIResources {
		if served.APIResources[i].Kind == reference.Kind {
			return resource{
				GroupVersionResource: version.WithResource(served.APIResources[i].Name),
				form:                 &metav1.PartialObjectMetadata{}, served: true, owns: true, why: "owners of pods",
				kind: kindOf(reference),
			}, nil
		}
	}
	return resource{}, &noKind{reference.APIVersion, reference.Kind}
}

type noKind struct{ version, kind string }

func (e *noKind) Error() string { return "the API server has no kind " + e.kind + " in " + e.version }
