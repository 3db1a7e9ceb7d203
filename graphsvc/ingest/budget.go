package ingest

import (
	"sync"

	"github.com/egressor/egressor/internal/model"
)

// budget bounds the bytes that are being stored at one time.
type budget struct {
	total, perAgent int64

	mu    sync.Mutex
	used  int64
	agent map[model.AgentID]int64
}

func newBudget(total, perAgent int64) *budget {
	return &budget{total: total, perAgent: perAgent, agent: map[model.AgentID]int64{}}
}

// takeTotal reserves bytes before it is known whose they are.
func (b *budget) takeTotal(bytes int64) (free func(), ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.used+bytes > b.total {
		return nil, false
	}
	b.used += bytes
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.used -= bytes
	}, true
}

// takeAgent reserves bytes of one agent.
func (b *budget) takeAgent(agent model.AgentID, bytes int64) (free func(), ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.agent[agent]+bytes > b.perAgent {
		return nil, false
	}
	b.agent[agent] += bytes
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if b.agent[agent] -= bytes; b.agent[agent] == 0 {
			delete(b.agent, agent)
		}
	}, true
}
