package neo4j

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/egressor/egressor/internal/clock"
)

const (
	// plansLast is how long a plan is taken for that of the same statement: the server's
	// own estimates change as slowly.
	plansLast = time.Minute
	// maxPlans bounds how many there are.
	maxPlans = 1000
)

// plans keeps what EXPLAIN said of statements lately. A plan depends on the text
// and on the types of the parameters, not on their values.
type plans struct {
	clock clock.Clock

	mu    sync.Mutex
	known map[string]planned
}

type planned struct {
	plan Plan
	at   time.Time
}

// planKey is the statement with the names and types of its parameters.
func planKey(statement string, params Params) string {
	var key strings.Builder
	key.WriteString(statement)
	for _, name := range slices.Sorted(maps.Keys(params)) {
		fmt.Fprintf(&key, "\x00%s %T", name, params[name])
	}
	return key.String()
}

func (p *plans) of(key string) (Plan, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	found, known := p.known[key]
	if !known || p.clock.Now().Sub(found.at) > plansLast {
		return Plan{}, false
	}
	return found.plan, true
}

func (p *plans) keep(key string, plan Plan) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.known == nil || len(p.known) >= maxPlans {
		p.known = map[string]planned{}
	}
	p.known[key] = planned{plan, p.clock.Now()}
}
