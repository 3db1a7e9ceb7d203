package kept

import (
	"context"
	"slices"
	"sync"
)

// Together reads what is asked for at a time in one go: while a reading goes on, who
// asks waits for the next, which is of all that was asked for in the meantime. One
// question costs what it costs; hundreds cost a few readings.
type Together[K comparable, V any] struct {
	// most is how many keys one reading is of.
	most int
	read func(ctx context.Context, keys []K) (map[K]V, error)

	mu      sync.Mutex
	reading bool
	next    []*round[K, V] // oldest first; all but the last are full
}

// round is one reading, and who waits for it.
type round[K comparable, V any] struct {
	keys    []K
	askers  int
	ctx     context.Context //nolint:containedctx // of the reading, which is nobody's and everybody's who waits
	cancel  context.CancelFunc
	done    chan struct{}
	answers map[K]V
	err     error
}

// NewTogether returns what reads at most so many keys at once. A key that read gives
// no value for has the zero value.
func NewTogether[K comparable, V any](most int, read func(ctx context.Context, keys []K) (map[K]V, error)) *Together[K, V] {
	return &Together[K, V]{most: most, read: read}
}

// Of is the value of a key. A reading that nobody waits for any more is cancelled.
func (t *Together[K, V]) Of(ctx context.Context, key K) (V, error) {
	r := t.join(ctx, key)
	select {
	case <-r.done:
		return r.answers[key], r.err
	case <-ctx.Done():
		t.leave(r)
		var none V
		return none, ctx.Err()
	}
}

func (t *Together[K, V]) join(ctx context.Context, key K) *round[K, V] {
	t.mu.Lock()
	defer t.mu.Unlock()
	last := len(t.next) - 1
	if last < 0 || len(t.next[last].keys) >= t.most {
		r := &round[K, V]{done: make(chan struct{})}
		r.ctx, r.cancel = context.WithCancel(context.WithoutCancel(ctx))
		t.next = append(t.next, r)
		last++
	}
	r := t.next[last]
	r.askers++
	if !slices.Contains(r.keys, key) {
		r.keys = append(r.keys, key)
	}
	if !t.reading {
		t.reading = true
		go t.readOn()
	}
	return r
}

func (t *Together[K, V]) leave(r *round[K, V]) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if r.askers--; r.askers == 0 {
		r.cancel()
	}
}

// readOn reads round after round until nobody waits.
func (t *Together[K, V]) readOn() {
	for {
		r := t.take()
		if r == nil {
			return
		}
		if r.err = r.ctx.Err(); r.err == nil {
			r.answers, r.err = t.read(r.ctx, r.keys)
		}
		r.cancel()
		close(r.done)
	}
}

func (t *Together[K, V]) take() *round[K, V] {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.next) == 0 {
		t.reading = false
		return nil
	}
	r := t.next[0]
	t.next = slices.Delete(t.next, 0, 1)
	return r
}
