package incidentbench

import (
	"fmt"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/graphsvc/diagnosis"
	"github.com/egressor/egressor/internal/incidentgen"
	"github.com/egressor/egressor/internal/model"
)

// Story is what happened in a generated cluster, and what was made of it.
type Story struct {
	// Injected is what happened in truth, nil where nothing did.
	Injected *incidentgen.Incident
	// Raised are the incidents that were told, with what the diagnosis says of each.
	Raised   []baseline.Incident
	Findings []diagnosis.Finding
	// Minutes are the last ones, oldest first: From is the first.
	From    model.Minute
	Minutes [][]model.PricedEdge
}

// Tell lets an incident of a kind happen to a seed's cluster, "" for none, and
// returns so many minutes before it and from it on.
func Tell(seed uint64, kind incidentgen.Kind, earlier, later int) (*Story, error) {
	cluster, err := prepared(seed, kind)
	if err != nil {
		return nil, err
	}
	w, err := newWatch(cluster)
	if err != nil {
		return nil, err
	}
	at := cluster.Start + before
	story := &Story{From: at - model.Minute(earlier)}
	w.each = func(minute model.Minute, edges []model.PricedEdge) {
		if minute >= story.From {
			story.Minutes = append(story.Minutes, append([]model.PricedEdge(nil), edges...))
		}
	}
	if err := w.observe(at, nil); err != nil {
		return nil, err
	}
	if kind != "" {
		if story.Injected, err = cluster.Inject(kind, at, leastPerDay(cluster)); err != nil {
			return nil, err
		}
	}
	if err := w.observe(at+model.Minute(later), story.Injected); err != nil {
		return nil, err
	}
	return story, w.explainAll(story)
}

func (w *watch) explainAll(story *Story) error {
	for _, id := range w.order {
		raised := w.raised[id]
		q, err := w.question(&raised, w.next)
		if err != nil {
			return fmt.Errorf("incident %s: %w", id, err)
		}
		finding, err := diagnosis.Diagnose(q)
		if err != nil {
			return fmt.Errorf("incident %s: %w", id, err)
		}
		story.Raised, story.Findings = append(story.Raised, raised), append(story.Findings, finding)
	}
	return nil
}
