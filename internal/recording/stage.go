package recording

import (
	"cmp"
	"slices"
	"time"

	"github.com/egressor/egressor/internal/inventory"
	"github.com/egressor/egressor/internal/model"
)

// stage keeps two inventory files in step with the facts stated so far.
type stage struct {
	inventory, endpoints string
	facts                map[factKey]model.Fact
}

// factKey is what a later fact replaces an earlier one by.
type factKey struct {
	kind model.FactKind
	key  string
	from time.Time
}

func newStage(inventory, endpoints string) *stage {
	return &stage{inventory: inventory, endpoints: endpoints, facts: map[factKey]model.Fact{}}
}

// state adds facts and writes both files.
func (s *stage) state(facts []model.Fact) error {
	for _, f := range facts {
		s.facts[factKey{f.Kind, f.Key, f.Period.From}] = f
	}
	files := map[string][]model.Fact{s.inventory: nil, s.endpoints: nil}
	for _, f := range s.sorted() {
		path := s.inventory
		if f.Kind == model.FactEndpoint || f.Kind == model.FactRoute {
			path = s.endpoints
		}
		files[path] = append(files[path], f)
	}
	for path, content := range files {
		if err := inventory.Save(path, content); err != nil {
			return err
		}
	}
	return nil
}

func (s *stage) sorted() []model.Fact {
	facts := make([]model.Fact, 0, len(s.facts))
	for _, f := range s.facts {
		facts = append(facts, f)
	}
	slices.SortFunc(facts, func(a, b model.Fact) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key), a.Period.From.Compare(b.Period.From))
	})
	return facts
}
