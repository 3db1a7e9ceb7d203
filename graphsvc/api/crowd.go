package api

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/egressor/egressor/graphsvc/query"
)

// What stays open costs memory for as long as it does, however rarely it is told
// something. A tab of the user interface holds one event stream.
const (
	maxStreams      = 2000 // event streams and WebSockets, of all who ask
	maxStreamsOfOne = 500  // of one who is signed in
	maxAtATime      = 100  // operations that go on over one WebSocket
)

// crowd counts the streams that are open.
type crowd struct {
	most, mostOfOne int

	mu   sync.Mutex
	all  int
	each map[string]int
}

func newCrowd() *crowd {
	return &crowd{most: maxStreams, mostOfOne: maxStreamsOfOne, each: map[string]int{}}
}

// enter counts one more of somebody's, where there is room; leave takes it back.
// Where nobody signs in everybody is "".
func (c *crowd) enter(one string) (leave func(), ok bool) {
	mostOfOne := c.mostOfOne
	if one == "" {
		mostOfOne = c.most
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all >= c.most || c.each[one] >= mostOfOne {
		return nil, false
	}
	c.all++
	c.each[one]++
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.all--
		if c.each[one]--; c.each[one] == 0 {
			delete(c.each, one)
		}
	}, true
}

// guard lets in as many streams as there is room for.
func (c *crowd) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		leave, ok := c.enter(query.SignedIn(r.Context()))
		if !ok {
			w.Header().Set("Retry-After", "10")
			write(w, mediaJSON, http.StatusServiceUnavailable, withoutData{&graphql.Response{Errors: gqlerror.List{{
				Message: "too many streams are open", Extensions: map[string]any{"code": string(query.CodeRateLimited), "hint": "close some: one WebSocket carries many subscriptions"},
			}}}})
			return
		}
		defer leave()
		next.ServeHTTP(w, r)
	})
}

// going counts the operations that go on over one WebSocket.
type going struct{}

// counted gives a WebSocket a count of its own as it begins.
func counted(ctx context.Context, _ transport.InitPayload) (context.Context, *transport.InitPayload, error) {
	return context.WithValue(ctx, going{}, new(atomic.Int32)), nil, nil
}

// few refuses what is asked over a WebSocket over which that many operations go
// on. An operation ends with its context.
func few(most int32) graphql.OperationMiddleware {
	return func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		count, ok := ctx.Value(going{}).(*atomic.Int32)
		if !ok {
			return next(ctx)
		}
		if count.Add(1) > most {
			count.Add(-1)
			return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{{
				Message: "too much goes on over this WebSocket", Extensions: map[string]any{"code": string(query.CodeRateLimited), "hint": "complete some subscriptions first, or open another"},
			}}})
		}
		context.AfterFunc(ctx, func() { count.Add(-1) })
		return next(ctx)
	}
}
