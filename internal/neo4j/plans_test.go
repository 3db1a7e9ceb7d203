package neo4j

import (
	"testing"
	"time"
)

// stopped is a clock that is moved by hand.
type stopped struct{ now time.Time }

func (c *stopped) Now() time.Time                       { return c.now }
func (c *stopped) After(time.Duration) <-chan time.Time { return nil }

// A plan is that of a statement and of the types of its parameters, for a minute.
func TestPlansAreKeptForAMinute(t *testing.T) {
	c := &stopped{time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
	p := plans{clock: c}
	key := planKey("MATCH (n) WHERE n.id = $id RETURN n", Params{"id": "a", "limit": int64(1)})
	p.keep(key, Plan{Kind: "r"})
	for name, params := range map[string]Params{
		"another type": {"id": int64(1), "limit": int64(1)}, "one parameter less": {"id": "a"}, "another name": {"ID": "a", "limit": int64(1)},
	} {
		if _, known := p.of(planKey("MATCH (n) WHERE n.id = $id RETURN n", params)); known {
			t.Errorf("%s has the plan of the statement", name)
		}
	}
	same := planKey("MATCH (n) WHERE n.id = $id RETURN n", Params{"limit": int64(7), "id": "b"})
	if plan, known := p.of(same); !known || plan.Kind != "r" {
		t.Errorf("with other values the plan is %+v, %v", plan, known)
	}
	c.now = c.now.Add(plansLast + 1)
	if _, known := p.of(same); known {
		t.Error("a plan is taken for that of a minute later")
	}
	for i := range 2 * maxPlans {
		p.keep(planKey("RETURN 1", Params{string(rune(i)): 1}), Plan{})
	}
	if len(p.known) > maxPlans {
		t.Errorf("%d plans are kept, want at most %d", len(p.known), maxPlans)
	}
}
