package baseline

import (
	"strconv"

	"github.com/egressor/egressor/internal/model"
)

// Flow is who talks to whom, whichever revision, zone or way: an edge of the
// graph without the parts that a rollout, a rescheduling or a route changes.
type Flow struct {
	Source, Destination model.Identity
	ServerPort          uint16
	Protocol            model.Protocol
	Initiator           model.Initiator
}

// FlowOf is the flow that an edge belongs to.
func FlowOf(key *model.EdgeKey) Flow {
	return Flow{key.Source, key.Destination, key.ServerPort, key.Protocol, key.Initiator}
}

// String is "SOURCE -> DESTINATION PORT/PROTOCOL INITIATOR".
func (f Flow) String() string {
	return f.Source.ID() + " -> " + f.Destination.ID() + " " + strconv.Itoa(int(f.ServerPort)) + "/" + f.Protocol.String() + " " + string(f.Initiator)
}

// Lane is where and by which way a part of a flow's bytes went.
type Lane struct {
	SourcePlace, DestinationPlace model.Place
	Path                          model.Path
}

// LaneOf is the lane of an edge.
func LaneOf(key *model.EdgeKey) Lane {
	return Lane{key.SourcePlace, key.DestinationPlace, key.Path}
}

// Classes of lanes beyond the path kinds.
const (
	ClassSameZone    = "same-zone"
	ClassCrossZone   = "cross-zone"
	ClassCrossRegion = "cross-region"
)

// Class is the lane's path class: what decides its price. A private way is told
// apart by the distance, every other by its kind.
func (l Lane) Class() string {
	switch l.Path.Kind {
	case model.PathVPC, model.PathPeering:
		return l.distance()
	case model.PathNAT:
		if l.Path.ViaZone != "" && l.SourcePlace.Zone != "" && l.Path.ViaZone != l.SourcePlace.Zone {
			return string(model.PathNAT) + "-" + ClassCrossZone
		}
		return string(model.PathNAT)
	default:
		return string(l.Path.Kind)
	}
}

func (l Lane) distance() string {
	switch {
	case l.SourcePlace.Region != l.DestinationPlace.Region:
		return ClassCrossRegion
	case l.SourcePlace.Zone != l.DestinationPlace.Zone:
		return ClassCrossZone
	default:
		return ClassSameZone
	}
}

// ScopeKind says what a series is about.
type ScopeKind string

// Scope kinds.
const (
	ScopeFlow     ScopeKind = "flow"
	ScopeWorkload ScopeKind = "workload" // everything that one workload sends
	ScopeClass    ScopeKind = "path"     // everything of one path class
	ScopeEndpoint ScopeKind = "endpoint" // everything from and to one cloud endpoint
	ScopeCharge   ScopeKind = "charge"   // one charge code of the bill
)

// Scope is what one series is about.
type Scope struct {
	Kind ScopeKind
	// Flow is set for ScopeFlow.
	Flow Flow
	// Name is the workload's or endpoint's id, the class, or the code.
	Name string
}

// String is the scope's stable text form.
func (s Scope) String() string {
	if s.Kind == ScopeFlow {
		return string(s.Kind) + " " + s.Flow.String()
	}
	return string(s.Kind) + " " + s.Name
}

// outside reports whether an end is beyond the cluster and not a service of the
// provider: the internet or an address that nobody knows.
func outside(i model.Identity) bool {
	switch i.Kind {
	case model.KindCloudEndpoint:
		return i.Type == "internet" || i.Type == "on-premises" || i.Type == "saas"
	case model.KindUnknown:
		return i.Type == string(model.UnknownAddress)
	default:
		return false
	}
}
