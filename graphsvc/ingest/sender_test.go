package ingest_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"github.com/egressor/egressor/graphsvc/ingest"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/testkit/gen"
	"github.com/egressor/egressor/internal/wire"
	pb "github.com/egressor/egressor/internal/wire/egressorpb"
)

// TestOnlyAgentsDeliver: without an agent's token nothing is taken, also not on
// the services that share the port, and health is for anyone.
func TestOnlyAgentsDeliver(t *testing.T) {
	config := ingest.DefaultConfiguration()
	config.Listen = "127.0.0.1:0"
	reporter := report.Discard()
	server, err := ingest.New(reporter, config, ingest.Dependencies{
		Store: &memory{}, Clock: fixed{gen.Epoch},
		Sender: func(token string, _ model.AgentID) bool { return token == "egr_agent" },
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop(context.Background()) })
	conn, err := grpc.NewClient(server.Address(), grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodecV2(wire.Codec())))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	for name, test := range map[string]struct {
		header []string
		want   codes.Code
	}{
		"no token":        {nil, codes.Unauthenticated},
		"another's token": {[]string{"authorization", "Bearer egr_viewer"}, codes.Unauthenticated},
		"no bearer":       {[]string{"authorization", "egr_agent"}, codes.Unauthenticated},
		"an agent's":      {[]string{"authorization", "Bearer egr_agent"}, codes.OK},
	} {
		ctx := metadata.NewOutgoingContext(t.Context(), metadata.Pairs(test.header...))
		stream, err := pb.NewIngestClient(conn).Stream(ctx)
		if err != nil {
			t.Fatal(err)
		}
		// Half a batch: who is let in is told that it is malformed.
		raw := wire.Raw([]byte{0xff})
		_ = stream.SendMsg(&raw)
		_, err = stream.Recv()
		if got := status.Code(err); got != test.want {
			t.Errorf("with %s: %v, want %v", name, err, test.want)
		}
		_ = stream.CloseSend()
	}
	if _, err := healthpb.NewHealthClient(conn).Check(t.Context(), &healthpb.HealthCheckRequest{}); err != nil {
		t.Errorf("a probe without a token: %v", err)
	}
	const want = `# HELP egressor_ingest_strangers_total Calls refused for want of an agent's token.
# TYPE egressor_ingest_strangers_total counter
egressor_ingest_strangers_total 3
`
	if err := testutil.GatherAndCompare(reporter.Registry(), strings.NewReader(want), "egressor_ingest_strangers_total"); err != nil {
		t.Error(err)
	}
}

// TestATokenTakenBackEndsItsStream: the agent is let in once, and told with its
// next batch that its token holds no more.
func TestATokenTakenBackEndsItsStream(t *testing.T) {
	config := ingest.DefaultConfiguration()
	config.Listen = "127.0.0.1:0"
	var holds atomic.Bool
	holds.Store(true)
	server, err := ingest.New(report.Discard(), config, ingest.Dependencies{
		Store: &memory{}, Clock: fixed{gen.Epoch}, Sender: func(string, model.AgentID) bool { return holds.Load() },
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop(context.Background()) })
	conn, err := grpc.NewClient(server.Address(), grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodecV2(wire.Codec())))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	stream, err := pb.NewIngestClient(conn).Stream(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []codes.Code{codes.OK, codes.Unauthenticated} {
		raw := wire.Raw([]byte{0xff})
		if err := stream.SendMsg(&raw); err != nil {
			t.Fatal(err)
		}
		if _, err := stream.Recv(); status.Code(err) != want {
			t.Errorf("got %v, want %v", err, want)
		}
		holds.Store(false)
	}
}

// TestATokenReportsForItsNodesAlone: a batch of another node is not stored, and its
// agent is told so in a way that makes it keep the batch.
func TestATokenReportsForItsNodesAlone(t *testing.T) {
	config := ingest.DefaultConfiguration()
	config.Listen = "127.0.0.1:0"
	store := &memory{digests: map[model.BatchKey]string{}}
	server, err := ingest.New(report.Discard(), config, ingest.Dependencies{
		Store: store, Clock: fixed{gen.Epoch.Add(time.Hour)},
		Sender: func(_ string, of model.AgentID) bool { return of == model.AgentID{} || of.Node == "node-a" },
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop(context.Background()) })
	conn, err := grpc.NewClient(server.Address(), grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodecV2(wire.Codec())))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	for node, want := range map[string]codes.Code{"node-a": codes.OK, "node-b": codes.PermissionDenied} {
		stream, err := pb.NewIngestClient(conn).Stream(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		text, err := wire.Encode(model.Batch{
			BatchKey: model.BatchKey{Agent: model.AgentID{Cluster: "prod", Node: node}, Boot: "b", Sequence: 1}, Mode: model.CaptureSockets,
			CoveredFrom: gen.Epoch, CoveredThrough: gen.Epoch.Add(time.Second),
		})
		if err != nil {
			t.Fatal(err)
		}
		raw := wire.Raw(text)
		if err := stream.SendMsg(&raw); err != nil {
			t.Fatal(err)
		}
		if _, err := stream.Recv(); status.Code(err) != want {
			t.Errorf("%s: %v, want %v", node, err, want)
		}
		_ = stream.CloseSend()
	}
	if store.appends != 1 {
		t.Errorf("%d batches stored, want that of node-a alone", store.appends)
	}
}
