package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/egressor/egressor/internal/report"
)

const (
	readHeaderTimeout = 10 * time.Second
	bodyTimeout       = 20 * time.Second
	// answerTimeout is twice what a question may take, for its way to the client.
	answerTimeout = time.Minute
	idleTimeout   = 2 * time.Minute
	readyTimeout  = 5 * time.Second
)

// web is the HTTP server: the API, the user interface, health and metrics.
type web struct {
	listen   string
	gate     gate
	ways     doors
	reporter *report.Reporter
	log      *slog.Logger
	handler  http.Handler
	server   *http.Server
	dead     chan error
	address  string
}

func newWeb(listen string, ways doors, reporter *report.Reporter, handler http.Handler) *web {
	return &web{listen: listen, gate: gateOf(listen, !loopback(listen)), ways: ways, reporter: reporter, log: reporter.Log("web"), handler: handler, dead: make(chan error, 1)}
}

// Start listens. A busy port is an error that names it.
func (w *web) Start(context.Context) error {
	listener, err := net.Listen("tcp", w.listen)
	if err != nil {
		return fmt.Errorf("listening for HTTP on %s: %w; choose another address with --listen", w.listen, err)
	}
	w.address = listener.Addr().String()
	w.server = &http.Server{Handler: w.routes(), ReadHeaderTimeout: readHeaderTimeout, IdleTimeout: idleTimeout}
	go func() {
		if err := w.server.Serve(timelyListener{listener, answerTimeout}); !errors.Is(err, http.ErrServerClosed) {
			w.dead <- err
		}
	}()
	w.log.Info("listening", "url", "http://"+w.address)
	return nil
}

// Stop lets open requests end; streams are cut.
func (w *web) Stop(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := w.server.Shutdown(ctx); err != nil {
		return w.server.Close()
	}
	return nil
}

// Dead delivers why the server ended by itself.
func (w *web) Dead() <-chan error { return w.dead }

func (w *web) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(out http.ResponseWriter, _ *http.Request) { _, _ = out.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", w.ready)
	mux.Handle("GET /metrics", w.ways.guardWhole(promhttp.HandlerFor(w.reporter.Registry(), promhttp.HandlerOpts{})))
	mux.Handle("/", w.handler)
	return w.gate.guard(timelyBody(timelyAnswer(mux, answerTimeout), bodyTimeout))
}

// ready answers 200 when every part works, else 503: with what is wrong, for who
// may see everything. A store's error names hosts and users.
func (w *web) ready(out http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
	defer cancel()
	answer, status, told := map[string]string{}, http.StatusOK, w.ways.seesAll(r)
	for _, state := range w.reporter.Ready(ctx) {
		answer[state.Name] = "ok"
		if state.Err != nil {
			answer[state.Name], status = state.Err.Error(), http.StatusServiceUnavailable
			if !told {
				answer[state.Name] = "not ok"
			}
		}
	}
	out.Header().Set("Content-Type", "application/json")
	out.WriteHeader(status)
	_ = json.NewEncoder(out).Encode(answer)
}
