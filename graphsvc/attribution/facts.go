package attribution

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// factKey is what a later fact must share with an earlier one to replace it.
type factKey struct {
	kind model.FactKind
	// cluster keeps the nodes of two clusters apart, which may share a name.
	cluster string
	key     string
	// source keeps apart what two say of one thing from the same instant on.
	source string
	from   time.Time
}

// currentFacts keeps, of all facts with the same kind, key, source and From, the
// one recorded last, and returns them in an order that depends on their content
// alone.
func currentFacts(facts []model.Fact) ([]model.Fact, error) {
	current := make(map[factKey]model.Fact, len(facts))
	for _, fact := range facts {
		if fact.Kind.Describes() {
			continue
		}
		if err := checkBody(fact); err != nil {
			return nil, err
		}
		key := factKey{fact.Kind, clusterOf(fact), fact.Key, fact.Source, fact.Period.From.UTC().Round(0)}
		known, ok := current[key]
		if !ok || replaces(fact, known) {
			current[key] = fact
		}
	}
	kept := make([]model.Fact, 0, len(current))
	for _, fact := range current {
		kept = append(kept, fact)
	}
	slices.SortFunc(kept, func(a, b model.Fact) int {
		return cmp.Or(
			strings.Compare(string(a.Kind), string(b.Kind)),
			strings.Compare(clusterOf(a), clusterOf(b)),
			strings.Compare(a.Key, b.Key),
			a.Period.From.Compare(b.Period.From),
			strings.Compare(a.Source, b.Source),
		)
	})
	return kept, nil
}

// replaces reports whether a is to be taken instead of b. Two facts recorded
// at the same instant are told apart by their text, so that the choice does
// not depend on which came first.
func replaces(a, b model.Fact) bool {
	if order := a.Recorded.Compare(b.Recorded); order != 0 {
		return order > 0
	}
	return factText(a) > factText(b)
}

func factText(fact model.Fact) string {
	text, err := json.Marshal(fact)
	if err != nil { // only a year beyond 9999 cannot be marshalled
		return fact.Source
	}
	return string(text)
}

// checkBody reports a fact whose body is not the one that its kind names.
func checkBody(fact model.Fact) error {
	bodies := map[model.FactKind]bool{
		model.FactPod:      fact.Pod != nil,
		model.FactNode:     fact.Node != nil,
		model.FactService:  fact.Service != nil,
		model.FactRevision: fact.Revision != nil,
		model.FactEndpoint: fact.Endpoint != nil,
		model.FactRoute:    fact.Route != nil,
		model.FactSubnet:   fact.Subnet != nil,
	}
	if present, known := bodies[fact.Kind]; !known || !present {
		return fmt.Errorf("fact %q of kind %q from %q: its body is missing or the kind is not known", fact.Key, fact.Kind, fact.Source)
	}
	return nil
}

// ownSight reports whether a pod fact was told by the agent of the pod's own
// node, which sees addresses come and go before anyone else does.
func ownSight(fact model.Fact) bool {
	pod := fact.Pod
	return fact.Source == "agent/"+pod.Node || fact.Source == "agent/"+pod.Cluster+"/"+pod.Node
}

// watched reports whether a watch of a Kubernetes API told a fact.
func watched(fact model.Fact) bool { return strings.HasPrefix(fact.Source, "kubernetes/") }

func clusterOf(fact model.Fact) string {
	switch fact.Kind {
	case model.FactPod:
		return fact.Pod.Cluster
	case model.FactNode:
		return fact.Node.Cluster
	case model.FactService:
		return fact.Service.Cluster
	case model.FactRevision:
		return fact.Revision.Cluster
	default:
		return ""
	}
}
