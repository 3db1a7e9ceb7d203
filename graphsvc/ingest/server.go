package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/keepalive"

	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/wire"
	pb "github.com/egressor/egressor/internal/wire/egressorpb"
)

// Store keeps batches and their ledger.
type Store interface {
	// Append returns nil once the batch and its ledger row survive a power cut.
	// It may be called again with the same batch after any failure.
	Append(ctx context.Context, batch model.Batch, digest string, receivedAt time.Time) error
	// Lookup returns the digest under which a key was stored.
	Lookup(ctx context.Context, key model.BatchKey) (digest string, found bool, err error)
}

// Dependencies of the server.
type Dependencies struct {
	Store Store
	Clock clock.Clock
	// Register adds further services to the same server, nil for none.
	Register func(grpc.ServiceRegistrar)
	// Sender reports whether a token may deliver at all, or where an agent is named
	// its batches; nil lets anyone.
	Sender func(token string, of model.AgentID) bool
}

// Server is the ingest.
type Server struct {
	pb.UnimplementedIngestServer

	config   Configuration
	store    Store
	clock    clock.Clock
	register func(grpc.ServiceRegistrar)
	sender   func(token string, of model.AgentID) bool
	log      *slog.Logger
	metrics  *metrics
	budget   *budget
	turns    *turns

	grpc     *grpc.Server
	health   *health.Server
	listener net.Listener
	dead     chan error
	served   chan struct{} // closed once it serves no more
}

var (
	_ component.Component = (*Server)(nil)
	_ component.Mortal    = (*Server)(nil)
	_ pb.IngestServer     = (*Server)(nil)
)

// New returns a server that does nothing yet.
func New(r *report.Reporter, config Configuration, deps Dependencies) (*Server, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	return &Server{
		config: config, store: deps.Store, clock: deps.Clock, register: deps.Register, sender: deps.Sender,
		log: r.Log("ingest"), metrics: newMetrics(r.Registry()),
		budget: newBudget(config.TotalBytes, config.AgentBytes), turns: newTurns(),
		dead: make(chan error, 1),
	}, nil
}

// Start listens and serves.
func (s *Server) Start(ctx context.Context) error {
	options, err := s.options()
	if err != nil {
		return err
	}
	s.listener, err = (&net.ListenConfig{}).Listen(ctx, "tcp", s.config.Listen)
	if err != nil {
		return fmt.Errorf("ingest cannot listen on %s: %w: stop what uses it, or give another address", s.config.Listen, err)
	}
	s.grpc, s.health = grpc.NewServer(options...), health.NewServer()
	pb.RegisterIngestServer(s.grpc, s)
	healthpb.RegisterHealthServer(s.grpc, s.health)
	if s.register != nil {
		s.register(s.grpc)
	}
	s.served = make(chan struct{})
	go func() {
		defer close(s.served)
		// A server that was stopped before it began to serve says so; that is no death.
		if err := s.grpc.Serve(s.listener); err != nil && !errors.Is(err, grpc.ErrServerStopped) {
			s.dead <- fmt.Errorf("ingest on %s: %w", s.config.Listen, err)
		}
	}()
	s.log.Info("listening", "address", s.Address())
	return nil
}

func (s *Server) options() ([]grpc.ServerOption, error) {
	options := []grpc.ServerOption{
		grpc.ForceServerCodecV2(wire.Codec()),
		// Above our own limit, so that an oversized batch gets an answer that says
		// so; what is above this one breaks the stream.
		grpc.MaxRecvMsgSize(2 * wire.MaxBatchBytes),
		grpc.MaxConcurrentStreams(16),
		grpc.WaitForHandlers(true),
		grpc.ConnectionTimeout(20 * time.Second),
		grpc.KeepaliveParams(keepalive.ServerParameters{Time: time.Minute, Timeout: 20 * time.Second}),
		grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{MinTime: 10 * time.Second, PermitWithoutStream: true}),
	}
	options = append(options, s.senders()...)
	if !s.config.TLS.Enabled() {
		return options, nil
	}
	config, err := s.config.TLS.Server()
	if err != nil {
		return nil, fmt.Errorf("ingest: %w", err)
	}
	return append(options, grpc.Creds(credentials.NewTLS(config))), nil
}

// Stop lets batches that are being stored finish, within ctx.
func (s *Server) Stop(ctx context.Context) error {
	s.health.Shutdown()
	finished := make(chan struct{})
	go func() {
		// Streams of agents never end by themselves; what is in the store's hands
		// is finished by receive whatever the connection does.
		s.grpc.Stop()
		<-s.served // the address is free only then
		close(finished)
	}()
	select {
	case <-finished:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("ingest: a batch is still being stored: %w", ctx.Err())
	}
}

// Dead delivers the reason if serving ends by itself.
func (s *Server) Dead() <-chan error { return s.dead }

// Address is where it listens, once started.
func (s *Server) Address() string { return s.listener.Addr().String() }
