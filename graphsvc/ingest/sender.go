package ingest

import (
	"context"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"github.com/egressor/egressor/internal/model"
)

// healthPrefix begins the methods that anyone may call: a probe of Kubernetes
// has no token.
const healthPrefix = "/grpc.health.v1.Health/"

// senders lets in who has an agent's token.
func (s *Server) senders() []grpc.ServerOption {
	if s.sender == nil {
		return nil
	}
	check := func(ctx context.Context, method string) error {
		if strings.HasPrefix(method, healthPrefix) || s.sender(bearer(ctx), model.AgentID{}) {
			return nil
		}
		s.metrics.strangers.Inc()
		return status.Error(codes.Unauthenticated, "no token of role agent: give the agent one with --token-file")
	}
	return []grpc.ServerOption{
		grpc.ChainStreamInterceptor(func(server any, stream grpc.ServerStream, info *grpc.StreamServerInfo, next grpc.StreamHandler) error {
			again := func() error { return check(stream.Context(), info.FullMethod) }
			if err := again(); err != nil {
				return err
			}
			return next(server, checkedStream{stream, again})
		}),
		grpc.ChainUnaryInterceptor(func(ctx context.Context, request any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
			if err := check(ctx, info.FullMethod); err != nil {
				return nil, err
			}
			return next(ctx, request)
		}),
	}
}

// checkedStream looks at the token again with every message: an agent's stream
// stays open for days, and a token that was taken back ends it.
type checkedStream struct {
	grpc.ServerStream
	check func() error
}

// RecvMsg receives a message of who may still deliver.
func (s checkedStream) RecvMsg(message any) error {
	if err := s.ServerStream.RecvMsg(message); err != nil {
		return err
	}
	return s.check()
}

// impostor is an error where an agent delivers for a node that its token is not
// for. The agent keeps what it has and sends it again: with another token it is taken.
func (s *Server) impostor(ctx context.Context, of model.AgentID) error {
	if s.sender == nil || s.sender(bearer(ctx), of) {
		return nil
	}
	s.metrics.strangers.Inc()
	s.log.Error("batch of a node that the token is not for", "agent", of.String())
	return status.Errorf(codes.PermissionDenied, "the token does not report for %s: give the agent one that does (reports in the access file)", of)
}

func bearer(ctx context.Context) string {
	for _, value := range metadata.ValueFromIncomingContext(ctx, "authorization") {
		if token, found := strings.CutPrefix(value, "Bearer "); found {
			return token
		}
	}
	return ""
}
