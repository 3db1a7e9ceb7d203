package kube

import (
	"errors"
	"time"

	"k8s.io/apimachinery/pkg/watch"

	"github.com/egressor/egressor/internal/clock"
)

// steady is how long a watch must last, or what it must tell, to count as one:
// the client turns a connection that breaks at once into an empty watch.
const steady = time.Second

// errShort is such a watch.
var errShort = errors.New("the connection breaks as soon as it is made (EOF)")

// observed passes a watch's events on, and tells whether it is one.
type observed struct {
	inner  watch.Interface
	events chan watch.Event
	done   chan struct{}
}

func observe(inner watch.Interface, now clock.Clock, worked func(), failed func(error)) *observed {
	o := &observed{inner: inner, events: make(chan watch.Event), done: make(chan struct{})}
	go o.pass(now.After(steady), worked, failed)
	return o
}

// Stop implements watch.Interface.
func (o *observed) Stop() {
	o.inner.Stop()
	select {
	case <-o.done:
	default:
		close(o.done)
	}
}

// ResultChan implements watch.Interface.
func (o *observed) ResultChan() <-chan watch.Event { return o.events }

// outlast keeps an empty watch until it counts as one: the reflector takes a
// shorter one for a reason to list everything again, and of what came and went
// meanwhile a list knows nothing. A watch that ends it resumes where it was.
func (o *observed) outlast(settled <-chan time.Time) {
	select {
	case <-settled:
	case <-o.done:
	}
}

func (o *observed) pass(settled <-chan time.Time, worked func(), failed func(error)) {
	defer close(o.events)
	told := false
	for {
		select {
		case <-settled:
			told = true
			worked()
		case event, open := <-o.inner.ResultChan():
			if !open {
				if !told {
					failed(errShort)
					o.outlast(settled)
				}
				return
			}
			if !told && event.Type != watch.Error {
				told = true
				worked()
			}
			select {
			case o.events <- event:
			case <-o.done:
				return
			}
		case <-o.done:
			return
		}
	}
}
