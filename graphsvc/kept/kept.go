// Package kept keeps answers that never change, such as those of a version, while
// they are asked for.
package kept

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// Answers are kept under keys: what is being read is read once, however many ask
// for it, and what has not been used for longest is dropped first.
type Answers[K comparable, V any] struct {
	// most bounds the weight of all answers, weigh is that of one, 1 or more.
	most  int
	weigh func(V) int

	mu     sync.Mutex
	on     map[K]*reading[V]
	oldest []K // by last use, oldest first
	held   int
}

// reading is one answer that is being read or has been.
type reading[V any] struct {
	done   chan struct{}
	answer V
	err    error
	weight int
}

// New returns answers that weigh at most so much together, each 1 or more; one that
// is heavier is kept alone.
func New[K comparable, V any](most int, weigh func(V) int) *Answers[K, V] {
	return &Answers[K, V]{most: most, weigh: weigh, on: map[K]*reading[V]{}}
}

// Of is the answer under a key, by read where it is not kept. It is shared:
// callers copy it before they change it.
func (k *Answers[K, V]) Of(ctx context.Context, key K, read func(ctx context.Context) (V, error)) (V, error) {
	for {
		r, mine := k.find(key)
		if mine {
			r.answer, r.err = read(ctx)
			k.settle(key, r)
			close(r.done)
			return r.answer, r.err
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

// gaveUp reports whether a reading failed because its asker left or their time was over.
func gaveUp(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// find returns the reading of a key, and whether the caller has to do it.
func (k *Answers[K, V]) find(key K) (r *reading[V], mine bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if r = k.on[key]; r != nil {
		k.use(key)
		return r, false
	}
	r = &reading[V]{done: make(chan struct{})}
	k.on[key] = r
	k.use(key)
	return r, true
}

// Keeps reports whether an answer has been read.
func (k *Answers[K, V]) Keeps(key K) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	r := k.on[key]
	return r != nil && r.read()
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
	for _, oldest := range slices.Clone(k.oldest) {
		if k.held <= k.most {
			return
		}
		if oldest != key && k.on[oldest].read() {
			k.drop(oldest)
		}
	}
}

// read reports whether the reading has ended.
func (r *reading[V]) read() bool {
	select {
	case <-r.done:
		return true
	default:
		return false
	}
}

// use moves a key to the end of the order of dropping.
func (k *Answers[K, V]) use(key K) {
	k.oldest = append(slices.DeleteFunc(k.oldest, func(o K) bool { return o == key }), key)
}

func (k *Answers[K, V]) drop(key K) {
	k.held -= k.on[key].weight
	delete(k.on, key)
	k.oldest = slices.DeleteFunc(k.oldest, func(o K) bool { return o == key })
}
