package rollup

import (
	"context"
	"sync"

	"github.com/egressor/egressor/internal/model"
)

// subscriberQueue is how many versions a slow subscriber may fall behind.
// Beyond that it misses some and reads the newest on its next question.
const subscriberQueue = 16

// Hub tells subscribers of each committed version.
type Hub struct {
	mu          sync.Mutex
	subscribers map[chan model.GraphVersion]struct{}
}

// NewHub returns a hub without subscribers.
func NewHub() *Hub { return &Hub{subscribers: map[chan model.GraphVersion]struct{}{}} }

// Subscribe delivers versions until ctx ends, then closes the channel.
func (h *Hub) Subscribe(ctx context.Context) <-chan model.GraphVersion {
	queue := make(chan model.GraphVersion, subscriberQueue)
	h.mu.Lock()
	h.subscribers[queue] = struct{}{}
	h.mu.Unlock()
	context.AfterFunc(ctx, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.subscribers, queue)
		close(queue)
	})
	return queue
}

// Publish tells every subscriber; it never waits for one.
func (h *Hub) Publish(version model.GraphVersion) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for queue := range h.subscribers {
		select {
		case queue <- version:
		default:
		}
	}
}
