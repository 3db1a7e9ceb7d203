package kube

import (
	"sync"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/tools/cache"

	"github.com/egressor/egressor/internal/clock"
)

// store is where a reflector puts what it sees of one resource. It keeps no
// objects: the cluster keeps what it needs of them.
type store struct {
	resource string
	cluster  *cluster
	clock    clock.Clock
	status   *resourceStatus

	mu sync.Mutex
	// sure is the last instant at which everything that had happened was known.
	sure time.Time
	// caughtUp is when a watch that was resumed has told what happened meanwhile.
	caughtUp time.Time
	// seen counts the objects that there are.
	seen map[string]bool
}

var (
	_ cache.ReflectorStore         = (*store)(nil)
	_ cache.ReflectorBookmarkStore = (*store)(nil)
)

// Add takes an object that is new.
func (s *store) Add(object any) error { return s.update(object) }

// Update takes an object that has changed.
func (s *store) Update(object any) error { return s.update(object) }

func (s *store) update(object any) error {
	at := s.clock.Now()
	s.cluster.seen(s.resource, object, at)
	s.event(object, at, true)
	return nil
}

// Delete takes an object that is gone.
func (s *store) Delete(object any) error {
	at := s.clock.Now()
	s.cluster.gone(s.resource, object, at)
	s.event(object, at, false)
	return nil
}

// Replace takes a list: the first, or one after the watch could not be resumed.
func (s *store) Replace(objects []any, _ string) error {
	at := s.clock.Now()
	s.mu.Lock()
	sure := s.sure
	if s.resource != pods.String() {
		sure = at // nobody takes over what these are: they may have been there until now
	}
	s.mu.Unlock()
	s.cluster.listed(s.resource, objects, sure, at)
	seen := make(map[string]bool, len(objects))
	for _, object := range objects {
		if meta, ok := object.(metav1.Object); ok {
			seen[string(meta.GetUID())] = true
		}
	}
	s.mu.Lock()
	s.sure, s.seen = at, seen
	s.mu.Unlock()
	s.status.listed(at, len(seen))
	return nil
}

// Bookmark says that nothing else has happened until now.
func (s *store) Bookmark(string) error {
	at := s.clock.Now()
	s.mu.Lock()
	s.sure = at
	s.mu.Unlock()
	s.status.heard(at, -1)
	return nil
}

// resumed says that a watch begins, after the list or after another watch ended.
func (s *store) resumed() {
	at := s.clock.Now()
	s.mu.Lock()
	sure := s.sure
	s.caughtUp = at.Add(s.cluster.rules.Lag)
	s.mu.Unlock()
	s.cluster.resumed(s.resource, sure, at)
}

// Resync has nothing to do: nothing is kept that could differ.
func (s *store) Resync() error { return nil }

func (s *store) event(object any, at time.Time, there bool) {
	s.mu.Lock()
	if !at.Before(s.caughtUp) {
		s.sure = at
	}
	if meta, ok := object.(metav1.Object); ok {
		if there {
			s.seen[string(meta.GetUID())] = true
		} else {
			delete(s.seen, string(meta.GetUID()))
		}
	}
	sure, count := s.sure, len(s.seen)
	s.mu.Unlock()
	s.status.heard(sure, count)
}
