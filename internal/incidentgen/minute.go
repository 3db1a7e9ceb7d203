package incidentgen

import (
	"fmt"
	"math"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Traffic is one minute of a cluster.
type Traffic struct {
	Edges []model.PricedEdge
	IDs   []model.EdgeID
	// Extra is the exact cost that an incident added: what was paid less what would
	// have been with the same noise.
	Extra money.Amount
	// Surprise is what chance made, after the onset, of what the incident changed: what
	// it would have cost with the same noise, less what was to be foreseen, in nano-units.
	// No estimate can know it: it is how far off the best one is.
	Surprise float64
	// ExtraOf is Extra by the two ends of each call, client first, in nano-units.
	ExtraOf map[[2]model.Identity]float64
}

// Minute is what the cluster moves in one minute. Minutes must be asked for in
// order, each once. The slices are valid until the next call.
func (c *Cluster) Minute(minute model.Minute, incident *Incident) (t Traffic, err error) {
	var added money.Accumulator
	t = Traffic{Edges: c.spare.Edges[:0], IDs: c.spare.IDs[:0], ExtraOf: map[[2]model.Identity]float64{}}
	for _, call := range c.calls {
		if call.born > minute {
			continue
		}
		if call.lanes == nil {
			if err := c.route(call); err != nil {
				return t, err
			}
		}
		// The same draws with and without the incident.
		base, one, two, three := call.at(minute)*call.draw(), small(call), small(call), small(call)
		grown := math.Pow(call.grows, incident.hoursSince(minute))
		now := volume{
			request: call.request * base * one * call.requests * grown, answer: call.answer * base * two * call.answers * grown,
			connections: call.connections * base * three * call.opened * grown, resent: call.resent,
		}
		if now.request+now.answer < 1 {
			continue
		}
		from := len(t.Edges)
		if err = c.emit(&t, call, minute, now); err != nil {
			return t, err
		}
		if incident.running(minute) && incident.touched[call] != nil {
			before := incident.touched[call]
			usual, err := c.compare(&added, t.Edges[from:], before, minute, base, one, two)
			if err != nil {
				return t, err
			}
			t.ExtraOf[[2]model.Identity{call.client, call.server}] += paid(t.Edges[from:]) - usual
			if before.lanes != nil {
				t.Surprise += usual - before.foreseen(minute, incident.At)
			}
		} else if c.dearer != nil && minute >= c.dearFrom {
			if err := c.compareDear(&added, t.Edges[from:]); err != nil {
				return t, err
			}
		}
	}
	t.Extra, err = added.Amount()
	c.spare = t
	return t, err
}

func paid(edges []model.PricedEdge) (nano float64) {
	for i := range edges {
		high, low := edges[i].Cost.Words()
		nano += (math.Ldexp(float64(high), 64) + float64(low)) / money.AtomsPerNano
	}
	return nano
}

// volume is a call's minute.
type volume struct{ request, answer, connections, resent float64 }

// small is the noise of one direction.
func small(c *call) float64 { return math.Exp(smallSigma * c.noise.NormFloat64()) }

const smallSigma = 0.03

// emit appends a call's edges.
func (c *Cluster) emit(t *Traffic, call *call, minute model.Minute, v volume) error {
	const segment = 1200
	for i := range call.lanes {
		lane := &call.lanes[i]
		for _, way := range []struct {
			key   *model.EdgeKey
			bytes float64
			rate  int64
			id    model.EdgeID
		}{{&lane.request, v.request, lane.requestRate, lane.requestID}, {&lane.answer, v.answer, lane.answerRate, lane.answerID}} {
			bytes := uint64(way.bytes * lane.share)
			if bytes == 0 {
				continue
			}
			rate := way.rate
			if c.dearer != nil && minute >= c.dearFrom {
				rate = c.dear(way.key, rate)
			}
			cost, err := money.FromBytes(bytes, rate, gib)
			if err != nil {
				return err
			}
			packets := bytes/segment + 1
			t.IDs = append(t.IDs, way.id)
			t.Edges = append(t.Edges, model.PricedEdge{Cost: cost, EdgeMinute: model.EdgeMinute{
				Minute: minute, Key: *way.key, Connections: uint64(v.connections * lane.share),
				Sent: model.Counts{WireBytes: bytes, Packets: packets, RetransmittedPackets: uint64(v.resent * float64(packets))},
			}})
		}
	}
	return nil
}

func (c *Cluster) dear(key *model.EdgeKey, rate int64) int64 {
	if factor, ok := c.dearer[key.Path.Kind]; ok {
		return int64(float64(rate) * factor)
	}
	return rate
}

// compare adds what edges cost less what the call would have cost without the
// incident, and returns that, in nano-units.
func (c *Cluster) compare(added *money.Accumulator, edges []model.PricedEdge, was *call, minute model.Minute, base, one, two float64) (float64, error) {
	for i := range edges {
		added.Add(edges[i].Cost)
	}
	if was.lanes == nil { // it did not exist
		return 0, nil
	}
	var usual Traffic
	if err := c.emit(&usual, was, minute, volume{request: was.request * base * one * was.requests, answer: was.answer * base * two * was.answers}); err != nil {
		return 0, err
	}
	for i := range usual.Edges {
		negative, err := usual.Edges[i].Cost.Neg()
		if err != nil {
			return 0, err
		}
		added.Add(negative)
	}
	return paid(usual.Edges), nil
}

// compareDear adds what the dearer price made of edges.
func (c *Cluster) compareDear(added *money.Accumulator, edges []model.PricedEdge) error {
	for i := range edges {
		rate, err := c.rates.of(&edges[i].Key, edges[i].Minute)
		if err != nil {
			return err
		}
		usual, err := money.FromBytes(edges[i].Sent.WireBytes, rate, gib)
		if err != nil {
			return err
		}
		more, err := edges[i].Cost.Sub(usual)
		if err != nil {
			return err
		}
		added.Add(more)
	}
	return nil
}

// route works out a call's lanes: cluster-wide routing spreads each zone's
// clients over the servers of all zones.
func (c *Cluster) route(call *call) error {
	call.lanes = nil
	outside := call.to == nil
	for from, clientShare := range c.placeOf(call) {
		for to := range Zones {
			serverShare, toZone := 1.0, ""
			if !outside {
				serverShare, toZone = call.to.place[to], Zones[to]
			} else if to > 0 {
				break
			}
			if clientShare*serverShare == 0 {
				continue
			}
			if err := c.addLane(call, Zones[from], toZone, clientShare*serverShare); err != nil {
				return err
			}
		}
	}
	if len(call.lanes) == 0 {
		return fmt.Errorf("call of %s to %s has no lane: an end has no pod", call.client, call.server)
	}
	return nil
}

// placeOf is where a call's client is, by zone.
func (c *Cluster) placeOf(call *call) [3]float64 {
	if call.from != nil {
		return call.from.place
	}
	var place [3]float64
	place[c.nodeZone[call.client.Name]] = 1
	return place
}

func (c *Cluster) addLane(call *call, from, to string, share float64) error {
	key := model.EdgeKey{
		Source: call.client, Destination: call.server, ServerPort: call.port, Protocol: model.TCP, Initiator: model.InitiatorSource,
		SourcePlace: model.Place{Provider: "aws", Region: Region, Zone: from}, DestinationPlace: model.Place{Provider: "aws", Region: Region, Zone: to}, Path: call.path,
	}
	if call.server.Type == "internet" {
		key.DestinationPlace = model.Place{}
	}
	if call.from != nil {
		key.SourceRevision = call.from.revisionID()
	}
	if call.to != nil {
		key.DestinationRevision = call.to.revisionID()
	}
	c.follow(call, &key)
	answer := key
	answer.Source, answer.Destination, answer.SourcePlace, answer.DestinationPlace = key.Destination, key.Source, key.DestinationPlace, key.SourcePlace
	answer.SourceRevision, answer.DestinationRevision, answer.Initiator = key.DestinationRevision, key.SourceRevision, model.InitiatorDestination
	l := lane{request: key, answer: answer, share: share, requestID: key.ID(), answerID: answer.ID()}
	var err error
	if l.requestRate, err = c.rates.of(&key, c.Start); err != nil {
		return err
	}
	l.answerRate, err = c.rates.of(&answer, c.Start)
	call.lanes = append(call.lanes, l)
	return err
}
