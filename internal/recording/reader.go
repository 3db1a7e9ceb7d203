package recording

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/wire"
)

// Recordings begin within these years: any time of theirs can be shifted to any
// time of a machine's clock.
const firstYear, lastYear = 2000, 2200

// Read reads a whole recording. It takes no more memory than a small multiple
// of what the file unpacks to, which is bounded. Errors name the place as an
// offset in the unpacked content.
func Read(in io.Reader) (*Recording, error) {
	r, err := open(in)
	if err != nil {
		return nil, fmt.Errorf("read recording: %w", err)
	}
	recording := &Recording{}
	if err := r.all(recording); err != nil {
		return nil, fmt.Errorf("read recording: entry at byte %d of the unpacked content: %w", r.at, err)
	}
	return recording, nil
}

// reader reads one entry after the other.
type reader struct {
	unpacked io.Reader
	at       int64 // where the entry begins that is being read
	next     int64
	last     time.Duration
}

func open(in io.Reader) (*reader, error) {
	start := make([]byte, len(magic))
	if _, err := io.ReadFull(in, start); err != nil {
		return nil, fmt.Errorf("the first %d bytes: %w", len(magic), err)
	}
	if string(start) != magic {
		return nil, fmt.Errorf("the file begins with %q, want %q: it is no recording, or one of another version", start, magic)
	}
	unpacked, err := gzip.NewReader(in)
	if err != nil {
		return nil, fmt.Errorf("byte %d: %w", len(magic), err)
	}
	return &reader{unpacked: unpacked}, nil
}

func (r *reader) all(into *Recording) error {
	kind, _, payload, err := r.entry()
	if err != nil {
		return err
	}
	if kind != kindHeader {
		return fmt.Errorf("kind %q where the header belongs", kind)
	}
	if err := into.readHeader(payload); err != nil {
		return err
	}
	for {
		kind, offset, payload, err := r.entry()
		if err != nil {
			return err
		}
		if kind == kindEnd {
			into.Length = offset
			return r.end(payload, len(into.Entries))
		}
		if len(into.Entries) == maxEntries {
			return fmt.Errorf("more than %d entries", maxEntries)
		}
		entry, err := decode(kind, payload)
		if err != nil {
			return err
		}
		entry.Offset = offset
		into.Entries = append(into.Entries, entry)
	}
}

func (r *Recording) readHeader(text []byte) error {
	if err := json.Unmarshal(text, &r.Header); err != nil {
		return fmt.Errorf("header: %w", err)
	}
	if year := r.Start.Year(); year < firstYear || year > lastYear {
		return fmt.Errorf("header: start %v, want one of the years %d to %d", r.Start, firstYear, lastYear)
	}
	r.Start = r.Start.UTC()
	return nil
}

// entry reads the head of an entry, checks it, and reads its payload.
func (r *reader) entry() (kind byte, offset time.Duration, payload []byte, err error) {
	r.at = r.next
	var head [entryHead]byte
	if _, err := io.ReadFull(r.unpacked, head[:]); err != nil {
		return 0, 0, nil, cut(err)
	}
	kind = head[0]
	offset = time.Duration(binary.LittleEndian.Uint64(head[1:]))
	size := binary.LittleEndian.Uint32(head[9:])
	most := maxPayload(kind)
	r.next += entryHead + int64(size)
	switch {
	case most == 0:
		return 0, 0, nil, fmt.Errorf("kind %q: there is none", kind)
	case size > most:
		return 0, 0, nil, fmt.Errorf("%d bytes, the limit for kind %q is %d", size, kind, most)
	case offset < r.last || offset > maxLength:
		return 0, 0, nil, fmt.Errorf("time %v after the start, want %v to %v", offset, r.last, maxLength)
	case r.next > maxUnpacked:
		return 0, 0, nil, fmt.Errorf("the content is longer than %d bytes", maxUnpacked)
	}
	r.last = offset
	// The length is not believed before the bytes are there.
	var content bytes.Buffer
	if _, err := io.CopyN(&content, r.unpacked, int64(size)); err != nil {
		return 0, 0, nil, cut(err)
	}
	return kind, offset, content.Bytes(), nil
}

// end checks that the file is whole and that nothing follows.
func (r *reader) end(payload []byte, entries int) error {
	if len(payload) != endPayload {
		return fmt.Errorf("the end has %d bytes, want %d", len(payload), endPayload)
	}
	if counted := binary.LittleEndian.Uint32(payload); int64(counted) != int64(entries) {
		return fmt.Errorf("the end counts %d entries, the file has %d", counted, entries)
	}
	r.at = r.next
	// Reading on also checks the checksum over the whole.
	switch n, err := io.Copy(io.Discard, io.LimitReader(r.unpacked, 1)); {
	case err != nil:
		return cut(err)
	case n > 0:
		return errors.New("something follows the end")
	}
	return nil
}

func decode(kind byte, payload []byte) (Entry, error) {
	if kind != kindBatch && kind != kindFacts {
		return Entry{}, fmt.Errorf("kind %q between header and end", kind)
	}
	batch, err := wire.Decode(payload)
	if err != nil {
		return Entry{}, err
	}
	if kind == kindBatch {
		return Entry{Batch: &batch}, nil
	}
	if len(batch.Facts) == 0 || len(batch.Flows)+len(batch.Losses) > 0 || batch.BatchKey != (model.BatchKey{}) {
		return Entry{}, errors.New("an entry of facts holds facts, and nothing else")
	}
	return Entry{Facts: batch.Facts}, nil
}

// cut says in words that the file ends too early.
func cut(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the file is cut short: %w", io.ErrUnexpectedEOF)
	}
	return err
}
