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

	// prepare begins to read what will be asked of a version, and returns what is
	// closed once that has ended; nil where nobody does.
	prepare func(model.GraphVersion) <-chan struct{}

	reading chan struct{} // one reads, the others wait for what it finds
	mu      sync.Mutex
	head    model.GraphVersion
	readAt  time.Time // when the reading began
	coming  *coming   // nil for none
}

// coming is a version that is committed and is being read ahead: until it is ready,
// or has taken too long, the one before it is the newest.
type coming struct {
	head  model.GraphVersion
	since time.Time
	ready <-chan struct{}
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
	h.arrive(asked)
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
	return h.met(head, begun), true, nil
}

// met takes a version that was the newest at a moment, now or once it is ready, and
// returns the one that is answered from.
func (h *heads) met(head model.GraphVersion, at time.Time) model.GraphVersion {
	if h.prepare == nil {
		return h.saw(head, at)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.head.Number == 0 || head.Number <= h.head.Number {
		return h.adopt(head, at)
	}
	if h.coming == nil {
		h.coming = &coming{since: at}
	}
	if head.Number > h.coming.head.Number {
		h.coming.head, h.coming.ready = head, h.prepare(head)
	}
	h.readAt = at
	h.arrive(at)
	return h.head
}

// arrive takes the version that was read ahead, if it is time.
func (h *heads) arrive(now time.Time) {
	if h.coming == nil {
		return
	}
	select {
	case <-h.coming.ready:
	default:
		if now.Before(h.coming.since.Add(preparePatience)) {
			return
		}
	}
	h.adopt(h.coming.head, h.readAt)
}

// saw takes a version that was the newest at a moment, and returns the newest of
// all that were.
func (h *heads) saw(head model.GraphVersion, at time.Time) model.GraphVersion {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.adopt(head, at)
}

func (h *heads) adopt(head model.GraphVersion, at time.Time) model.GraphVersion {
	if head.Number >= h.head.Number {
		h.head = head
	}
	if h.coming != nil && h.coming.head.Number <= h.head.Number {
		h.coming = nil
	}
	if at.After(h.readAt) {
		h.readAt = at
	}
	return h.head
}

// Saw is told of a version before it is announced, so that who hears of it and asks
// is answered from it: once what is asked first is read, or that takes too long.
func (e *Explorer) Saw(ctx context.Context, version model.GraphVersion) {
	if e.heads.lasts == 0 {
		return
	}
	select {
	case <-e.heads.prepare(version):
	case <-e.clock.After(preparePatience):
	case <-ctx.Done():
	}
	e.heads.saw(version, e.clock.Now())
}
