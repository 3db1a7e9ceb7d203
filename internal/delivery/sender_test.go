package delivery_test

import (
	"bytes"
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/ingest"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/delivery"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
)

// taken is a store of an ingest that counts batches.
type taken struct {
	mu      sync.Mutex
	digests map[model.BatchKey]string
}

func (k *taken) Append(_ context.Context, b model.Batch, digest string, _ time.Time) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.digests[b.BatchKey] = digest
	return nil
}

func (k *taken) Lookup(_ context.Context, key model.BatchKey) (string, bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	digest, ok := k.digests[key]
	return digest, ok, nil
}

// A batch's patience ends when it is taken; the stream that it opened goes on to
// the next. An import once tried each batch twice, a second apart.
func TestStreamOutlivesItsBatch(t *testing.T) {
	store := &taken{digests: map[model.BatchKey]string{}}
	settings := ingest.DefaultConfiguration()
	settings.Listen = "127.0.0.1:0"
	server, err := ingest.New(report.Discard(), settings, ingest.Dependencies{Store: store, Clock: clock.System{}})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	var log bytes.Buffer
	sender, err := delivery.New(server.Address(), "", clock.System{}, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer sender.Close()
	const batches = 4
	for sequence := uint64(1); sequence <= batches; sequence++ {
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		err := sender.Send(ctx, batchOf(sequence))
		stop()
		if err != nil {
			t.Fatalf("batch %d: %v", sequence, err)
		}
	}
	if len(store.digests) != batches || log.Len() > 0 {
		t.Errorf("%d of %d batches are stored, and the sender said: %s", len(store.digests), batches, log.String())
	}
}

// Who gives up is told so at once, and what is open is not waited for.
func TestSendEndsWithItsContext(t *testing.T) {
	sender, err := delivery.New("127.0.0.1:1", "", clock.System{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer sender.Close()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := sender.Send(ctx, batchOf(1)); err == nil {
		t.Error("a batch was sent to nobody")
	}
}

func batchOf(sequence uint64) model.Batch {
	start := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC).Add(time.Duration(sequence) * time.Minute)
	return model.Batch{
		BatchKey: model.BatchKey{Agent: model.AgentID{Cluster: "lab", Node: "node-a"}, Boot: "b", Sequence: sequence},
		Mode:     model.CaptureImport, CoveredFrom: start, CoveredThrough: start.Add(time.Minute),
	}
}
