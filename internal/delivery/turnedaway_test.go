package delivery_test

import (
	"log/slog"
	"net"
	"strings"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/delivery"
)

// A wrong token, or another program's port, is told at once with what to do: an import
// tried each batch for a minute and asked whether the service runs.
func TestWhoIsNotLetInIsToldSo(t *testing.T) {
	for code, want := range map[codes.Code]string{
		codes.Unauthenticated: "a token that it knows", codes.PermissionDenied: "role agent", codes.Unimplemented: "no ingest",
	} {
		server := grpc.NewServer(grpc.UnknownServiceHandler(func(any, grpc.ServerStream) error { return status.Error(code, "no") }))
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		served := make(chan error, 1)
		go func() { served <- server.Serve(listener) }()
		sender, err := delivery.New(listener.Addr().String(), "wrong", clock.System{}, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		if err := sender.Send(t.Context(), batchOf(1)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", code, err, want)
		}
		if err := sender.Close(); err != nil {
			t.Error(err)
		}
		server.Stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
	}
}
