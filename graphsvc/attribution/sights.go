package attribution

import (
	"strings"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// IsSight reports whether a fact is an agent's sight of a pod.
func IsSight(fact model.Fact) bool {
	return fact.Kind == model.FactPod && strings.HasPrefix(fact.Source, "agent/")
}

// SightEnd is when an agent's sight of a pod that it has not ended is to end, by
// what others say of the pod's life: where all of it is over, with the last of it.
// An agent that is gone cannot say that a pod is, and an address that was given
// to a pod elsewhere must not stay the old one's for the agent's last word.
func SightEnd(lives []model.Period) (end time.Time, ok bool) {
	for _, life := range lives {
		if life.To.IsZero() {
			return time.Time{}, false
		}
		if life.To.After(end) {
			end = life.To
		}
	}
	return end, len(lives) > 0
}
