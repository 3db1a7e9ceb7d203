package lab

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/egressor/egressor/internal/inventory"
	"github.com/egressor/egressor/internal/model"
)

// Files that a lab keeps in its Config.Dir, in the format of package inventory.
const (
	InventoryFile = "inventory.yaml" // nodes, pods, services, revisions
	EndpointsFile = "endpoints.yaml" // what is outside, and the routes to it
)

// record is the lab's own account of what is true. Facts are closed, never
// taken out.
type record struct {
	dir      string
	onChange func([]model.Fact)

	mu    sync.Mutex
	facts map[recordKey]model.Fact
}

type recordKey struct {
	kind model.FactKind
	key  string
	from time.Time
}

func newRecord(dir string, onChange func([]model.Fact)) *record {
	return &record{dir: dir, onChange: onChange, facts: map[recordKey]model.Fact{}}
}

// put states facts, each in the place of the one with its kind, key and From,
// rewrites the files, and tells who listens.
func (r *record) put(recorded time.Time, facts ...model.Fact) error {
	for i := range facts {
		facts[i].Recorded, facts[i].Source = recorded, "file/"+fileOf(facts[i].Kind)
	}
	r.mu.Lock()
	defer r.mu.Unlock() // held while telling: listeners hear changes in order
	for _, f := range facts {
		r.facts[recordKey{f.Kind, f.Key, f.Period.From}] = f
	}
	if r.dir != "" {
		if err := saveFacts(r.dir, r.sorted()); err != nil {
			return err
		}
	}
	if r.onChange != nil {
		r.onChange(slices.Clone(facts))
	}
	return nil
}

func (r *record) all() []model.Fact {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.sorted()
}

func (r *record) sorted() []model.Fact {
	facts := make([]model.Fact, 0, len(r.facts))
	for _, f := range r.facts {
		facts = append(facts, f)
	}
	slices.SortFunc(facts, func(a, b model.Fact) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key), a.Period.From.Compare(b.Period.From))
	})
	return facts
}

func saveFacts(dir string, facts []model.Fact) error {
	files := map[string][]model.Fact{InventoryFile: nil, EndpointsFile: nil}
	for _, f := range facts {
		files[fileOf(f.Kind)] = append(files[fileOf(f.Kind)], f)
	}
	for name, content := range files {
		if err := inventory.Save(filepath.Join(dir, name), content); err != nil {
			return fmt.Errorf("lab: %w", err)
		}
	}
	return nil
}

func fileOf(kind model.FactKind) string {
	if kind == model.FactEndpoint || kind == model.FactRoute {
		return EndpointsFile
	}
	return InventoryFile
}
