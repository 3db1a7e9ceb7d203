package query

import (
	"context"
	"sync"

	"github.com/egressor/egressor/internal/model"
)

// pinKey is where the newest version is kept in a context.
type pinKey struct{}

// pin holds the newest version as one request saw it first.
type pin struct {
	mu      sync.Mutex
	version *model.GraphVersion
	// fixed is true where the version was given and not found.
	fixed bool
}

// Pin makes all questions that are asked with the returned context see the same
// newest version: the one that the first of them finds, or that AsOf gave.
func Pin(ctx context.Context) context.Context {
	if held, ok := ctx.Value(pinKey{}).(*pin); ok && held.fixed {
		return ctx
	}
	return context.WithValue(ctx, pinKey{}, &pin{})
}

// AsOf makes all questions that are asked with the returned context see a version as the
// newest one.
func AsOf(ctx context.Context, version model.GraphVersion) context.Context {
	return context.WithValue(ctx, pinKey{}, &pin{version: &version, fixed: true})
}

// Repin gives a context the pin of another one.
func Repin(ctx, from context.Context) context.Context {
	if held, ok := from.Value(pinKey{}).(*pin); ok {
		return context.WithValue(ctx, pinKey{}, held)
	}
	return ctx
}

// Pinned is the newest version as the context's questions saw it; false where
// none of them asked for it yet.
func Pinned(ctx context.Context) (model.GraphVersion, bool) {
	held, ok := ctx.Value(pinKey{}).(*pin)
	if !ok {
		return model.GraphVersion{}, false
	}
	held.mu.Lock()
	defer held.mu.Unlock()
	if held.version == nil {
		return model.GraphVersion{}, false
	}
	return *held.version, true
}

// Newest is the newest version as the context's questions see it; false while
// nothing is folded.
func (e *Explorer) Newest(ctx context.Context) (model.GraphVersion, bool, error) { return e.head(ctx) }

// head is the newest version, the pinned one where the context has a pin.
func (e *Explorer) head(ctx context.Context) (model.GraphVersion, bool, error) {
	held, pinned := ctx.Value(pinKey{}).(*pin)
	if !pinned {
		return e.graphs.Head(ctx)
	}
	held.mu.Lock()
	defer held.mu.Unlock()
	if held.version != nil {
		return *held.version, true, nil
	}
	version, ok, err := e.graphs.Head(ctx)
	if ok && err == nil {
		held.version = &version
	}
	return version, ok, err
}
