package diagnosis

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// podsOf are a workload's pods, by its identity.
func (r *reader) podsOf() ([]model.Identity, map[model.Identity][]model.Fact) {
	var order []model.Identity
	pods := map[model.Identity][]model.Fact{}
	for _, fact := range r.byKind[model.FactPod] {
		id := fact.Pod.Workload.In(fact.Pod.Cluster)
		if pods[id] == nil {
			order = append(order, id)
		}
		pods[id] = append(pods[id], fact)
	}
	return order, pods
}

// pods finds what happened to workloads' pods: begun, scaled, moved, restarted.
func (r *reader) pods() []Change {
	var changes []Change
	order, pods := r.podsOf()
	for _, id := range order {
		if change, ok := r.podChange(id, pods[id]); ok {
			change.Workload, change.Subject = id, id.ID()
			changes = append(changes, change)
		}
	}
	return changes
}

const (
	// restartsAtLeast is how many pods must be replaced to speak of restarts.
	restartsAtLeast = 3
	// scaledPercent is the least change of the number of pods, of the larger number.
	scaledPercent = 20
)

func (r *reader) podChange(id model.Identity, facts []model.Fact) (Change, bool) { //nolint:cyclop // a decision table, read from top to bottom
	began := r.begun(facts)
	first, started := firstStart(began)
	if !started {
		first = r.firstEnd(facts)
	}
	if first.IsZero() {
		return Change{}, false
	}
	before, after := alive(facts, r.from), alive(facts, r.to.Add(-time.Nanosecond))
	rolled, again := newRevision(before, began), len(ofRunning(began, after))
	change := Change{At: first, Before: len(before), After: len(after), Nodes: movedNodes(before, after)}
	switch {
	case started && (id.Type == "Job" || id.Type == "CronJob"):
		change.Kind, change.Detail = ChangeJob, fmt.Sprintf("a pod started on %s", began[0].Pod.Node)
	case started && len(before) == 0:
		change.Kind, change.Detail = ChangeNewWorkload, fmt.Sprintf("its first %d pods started", len(after))
	case rolled && rolling(after):
		return Change{}, false // pods of two revisions side by side are neither moved nor more
	case again >= restartsAtLeast && again > 2*len(after):
		change.Kind, change.After = ChangeRestarts, again
		change.Detail = fmt.Sprintf("%d pods were started, %d run", again, len(after))
	case !maps.Equal(r.perZone(before), r.perZone(after)) && len(before) == len(after):
		change.Kind = ChangeRescheduling
		change.Detail = fmt.Sprintf("pods by zone went from %s to %s", countsText(r.perZone(before)), countsText(r.perZone(after)))
		if rolled {
			change.Detail += ", beside a rollout"
		}
	case rolled && len(before) == len(after):
		return Change{}, false // the rollout tells
	case r.replaced(before, after, began):
		change.Kind, change.After = ChangeRestarts, len(began)
		change.Detail = fmt.Sprintf("%d pods were replaced", len(began))
	case 100*abs(len(after)-len(before)) >= scaledPercent*max(len(after), len(before)):
		change.Kind, change.Detail = ChangeScaling, fmt.Sprintf("from %d to %d pods", len(before), len(after))
	default:
		return Change{}, false
	}
	return change, true
}

// ofRunning are those pods that began with the revision that runs in the end: several
// rollouts in a row are no restarts.
func ofRunning(began, after []model.Fact) []model.Fact {
	if len(after) == 0 {
		return began
	}
	var of []model.Fact
	for _, fact := range began {
		if fact.Pod.Revision == after[0].Pod.Revision {
			of = append(of, fact)
		}
	}
	return of
}

// rolling reports whether pods of several revisions live at one time.
func rolling(pods []model.Fact) bool {
	return slices.ContainsFunc(pods, func(f model.Fact) bool { return f.Pod.Revision != pods[0].Pod.Revision })
}

// replaced reports whether pods of a workload were exchanged one for one.
func (r *reader) replaced(before, after, began []model.Fact) bool {
	return len(before) == len(after) && len(began) > 0
}

func (r *reader) begun(facts []model.Fact) []model.Fact {
	var began []model.Fact
	for _, fact := range facts {
		if r.within(fact.Period.From) {
			began = append(began, fact)
		}
	}
	return began
}

func firstStart(began []model.Fact) (time.Time, bool) {
	var first time.Time
	for _, fact := range began {
		if first.IsZero() || fact.Period.From.Before(first) {
			first = fact.Period.From
		}
	}
	return first, len(began) > 0
}

func (r *reader) firstEnd(facts []model.Fact) time.Time {
	var first time.Time
	for _, fact := range facts {
		if r.within(fact.Period.To) && (first.IsZero() || fact.Period.To.Before(first)) {
			first = fact.Period.To
		}
	}
	return first
}

func alive(facts []model.Fact, at time.Time) []model.Fact {
	var living []model.Fact
	for _, fact := range facts {
		if fact.Period.Contains(at) {
			living = append(living, fact)
		}
	}
	return living
}

func newRevision(before, began []model.Fact) bool {
	for _, fact := range began {
		known := slices.ContainsFunc(before, func(b model.Fact) bool { return b.Pod.Revision == fact.Pod.Revision })
		if !known && fact.Pod.Revision != "" {
			return true
		}
	}
	return false
}

// perZone counts pods by zone; a pod of an unknown node counts under its name.
func (r *reader) perZone(pods []model.Fact) map[string]int {
	counts := map[string]int{}
	for _, fact := range pods {
		zone, known := r.zones[fact.Pod.Node]
		if !known {
			zone = fact.Pod.Node
		}
		counts[zone]++
	}
	return counts
}

func countsText(counts map[string]int) string {
	text := ""
	for _, zone := range slices.Sorted(maps.Keys(counts)) {
		if text != "" {
			text += " "
		}
		text += fmt.Sprintf("%s:%d", zone, counts[zone])
	}
	if text == "" {
		return "none"
	}
	return text
}

// movedNodes are the nodes that hold a pod at one end of the time only.
func movedNodes(before, after []model.Fact) []string {
	at := map[string]int{}
	for _, fact := range before {
		at[fact.Pod.Node]--
	}
	for _, fact := range after {
		at[fact.Pod.Node]++
	}
	var moved []string
	for _, node := range slices.Sorted(maps.Keys(at)) {
		if at[node] != 0 {
			moved = append(moved, node)
		}
	}
	return moved
}

func abs(n int) int { return max(n, -n) }
