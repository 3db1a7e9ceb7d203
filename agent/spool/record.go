package spool

import (
	"encoding/binary"
	"hash/crc32"
	"time"
)

// Summary is what a record holds, in short. It stands in the record's own
// header and again in its successor's, so that the size of the damage is known
// even where the record cannot be read.
type Summary struct {
	// Flows is the number of flow rows.
	Flows uint64
	// Bytes are the wire bytes that the record accounts for: those of its flows
	// and those it reports as lost.
	Bytes uint64
	// From and Through bound the time that it covers.
	From, Through time.Time
}

// Record is one encoded batch.
type Record struct {
	// Number rises by one per record over the spool's whole life.
	Number uint64
	Summary
	// Payload is the encoded batch. Entries of Excess have none.
	Payload []byte
	// Supersedes are earlier records that this one accounts for: since it exists,
	// they do not.
	Supersedes []Range
}

// Range is the record numbers from First to Last.
type Range struct{ First, Last uint64 }

func (r Range) contains(number uint64) bool { return r.First <= number && number <= r.Last }

// Layout of a record: a header of fixed size, the ranges of superseded
// records, the payload. Integers are little-endian.
const (
	recordMagic = "EGSR"

	offsetHeaderSum  = 4  // CRC-32C of the rest of the header
	offsetBodySum    = 8  // CRC-32C of what follows the header
	offsetSupersedes = 12 // how many ranges follow the header
	offsetPayload    = 16 // bytes of payload after them
	offsetNumber     = 20
	offsetOwn        = 28
	summaryBytes     = 32
	offsetPrevious   = offsetOwn + summaryBytes
	headerBytes      = offsetPrevious + summaryBytes
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// header is a record's decoded header.
type header struct {
	number              uint64
	own, previous       Summary
	supersedes, payload uint32
	bodySum             uint32
}

// bodyBytes is how much follows the header.
func (h header) bodyBytes() int64 { return 16*int64(h.supersedes) + int64(h.payload) }

// appendRecord appends the record's bytes to into.
func appendRecord(into []byte, r Record, previous Summary) []byte {
	at := len(into)
	into = append(into, make([]byte, headerBytes)...)
	for _, gone := range r.Supersedes {
		into = binary.LittleEndian.AppendUint64(into, gone.First)
		into = binary.LittleEndian.AppendUint64(into, gone.Last)
	}
	into = append(into, r.Payload...)
	h, body := into[at:at+headerBytes], into[at+headerBytes:]
	copy(h, recordMagic)
	binary.LittleEndian.PutUint32(h[offsetBodySum:], crc32.Checksum(body, castagnoli))
	binary.LittleEndian.PutUint32(h[offsetSupersedes:], uint32(len(r.Supersedes)))
	binary.LittleEndian.PutUint32(h[offsetPayload:], uint32(len(r.Payload)))
	binary.LittleEndian.PutUint64(h[offsetNumber:], r.Number)
	putSummary(h[offsetOwn:], r.Summary)
	putSummary(h[offsetPrevious:], previous)
	binary.LittleEndian.PutUint32(h[offsetHeaderSum:], crc32.Checksum(h[offsetBodySum:], castagnoli))
	return into
}

// parseHeader reads a header at the front of data. It reports false for
// anything whose checksum does not hold.
func parseHeader(data []byte) (header, bool) {
	if len(data) < headerBytes || string(data[:len(recordMagic)]) != recordMagic {
		return header{}, false
	}
	h := data[:headerBytes]
	if binary.LittleEndian.Uint32(h[offsetHeaderSum:]) != crc32.Checksum(h[offsetBodySum:], castagnoli) {
		return header{}, false
	}
	return header{
		number:     binary.LittleEndian.Uint64(h[offsetNumber:]),
		own:        getSummary(h[offsetOwn:]),
		previous:   getSummary(h[offsetPrevious:]),
		supersedes: binary.LittleEndian.Uint32(h[offsetSupersedes:]),
		payload:    binary.LittleEndian.Uint32(h[offsetPayload:]),
		bodySum:    binary.LittleEndian.Uint32(h[offsetBodySum:]),
	}, true
}

// parseBody splits what follows the header. It reports false where the
// checksum does not hold.
func parseBody(h header, body []byte) (Record, bool) {
	if int64(len(body)) < h.bodyBytes() {
		return Record{}, false
	}
	body = body[:h.bodyBytes()]
	if crc32.Checksum(body, castagnoli) != h.bodySum {
		return Record{}, false
	}
	r := Record{Number: h.number, Summary: h.own}
	for range h.supersedes {
		r.Supersedes = append(r.Supersedes, Range{
			First: binary.LittleEndian.Uint64(body), Last: binary.LittleEndian.Uint64(body[8:]),
		})
		body = body[16:]
	}
	r.Payload = body
	return r, true
}

func putSummary(into []byte, s Summary) {
	binary.LittleEndian.PutUint64(into, s.Flows)
	binary.LittleEndian.PutUint64(into[8:], s.Bytes)
	binary.LittleEndian.PutUint64(into[16:], timeToNanos(s.From))
	binary.LittleEndian.PutUint64(into[24:], timeToNanos(s.Through))
}

func getSummary(from []byte) Summary {
	return Summary{
		Flows: binary.LittleEndian.Uint64(from), Bytes: binary.LittleEndian.Uint64(from[8:]),
		From: nanosToTime(binary.LittleEndian.Uint64(from[16:])), Through: nanosToTime(binary.LittleEndian.Uint64(from[24:])),
	}
}

// timeToNanos is 0 for the zero time; the epoch itself is no time of ours.
func timeToNanos(t time.Time) uint64 {
	if t.IsZero() {
		return 0
	}
	return uint64(t.UnixNano())
}

func nanosToTime(nanos uint64) time.Time {
	if nanos == 0 {
		return time.Time{}
	}
	return time.Unix(0, int64(nanos)).UTC()
}
