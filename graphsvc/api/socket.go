package api

import (
	"net/http"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/transport"
)

// socketProtocol is https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md;
// the older protocol that called itself graphql-ws is not spoken.
const socketProtocol = "graphql-transport-ws"

// socket answers WebSockets. A browser sends cookies along with the opening
// request of any site: the library refuses those whose Origin is another host.
type socket struct{ transport.Websocket }

var _ graphql.Transport = socket{}

func (s *Server) socket() socket {
	return socket{transport.Websocket{
		InitFunc: counted, InitTimeout: initWithin, PingPongInterval: pingEvery, Implementation: acceptor{},
	}}
}

// Supports takes openings of the one protocol.
func (s socket) Supports(r *http.Request) bool {
	if !strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
		return false
	}
	offered := strings.Split(strings.Join(r.Header.Values("Sec-WebSocket-Protocol"), ","), ",")
	return slices.ContainsFunc(offered, func(name string) bool { return strings.TrimSpace(name) == socketProtocol }) &&
		!slices.ContainsFunc(offered, func(name string) bool { return strings.TrimSpace(name) == "graphql-ws" })
}
