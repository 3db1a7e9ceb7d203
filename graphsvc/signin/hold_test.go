package signin_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/signin"
)

// ticking is a clock that the test moves while others read it; whoever waits is
// woken by every move.
type ticking struct {
	mu      sync.Mutex
	now     time.Time
	waiting []chan time.Time
	waits   chan struct{}
}

func (c *ticking) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *ticking) After(time.Duration) <-chan time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	wake := make(chan time.Time, 1)
	c.waiting = append(c.waiting, wake)
	c.waits <- struct{}{}
	return wake
}

func (c *ticking) move(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(by)
	for _, wake := range c.waiting {
		wake <- c.now
	}
	c.waiting = nil
}

// TestOpenConnectionsEndWithTheirSignIn: what is open for long is held by the
// access file of now, like every new request.
func TestOpenConnectionsEndWithTheirSignIn(t *testing.T) {
	const hour = "2026-11-29T12:00:00Z"
	begin := time.Date(2026, 11, 29, 11, 0, 0, 0, time.UTC)
	token := signin.NewToken()
	kept := "tokens:\n" + tokenRule("bob", token, "viewer", ", scopes: [lab/shop], expires: "+hour)
	for name, test := range map[string]struct {
		rules string
		by    time.Duration
		why   error
	}{
		"nothing changed": {kept, 3 * time.Second, nil},
		"token taken out": {"tokens:\n" + tokenRule("ann", signin.NewToken(), "viewer", ", scopes: ['*/*']"), 3 * time.Second, access.ErrSignedOut},
		"scopes changed":  {"tokens:\n" + tokenRule("bob", token, "viewer", ", scopes: [lab/pay]"), 3 * time.Second, access.ErrOtherRights},
		"token expired":   {kept, 2 * time.Hour, access.ErrSignedOut},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "access.yaml")
			write := func(rules string, at time.Time) {
				if err := os.WriteFile(file, []byte(rules), 0o600); err != nil {
					t.Fatal(err)
				}
				if err := os.Chtimes(file, at, at); err != nil {
					t.Fatal(err)
				}
			}
			write(kept, begin)
			clock := &ticking{now: begin, waits: make(chan struct{}, 8)}
			gate, err := signin.New(signin.Dependencies{
				AccessFile: file, SessionKey: filepath.Join(t.TempDir(), "key"), Clock: clock,
				Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Registry: prometheus.NewRegistry(),
			})
			if err != nil {
				t.Fatal(err)
			}
			ctx, leave := context.WithCancel(t.Context())
			defer leave()
			open, ended := make(chan context.Context, 1), make(chan struct{})
			go func() {
				defer close(ended)
				request := httptest.NewRequestWithContext(ctx, http.MethodGet, "/", http.NoBody)
				request.Header.Set("Authorization", "Bearer "+token)
				gate.Guard(access.Viewer, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
					open <- r.Context()
					<-r.Context().Done()
				})).ServeHTTP(httptest.NewRecorder(), request)
			}()
			held := <-open
			<-clock.waits
			write(test.rules, begin.Add(time.Second))
			clock.move(test.by)
			if test.why == nil {
				<-clock.waits // it was looked at, and is held on
				if held.Err() != nil {
					t.Error("the connection was ended")
				}
				leave()
			}
			<-ended
			if test.why != nil && ctx.Err() != nil {
				t.Error("it ended with its client")
			}
			if why := context.Cause(held); test.why != nil && !errors.Is(why, test.why) {
				t.Errorf("it ended because %v, want %v", why, test.why)
			}
		})
	}
}
