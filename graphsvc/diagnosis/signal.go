package diagnosis

import (
	"math"
	"slices"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
)

// signal is what changed about one flow beyond its cost.
type signal struct {
	flow  baseline.Flow
	parts Parts
	// cells before, at the length of after, and after.
	before, after []Cell
	// sums of either.
	was, is Cell
	// inside is true for a flow of the incident.
	inside bool
	// known is true for a flow that carried bytes at some time earlier than Before.
	known bool
}

func (s *signal) isNew() bool { return s.was.Bytes == 0 && s.is.Bytes > 0 }

// isFirst reports whether the two ends never talked before, as far as that is known.
func (s *signal) isFirst() bool { return s.isNew() && !s.known }

// client and server are the ends by who opened; of unknown opener the source is
// taken for the client.
func (s *signal) client() model.Identity {
	if s.flow.Initiator == model.InitiatorDestination {
		return s.flow.Destination
	}
	return s.flow.Source
}

func (s *signal) server() model.Identity {
	if s.flow.Initiator == model.InitiatorDestination {
		return s.flow.Source
	}
	return s.flow.Destination
}

func (s *signal) touches(id model.Identity) bool {
	return s.flow.Source == id || s.flow.Destination == id
}

// growth is after over before; what was nothing grew without bound.
func growth(before, after uint64) float64 {
	if before == 0 {
		if after == 0 {
			return 1
		}
		return math.Inf(1)
	}
	return float64(after) / float64(before)
}

func (s *signal) bytesGrowth() float64       { return growth(s.was.Bytes, s.is.Bytes) }
func (s *signal) connectionsGrowth() float64 { return growth(s.was.Connections, s.is.Connections) }

// perConnection is how the bytes of a connection grew.
func (s *signal) perConnection() float64 {
	if s.was.Connections == 0 || s.is.Connections == 0 {
		return s.bytesGrowth()
	}
	return s.bytesGrowth() / s.connectionsGrowth()
}

// resent is the share of packets that were sent again.
func resent(c *Cell) float64 {
	if c.Packets == 0 {
		return 0
	}
	return float64(c.Retransmitted) / float64(c.Packets)
}

// carriedBy is the share of the new bytes whose end at a workload is a revision's.
func (s *signal) carriedBy(id model.Identity, revision string) (bytes uint64) {
	for i := range s.after {
		key := &s.after[i].Key
		if key.Source == id && key.SourceRevision == revision || key.Destination == id && key.DestinationRevision == revision {
			bytes += s.after[i].Bytes
		}
	}
	return bytes
}

// rerouted are the new bytes that go by a kind of way, or through a gateway, that
// the flow did not use before.
func (s *signal) rerouted() (bytes uint64) {
	for i := range s.after {
		path := s.after[i].Key.Path
		used := slices.ContainsFunc(s.before, func(c Cell) bool {
			return wayOf(c.Key.Path) == wayOf(path)
		})
		if !used {
			bytes += s.after[i].Bytes
		}
	}
	return bytes
}

// wayOf is a path without its zone. Within the own network there is one way, on
// one machine or between two: how far it is, the zones say.
func wayOf(p model.Path) model.Path {
	if p.Kind == model.PathNode {
		p.Kind = model.PathVPC
	}
	return model.Path{Kind: p.Kind, Via: p.Via}
}

// signalsOf are the signals of every flow of two periods.
func signalsOf(q *Question, split *Split) ([]signal, error) {
	earlier, err := q.Before.scaled(q.After.Minutes)
	if err != nil {
		return nil, err
	}
	parts := make(map[baseline.Flow]*FlowSplit, len(split.Flows))
	for i := range split.Flows {
		parts[split.Flows[i].Flow] = &split.Flows[i]
	}
	inside := map[baseline.Flow]bool{}
	for _, flow := range q.Flows {
		inside[flow] = true
	}
	pairs := pair(&earlier, &q.After)
	signals := make([]signal, len(pairs))
	for i, p := range pairs {
		signals[i] = signal{
			flow: p.flow, parts: parts[p.flow].Parts, before: p.before, after: p.after,
			was: countsOf(p.before), is: countsOf(p.after), inside: inside[p.flow] || len(q.Flows) == 0,
		}
		signals[i].known = q.Known != nil && q.Known(p.flow)
		if q.Season != nil {
			signals[i].was = signals[i].was.times(q.Season(p.flow))
		}
	}
	return signals, nil
}

// times are counts of another hour of the season; its cost is left as it was.
func (c Cell) times(factor float64) Cell {
	for _, count := range []*uint64{&c.Bytes, &c.Connections, &c.Packets, &c.Retransmitted} {
		*count = uint64(math.Round(float64(*count) * factor))
	}
	return c
}

func countsOf(cells []Cell) Cell {
	var sum Cell
	for i := range cells {
		sum.Bytes += cells[i].Bytes
		sum.Connections += cells[i].Connections
		sum.Packets += cells[i].Packets
		sum.Retransmitted += cells[i].Retransmitted
	}
	return sum
}
