package recording

import (
	"time"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/wire"
)

// magic begins every file; its digit is the version of the format.
const magic = "EGREC1\n"

// Limits of a file. A file beyond them is refused, whatever it unpacks to.
const (
	maxEntries = 100_000
	// maxUnpacked bounds what the file unpacks to, in bytes.
	maxUnpacked = 256 << 20
	// maxHeader bounds the header's text in bytes.
	maxHeader = 64 << 10
	maxLength = 24 * time.Hour
)

// Kinds of entry, the first byte of each.
const (
	kindHeader = 'H'
	kindBatch  = 'B'
	kindFacts  = 'F'
	kindEnd    = 'E'
)

// entryHead is the length of what stands before each payload: the kind, the
// offset in nanoseconds (8 bytes), the payload's length (4 bytes).
const entryHead = 1 + 8 + 4

// endPayload is the payload of the end: how many entries stand between header
// and end.
const endPayload = 4

// maxPayload is the most bytes that an entry of a kind may have, 0 for a kind
// that there is none of.
func maxPayload(kind byte) uint32 {
	switch kind {
	case kindHeader:
		return maxHeader
	case kindBatch, kindFacts:
		return wire.MaxBatchBytes
	case kindEnd:
		return endPayload
	default:
		return 0
	}
}

// Header says what was recorded.
type Header struct {
	// Start is when the recording began; every entry's offset counts from it.
	Start time.Time `json:"start"`
	// Machine is what it was recorded on, in words.
	Machine string `json:"machine"`
	// What says what was recorded, in words.
	What string `json:"what"`
	// Egressor is the version that recorded it.
	Egressor string `json:"egressor"`
}

// Entry is one thing that happened: a batch that arrived, or facts that were
// stated. Exactly one of the two is set.
type Entry struct {
	// Offset is when it happened, from the recording's start.
	Offset time.Duration
	Batch  *model.Batch
	Facts  []model.Fact
}

// Recording is a whole file.
type Recording struct {
	Header
	// Length is from the start to the end.
	Length time.Duration
	// Entries are in the order of their offsets.
	Entries []Entry
}
