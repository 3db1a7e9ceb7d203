package graphstore_test

import (
	"errors"
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
)

// counted is what a graph that churns may grow by.
var counted = map[string]string{
	"nodes":                         "MATCH (e:Entity) RETURN count(e)",
	"rollouts":                      "MATCH (d:Deployment) RETURN count(d)",
	"live relationships":            "MATCH ()-[t:TRANSFERS]->() RETURN count(t)",
	"relationships of history":      "MATCH ()-[t:TRANSFERRED]->() RETURN count(t)",
	"pieces with columns":           "MATCH (p:Piece) WHERE p.columns IS NOT NULL RETURN count(p)",
	"headers of versions":           "MATCH (v:GraphVersion) RETURN count(v)",
	"all but days without a column": "MATCH (n) WHERE n.forgotten IS NULL RETURN count(n)",
}

// A cluster that rolls out each day and whose jobs are never the same, and of whose
// revisions no end is ever told, keeps a graph that does not grow once the retention
// is reached; a process that has met what is gone writes what comes back.
func TestAGraphUnderChurnIsFlatAfterRetention(t *testing.T) {
	s, db := store(t)
	const days, keep = 8, 3
	web, cart := workload("web"), workload("cart")
	p := &past{store: s, db: db, now: map[model.Minute][]model.PricedEdge{}}
	var last map[string]int64
	for d := range model.Minute(days) {
		m := dayStart + d*day + 10
		rolled, job := edge(m, web, cart, 1000), edge(m, workload(fmt.Sprint("job-", d)), cart, 2000)
		rolled.Key.SourceRevision = fmt.Sprint("d/web/", d)
		job.Key.SourceRevision = fmt.Sprintf("d/job-%d/a", d)
		publication := p.chain.next(m, rolled, job)
		publication.Revisions = []model.Fact{rollout("web", fmt.Sprint(d), time.Time{}), rollout(fmt.Sprint("job-", d), "a", time.Time{})}
		p.next = dayStart + (d+1)*day
		publish(t, s, publication)
		p.compact(t, pieces.Hour)
		p.compact(t, pieces.Day)
		if d+1 > keep {
			p.prune(t, p.next-keep*day+1)
		}
		now := map[string]int64{}
		for what, statement := range counted {
			now[what] = count(t, db, statement)
		}
		if d > keep && !maps.Equal(now, last) {
			t.Errorf("after day %d there is %v, the day before %v", d+1, now, last)
		}
		last = now
	}
	if last["rollouts"] == 0 || last["rollouts"] > 2*keep {
		t.Errorf("%d rollouts are left of %d days with two each", last["rollouts"], keep)
	}
	if _, ok, err := s.Deployment(t.Context(), "d/web/0"); ok || err != nil {
		t.Errorf("the first day's revision is there: %v (%v)", ok, err)
	}
	if _, err := s.Transfers(t.Context(), window(dayStart, dayStart+day, p.chain.number), ""); !errors.Is(err, graphstore.ErrPruned) {
		t.Errorf("the first day: %v", err)
	}
}
