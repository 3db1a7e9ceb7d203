package rollup

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/internal/model"
)

const (
	// leaseTime is how long the lease on folding lasts after its last renewal: what
	// a service waits at most after the death of the one that folded.
	leaseTime = 20 * time.Second
	// beat is how often the lease is renewed while there is work, and how long a
	// renewal may take. One that does not come through ends the write in hand
	// three beats after the last that did, with a beat to spare.
	beat = leaseTime / 4
)

// hold is this process's part in the lease on folding. Only who holds the lease
// writes, be it to repair.
type hold struct {
	holder string
	// lease is the one in hand, the zero lease while standing by.
	lease graphstore.Lease
	// toldOf is the other holder that the log was told of.
	toldOf string

	mu sync.Mutex
	// abort ends the write in hand; nil where there is none.
	abort context.CancelCauseFunc
}

// newHolder names this process: where it runs, for people, and at random.
func newHolder() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return host + "-" + rand.Text()
}

// leading runs work if this process has or gets the lease, and renews it
// beside. Without the lease nothing is written, which is no failure.
func (l *Loop) leading(ctx context.Context, work func(context.Context) error) error {
	lease, err := l.acquire(ctx)
	if err != nil {
		return err
	}
	if lease.Holder != l.hold.holder {
		l.standBy(lease.Holder)
		return l.follow(ctx)
	}
	if lease != l.hold.lease {
		l.takeOver(lease)
	}
	end := l.keep(ctx)
	err = work(ctx)
	end()
	if errors.Is(err, graphstore.ErrLostLease) {
		// What was written may be beside the next holder's, who has dropped it or will.
		l.log.Warn("the lease on folding was lost in the middle of a fold", "error", err)
		l.letGo()
		return nil
	}
	return err
}

// takeOver begins a reign: what was known of the stores may not hold any more.
func (l *Loop) takeOver(lease graphstore.Lease) {
	l.log.Info("this service folds", "holder", lease.Holder, "term", lease.Term)
	l.hold.lease, l.hold.toldOf, l.recovered = lease, "", false
	l.recheck = recheck{begins: lease.Term > 1}
	l.metrics.leading.Set(1)
}

func (l *Loop) standBy(holder string) {
	if l.hold.toldOf != holder {
		l.log.Info("another service folds into these stores; this one stands by and answers", "holder", holder)
	}
	l.letGo()
	l.hold.toldOf = holder
}

// follow tells subscribers here of what the service that folds has committed.
func (l *Loop) follow(ctx context.Context) error {
	head, err := l.committed(ctx)
	if err != nil {
		return err
	}
	if head.Number > l.head.Number {
		l.head = head
		if head.Kind != model.VersionCompact { // which tells nothing new
			l.hub.Publish(head)
		}
	}
	return nil
}

func (l *Loop) letGo() {
	l.hold.lease, l.recovered = graphstore.Lease{}, false
	l.metrics.leading.Set(0)
}

// release gives the lease back, so that the next service need not wait.
func (l *Loop) release(ctx context.Context) {
	if l.hold.lease == (graphstore.Lease{}) {
		return
	}
	if err := l.graph.ReleaseLease(ctx, l.hold.lease); err != nil {
		l.log.Warn("the next service has to wait until the lease on folding runs out", "after", leaseTime, "error", err)
	}
	l.letGo()
}

// keep renews the lease until end, so that long work does not outlast it. It
// goes by real time, as the server's clock does. A renewal that fails ends the
// write in hand, and nothing else: a commit is fenced, and may itself hold up
// the renewal.
func (l *Loop) keep(ctx context.Context) (end func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended, lease := make(chan struct{}), l.hold.lease
	go func() {
		defer close(ended)
		ticker := time.NewTicker(beat)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
			if err := l.renew(ctx, lease); err != nil {
				l.hold.abortWrite(err)
			}
		}
	}()
	return func() { cancel(); <-ended }
}

// acquire asks for the lease, and not for longer than half of what it is worth.
func (l *Loop) acquire(ctx context.Context) (graphstore.Lease, error) {
	ctx, cancel := context.WithTimeout(ctx, leaseTime/2)
	defer cancel()
	return l.graph.AcquireLease(ctx, l.hold.holder, leaseTime)
}

func (l *Loop) renew(ctx context.Context, lease graphstore.Lease) error {
	ctx, cancel := context.WithTimeout(ctx, beat)
	defer cancel()
	return l.graph.RenewLease(ctx, lease, leaseTime)
}

// write runs a write to the series, which no fence protects: only right after
// the lease was renewed, and only as long as it can be renewed.
func (l *Loop) write(ctx context.Context, do func(context.Context) error) error {
	if err := l.renew(ctx, l.hold.lease); err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	l.hold.writing(cancel)
	err := do(ctx)
	l.hold.writing(nil)
	if cause := context.Cause(ctx); err != nil && cause != nil {
		return fmt.Errorf("%w: %w", err, cause)
	}
	return err
}

// dropAfter drops what the series has beyond a version.
func (l *Loop) dropAfter(ctx context.Context, number uint64) error {
	return l.write(ctx, func(ctx context.Context) error { return l.flows.DropAfter(ctx, number) })
}

func (h *hold) writing(abort context.CancelCauseFunc) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.abort = abort
}

func (h *hold) abortWrite(cause error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.abort != nil {
		h.abort(cause)
	}
}
