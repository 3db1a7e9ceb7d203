package kube

import (
	"context"
	"errors"
	"fmt"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/rest"

	"github.com/egressor/egressor/internal/clock"
)

// source lists and watches one resource, and tells how that went.
type source struct {
	list   func(ctx context.Context, options metav1.ListOptions) (runtime.Object, error)
	watch  func(ctx context.Context, options metav1.ListOptions) (watch.Interface, error)
	failed func(error)
	worked func()
	// begins is told before the events of each watch.
	begins func()
	clock  clock.Clock
}

// ListWithContext implements cache.ListerWatcherWithContext.
func (s source) ListWithContext(ctx context.Context, options metav1.ListOptions) (runtime.Object, error) {
	list, err := s.list(ctx, options)
	s.tell(ctx, err)
	return list, err
}

// WatchWithContext implements cache.ListerWatcherWithContext. Where the API server
// cannot be reached it tries again until ctx ends: a watch that resumes misses
// nothing, while the reflector would take most such errors for a reason to list
// everything again, and a list does not have what came and went meanwhile.
func (s source) WatchWithContext(ctx context.Context, options metav1.ListOptions) (watch.Interface, error) {
	for pause := resumeAfter; ; pause = min(2*pause, resumeAtMost) {
		watching, err := s.watch(ctx, options)
		if err == nil {
			s.begins()
			return observe(watching, s.clock, s.worked, func(err error) { s.tell(ctx, err) }), nil
		}
		s.tell(ctx, err)
		if resumes := options.ResourceVersion != "" && options.SendInitialEvents == nil; !resumes || answered(err) {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-s.clock.After(pause):
		}
	}
}

// Pauses between tries to resume a watch.
const (
	resumeAfter  = 200 * time.Millisecond
	resumeAtMost = time.Second
)

// answered reports whether an error is the API server's own word on the request,
// and not that of the network or of what stands before the server.
func answered(err error) bool {
	var status apierrors.APIStatus
	return errors.As(err, &status) && !apierrors.IsServiceUnavailable(err) && !apierrors.IsServerTimeout(err) && !apierrors.IsTimeout(err)
}

// List and Watch implement cache.ListerWatcher, which the reflector asks for and
// does not call.
func (s source) List(options metav1.ListOptions) (runtime.Object, error) {
	return s.ListWithContext(context.Background(), options)
}

// Watch is WatchWithContext without one.
func (s source) Watch(options metav1.ListOptions) (watch.Interface, error) {
	return s.WatchWithContext(context.Background(), options)
}

func (s source) tell(ctx context.Context, err error) {
	switch {
	case err == nil:
		s.worked()
	case ctx.Err() == nil:
		s.failed(err)
	}
}

// sourceOf returns the way to read a resource of a cluster.
func sourceOf(config *rest.Config, r resource) (source, error) {
	switch r.form.(type) {
	case *metav1.PartialObjectMetadata:
		client, err := metadata.NewForConfig(config)
		if err != nil {
			return source{}, fmt.Errorf("a client for %s: %w", r, err)
		}
		getter := client.Resource(r.GroupVersionResource)
		return source{
			list: func(ctx context.Context, options metav1.ListOptions) (runtime.Object, error) {
				return getter.List(ctx, options)
			},
			watch: getter.Watch,
		}, nil
	case *unstructured.Unstructured:
		client, err := dynamic.NewForConfig(config)
		if err != nil {
			return source{}, fmt.Errorf("a client for %s: %w", r, err)
		}
		getter := client.Resource(r.GroupVersionResource)
		return source{
			list: func(ctx context.Context, options metav1.ListOptions) (runtime.Object, error) {
				return getter.List(ctx, options)
			},
			watch: getter.Watch,
		}, nil
	default:
		return typedSource(config, r)
	}
}

func typedSource(config *rest.Config, r resource) (source, error) {
	config = rest.CopyConfig(config)
	version := r.GroupVersion()
	config.GroupVersion, config.APIPath = &version, "/apis"
	if r.Group == "" {
		config.APIPath = "/api"
	}
	config.NegotiatedSerializer = serializer.NewCodecFactory(typed()).WithoutConversion()
	config.ContentType, config.AcceptContentTypes = runtime.ContentTypeProtobuf, runtime.ContentTypeProtobuf+",application/json"
	client, err := rest.RESTClientFor(config)
	if err != nil {
		return source{}, fmt.Errorf("a client for %s: %w", r, err)
	}
	return source{
		list: func(ctx context.Context, options metav1.ListOptions) (runtime.Object, error) {
			return client.Get().Resource(r.Resource).VersionedParams(&options, metav1.ParameterCodec).Do(ctx).Get()
		},
		watch: func(ctx context.Context, options metav1.ListOptions) (watch.Interface, error) {
			options.Watch = true
			return client.Get().Resource(r.Resource).VersionedParams(&options, metav1.ParameterCodec).Watch(ctx)
		},
	}, nil
}
