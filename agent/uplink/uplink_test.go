package uplink_test

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/egressor/egressor/agent/spool"
	"github.com/egressor/egressor/agent/uplink"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/testkit/gen"
	"github.com/egressor/egressor/internal/wire"
	pb "github.com/egressor/egressor/internal/wire/egressorpb"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// script is an ingest that answers as a test says.
type script struct {
	pb.UnimplementedIngestServer

	mu       sync.Mutex
	received []uint64 // sequences in the order of arrival
	streams  int
	// answer returns the answer to the n-th arrival of a batch, or an error that
	// ends the stream.
	answer func(key model.BatchKey, nth int) (*pb.Ack, error)
}

func (s *script) Stream(stream grpc.BidiStreamingServer[pb.Batch, pb.Ack]) error {
	s.mu.Lock()
	s.streams++
	s.mu.Unlock()
	for {
		var raw wire.Raw
		if err := stream.RecvMsg(&raw); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		key := wire.KeyOf(raw)
		s.mu.Lock()
		s.received = append(s.received, key.Sequence)
		nth := 0
		for _, sequence := range s.received {
			if sequence == key.Sequence {
				nth++
			}
		}
		s.mu.Unlock()
		ack, err := s.answer(key, nth)
		if err != nil {
			return err
		}
		if ack == nil {
			continue
		}
		if err := stream.Send(ack); err != nil {
			return err
		}
	}
}

func durable(key model.BatchKey) *pb.Ack {
	return &pb.Ack{Outcome: &pb.Ack_Durable{Durable: &pb.Durable{Boot: key.Boot, Through: key.Sequence}}}
}

func refused(key model.BatchKey) *pb.Ack {
	return &pb.Ack{Outcome: &pb.Ack_Refused{Refused: &pb.Refused{
		Boot: key.Boot, Sequence: key.Sequence, Reason: pb.Reason_REASON_MALFORMED, Message: "no good",
	}}}
}

// rig is an uplink between a spool of n batches and a script.
type rig struct {
	script *script
	spool  *spool.Spool
	uplink *uplink.Uplink

	mu    sync.Mutex
	aside []string
}

func start(t *testing.T, n uint64, change func(*uplink.Configuration), answer func(model.BatchKey, int) (*pb.Ack, error)) *rig {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{script: &script{answer: answer}}
	server := grpc.NewServer(grpc.ForceServerCodecV2(wire.Codec()), grpc.MaxRecvMsgSize(64<<10))
	pb.RegisterIngestServer(server, r.script)
	served := make(chan struct{})
	go func() { defer close(served); _ = server.Serve(listener) }()
	t.Cleanup(func() { server.Stop(); <-served })

	r.spool, err = spool.Open(spool.Configuration{Dir: t.TempDir(), LimitBytes: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.spool.Close() })
	for sequence := uint64(1); sequence <= n; sequence++ {
		r.append(t, batch(sequence, 0))
	}
	config := uplink.DefaultConfiguration()
	config.Server, config.BackoffMin, config.BackoffMax = listener.Addr().String(), time.Millisecond, 4*time.Millisecond
	if change != nil {
		change(&config)
	}
	r.uplink, err = uplink.New(report.Discard(), config, uplink.Dependencies{Spool: r.spool, Clock: clock.System{}, SetAside: r.setAside})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.uplink.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.uplink.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return r
}

// setAside supersedes the record at once, as a batch that reports it does.
func (r *rig) setAside(record spool.Record, why string) error {
	r.mu.Lock()
	r.aside = append(r.aside, why)
	r.mu.Unlock()
	data, err := wire.Encode(batch(100+record.Number, 0))
	if err != nil {
		return err
	}
	_, err = r.spool.Append(data, spool.Summary{}, []uint64{record.Number})
	return err
}

func (r *rig) append(t *testing.T, b model.Batch) {
	t.Helper()
	data, err := wire.Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.spool.Append(data, spool.Summary{}, nil); err != nil {
		t.Fatal(err)
	}
}

func (r *rig) drain(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := r.uplink.Drain(ctx); err != nil {
		t.Fatal(err)
	}
}

// arrivals counts how often each sequence arrived.
func (r *rig) arrivals() map[uint64]int {
	r.script.mu.Lock()
	defer r.script.mu.Unlock()
	times := map[uint64]int{}
	for _, sequence := range r.script.received {
		times[sequence]++
	}
	return times
}

// batch has a fact of so many bytes.
func batch(sequence uint64, bytes int) model.Batch {
	return model.Batch{
		BatchKey:    model.BatchKey{Agent: model.AgentID{Cluster: "lab", Node: "node-a"}, Boot: "boot", Sequence: sequence},
		CoveredFrom: gen.Epoch, CoveredThrough: gen.Epoch,
		Facts: []model.Fact{{Kind: model.FactNode, Key: strings.Repeat("x", bytes), Node: &model.NodeFact{}}},
	}
}

func TestSendsInOrderAndOnce(t *testing.T) {
	r := start(t, 50, nil, func(key model.BatchKey, _ int) (*pb.Ack, error) { return durable(key), nil })
	r.drain(t)
	r.append(t, batch(51, 0)) // it is sent without a new connection
	r.drain(t)
	for i, sequence := range r.script.received {
		if sequence != uint64(i)+1 {
			t.Fatalf("arrival %d is batch %d: %v", i+1, sequence, r.script.received)
		}
	}
	if len(r.script.received) != 51 || r.script.streams != 1 {
		t.Fatalf("%d arrivals on %d streams, want 51 on 1", len(r.script.received), r.script.streams)
	}
}

