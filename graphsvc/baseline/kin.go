package baseline

import (
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// kin are the flows of one client in one direction: what it asks, or what it is
// answered.
type kin struct{ flows []*series }

type kinOf struct {
	client    model.Identity
	initiator model.Initiator
}

// enter makes a series one of the detector's.
func (d *Detector) enter(s *series) {
	d.series[s.scope] = s
	d.order = append(d.order, s)
	if s.scope.Kind != ScopeFlow {
		return
	}
	of := kinOf{s.scope.Flow.Source, s.scope.Flow.Initiator}
	if of.initiator == model.InitiatorDestination {
		of.client = s.scope.Flow.Destination
	}
	if d.kin[of] == nil {
		d.kin[of] = &kin{}
	}
	s.kin = d.kin[of]
	s.kin.flows = append(s.kin.flows, s)
}

// leave forgets a flow that is no longer followed.
func (k *kin) leave(s *series) {
	if k != nil {
		k.flows = slices.DeleteFunc(k.flows, func(other *series) bool { return other == s })
	}
}
