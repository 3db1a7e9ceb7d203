// Package delivery hands batches to an ingest as agents do, for whoever has some and
// is no agent: recordings and imported files.
package delivery

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"

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
	streams map[model.AgentID]grpc.BidiStreamingClient[pb.Batch, pb.Ack]
	clock   clock.Clock
	log     *slog.Logger
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
	return &Sender{
		conn: conn, token: token, streams: map[model.AgentID]grpc.BidiStreamingClient[pb.Batch, pb.Ack]{}, clock: clock, log: log,
	}, nil
}

// Close ends the connection.
func (s *Sender) Close() error { return s.conn.Close() }

// Send returns when the batch is durable. It tries again, with the same batch,
// as long as the ingest cannot be reached or cannot store; a batch that the
// ingest refuses is an error.
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
		if ctx.Err() != nil {
			return ctx.Err()
		}
		delete(s.streams, batch.Agent)
		s.log.Warn("batch not taken yet, it is sent again", "agent", batch.Agent.String(), "sequence", batch.Sequence, "error", err)
		select {
		case <-s.clock.After(retryPause):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// try sends once and waits for the answer.
func (s *Sender) try(ctx context.Context, agent model.AgentID, payload []byte) (*pb.Ack, error) {
	if s.token != "" {
		ctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+s.token)
	}
	stream, open := s.streams[agent]
	if !open {
		var err error
		if stream, err = pb.NewIngestClient(s.conn).Stream(ctx); err != nil {
			return nil, err
		}
		s.streams[agent] = stream
	}
	raw := wire.Raw(payload)
	// When sending fails because the stream has ended, receiving says why.
	sent := stream.SendMsg(&raw)
	ack, err := stream.Recv()
	if err == nil {
		err = sent
	}
	return ack, err
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
