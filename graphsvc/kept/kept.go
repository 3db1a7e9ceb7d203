// Package kept keeps answers that never change, such as those of a version, while
// they are asked for.
package kept

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"sync"
)

// Answers are kept under keys: what is being read is read once, however many ask
// for it, and what has not been used for longest is dropped first.
type Answers[K comparable, V any] struct {
	// most bounds the weight of all answers, weigh is that of one, 1 or more.
	most  int
	weigh func(V) int

	mu   sync.Mutex
	on   map[K]*reading[V]
	used *list.List // of keys, by last use, oldest first
	held int
}

// reading is one answer that is being read or has been.
type reading[V any] struct {
	done   chan struct{}
	answer V
	err    error
	weight int
	place  *list.Element
}

// New returns answers that weigh at most so much together, each 1 or more; one that
// is heavier is kept alone.
func New[K comparable, V any](most int, weigh func(V) int) *Answers[K, V] {
	return &Answers[K, V]{most: most, weigh: weigh, on: map[K]*reading[V]{}, used: list.New()}
}

// Of is the answer under a key, by read where it is not kept. It is shared:
// callers copy it before they change it.
func (k *Answers[K, V]) Of(ctx context.Context, key K, read func(ctx context.Context) (V, error)) (V, error) {
	for {
		r, mine := k.find(key)
		if mine {
			return k.read(ctx, key, r, read)
		}
		select {
		case <-r.done:
		case <-ctx.Done():
			var none V
			return none, ctx.Err()
		}
		if r.err == nil || !gaveUp(r.err) {
			return r.answer, r.err
		}
		// Whoever read it went away: it is read again for this asker.
	}
}

// read reads an answer for all who wait for it. They are let go in any case: who
// reads may panic.
func (k *Answers[K, V]) read(ctx context.Context, key K, r *reading[V], read func(ctx context.Context) (V, error)) (V, error) {
	r.err = errUnread
	defer func() {
		k.settle(key, r)
		close(r.done)
	}()
	r.answer, r.err = read(ctx)
	return r.answer, r.err
}

// errUnread is what others get where the reading did not come to its end.
var errUnread = fmt.Errorf("the reading that was waited for broke off: %w", context.Canceled)

// gaveUp reports whether a reading failed because its asker left or their time was over.
func gaveUp(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// find returns the reading of a key, and whether the caller has to do it.
func (k *Answers[K, V]) find(key K) (r *reading[V], mine bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if r = k.on[key]; r != nil {
		k.used.MoveToBack(r.place)
		return r, false
	}
	r = &reading[V]{done: make(chan struct{}), place: k.used.PushBack(key)}
	k.on[key] = r
	return r, true
}

// Keeps reports whether an answer has been read.
func (k *Answers[K, V]) Keeps(key K) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	r := k.on[key]
	return r != nil && r.ended()
}

// settle keeps what was read and drops what has not been used for longest.
func (k *Answers[K, V]) settle(key K, r *reading[V]) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if r.err != nil {
		k.drop(key)
		return
	}
	r.weight = max(1, k.weigh(r.answer))
	k.held += r.weight
	for at := k.used.Front(); at != nil && k.held > k.most; {
		oldest := at.Value.(K) //nolint:forcetypeassert // the list holds keys alone
		at = at.Next()
		if oldest != key && k.on[oldest].ended() {
			k.drop(oldest)
		}
	}
}

// ended reports whether the reading has ended.
func (r *reading[V]) ended() bool {
	select {
	case <-r.done:
		return true
	default:
		return false
	}
}

func (k *Answers[K, V]) drop(key K) {
	r := k.on[key]
	k.held -= r.weight
	delete(k.on, key)
	k.used.Remove(r.place)
}
