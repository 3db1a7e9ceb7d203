package cloud

import (
	"encoding/json"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// Changes are the facts to record so that what is open becomes what is stated, as
// seen at a moment. What is stated as before stays open; what changed ends and
// begins anew at the moment; what is no longer stated ends. Where nothing was known
// of a source before, its facts hold since ever: that they hold now is the best
// word on earlier minutes.
//
// open and stated have the sources that were read; facts of other sources are
// neither ended nor begun.
func Changes(open, stated []model.Fact, at time.Time) []model.Fact {
	at = at.UTC()
	known := map[factID]model.Fact{}
	sources := map[string]bool{}
	for _, fact := range open {
		known[idOf(fact)] = fact
		sources[fact.Source] = true
	}
	var changes []model.Fact
	for _, fact := range stated {
		id := idOf(fact)
		before, has := known[id]
		delete(known, id)
		switch {
		case has && sameBody(before, fact):
			continue
		case has && !before.Period.From.Before(at): // seen twice within one instant
			fact.Period = before.Period
		case has:
			before.Period.To = at
			changes = append(changes, before)
			fact.Period = model.Period{From: at}
		case sources[fact.Source]:
			fact.Period = model.Period{From: at}
		}
		changes = append(changes, fact)
	}
	for _, fact := range open {
		if gone, has := known[idOf(fact)]; has && gone.Period.From.Before(at) {
			gone.Period.To = at
			changes = append(changes, gone)
		}
	}
	return changes
}

// Apply is what is open after changes to what was.
func Apply(open, changes []model.Fact) []model.Fact {
	after := map[factID]model.Fact{}
	for _, fact := range open {
		after[idOf(fact)] = fact
	}
	for _, change := range changes {
		if change.Period.To.IsZero() {
			after[idOf(change)] = change
		} else {
			delete(after, idOf(change))
		}
	}
	facts := make([]model.Fact, 0, len(after))
	for _, fact := range after {
		facts = append(facts, fact)
	}
	return facts
}

type factID struct {
	kind model.FactKind
	key  string
}

func idOf(fact model.Fact) factID { return factID{fact.Kind, fact.Key} }

func sameBody(a, b model.Fact) bool {
	text := func(f model.Fact) string {
		f.Period, f.Recorded = model.Period{}, time.Time{}
		written, err := json.Marshal(f)
		if err != nil { // no body holds what JSON cannot
			return err.Error()
		}
		return string(written)
	}
	return text(a) == text(b)
}
