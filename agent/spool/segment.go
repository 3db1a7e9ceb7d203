package spool

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const segmentSuffix = ".segment"

// segment is one append-only file, named after the first record that it took.
type segment struct {
	path string
	size int64
}

// createSegment makes a segment and its directory entry durable.
func createSegment(dir string, number uint64) (*segment, *os.File, error) {
	path := filepath.Join(dir, fmt.Sprintf("%020d%s", number, segmentSuffix))
	// A failed append may have left the name behind: what it holds is torn.
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("create spool segment: %w", err)
	}
	_, err = file.WriteString(segmentMagic)
	if err := errors.Join(err, file.Sync(), syncDir(dir)); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("create spool segment %s: %w", path, err), file.Close())
	}
	return &segment{path: path, size: int64(len(segmentMagic))}, file, nil
}

// listSegments returns the paths in the order of their records.
func listSegments(dir string) ([]string, error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("spool directory: %w", err)
	}
	var paths []string
	for _, file := range files {
		if strings.HasSuffix(file.Name(), segmentSuffix) {
			paths = append(paths, filepath.Join(dir, file.Name()))
		}
	}
	slices.Sort(paths)
	return paths, nil
}

// loaded is what all segments hold together.
type loaded struct {
	segments []*segment
	entries  []entry
	// previous is what each record's successor says of it.
	previous map[uint64]Summary
	tailLost bool
	// first is the number of the first record that the segments ever held, 1
	// where there is no segment.
	first uint64
}

// loadSegments scans every segment, one in memory at a time.
func loadSegments(dir string) (loaded, error) {
	paths, err := listSegments(dir)
	if err != nil {
		return loaded{}, err
	}
	all := loaded{previous: map[uint64]Summary{}, first: 1}
	if len(paths) > 0 {
		all.first = numberOf(paths[0])
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return loaded{}, fmt.Errorf("read spool segment: %w", err)
		}
		s := scan(data)
		if len(s.records) == 0 && isOtherVersion(data) {
			return loaded{}, fmt.Errorf("spool segment %s has version %q, this agent reads %q: run the agent that wrote it, or move the spool away",
				path, data[:len(segmentMagic)-1], segmentMagic[:len(segmentMagic)-1])
		}
		seg := &segment{path: path, size: int64(len(data))}
		all.segments = append(all.segments, seg)
		all.add(seg, s)
		// A segment whose creation was cut short has lost no record.
		all.tailLost = s.unreadableTail && !strings.HasPrefix(segmentMagic, string(data))
	}
	return all, nil
}

// numberOf is the record number in a segment's name, 1 where a name is none.
func numberOf(path string) uint64 {
	number, err := strconv.ParseUint(strings.TrimSuffix(filepath.Base(path), segmentSuffix), 10, 64)
	if err != nil || number == 0 {
		return 1
	}
	return number
}

func (l *loaded) add(seg *segment, s scanned) {
	for _, f := range s.records {
		e := entry{
			number: f.header.number, summary: f.header.own, known: true, segment: seg, offset: f.offset,
			length: headerBytes + f.header.bodyBytes(), state: damaged,
		}
		if f.whole {
			e.state, e.supersedes = live, f.record.Supersedes
		}
		l.entries = append(l.entries, e)
		l.previous[f.header.number-1] = f.header.previous
	}
}

// isOtherVersion reports whether data begins as a segment of another version.
func isOtherVersion(data []byte) bool {
	n := len(segmentMagic)
	return len(data) > n && string(data[:n-2]) == segmentMagic[:n-2] && data[n-1] == '\n' && data[n-2] != segmentMagic[n-2]
}
