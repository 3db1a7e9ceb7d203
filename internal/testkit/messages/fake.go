// Package messages is a fake of Anthropic's Messages API for tests: a local
// server that speaks the real protocol (requests checked as strictly as the
// published API does, answers as JSON or as server-sent events), with answers
// from a script in place of a model.
package messages

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// What the fake accepts.
const (
	Key        = "fake-key"
	Model      = "claude-fake-1"
	apiVersion = "2023-06-01"
	maxBody    = 32 << 20
)

// Fake is a running server.
type Fake struct {
	// URL is the base URL.
	URL string

	tb     testing.TB
	server *httptest.Server
	// release lets a turn that holds its stream go on.
	release chan struct{}

	mu       sync.Mutex
	turns    []Turn
	next     int
	requests [][]byte
	refused  []string
}

// Start serves the turns in order, one per accepted request, until the test
// ends. A request beyond the last turn, and a turn that no request took, fail
// the test.
func Start(tb testing.TB, turns []Turn) *Fake {
	tb.Helper()
	f := &Fake{tb: tb, turns: turns, release: make(chan struct{})}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/messages", f.serve)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fail(w, Fault{Status: http.StatusNotFound, Message: "no such endpoint: " + r.Method + " " + r.URL.Path})
	})
	f.server = httptest.NewServer(mux)
	f.URL = f.server.URL
	tb.Cleanup(func() {
		f.server.Close()
		if left := len(f.turns) - f.next; left > 0 {
			tb.Errorf("%d of %d scripted turns were never asked for", left, len(f.turns))
		}
	})
	return f
}

// Close ends the server before the test does, to check that nothing is left.
func (f *Fake) Close() { f.server.Close() }

// Release lets one turn that holds its stream go on.
func (f *Fake) Release() { f.release <- struct{}{} }

// Requests are the bodies of the accepted requests so far.
func (f *Fake) Requests() [][]byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([][]byte(nil), f.requests...)
}

// Refused says why requests were refused as invalid, in order.
func (f *Fake) Refused() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.refused...)
}

func (f *Fake) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("request-id", "req_fake")
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		fail(w, Fault{Status: http.StatusRequestEntityTooLarge, Message: "the request is too large"})
		return
	}
	asked, fault := check(r.Header, body)
	if fault != nil {
		f.refuse(*fault)
		fail(w, *fault)
		return
	}
	turn, ok := f.take(body)
	switch {
	case !ok:
		f.tb.Errorf("request %d has no scripted turn: %s", f.next+1, body)
		fail(w, Fault{Status: http.StatusInternalServerError, Message: "the script has ended"})
	case turn.Fault != nil:
		fail(w, *turn.Fault)
	case asked.Stream:
		f.stream(w, r, asked, turn)
	default:
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(messageOf(asked, turn))
	}
}

func (f *Fake) take(body []byte) (Turn, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests = append(f.requests, body)
	if f.next == len(f.turns) {
		return Turn{}, false
	}
	f.next++
	return f.turns[f.next-1], true
}

func (f *Fake) refuse(fault Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.refused = append(f.refused, fmt.Sprintf("%d %s", fault.Status, fault.Message))
}
