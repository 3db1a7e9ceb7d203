package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Streams are let in as long as there is room, for all and for each who is signed
// in; one that ends makes room again.
func TestStreamsAreBounded(t *testing.T) {
	c := &crowd{most: 3, mostOfOne: 2, each: map[string]int{}}
	const ann, bob = "token ann", "token bob"
	enter := func(who string, want bool) func() {
		t.Helper()
		leave, ok := c.enter(who)
		if ok != want {
			t.Fatalf("%s let in: %v, want %v, of %+v", who, ok, want, c.each)
		}
		return leave
	}
	first := enter(ann, true)
	enter(ann, true)
	enter(ann, false)
	third := enter(bob, true)
	enter(bob, false) // no room for anybody
	first()
	third()
	enter(bob, true)()
	enter(ann, true)()
	if c.all != 1 || len(c.each) != 1 {
		t.Errorf("%d are open, of %+v; want one of ann's", c.all, c.each)
	}
}

// Where nobody signs in everybody is the same one: the bound of one is not theirs.
func TestWithoutSignInTheBoundIsThatOfAll(t *testing.T) {
	c := &crowd{most: 2, mostOfOne: 1, each: map[string]int{}}
	entered := make(chan struct{})
	done := make(chan struct{})
	guarded := c.guard(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		entered <- struct{}{}
		<-done
	}))
	for range 2 {
		go guarded.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/graphql/stream", http.NoBody))
		<-entered
	}
	refused := httptest.NewRecorder()
	guarded.ServeHTTP(refused, httptest.NewRequest(http.MethodPost, "/graphql/stream", http.NoBody))
	if refused.Code != http.StatusServiceUnavailable || !strings.Contains(refused.Body.String(), "RATE_LIMITED") || refused.Header().Get("Retry-After") == "" {
		t.Errorf("the third: %d %s", refused.Code, refused.Body)
	}
	close(done)
}
