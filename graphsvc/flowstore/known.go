package flowstore

import (
	"slices"
	"time"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

// thing is what facts are about: several sources may speak of it, and each of
// several parts of its life.
type thing struct {
	kind    model.FactKind
	cluster string
	key     string
}

// version is what the newest version of one fact says.
type version struct {
	source string
	from   int64
	to     int64
	digest factDigest
}

// knowledge is the newest version of every fact that holds, and of some that
// ended.
type knowledge map[thing][]version

func (k knowledge) of(id factID) (version, bool) {
	for _, v := range k[id.thing] {
		if v.source == id.source && v.from == id.from {
			return v, true
		}
	}
	return version{}, false
}

func (k knowledge) set(of thing, v version) {
	for i, known := range k[of] {
		if known.source == v.source && known.from == v.from {
			k[of][i] = v
			return
		}
	}
	k[of] = append(k[of], v)
}

// forget drops what has ended before a moment: it is hardly ever told again.
func (k knowledge) forget(before int64) {
	for of, versions := range k {
		kept := slices.DeleteFunc(versions, func(v version) bool { return v.to != 0 && v.to < before })
		if len(kept) == 0 {
			delete(k, of)
			continue
		}
		k[of] = kept
	}
}

// bounded is a fact as it is to be recorded: an agent's open sight of a pod ends
// where the pod's life is known to have ended.
func (k knowledge) bounded(fact model.Fact) model.Fact {
	if !attribution.IsSight(fact) || !fact.Period.To.IsZero() {
		return fact
	}
	var lives []model.Period
	for _, v := range k[idOf(fact).thing] {
		if !attribution.IsSight(model.Fact{Kind: fact.Kind, Source: v.source}) {
			lives = append(lives, model.Period{From: instant(v.from), To: instant(v.to)})
		}
	}
	if end, ok := attribution.SightEnd(lives); ok {
		fact.Period.To = latest(end, fact.Period.From)
	}
	return fact
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
