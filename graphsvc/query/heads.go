package query

import (
	"context"
	"sync"
	"time"

	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
)

// heads is the newest version as it was read last. Whoever has seen a version is
// not given an older one afterwards.
type heads struct {
	clock clock.Clock
	// lasts is how long before they asked somebody takes the newest version for the
	// newest; what is announced in the meantime replaces it at once. 0 is not at all.
	lasts time.Duration

	reading chan struct{} // one reads, the others wait for what it finds
	mu      sync.Mutex
	head    model.GraphVersion
	readAt  time.Time // when the reading began
}

func newHeads(now clock.Clock, lasts time.Duration) *heads {
	return &heads{clock: now, lasts: lasts, reading: make(chan struct{}, 1)}
}

// fresh is the newest version, where it was read lately for who asked at a moment.
// It is by when they asked: where a reading takes long, all who wait for it take
// what it finds.
func (h *heads) fresh(asked time.Time) (model.GraphVersion, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.head, h.head.Number > 0 && asked.Before(h.readAt.Add(h.lasts))
}

func (h *heads) newest(ctx context.Context, read func(context.Context) (model.GraphVersion, bool, error)) (model.GraphVersion, bool, error) {
	if h.lasts == 0 {
		return read(ctx)
	}
	asked := h.clock.Now()
	if head, ok := h.fresh(asked); ok {
		return head, true, nil
	}
	select {
	case h.reading <- struct{}{}:
		defer func() { <-h.reading }()
	case <-ctx.Done():
		return model.GraphVersion{}, false, ctx.Err()
	}
	if head, ok := h.fresh(asked); ok {
		return head, true, nil
	}
	begun := h.clock.Now()
	head, ok, err := read(ctx)
	if err != nil || !ok {
		return head, ok, err
	}
	return h.saw(head, begun), true, nil
}

// saw takes a version that was the newest at a moment, and returns the newest of
// all that were.
func (h *heads) saw(head model.GraphVersion, at time.Time) model.GraphVersion {
	h.mu.Lock()
	defer h.mu.Unlock()
	if head.Number >= h.head.Number {
		h.head = head
	}
	if at.After(h.readAt) {
		h.readAt = at
	}
	return h.head
}

// Saw is told of a version as it is announced, so that who hears of it and asks is
// answered from it.
func (e *Explorer) Saw(version model.GraphVersion) {
	if e.heads.lasts > 0 {
		e.heads.saw(version, e.clock.Now())
	}
}
