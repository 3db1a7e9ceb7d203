package insight

import (
	"context"
	"fmt"

	"github.com/egressor/egressor/internal/model"
)

// goneAfter is how many minutes an agent must be silent to count as gone where nothing
// says that its node is: until then a minute without it is partial.
const goneAfter = 10

// partial reports whether an agent that reported lately has no part in the minute though
// its node is there, or whether it is the first that any has a part in: they began within
// it.
func (w *Watcher) partial(ctx context.Context, version model.GraphVersion) (bool, error) {
	first := len(w.agents) == 0
	for i := range version.Inputs {
		w.agents[version.Inputs[i].Agent] = version.From
	}
	silent, since := w.silent(version.From)
	if len(silent) == 0 {
		return first, nil
	}
	left, err := w.left(ctx, since, version)
	if err != nil {
		return false, fmt.Errorf("nodes that left before %s: %w", version.From, err)
	}
	partial := first
	for _, agent := range silent {
		if left[agent] { // nothing that its node sent is missing
			delete(w.agents, agent)
		} else {
			partial = true
		}
	}
	return partial, nil
}

// silent are the agents that reported lately and not in a minute, and the earliest
// minute that one of them was last heard in. Those that were silent for long are
// forgotten.
func (w *Watcher) silent(minute model.Minute) (silent []model.AgentID, since model.Minute) {
	since = minute
	for agent, seen := range w.agents {
		switch {
		case minute-seen > goneAfter:
			delete(w.agents, agent)
		case minute > seen:
			silent, since = append(silent, agent), min(since, seen)
		}
	}
	return silent, since
}

// left are the nodes that the facts since a minute know and that were there no longer
// when a version's minute began: a cluster that is scaled up and down loses one every
// few minutes.
func (w *Watcher) left(ctx context.Context, since model.Minute, version model.GraphVersion) (map[model.AgentID]bool, error) {
	facts, _, err := w.d.Flows.Facts(ctx, since.Start(), version.To.Start(), w.d.Clock.Now())
	if err != nil {
		return nil, err
	}
	left := map[model.AgentID]bool{}
	for i := range facts {
		if facts[i].Kind != model.FactNode {
			continue
		}
		id := model.AgentID{Cluster: facts[i].Node.Cluster, Node: facts[i].Node.Name}
		ended := !facts[i].Period.To.IsZero() && !facts[i].Period.To.After(version.From.Start())
		before, known := left[id]
		left[id] = ended && (before || !known) // another machine may have its name now
	}
	return left, nil
}
