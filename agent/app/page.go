package app

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/egressor/egressor/internal/report"
)

// page serves the agent's metrics and health. A nil page serves nothing.
type page struct {
	listener net.Listener
	server   *http.Server
}

func startPage(ctx context.Context, address string, r *report.Reporter) (*page, error) {
	if address == "" {
		return nil, nil //nolint:nilnil // a nil page is one that is off
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("metrics cannot listen on %s: %w: stop what uses it, or give another --metrics-listen", address, err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(r.Registry(), promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, request *http.Request) {
		for _, state := range r.Ready(request.Context()) {
			if state.Err != nil {
				http.Error(w, state.Name+": "+state.Err.Error(), http.StatusServiceUnavailable)
				return
			}
		}
		_, _ = fmt.Fprintln(w, "ok")
	})
	p := &page{listener: listener, server: &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}}
	go func() { _ = p.server.Serve(listener) }() // it ends with close
	return p, nil
}

func (p *page) close(ctx context.Context) error {
	if p == nil {
		return nil
	}
	return p.server.Shutdown(ctx)
}

func (p *page) address() string {
	if p == nil {
		return ""
	}
	return p.listener.Addr().String()
}
