package recording

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
)

// Recorder writes a recording of what happens while it is open. It is the
// store of an ingest server, which gives it each batch as it arrives.
type Recorder struct {
	clock clock.Clock
	start time.Time

	mu      sync.Mutex
	writer  *Writer
	digests map[model.BatchKey]string
	failed  error // of facts, whose teller takes no error
}

// NewRecorder begins a recording on out, now. The header's Start is set.
func NewRecorder(out io.Writer, header Header, clock clock.Clock) (*Recorder, error) {
	header.Start = clock.Now().Round(0)
	writer, err := NewWriter(out, header)
	return &Recorder{clock: clock, start: header.Start, writer: writer, digests: map[model.BatchKey]string{}}, err
}

// Append records a batch at the time of its arrival.
func (r *Recorder) Append(_ context.Context, batch model.Batch, digest string, receivedAt time.Time) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.writer.Batch(receivedAt.Sub(r.start), batch); err != nil {
		return err
	}
	r.digests[batch.BatchKey] = digest
	return nil
}

// Lookup knows the batches that were recorded.
func (r *Recorder) Lookup(_ context.Context, key model.BatchKey) (digest string, found bool, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	digest, found = r.digests[key]
	return digest, found, nil
}

// Facts records facts that are stated now. A failure is told by Close.
func (r *Recorder) Facts(facts []model.Fact) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failed = errors.Join(r.failed, r.writer.Facts(r.clock.Now().Sub(r.start), facts))
}

// Close ends the recording.
func (r *Recorder) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return errors.Join(r.failed, r.writer.Close(r.clock.Now().Sub(r.start)))
}
