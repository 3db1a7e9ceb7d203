package recording

import (
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/wire"
)

// Writer writes a recording. A file that was not closed is refused when read.
type Writer struct {
	packed  *gzip.Writer
	entries uint32
	last    time.Duration
}

// NewWriter begins a recording on out, which stays the caller's to close.
func NewWriter(out io.Writer, header Header) (*Writer, error) {
	if _, err := io.WriteString(out, magic); err != nil {
		return nil, fmt.Errorf("write recording: %w", err)
	}
	packed, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("write recording: %w", err)
	}
	text, err := json.Marshal(header)
	if err != nil {
		return nil, fmt.Errorf("write recording: %w", err)
	}
	w := &Writer{packed: packed}
	return w, w.put(kindHeader, 0, text)
}

// Batch adds a batch that arrived at an offset. An offset before the one
// before it counts as that one.
func (w *Writer) Batch(offset time.Duration, batch model.Batch) error {
	payload, err := wire.Encode(batch)
	if err != nil {
		return fmt.Errorf("write recording: %w", err)
	}
	w.entries++
	return w.put(kindBatch, offset, payload)
}

// Facts adds facts that were stated at an offset.
func (w *Writer) Facts(offset time.Duration, facts []model.Fact) error {
	payload, err := wire.Encode(model.Batch{Facts: facts})
	if err != nil {
		return fmt.Errorf("write recording: %w", err)
	}
	w.entries++
	return w.put(kindFacts, offset, payload)
}

// Close ends the recording at an offset.
func (w *Writer) Close(offset time.Duration) error {
	if err := w.put(kindEnd, offset, binary.LittleEndian.AppendUint32(nil, w.entries)); err != nil {
		return err
	}
	if err := w.packed.Close(); err != nil {
		return fmt.Errorf("write recording: %w", err)
	}
	return nil
}

func (w *Writer) put(kind byte, offset time.Duration, payload []byte) error {
	w.last = max(w.last, offset)
	if len(payload) > int(maxPayload(kind)) {
		return fmt.Errorf("write recording: entry of %d bytes, the limit is %d", len(payload), maxPayload(kind))
	}
	head := make([]byte, 0, entryHead)
	head = append(head, kind)
	head = binary.LittleEndian.AppendUint64(head, uint64(w.last))
	head = binary.LittleEndian.AppendUint32(head, uint32(len(payload)))
	for _, part := range [][]byte{head, payload} {
		if _, err := w.packed.Write(part); err != nil {
			return fmt.Errorf("write recording: %w", err)
		}
	}
	return nil
}
