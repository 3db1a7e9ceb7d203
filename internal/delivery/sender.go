// Package delivery hands batches to an ingest as agents do, for whoever has some and
// is no agent: recordings and imported files.
package delivery

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/wire"
	pb "github.com/egressor/egressor/internal/wire/egressorpb"
)

// retryPause is how long a sender waits after a failure before the next try.
const retryPause = time.Second

// Sender sends batches to an ingest, over one stream per agent, as the agents
// themselves would.
type Sender struct {
	conn    *grpc.ClientConn
	token   string
	streams map[model.AgentID]stream
	clock   clock.Clock
	log     *slog.Logger
}

// stream is one agent's. It outlives the batch that it was opened for, and so the
// context of that batch: end ends it.
type stream struct {
	grpc.BidiStreamingClient[pb.Batch, pb.Ack]
	end context.CancelFunc
}

// New returns a sender to an ingest at host:port, without encryption: on this
// machine, or through a tunnel. The token is "" where none is asked for.
func New(server, token string, clock clock.Clock, log *slog.Logger) (*Sender, error) {
	conn, err := grpc.NewClient("passthrough:///"+server,
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodecV2(wire.Codec())),
		grpc.WithDisableServiceConfig(),
	)
	if err != nil {
		return nil, fmt.Errorf("connect to the ingest at %s: %w", server, err)
	}
	return &Sender{conn: conn, token: token, streams: map[model.AgentID]stream{}, clock: clock, log: log}, nil
}

// Close ends the streams and the connection.
func (s *Sender) Close() error {
	for _, open := range s.streams {
		open.end()
	}
	return s.conn.Close()
}

// Send returns when the batch is durable. It tries again, with the same batch,
// as long as the ingest cannot be reached or cannot store; a batch that the
// ingest refuses is an error, and so is that it does not let the sender in.
func (s *Sender) Send(ctx context.Context, batch model.Batch) error {
	payload, err := wire.Encode(batch)
	if err != nil {
		return err
	}
	for {
		ack, err := s.try(ctx, batch.Agent, payload)
		if err == nil {
			return judge(batch.BatchKey, ack)
		}
		s.drop(batch.Agent)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if why := turnedAway(err); why != "" {
			return fmt.Errorf("the ingest does not take batches from here: %s: %w", why, err)
		}
		s.log.Warn("batch not taken yet, it is sent again", "agent", batch.Agent.String(), "sequence", batch.Sequence, "error", err)
		select {
		case <-s.clock.After(retryPause):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// try sends once and waits for the answer, no longer than ctx lasts.
func (s *Sender) try(ctx context.Context, agent model.AgentID, payload []byte) (*pb.Ack, error) {
	open, err := s.stream(ctx, agent)
	if err != nil {
		return nil, err
	}
	goOn := context.AfterFunc(ctx, open.end)
	defer goOn()
	raw := wire.Raw(payload)
	// When sending fails because the stream has ended, receiving says why.
	sent := open.SendMsg(&raw)
	ack, err := open.Recv()
	if err == nil {
		err = sent
	}
	return ack, err
}

// stream is the agent's, opened where it has none.
func (s *Sender) stream(ctx context.Context, agent model.AgentID) (stream, error) {
	if open, ok := s.streams[agent]; ok {
		return open, nil
	}
	ctx, end := context.WithCancel(context.WithoutCancel(ctx))
	if s.token != "" {
		ctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+s.token)
	}
	client, err := pb.NewIngestClient(s.conn).Stream(ctx)
	if err != nil {
		end()
		return stream{}, err
	}
	s.streams[agent] = stream{client, end}
	return s.streams[agent], nil
}

// drop ends an agent's stream: the next batch opens another.
func (s *Sender) drop(agent model.AgentID) {
	if open, ok := s.streams[agent]; ok {
		open.end()
		delete(s.streams, agent)
	}
}

// turnedAway says why trying again is of no use, and "" where it is.
func turnedAway(err error) string {
	switch status.Code(err) {
	case codes.Unauthenticated:
		return "give a token that it knows"
	case codes.PermissionDenied:
		return "give a token of the role agent that may report for these nodes"
	case codes.Unimplemented:
		return "what listens there is no ingest of Egressor"
	default:
		return ""
	}
}

func judge(key model.BatchKey, ack *pb.Ack) error {
	if refused := ack.GetRefused(); refused != nil {
		return fmt.Errorf("the ingest refused batch %s/%d: %s: %s", key.Agent, key.Sequence, refused.GetReason(), refused.GetMessage())
	}
	if durable := ack.GetDurable(); durable.GetBoot() != key.Boot || durable.GetThrough() != key.Sequence {
		return fmt.Errorf("the ingest answered batch %s/%d, the last one sent is %s/%d", durable.GetBoot(), durable.GetThrough(), key.Boot, key.Sequence)
	}
	return nil
}
