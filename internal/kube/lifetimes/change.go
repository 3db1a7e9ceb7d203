package lifetimes

import (
	"maps"
	"reflect"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// corrects reports whether next says of the same time better what previous said:
// the owner of a pod, which never changes but may be read late, and everything
// of a revision but its number: a rollback gives an old revision a new one. Any other difference is a change, and a new
// piece begins with it.
func corrects(next, previous model.Fact) bool {
	if next.Revision != nil && previous.Revision != nil {
		return next.Revision.Number == previous.Revision.Number
	}
	if next.Pod == nil || previous.Pod == nil {
		return reflect.DeepEqual(next, previous)
	}
	a, b := next.Pod, previous.Pod
	return sameAddrs(next, previous) && a.Node == b.Node && a.HostNetwork == b.HostNetwork && maps.Equal(a.Labels, b.Labels)
}

func sameAddrs(a, b model.Fact) bool {
	return a.Pod != nil && b.Pod != nil && slices.Equal(a.Pod.Addrs, b.Pod.Addrs)
}

// correct writes into an earlier fact of a life what holds for all of it.
func correct(fact *model.Fact, known model.Fact) {
	if fact.Pod == nil || known.Pod == nil || fact.Pod == known.Pod {
		return
	}
	pod := *fact.Pod
	pod.Workload, pod.Revision = known.Pod.Workload, known.Pod.Revision
	fact.Pod = &pod
}

// equal reports whether two facts say the same.
func equal(a, b model.Fact) bool {
	if !a.Period.From.Equal(b.Period.From) || !a.Period.To.Equal(b.Period.To) {
		return false
	}
	a.Period, a.Recorded = b.Period, b.Recorded
	return reflect.DeepEqual(a, b)
}
