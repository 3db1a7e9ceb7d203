package spool

import (
	"bytes"
)

// segmentMagic opens every segment; its digit is the version of the format.
const segmentMagic = "EGSEG1\n"

// found is one thing met while scanning a segment, in the order of the file.
type found struct {
	header header
	offset int64 // of the header
	// record is what the body holds, valid only when whole.
	record Record
	whole  bool
}

// scanned is a segment as it was found.
type scanned struct {
	records []found
	// unreadable is true where bytes belong to no record: their header is gone.
	unreadable bool
	// unreadableTail is true where such bytes stand behind the last record.
	unreadableTail bool
}

// scan finds every record of a segment, and after damage goes on with the next
// header whose checksum holds.
func scan(data []byte) scanned {
	var s scanned
	at := 0
	if bytes.HasPrefix(data, []byte(segmentMagic)) {
		at = len(segmentMagic)
	}
	for at < len(data) {
		h, ok := parseHeader(data[at:])
		if !ok {
			s.unreadable, s.unreadableTail = true, true
			next := bytes.Index(data[at+1:], []byte(recordMagic))
			if next < 0 {
				return s
			}
			at += 1 + next
			continue
		}
		f := found{header: h, offset: int64(at)}
		f.record, f.whole = parseBody(h, data[at+headerBytes:])
		s.records = append(s.records, f)
		s.unreadableTail = false
		if f.whole {
			at += headerBytes + int(h.bodyBytes())
			continue
		}
		// The length may be right or cut off: look for the next header behind this one.
		next := bytes.Index(data[at+headerBytes:], []byte(recordMagic))
		if next < 0 {
			return s
		}
		at += headerBytes + next
	}
	return s
}
