package ingest

import (
	"context"
	"sync"

	"github.com/egressor/egressor/internal/model"
)

// turns lets one batch of an agent at a time through. An agent that lost its
// connection sends a batch again while the first copy may still be on its way
// into the store; the second must find it in the ledger.
type turns struct {
	mu    sync.Mutex
	agent map[model.AgentID]*turn
}

// turn is one agent's place; users counts who holds it or waits for it.
type turn struct {
	token chan struct{}
	users int
}

func newTurns() *turns { return &turns{agent: map[model.AgentID]*turn{}} }

// take waits for the agent's turn, or for the end of ctx.
func (t *turns) take(ctx context.Context, agent model.AgentID) (done func(), err error) {
	t.mu.Lock()
	mine := t.agent[agent]
	if mine == nil {
		mine = &turn{token: make(chan struct{}, 1)}
		t.agent[agent] = mine
	}
	mine.users++
	t.mu.Unlock()
	leave := func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if mine.users--; mine.users == 0 {
			delete(t.agent, agent)
		}
	}
	select {
	case mine.token <- struct{}{}:
		return func() { <-mine.token; leave() }, nil
	case <-ctx.Done():
		leave()
		return nil, ctx.Err()
	}
}
