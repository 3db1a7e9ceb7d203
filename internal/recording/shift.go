package recording

import (
	"slices"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// shiftFor is by how much a recording's times are moved when it is played now:
// the last whole number of minutes that lets it begin at or before now. Whole
// minutes keep every window in its minute, and every recorded minute whole.
func shiftFor(start, now time.Time) time.Duration {
	shift := time.Duration(model.MinuteOf(now)-model.MinuteOf(start)) * time.Minute
	if start.Add(shift).After(now) {
		shift -= time.Minute
	}
	return shift
}

// moved is t later by a shift; a zero time means "none" and stays so.
func moved(t time.Time, by time.Duration) time.Time {
	if t.IsZero() {
		return t
	}
	return t.Add(by)
}

// movedBatch is a batch later by a shift, under another boot.
func movedBatch(b model.Batch, by time.Duration, boot string) model.Batch {
	b.Boot = boot
	b.CoveredFrom, b.CoveredThrough = moved(b.CoveredFrom, by), moved(b.CoveredThrough, by)
	b.Flows = slices.Clone(b.Flows)
	for i := range b.Flows {
		b.Flows[i].WindowStart = moved(b.Flows[i].WindowStart, by)
	}
	b.Losses = slices.Clone(b.Losses)
	for i := range b.Losses {
		b.Losses[i].From, b.Losses[i].To = moved(b.Losses[i].From, by), moved(b.Losses[i].To, by)
	}
	b.Facts = movedFacts(b.Facts, by)
	return b
}

// movedFacts are facts later by a shift. What held since ever still does.
func movedFacts(facts []model.Fact, by time.Duration) []model.Fact {
	facts = slices.Clone(facts)
	for i := range facts {
		f := &facts[i]
		f.Period.From, f.Period.To = moved(f.Period.From, by), moved(f.Period.To, by)
		f.Recorded = moved(f.Recorded, by)
		if f.Revision != nil {
			revision := *f.Revision
			revision.RolledOut = moved(revision.RolledOut, by)
			f.Revision = &revision
		}
	}
	return facts
}
