package embedded

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
)

// maxWaiting bounds the statements that wait for a session.
const maxWaiting = 100

// pool lends sessions, one statement at a time each.
type pool struct {
	lib     *symbols
	dataDir string
	// keeper is never lent: the engine ends with its last session, and one
	// process must start it only once. It kills statements.
	keeper  *session
	killing sync.Mutex
	slots   chan struct{}
	waiting atomic.Int64

	mu   sync.Mutex
	idle []*session
}

// newPool starts the engine over dataDir.
func newPool(lib *symbols, dataDir string, size int) (*pool, error) {
	keeper, err := newSession(lib, dataDir)
	if err != nil {
		return nil, err
	}
	return &pool{lib: lib, dataDir: dataDir, keeper: keeper, slots: make(chan struct{}, size)}, nil
}

// do runs f with a session of its own, once one is free.
func (p *pool) do(ctx context.Context, f func(*session) error) error {
	if err := p.acquire(ctx); err != nil {
		return err
	}
	defer func() { <-p.slots }()
	s, err := p.take()
	if err != nil {
		return err
	}
	defer func() {
		// A kill for a client that has gone may arrive late: it must not meet the
		// statement of the session's next user.
		s.broken = s.broken || ctx.Err() != nil
		p.give(s)
	}()
	return f(s)
}

func (p *pool) acquire(ctx context.Context) error {
	if p.waiting.Add(1) > maxWaiting {
		p.waiting.Add(-1)
		return raise(codeTooManyQueries, fmt.Sprintf("Too many simultaneous queries: %d run and %d wait. (TOO_MANY_SIMULTANEOUS_QUERIES)", cap(p.slots), maxWaiting))
	}
	defer p.waiting.Add(-1)
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("waiting for a free session of the embedded clickhouse: %w", ctx.Err())
	}
}

func (p *pool) take() (*session, error) {
	p.mu.Lock()
	if n := len(p.idle); n > 0 {
		s := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return s, nil
	}
	p.mu.Unlock()
	return newSession(p.lib, p.dataDir)
}

func (p *pool) give(s *session) {
	if s.broken {
		s.close()
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, s)
}

// killWhenGone marks the statement of req, and kills it in the engine when ctx,
// its client's, ends before the returned function is called.
func (p *pool) killWhenGone(ctx context.Context, req *request) (finished func()) {
	mark := rand.Text()
	// The mark comes first, since nothing can be set after readonly. A client's
	// own log_comment would come after it and win: such a statement runs on.
	req.settings = slices.Insert(req.settings, 0, setting{"log_comment", mark})
	stop := context.AfterFunc(ctx, func() {
		p.killing.Lock()
		defer p.killing.Unlock()
		// A failure leaves the statement running, as does one that cannot be killed.
		_ = p.keeper.exec("KILL QUERY WHERE Settings['log_comment'] = " + quote(mark) + " ASYNC")
	})
	return func() { stop() }
}

// close waits for no one: a session that is lent keeps the engine open, and
// closing it under a running statement would crash the process.
func (p *pool) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.idle {
		s.close()
	}
	p.idle = nil
	if running := len(p.slots); running > 0 {
		return fmt.Errorf("embedded clickhouse: %d statements still run; the engine was not closed", running)
	}
	p.killing.Lock()
	defer p.killing.Unlock()
	p.keeper.close()
	return nil
}
