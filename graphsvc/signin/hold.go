package signin

import (
	"context"
	"net/http"
	"slices"

	"github.com/egressor/egressor/graphsvc/access"
)

// hold ends a request's context once its asker would not be let in any more, or
// as somebody else: a WebSocket or an event stream outlives the look at the gate
// by hours, and what was taken back meanwhile must not go on working in it.
func (g *Gate) hold(ctx context.Context, end context.CancelCauseFunc, r *http.Request, who access.Principal) {
	// What proves them, apart from the request: its handler may write to that.
	proof := (&http.Request{Header: http.Header{"Authorization": r.Header["Authorization"], "Cookie": r.Header["Cookie"]}}).WithContext(ctx)
	for {
		select {
		case <-ctx.Done():
			return
		case <-g.clock.After(recheck):
		}
		var why error
		switch now, ok := g.who(proof); {
		case !ok:
			why = access.ErrSignedOut
		case !same(now, who):
			why = access.ErrOtherRights
		default:
			continue
		}
		if ctx.Err() == nil {
			g.log.Info("a connection was ended", "because", why, "principal", who.Name, "method", who.Method)
		}
		end(why)
		return
	}
}

func same(a, b access.Principal) bool {
	return a.Name == b.Name && a.Method == b.Method && a.Role == b.Role && slices.Equal(a.Scopes, b.Scopes)
}