// One answer may settle every batch before it, and no more than the window is
// on its way meanwhile.
func TestCumulativeAnswerAndWindow(t *testing.T) {
	const window = 4
	most, waiting := 0, 0
	r := start(t, 12, func(c *uplink.Configuration) { c.Window = window }, func(key model.BatchKey, _ int) (*pb.Ack, error) {
		waiting++
		most = max(most, waiting)
		if waiting < window {
			return nil, nil
		}
		waiting = 0
		return durable(key), nil
	})
	r.drain(t)
	if most != window {
		t.Fatalf("%d batches were on their way, want %d", most, window)
	}
}

func TestBreaksAreResumed(t *testing.T) {
	r := start(t, 30, nil, func(key model.BatchKey, nth int) (*pb.Ack, error) {
		if key.Sequence%7 == 0 && nth <= 2 {
			return nil, status.Error(codes.Unavailable, "the store failed")
		}
		return durable(key), nil
	})
	r.drain(t)
	times := r.arrivals()
	for sequence := uint64(1); sequence <= 30; sequence++ {
		if times[sequence] == 0 {
			t.Fatalf("batch %d never arrived", sequence)
		}
	}
	if times[7] < 3 || len(r.aside) != 0 {
		t.Fatalf("batch 7 arrived %d times, set aside %v", times[7], r.aside)
	}
}

// A batch that is refused is tried three times and set aside; the others flow.
func TestPoisonIsSetAside(t *testing.T) {
	r := start(t, 10, nil, func(key model.BatchKey, _ int) (*pb.Ack, error) {
		if key.Sequence == 4 {
			return refused(key), nil
		}
		return durable(key), nil
	})
	r.drain(t)
	if times := r.arrivals(); times[4] != 3 || times[5] != 1 || times[104] != 1 {
		t.Fatalf("arrivals %v: want batch 4 three times, 5 and the report of 4 once", times)
	}
	if len(r.aside) != 1 || !strings.Contains(r.aside[0], "no good") {
		t.Fatalf("set aside: %v", r.aside)
	}
}

// A batch that a service refuses once, being rolled out, is not given up.
func TestOneRefusalIsForgiven(t *testing.T) {
	r := start(t, 3, nil, func(key model.BatchKey, nth int) (*pb.Ack, error) {
		if key.Sequence == 2 && nth == 1 {
			return refused(key), nil
		}
		return durable(key), nil
	})
	r.drain(t)
	if times := r.arrivals(); times[2] != 2 || len(r.aside) != 0 {
		t.Fatalf("arrivals %v, set aside %v", times, r.aside)
	}
}

// A batch too large for the server breaks the stream without an answer: it
// must not be tried for ever.
func TestOversizedIsSetAside(t *testing.T) {
	r := start(t, 2, nil, func(key model.BatchKey, _ int) (*pb.Ack, error) { return durable(key), nil })
	r.append(t, batch(3, 100<<10))
	r.append(t, batch(4, 0))
	r.drain(t)
	if times := r.arrivals(); times[4] == 0 || times[3] != 0 || len(r.aside) != 1 {
		t.Fatalf("arrivals %v, set aside %v", times, r.aside)
	}
}

func TestSilenceEndsTheConnection(t *testing.T) {
	r := start(t, 1, func(c *uplink.Configuration) { c.AnswerTimeout = 50 * time.Millisecond }, func(key model.BatchKey, nth int) (*pb.Ack, error) {
		if nth == 1 {
			return nil, nil
		}
		return durable(key), nil
	})
	r.drain(t)
	if r.script.streams < 2 {
		t.Fatalf("%d streams: the silent one was kept", r.script.streams)
	}
}

func TestAnswerToNothingEndsTheConnection(t *testing.T) {
	r := start(t, 2, nil, func(key model.BatchKey, nth int) (*pb.Ack, error) {
		if nth == 1 {
			key.Sequence += 1000
		}
		return durable(key), nil
	})
	r.drain(t)
	if r.script.streams < 2 {
		t.Fatalf("%d streams: an answer to another batch was taken", r.script.streams)
	}
}

func TestConfiguration(t *testing.T) {
	if err := uplink.DefaultConfiguration().Validate(); err != nil {
		t.Fatalf("the default: %v", err)
	}
	for want, change := range map[string]func(*uplink.Configuration){
		"--insecure":     func(c *uplink.Configuration) { c.Server = "ingest.egressor:4317" },
		"server address": func(c *uplink.Configuration) { c.Server = "ingest" },
		"window":         func(c *uplink.Configuration) { c.Window = 0 },
		"pauses":         func(c *uplink.Configuration) { c.BackoffMax = 0 },
	} {
		c := uplink.DefaultConfiguration()
		change(&c)
		if err := c.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v does not name %q", err, want)
		}
	}
	c := uplink.DefaultConfiguration()
	c.Server, c.Insecure = "ingest.egressor:4317", true
	if err := c.Validate(); err != nil {
		t.Errorf("insecure by choice: %v", err)
	}
}
