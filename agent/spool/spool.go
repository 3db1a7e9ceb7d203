package spool

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"time"
)

// Configuration of a spool.
type Configuration struct {
	// Dir holds the spool; it is made if it is missing. One agent at a time.
	Dir string
	// LimitBytes bounds the files. Excess tells what has to go for a record.
	LimitBytes int64
}

// minSegmentBytes keeps small spools from becoming one file per record.
const minSegmentBytes = 64 << 10

// Validate reports what is wrong with the configuration.
func (c Configuration) Validate() error {
	if c.Dir == "" {
		return errors.New("no spool directory: give one that survives a restart")
	}
	if c.LimitBytes < 4*minSegmentBytes {
		return fmt.Errorf("spool limit of %d bytes: the least is %d", c.LimitBytes, 4*minSegmentBytes)
	}
	return nil
}

// ErrFull is the answer to an append that does not fit.
var ErrFull = errors.New("the spool is full")

// Spool keeps records until they are released. It is safe for concurrent use.
type Spool struct {
	config   Configuration
	lock     *os.File
	appended chan struct{}

	mu       sync.Mutex
	mark     mark
	index    []entry // every record behind the mark, in order
	segments []*segment
	active   *os.File // the last segment, nil when the next append begins a new one
	last     Summary  // of the last record, for its successor's header
	next     uint64   // number of the next record
}

// Open opens or makes the spool. Damage is no error: see Damaged.
func Open(config Configuration) (*Spool, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(config.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("spool directory: %w", err)
	}
	lock, err := lockDir(config.Dir)
	if err != nil {
		return nil, err
	}
	s := &Spool{config: config, lock: lock, appended: make(chan struct{}, 1)}
	if err := s.load(); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return s, nil
}

// lockDir keeps a second agent off: two would overwrite each other's segments.
func lockDir(dir string) (*os.File, error) {
	file, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("spool lock: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("spool %s is in use by another agent: give each its own directory: %w", dir, err), file.Close())
	}
	return file, nil
}

func (s *Spool) load() error {
	m, markDamaged, err := readMark(s.config.Dir)
	if err != nil {
		return err
	}
	all, err := loadSegments(s.config.Dir)
	if err != nil {
		return err
	}
	if markDamaged || m == (mark{}) {
		m.released = all.first - 1 // all that is left of it are the files' names
	}
	s.mark, s.segments = m, all.segments
	s.index = buildIndex(all.entries, m.released, all.previous, all.tailLost)
	s.next = m.released + 1
	if n := len(s.index); n > 0 {
		s.next, s.last = s.index[n-1].number+1, s.index[n-1].summary
	}
	if markDamaged {
		s.mark.sent = s.next - 1
	}
	return s.sweep()
}

// Append stores a record durably and returns its number. The record accounts
// for those that it supersedes.
func (s *Spool) Append(payload []byte, summary Summary, supersedes []uint64) (uint64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := Record{Number: s.next, Summary: summary, Payload: payload, Supersedes: s.ranges(supersedes)}
	data := appendRecord(nil, r, s.last)
	if s.diskBytes()+int64(len(data)) > s.config.LimitBytes+s.segmentBytes()+s.goingBytes(r.Supersedes) {
		return 0, fmt.Errorf("%w: %d bytes on disk, the limit is %d", ErrFull, s.diskBytes(), s.config.LimitBytes)
	}
	seg, err := s.write(data)
	if err != nil {
		return 0, err
	}
	s.index = append(s.index, entry{
		number: r.Number, summary: summary, known: true, supersedes: r.Supersedes,
		segment: seg, offset: seg.size, length: int64(len(data)),
	})
	seg.size += int64(len(data))
	s.next, s.last = r.Number+1, summary
	for _, gone := range r.Supersedes {
		supersede(s.index, gone)
	}
	select {
	case s.appended <- struct{}{}:
	default:
	}
	// The record is safe: what fails from here on is only a file left over.
	_ = s.sweep()
	return r.Number, nil
}

// ranges are the numbers and, for each that supersedes others, those as well:
// its own word about them goes with it.
func (s *Spool) ranges(numbers []uint64) []Range {
	var ranges []Range
	for _, number := range numbers {
		ranges = append(ranges, Range{number, number})
		if at, ok := slices.BinarySearchFunc(s.index, number, byNumber); ok {
			ranges = append(ranges, s.index[at].supersedes...)
		}
	}
	return mergeRanges(ranges, s.mark.released)
}

// write appends data to the active segment and syncs it. After an error the
// next append begins a new segment.
func (s *Spool) write(data []byte) (*segment, error) {
	if s.active == nil || s.segments[len(s.segments)-1].size >= s.segmentBytes() {
		if err := s.roll(); err != nil {
			return nil, err
		}
	}
	seg := s.segments[len(s.segments)-1]
	_, err := s.active.WriteAt(data, seg.size)
	if err == nil {
		err = s.active.Sync()
	}
	if err != nil {
		err = errors.Join(fmt.Errorf("append to spool segment %s: %w", seg.path, err), s.active.Truncate(seg.size), s.active.Close())
		s.active = nil
		return nil, err
	}
	return seg, nil
}

func (s *Spool) roll() error {
	seg, file, err := createSegment(s.config.Dir, s.next)
	if err != nil {
		return err
	}
	if s.active != nil {
		_ = s.active.Close() // everything in it is synced
	}
	// A leftover of the same name was cut to nothing by createSegment.
	s.segments = slices.DeleteFunc(s.segments, func(old *segment) bool { return old.path == seg.path })
	s.active, s.segments = file, append(s.segments, seg)
	return nil
}

// Close closes the files. Records stay.
func (s *Spool) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	if s.active != nil {
		err = s.active.Close()
		s.active = nil
	}
	return errors.Join(err, s.lock.Close())
}

// Through is the latest covered time that the spool has ever taken, as far as
// it can tell; zero for a new spool.
func (s *Spool) Through() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	through := s.mark.through
	for i := range s.index {
		if t := s.index[i].summary.Through; t.After(through) {
			through = t
		}
	}
	return through
}

// Begin notes, durably, from when on a new spool's owner is responsible: if it
// dies before its first record, Through tells its successor since when. It
// changes nothing in a spool that has taken a record.
func (s *Spool) Begin(at time.Time) error {
	if !s.Through().IsZero() {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.mark
	m.through = at
	return s.setMark(m)
}

// sweep removes the segments of which nothing is needed any more.
func (s *Spool) sweep() error {
	needed := map[*segment]bool{}
	for i := range s.index {
		e := &s.index[i]
		if e.state != superseded && e.number > s.mark.released {
			needed[e.segment] = true
		}
	}
	if s.active != nil {
		needed[s.segments[len(s.segments)-1]] = true
	}
	var kept []*segment
	var failed error
	for _, seg := range s.segments {
		if needed[seg] {
			kept = append(kept, seg)
			continue
		}
		if err := os.Remove(seg.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = errors.Join(failed, fmt.Errorf("remove spool segment: %w", err))
			kept = append(kept, seg)
		}
	}
	removed := len(kept) < len(s.segments)
	s.segments = kept
	if removed {
		return errors.Join(failed, syncDir(s.config.Dir))
	}
	return failed
}

func (s *Spool) segmentBytes() int64 { return max(minSegmentBytes, s.config.LimitBytes/16) }

func (s *Spool) diskBytes() int64 {
	var sum int64
	for _, seg := range s.segments {
		sum += seg.size
	}
	return sum
}
