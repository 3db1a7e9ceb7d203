package verify

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// pageVersions is how many versions are read from the graph at a time.
const pageVersions = 1000

// walked is what the graph's chain has to say.
type walked struct {
	// unlisted are versions of the minutes asked for that the series lacks.
	unlisted []model.GraphVersion
	// problems are by version number.
	problems map[uint64][]string
	// forgotten is the end of the days that the graph does not keep any more: headers
	// of versions that only speak of them are gone, but for pinned ones.
	forgotten model.Minute
}

func (w *walked) problem(number uint64, format string, args ...any) {
	w.problems[number] = append(w.problems[number], fmt.Sprintf(format, args...))
}

func (w *walked) isUnlisted(number uint64) bool {
	return slices.ContainsFunc(w.unlisted, func(v model.GraphVersion) bool { return v.Number == number })
}

// walk follows the graph's chain from the newest version down to the oldest of
// the minutes in [from, to), and holds it against the versions that the series lists.
func (v Verifier) walk(ctx context.Context, from, to model.Minute, listed []model.GraphVersion) (*walked, error) {
	found := &walked{problems: map[uint64][]string{}, forgotten: v.forgotten}
	inSeries := map[uint64]int{}
	for i := range listed {
		number := listed[i].Number
		if inSeries[number]++; inSeries[number] == 2 {
			found.problem(number, "the series holds it more than once")
		}
	}
	oldest := oldestOf(listed)
	var above model.GraphVersion
	for below := uint64(0); ; {
		page, err := v.Graph.Versions(ctx, below, pageVersions)
		if err != nil {
			return nil, err
		}
		for _, version := range page {
			below = version.Number
			asked := version.From >= from && version.From < to
			found.link(version, above)
			above = version
			if asked && inSeries[version.Number] == 0 {
				found.unlisted = append(found.unlisted, version)
				found.problem(version.Number, "the series has no header of it")
			}
			if !asked && version.Number < oldest {
				return found, nil
			}
		}
		if len(page) < pageVersions {
			return found, nil
		}
	}
}

// link checks that a version is the one that the next above it names.
func (w *walked) link(version, above model.GraphVersion) {
	switch {
	case above.Number == 0:
	case above.Number != version.Number+1 && version.To <= w.forgotten:
	case above.Number != version.Number+1:
		w.problem(above.Number, "the graph holds no version %d before it", above.Number-1)
	case above.Previous != version.Digest:
		w.problem(above.Number, "in the graph it names %.12s as the digest before it, but version %d has %.12s there",
			above.Previous, version.Number, version.Digest)
	}
}

func oldestOf(versions []model.GraphVersion) uint64 {
	if len(versions) == 0 {
		return 0
	}
	return slices.MinFunc(versions, byNumber).Number
}

// merge returns both lists' versions in order, each number once.
func merge(a, b []model.GraphVersion) []model.GraphVersion {
	all := slices.Concat(a, b)
	slices.SortStableFunc(all, byNumber)
	return slices.CompactFunc(all, func(a, b model.GraphVersion) bool { return a.Number == b.Number })
}

func byNumber(a, b model.GraphVersion) int { return cmp.Compare(a.Number, b.Number) }
