package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"

	"github.com/egressor/egressor/costsvc/costpb"
	"github.com/egressor/egressor/costsvc/costrpc"
	"github.com/egressor/egressor/internal/component"
)

// Service is the gRPC server as a component.
type Service struct {
	log      *slog.Logger
	listen   string
	server   *grpc.Server
	listener net.Listener
	done     chan struct{}
	dead     chan error
}

var (
	_ component.Component = (*Service)(nil)
	_ component.Mortal    = (*Service)(nil)
)

func newService(log *slog.Logger, config Config, cost *costrpc.Server) (*Service, error) {
	options := costrpc.ServerOptions()
	if config.TLS.Enabled() {
		secured, err := config.TLS.Server()
		if err != nil {
			return nil, err
		}
		options = append(options, grpc.Creds(credentials.NewTLS(secured)))
	}
	server := grpc.NewServer(options...)
	costpb.RegisterCostServer(server, cost)
	return &Service{log: log, listen: config.Listen, server: server, done: make(chan struct{}), dead: make(chan error, 1)}, nil
}

// Addr is where the service listens, nil before it has started.
func (s *Service) Addr() net.Addr {
	if s.listener == nil {
		return nil
	}
	return s.listener.Addr()
}

// Start listens and serves.
func (s *Service) Start(ctx context.Context) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", s.listen)
	if err != nil {
		return fmt.Errorf("listening on %s: %w; is another cost service running? see --listen", s.listen, err)
	}
	s.listener = listener
	go func() {
		defer close(s.done)
		if err := s.server.Serve(listener); err != nil && !errors.Is(err, grpc.ErrServerStopped) {
			s.dead <- err
		}
	}()
	s.log.Info("serving", "address", listener.Addr().String())
	return nil
}

// Stop lets running calls end, or cuts them off when ctx does.
func (s *Service) Stop(ctx context.Context) error {
	graceful := make(chan struct{})
	go func() {
		defer close(graceful)
		s.server.GracefulStop()
	}()
	select {
	case <-graceful:
	case <-ctx.Done():
		s.server.Stop()
		<-graceful
	}
	<-s.done
	return nil
}

// Dead delivers the reason if the listener fails.
func (s *Service) Dead() <-chan error { return s.dead }
