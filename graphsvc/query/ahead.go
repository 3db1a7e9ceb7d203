package query

import (
	"context"
	"sync"
	"time"

	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
)

const (
	// prepareEvery is how soon after one version another is read ahead: of a row of
	// repriced minutes only the first is.
	prepareEvery = 5 * time.Second
	// preparePatience is how long a version is read ahead before it is answered from
	// all the same, and readAheadTime how long that may take in all.
	preparePatience = 2 * time.Second
	readAheadTime   = 10 * time.Second
)

// Prepare reads what is asked first of the newest version, so that nobody waits for
// it: its newest hour, and what lies where in it. It does nothing while there is no
// version.
func (e *Explorer) Prepare(ctx context.Context) error {
	head, ok, err := e.head(ctx)
	if err != nil {
		return unavailable("the graph store", err)
	}
	if !ok {
		return nil
	}
	return e.readAhead(ctx, head)
}

func (e *Explorer) readAhead(ctx context.Context, version model.GraphVersion) error {
	to, err := e.graphs.NewestMinute(ctx, version.Number)
	if err != nil {
		return unavailable("the graph store", err)
	}
	read, err := e.windows.all(ctx, Window{From: to - DefaultWindow, To: to, Version: version.Number})
	if err != nil {
		return unavailable("the graph store", err)
	}
	read.index()
	return nil
}

// ahead reads versions before they are answered from. What it cannot read is read by
// who asks, and fails there.
type ahead struct {
	clock clock.Clock
	read  func(ctx context.Context, version model.GraphVersion) error

	mu     sync.Mutex
	number uint64
	begun  time.Time
	done   chan struct{}
}

// of begins to read a version, and returns what is closed once that has ended: at
// once where another was read just before.
func (a *ahead) of(version model.GraphVersion) <-chan struct{} {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.clock.Now()
	switch {
	case a.done != nil && a.number == version.Number:
		return a.done
	case a.done != nil && now.Before(a.begun.Add(prepareEvery)):
		none := make(chan struct{})
		close(none)
		return none
	}
	done := make(chan struct{})
	a.number, a.begun, a.done = version.Number, now, done
	go func() {
		defer close(done)
		ctx, cancel := context.WithTimeout(context.Background(), readAheadTime)
		defer cancel()
		_ = a.read(ctx, version)
	}()
	return done
}
