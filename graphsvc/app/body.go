package app

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"time"
)

// maxBodyBytes bounds a request: a GraphQL document with its variables.
const maxBodyBytes = 1 << 20

// timelyBody reads a request's body before its handler runs, within a time. The
// server's own ReadTimeout would end event streams too, which are read from
// until their client goes.
func timelyBody(next http.Handler, within time.Duration) http.Handler {
	return http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if r.Body == nil || r.Body == http.NoBody {
			next.ServeHTTP(out, r)
			return
		}
		connection := http.NewResponseController(out)
		if err := connection.SetReadDeadline(time.Now().Add(within)); err != nil {
			http.Error(out, "the connection has no deadlines", http.StatusInternalServerError)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(out, r.Body, maxBodyBytes))
		if err != nil {
			refuseBody(out, err)
			return
		}
		if err := connection.SetReadDeadline(time.Time{}); err != nil {
			return // the client has gone
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(out, r)
	})
}

// timelyAnswer bounds how long an answer may take, its reading by the client
// included: who does not read holds nothing for ever. Event streams and WebSockets
// go on, and notice a dead client by their own signs of life.
func timelyAnswer(next http.Handler, within time.Duration) http.Handler {
	return http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/graphql/stream" || r.URL.Path == "/mcp" || r.Header.Get("Upgrade") != "" {
			next.ServeHTTP(out, r)
			return
		}
		connection := http.NewResponseController(out)
		if connection.SetWriteDeadline(time.Now().Add(within)) == nil {
			defer func() { _ = connection.SetWriteDeadline(time.Time{}) }()
		}
		next.ServeHTTP(out, r)
	})
}

func refuseBody(out http.ResponseWriter, err error) {
	if errors.As(err, new(*http.MaxBytesError)) {
		http.Error(out, "a request has at most 1 MiB", http.StatusRequestEntityTooLarge)
		return
	}
	out.Header().Set("Connection", "close")
	http.Error(out, "the request's body did not come in time", http.StatusRequestTimeout)
}
