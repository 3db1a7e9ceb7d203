package whatif

import (
	"fmt"
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// State says what became of a recommendation that was applied.
type State string

// States.
const (
	Effective       State = "effective"        // at least nine tenths of the prediction
	PartlyEffective State = "partly-effective" // at least a tenth
	NotEffective    State = "not-effective"
	NoTraffic       State = "no-traffic" // nothing moved that it could have saved on
)

// Verdict compares a prediction with what was measured after the change, both at
// the traffic of after, so that a busier week does not look like a failure.
type Verdict struct {
	State State
	// Predicted and Realised are the savings by the byte over the days after.
	// MonthlyPredicted and MonthlyRealised are the same over 30 days.
	Predicted, Realised               money.Amount
	MonthlyPredicted, MonthlyRealised money.Amount
	// Reasons say why less was saved than predicted.
	Reasons []string
}

// flowKey is what a transfer keeps when routing, placement and rollouts change.
type flowKey struct {
	source, destination model.Identity
	port                uint16
	protocol            model.Protocol
	initiator           model.Initiator
}

func flowOf(k *model.EdgeKey) flowKey {
	return flowKey{k.Source, k.Destination, k.ServerPort, k.Protocol, k.Initiator}
}

// Judge measures a recommendation that was applied. Before is the topology that
// it was made from, after one that was observed since.
func Judge(r *Recommendation, before, after *Topology) (Verdict, error) {
	var v Verdict
	concerned := map[flowKey]bool{}
	for i := range r.Edges {
		concerned[flowOf(&r.Edges[i])] = true
	}
	costBefore, bytesBefore, err := before.costOf(concerned)
	if err != nil {
		return v, err
	}
	costAfter, bytesAfter, err := after.costOf(concerned)
	if err != nil {
		return v, err
	}
	if bytesBefore == 0 || bytesAfter == 0 {
		return Verdict{State: NoTraffic}, nil
	}
	byTheByte, err := r.byTheByte()
	if err != nil {
		return v, err
	}
	if v.Predicted, err = byTheByte.Scale(bytesAfter, bytesBefore); err != nil {
		return v, err
	}
	unchanged, err := costBefore.Scale(bytesAfter, bytesBefore)
	if err != nil {
		return v, err
	}
	if v.Realised, err = unchanged.Sub(costAfter); err != nil {
		return v, err
	}
	if err := v.monthly(after.minutes()); err != nil {
		return v, err
	}
	v.State = stateOf(v.Predicted, v.Realised)
	if v.State != Effective {
		v.Reasons = remaining(r, after, concerned)
	}
	return v, nil
}

// byTheByte is the saving without the hours that come and go.
func (r *Recommendation) byTheByte() (money.Amount, error) {
	saving, err := r.Saving.Add(r.AddedStanding)
	if err != nil {
		return saving, err
	}
	return saving.Sub(r.RemovedStanding)
}

func (v *Verdict) monthly(minutes uint64) error {
	var err error
	if v.MonthlyPredicted, err = v.Predicted.Scale(minutesPerMonth, minutes); err != nil {
		return err
	}
	v.MonthlyRealised, err = v.Realised.Scale(minutesPerMonth, minutes)
	return err
}

func stateOf(predicted, realised money.Amount) State {
	const most, least, parts = 9, 1, 10
	nine, err := predicted.Scale(most, parts)
	if err == nil && realised.Cmp(nine) >= 0 {
		return Effective
	}
	one, err := predicted.Scale(least, parts)
	if err == nil && realised.Cmp(one) >= 0 {
		return PartlyEffective
	}
	return NotEffective
}

func (t *Topology) costOf(flows map[flowKey]bool) (cost money.Amount, bytes uint64, err error) {
	var sum money.Accumulator
	for i := range t.Days {
		var edges []model.EdgeMinute
		for j := range t.Days[i].Edges {
			if edge := &t.Days[i].Edges[j]; flows[flowOf(&edge.Key)] {
				edges = append(edges, *edge)
				bytes += edge.Sent.WireBytes
			}
		}
		if len(edges) == 0 {
			continue
		}
		amount, err := priceOf(t.Book, &t.Days[i], edges)
		if err != nil {
			return cost, bytes, err
		}
		sum.Add(amount)
	}
	cost, err = sum.Amount()
	return cost, bytes, err
}

// remaining says of each zone what still goes the old way, and why as far as the
// facts tell.
func remaining(r *Recommendation, after *Topology, concerned map[flowKey]bool) []string {
	of := func(k *model.EdgeKey) (string, bool) {
		_, place := client(k)
		if !isOwn(k.Source) || !isOwn(k.Destination) {
			place, _, _ = placeAndOther(k)
		}
		return place.Zone, concerned[flowOf(k)] && r.isOldWay(k)
	}
	var reasons []string
	for _, g := range groupEdges(after, of) {
		reasons = append(reasons, fmt.Sprintf("%s of %s still go the old way: %s", humanBytes(g.bytes), g.key, r.whyStill(after, g.key)))
	}
	slices.Sort(reasons)
	return reasons
}

// isOldWay reports whether an edge still goes as the recommendation wanted to end.
func (r *Recommendation) isOldWay(k *model.EdgeKey) bool {
	if r.Kind == SameZoneRouting || r.Kind == CoLocation {
		return crossesZones(k)
	}
	if r.Change.Reroute == nil {
		return false
	}
	_, touched := r.Change.Reroute(model.EdgeMinute{Key: *k})
	return touched
}

func (r *Recommendation) whyStill(after *Topology, zone string) string {
	switch r.Kind {
	case SameZoneRouting:
		if len(r.Edges) > 0 {
			id, _ := server(&r.Edges[0])
			return after.whyCrossing(id, zone)
		}
		return "no endpoint of the zone was seen"
	case CoLocation:
		return "pods of the client still run there"
	case GatewayEndpoint:
		return "the route table of its subnet has no route to the endpoint"
	case InterfaceEndpoint:
		return "the name resolves to public addresses there: private DNS is off, or the client has an endpoint of its own configured"
	case NATPerZone:
		return "the zone's route table still points at the other zone's gateway"
	default:
		return "the change has not reached it"
	}
}

// whyCrossing says why clients of a zone still go to others for a workload.
func (t *Topology) whyCrossing(id model.Identity, zone string) string {
	service := t.Services[id.ID()]
	switch {
	case !t.isServing(id, zone):
		return "the zone has no endpoint"
	case service.Endpoints > 0 && service.Hinted == 0:
		return fmt.Sprintf("the zone has endpoints, but hints are missing from all %d endpoints in the EndpointSlices, so the node proxies spread as before", service.Endpoints)
	case service.Endpoints > 0 && service.Hinted < service.Endpoints:
		return fmt.Sprintf("the zone has endpoints, but hints are missing from %d of %d endpoints in the EndpointSlices: the node proxies ignore them all", service.Endpoints-service.Hinted, service.Endpoints)
	case service.Endpoints > 0:
		return "the endpoints carry hints, so clients hold on to old connections, go past the Service, or their node proxy does not know the hints"
	default:
		return "the zone has endpoints, so the routing is not in force: hints are missing from the EndpointSlices, or clients hold on to old connections"
	}
}
