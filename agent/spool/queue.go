package spool

import (
	"fmt"
	"os"
	"slices"
)

// Appended receives after an append; one token stands for any number of them.
func (s *Spool) Appended() <-chan struct{} { return s.appended }

// Next returns the first record after the given number that waits for its
// acknowledgement. It reports false where there is none. A record that turns
// out damaged is passed over, and is in Damaged from then on.
func (s *Spool) Next(after uint64) (Record, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, _ := slices.BinarySearchFunc(s.index, after+1, byNumber)
	for ; at < len(s.index); at++ {
		e := &s.index[at]
		if e.state != live {
			continue
		}
		r, ok, err := read(e)
		if err != nil {
			return Record{}, false, err
		}
		if ok {
			return r, true, nil
		}
		e.state = damaged
	}
	return Record{}, false, nil
}

// Read returns one record that Excess named.
func (s *Spool) Read(number uint64) (Record, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := slices.BinarySearchFunc(s.index, number, byNumber)
	if !ok || s.index[at].segment == nil {
		return Record{}, false, nil
	}
	return read(&s.index[at])
}

// read reads a record from its segment and checks it.
func read(e *entry) (Record, bool, error) {
	file, err := os.Open(e.segment.path)
	if err != nil {
		return Record{}, false, fmt.Errorf("read spool record %d: %w", e.number, err)
	}
	defer func() { _ = file.Close() }()
	data := make([]byte, e.length)
	if n, err := file.ReadAt(data, e.offset); n < len(data) {
		return Record{}, false, fmt.Errorf("read spool record %d from %s: %w", e.number, e.segment.path, err)
	}
	h, ok := parseHeader(data)
	if !ok || h.number != e.number {
		return Record{}, false, nil
	}
	r, ok := parseBody(h, data[headerBytes:])
	return r, ok, nil
}

// MarkSent notes, durably, that the record is about to be handed to the
// network. From then on it may have been stored, and Excess leaves it alone.
func (s *Spool) MarkSent(number uint64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if number <= s.mark.sent {
		return nil
	}
	m := s.mark
	m.sent = number
	return s.setMark(m)
}

// Release drops a record that was acknowledged as durable. Records may be
// released in any order; the mark passes them in theirs.
func (s *Spool) Release(number uint64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := slices.BinarySearchFunc(s.index, number, byNumber)
	if !ok {
		return nil // released before
	}
	if s.index[at].state == live {
		s.index[at].state = acked
	}
	m, done := s.mark, 0
	for done < len(s.index) && s.index[done].state >= acked {
		m.released = s.index[done].number
		if through := s.index[done].summary.Through; through.After(m.through) {
			m.through = through
		}
		done++
	}
	if done == 0 {
		return nil
	}
	if err := s.setMark(m); err != nil {
		return err
	}
	s.index = slices.Delete(s.index, 0, done)
	return s.sweep()
}

func (s *Spool) setMark(m mark) error {
	if err := writeMark(s.config.Dir, m); err != nil {
		return err
	}
	s.mark = m
	return nil
}

// Damaged lists the records that cannot be read and that no record has
// superseded yet. Report them in a record that does.
func (s *Spool) Damaged() []Damage {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []Damage
	for i := range s.index {
		if e := &s.index[i]; e.state == damaged {
			list = append(list, Damage{Number: e.number, Summary: e.summary, Known: e.known})
		}
	}
	return list
}

// Excess lists the records that have to give way so that one of so many bytes
// fits: the oldest that were never sent, by whole segments. Append a record that
// supersedes them and reports them as lost.
func (s *Spool) Excess(bytes int) []Record {
	s.mu.Lock()
	defer s.mu.Unlock()
	over := s.diskBytes() + int64(bytes) + headerBytes - s.config.LimitBytes
	var going []Record
	for _, seg := range s.segments {
		if over <= 0 {
			break
		}
		if records, free := s.freeable(seg); free {
			going = append(going, records...)
			over -= seg.size
		}
	}
	return going
}

// freeable lists the live records of a segment, and reports whether all of
// them may go.
func (s *Spool) freeable(seg *segment) ([]Record, bool) {
	if s.active != nil && seg == s.segments[len(s.segments)-1] && seg.size < s.segmentBytes() {
		return nil, false // the next record may go into it
	}
	var records []Record
	for i := range s.index {
		e := &s.index[i]
		if e.segment != seg || e.state == superseded {
			continue
		}
		if e.state != live || e.number <= s.mark.sent {
			return nil, false
		}
		records = append(records, Record{Number: e.number, Summary: e.summary})
	}
	return records, true
}

// goingBytes is the size of the segments that ranges empty.
func (s *Spool) goingBytes(ranges []Range) int64 {
	staying := map[*segment]bool{}
	for i := range s.index {
		e := &s.index[i]
		gone := e.state == superseded || slices.ContainsFunc(ranges, func(r Range) bool { return r.contains(e.number) })
		if !gone {
			staying[e.segment] = true
		}
	}
	var sum int64
	for _, seg := range s.segments {
		if !staying[seg] {
			sum += seg.size
		}
	}
	return sum
}

// Waiting is the number of records that wait for their acknowledgement, and
// what they account for.
func (s *Spool) Waiting() (records int, bytes uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.index {
		if s.index[i].state == live {
			records++
			bytes += s.index[i].summary.Bytes
		}
	}
	return records, bytes
}
