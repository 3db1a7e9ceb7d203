package insight

import (
	"fmt"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/graphsvc/diagnosis"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// rename is a workload that carries what another one did until then.
type rename struct {
	from, to model.Identity
	peers    int
}

const (
	// sameMinutes is how far apart the end of the one and the beginning of the other may
	// lie: a rollout of a large workload takes minutes.
	sameMinutes = 10
	// sameBytes is by how much, in per cent, the two may differ: traffic has noise.
	sameBytes = 20
)

// renamed reports whether all that an incident consists of is that a workload which was
// not there before carries what another one carried, to and from the same peers.
func renamed(i *baseline.Incident) (rename, bool) {
	begun, fell := map[baseline.Flow]*baseline.Deviation{}, map[baseline.Flow]*baseline.Deviation{}
	for n := range i.Deviations {
		d := &i.Deviations[n]
		switch {
		case d.Scope.Kind != baseline.ScopeFlow:
		case d.Kind == baseline.KindFall:
			fell[d.Scope.Flow] = d
		case d.Kind == baseline.KindNewEdge:
			begun[d.Scope.Flow] = d
		default:
			return rename{}, false
		}
	}
	for flow := range begun {
		for other := range fell {
			if r, ok := swapped(other, flow); ok && r.explains(begun, fell) {
				r.peers = len(begun)
				return r, true
			}
		}
	}
	return rename{}, false
}

// swapped is the one workload of a flow that is another one in the other flow.
func swapped(before, after baseline.Flow) (rename, bool) {
	r := rename{before.Source, after.Source, 0}
	if before.Source == after.Source {
		r = rename{before.Destination, after.Destination, 0}
	}
	return r, r.from != r.to && r.from.Kind == model.KindWorkload && r.to.Kind == model.KindWorkload && r.of(before) == after
}

// of is a flow under the new name.
func (r rename) of(flow baseline.Flow) baseline.Flow {
	if flow.Source == r.from {
		flow.Source = r.to
	}
	if flow.Destination == r.from {
		flow.Destination = r.to
	}
	return flow
}

// explains reports whether every flow that fell is one that began under the new name, and
// every one that began is one that fell, with about as many bytes.
func (r rename) explains(begun, fell map[baseline.Flow]*baseline.Deviation) bool {
	if len(begun) != len(fell) {
		return false
	}
	var is, was float64
	for flow, old := range fell {
		now := begun[r.of(flow)]
		if now == nil || r.of(flow) == flow || max(now.Since, old.Since)-min(now.Since, old.Since) > sameMinutes || 2*old.Bytes > old.ExpectedBytes {
			return false
		}
		is += float64(now.Bytes) + float64(old.Bytes)
		was += float64(old.ExpectedBytes)
	}
	off := is/was - 1
	return max(off, -off)*100 <= sameBytes
}

// isRename reports whether that is what was told of an incident.
func isRename(record *model.Incident) bool {
	return len(record.Findings) > 0 && record.Findings[0].Kind == string(diagnosis.CauseRenamed)
}

// nameRename tells a rename as what it is, where it is not sure to cost what matters: what
// would have been paid under the old name is an estimate.
func nameRename(record *model.Incident, incident *baseline.Incident, floor money.Amount) {
	r, ok := renamed(incident)
	if !ok || record.ImpactPerDayLow.Cmp(floor) >= 0 {
		return
	}
	record.Title = fmt.Sprintf("%s took the place of %s: the same transfers, %s", nameOf(r.to), nameOf(r.from), moreText(record.ImpactPerDay, record.Currency))
	record.Findings = []model.Finding{{
		Kind: string(diagnosis.CauseRenamed), Subject: nameOf(r.to), Entity: r.to.ID(), Explains: record.Parts.Change, Score: 90, Confidence: "high",
		For: []string{
			fmt.Sprintf("it carries what %s carried, as many bytes within %d %%, in the same %d flows", nameOf(r.from), sameBytes, r.peers),
			fmt.Sprintf("%s fell silent in the same minutes", nameOf(r.from)),
		},
	}}
	record.Conclusion = fmt.Sprintf("renamed: %s carries what %s did, to and from the same peers (high confidence, 90 of 100)", nameOf(r.to), nameOf(r.from))
}
