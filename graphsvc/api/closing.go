package api

import (
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql/handler/transport"

	"github.com/egressor/egressor/graphsvc/query"
)

// acceptor opens WebSockets that tell in their close why the sign-in ended them.
type acceptor struct {
	transport.CoderWebsocketImplementation
}

// Accept answers the opening request.
func (a acceptor) Accept(w http.ResponseWriter, r *http.Request, options transport.WebsocketAcceptOptions) (transport.WebsocketConn, error) {
	conn, err := a.CoderWebsocketImplementation.Accept(w, r, options)
	if err != nil {
		return nil, err
	}
	return closingConn{conn, func() *query.Error { return query.TurnedOut(r.Context()) }}, nil
}

// gqlgen asks a connection whether it can do these.
var (
	_ transport.WebsocketReadLimiter   = closingConn{}
	_ transport.WebsocketReadDeadliner = closingConn{}
)

// SetReadLimit bounds what one message may hold.
func (c closingConn) SetReadLimit(limit int64) {
	if limiter, ok := c.WebsocketConn.(transport.WebsocketReadLimiter); ok {
		limiter.SetReadLimit(limit)
	}
}

// SetReadDeadline bounds how long the next message may take.
func (c closingConn) SetReadDeadline(at time.Time) error {
	if deadliner, ok := c.WebsocketConn.(transport.WebsocketReadDeadliner); ok {
		return deadliner.SetReadDeadline(at)
	}
	return nil
}

// Close codes of graphql-transport-ws. Clients that keep to it try again after the
// second and not after the first.
const (
	closeUnauthorized = 4401
	closeForbidden    = 4403
)

// closingConn tells in the close frame of a WebSocket why the sign-in ended it.
type closingConn struct {
	transport.WebsocketConn
	turnedOut func() *query.Error
}

// WriteClose closes with the code for what ended the connection.
func (c closingConn) WriteClose(code int, message string) error {
	if why := c.turnedOut(); why != nil {
		code, message = closeForbidden, "Forbidden: "+why.Message
		if why.Code == query.CodeUnauthenticated {
			code, message = closeUnauthorized, "Unauthorized: "+why.Message
		}
	}
	return c.WebsocketConn.WriteClose(code, message)
}
