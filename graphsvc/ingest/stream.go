package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/wire"
	pb "github.com/egressor/egressor/internal/wire/egressorpb"
)

// Stream takes the batches of one agent and answers each in order.
func (s *Server) Stream(stream grpc.BidiStreamingServer[pb.Batch, pb.Ack]) error {
	s.metrics.streams.Inc()
	defer s.metrics.streams.Dec()
	for {
		var raw wire.Raw
		if err := stream.RecvMsg(&raw); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		ack, err := s.receive(stream.Context(), raw)
		if err != nil {
			return err
		}
		if err := stream.Send(ack); err != nil {
			return err
		}
	}
}

// receive takes one batch as far as it gets. The error is a gRPC status that
// ends the stream: the agent sends the batch again.
func (s *Server) receive(ctx context.Context, raw wire.Raw) (*pb.Ack, error) {
	s.metrics.bytes.Add(float64(len(raw)))
	free, ok := s.budget.takeTotal(int64(len(raw)))
	if !ok {
		return nil, s.busy("all agents together")
	}
	defer free()
	batch, err := wire.Decode(raw)
	if err != nil {
		return s.refuse(wire.KeyOf(raw), pb.Reason_REASON_MALFORMED, err), nil
	}
	if err := s.impostor(ctx, batch.Agent); err != nil {
		return nil, err
	}
	now := s.clock.Now()
	if err := Check(batch, now, s.config.MaxAhead); err != nil {
		return s.refuse(batch.BatchKey, pb.Reason_REASON_MALFORMED, err), nil
	}
	freeAgent, ok := s.budget.takeAgent(batch.Agent, int64(len(raw)))
	if !ok {
		return nil, s.busy("agent " + batch.Agent.String())
	}
	defer freeAgent()
	done, err := s.turns.take(ctx, batch.Agent)
	if err != nil {
		return nil, status.FromContextError(err).Err()
	}
	defer done()
	return s.storeOnce(ctx, batch, now)
}

// storeOnce stores one batch exactly once.
func (s *Server) storeOnce(ctx context.Context, batch model.Batch, now time.Time) (*pb.Ack, error) {
	// A connection that breaks must not cut a store short: the agent sends again,
	// and a finished store makes that a look-up.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.config.AppendTimeout)
	defer cancel()
	digest := wire.Digest(batch)
	stored, found, err := s.store.Lookup(ctx, batch.BatchKey)
	if err != nil {
		return nil, s.failed(batch.BatchKey, err)
	}
	if found && stored != digest {
		return s.refuse(batch.BatchKey, pb.Reason_REASON_CONFLICT,
			fmt.Errorf("digest %.12s, but %.12s is stored under this key: two agents share a node name and boot, or a spool was copied", digest, stored)), nil
	}
	outcome := outcomeRepeated
	if !found {
		if err := s.store.Append(ctx, batch, digest, now); err != nil {
			return nil, s.failed(batch.BatchKey, err)
		}
		outcome = outcomeStored
		s.metrics.flows.Add(float64(len(batch.Flows)))
		s.metrics.offset.WithLabelValues(batch.Agent.Cluster, batch.Agent.Node).Set(now.Sub(batch.CoveredThrough).Seconds())
	}
	s.metrics.batches.WithLabelValues(outcome).Inc()
	return &pb.Ack{Outcome: &pb.Ack_Durable{Durable: &pb.Durable{Boot: batch.Boot, Through: batch.Sequence}}}, nil
}

func (s *Server) refuse(key model.BatchKey, reason pb.Reason, why error) *pb.Ack {
	outcome := outcomeMalformed
	if reason == pb.Reason_REASON_CONFLICT {
		outcome = outcomeConflict
	}
	s.metrics.batches.WithLabelValues(outcome).Inc()
	s.log.Error("batch refused", "outcome", outcome, "agent", key.Agent.String(), "boot", key.Boot, "sequence", key.Sequence, "error", why)
	return &pb.Ack{Outcome: &pb.Ack_Refused{Refused: &pb.Refused{
		Boot: key.Boot, Sequence: key.Sequence, Reason: reason, Message: why.Error(),
	}}}
}

func (s *Server) busy(who string) error {
	s.metrics.batches.WithLabelValues(outcomeBusy).Inc()
	return s.retryLater(codes.ResourceExhausted, "no room for more batches of "+who)
}

func (s *Server) failed(key model.BatchKey, why error) error {
	s.metrics.batches.WithLabelValues(outcomeFailed).Inc()
	s.log.Error("batch not stored, the agent will send it again", "agent", key.Agent.String(), "boot", key.Boot, "sequence", key.Sequence, "error", why)
	// The reason may name hosts and tables: it stays in our log.
	return s.retryLater(codes.Unavailable, "the store failed")
}

func (s *Server) retryLater(code codes.Code, message string) error {
	st, err := status.New(code, message).WithDetails(&errdetails.RetryInfo{RetryDelay: durationpb.New(s.config.RetryDelay)})
	if err != nil {
		return status.Error(code, message)
	}
	return st.Err()
}
