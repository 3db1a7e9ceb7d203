package costrpc

import (
	"fmt"

	"github.com/egressor/egressor/costsvc/costpb"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
)

// shape is the part of an edge that decides its charges: there are a few
// hundred of them in a minute of a hundred thousand edges.
type shape struct {
	source, destination end
	path                model.Path
	checked             bool
}

type end struct {
	kind                  model.IdentityKind
	class, endpointRegion string
	place                 model.Place
}

func shapeOf(edge *model.EdgeMinute) shape {
	key := &edge.Key
	path := key.Path
	path.Via = ""
	return shape{endOf(&key.Source, key.SourcePlace), endOf(&key.Destination, key.DestinationPlace), path, edge.Checked}
}

func endOf(identity *model.Identity, place model.Place) end {
	if identity.Kind != model.KindCloudEndpoint {
		return end{kind: identity.Kind, place: place}
	}
	return end{identity.Kind, identity.Type, identity.Region, place}
}

// edge is an edge of the shape, with the names left out.
func (s *shape) edge(wireBytes uint64) model.EdgeMinute {
	return model.EdgeMinute{
		Key: model.EdgeKey{
			Source: s.source.identity(), SourcePlace: s.source.place,
			Destination: s.destination.identity(), DestinationPlace: s.destination.place, Path: s.path,
		},
		Sent:    model.Counts{WireBytes: wireBytes},
		Checked: s.checked,
	}
}

func (e *end) identity() model.Identity {
	return model.Identity{Kind: e.kind, Type: e.class, Region: e.endpointRegion}
}

func (s *shape) message() *costpb.Shape {
	return &costpb.Shape{
		Source: s.source.message(), Destination: s.destination.message(),
		PathKind: string(s.path.Kind), ViaZone: s.path.ViaZone, PathAssumed: s.path.Assumed, Checked: s.checked,
	}
}

func (e *end) message() *costpb.End {
	return &costpb.End{
		Kind: string(e.kind), Class: e.class, EndpointRegion: e.endpointRegion,
		Provider: e.place.Provider, Region: e.place.Region, Zone: e.place.Zone, Network: e.place.Network, Account: e.place.Account,
	}
}

func shapeFrom(m *costpb.Shape) shape {
	return shape{
		endFrom(m.GetSource()), endFrom(m.GetDestination()),
		model.Path{Kind: model.PathKind(m.GetPathKind()), ViaZone: m.GetViaZone(), Assumed: m.GetPathAssumed()}, m.GetChecked(),
	}
}

func endFrom(m *costpb.End) end {
	return end{
		model.IdentityKind(m.GetKind()), m.GetClass(), m.GetEndpointRegion(),
		model.Place{
			Provider: m.GetProvider(), Region: m.GetRegion(), Zone: m.GetZone(), Network: m.GetNetwork(), Account: m.GetAccount(),
		},
	}
}

func metersFrom(messages []*costpb.Meter) (pricing.Meters, error) {
	meters := make(pricing.Meters, len(messages))
	for _, m := range messages {
		fee, ok := transferclass.ParseFee(m.GetFee())
		if !ok {
			return nil, fmt.Errorf("meter of fee %q: there is no such fee", m.GetFee())
		}
		meters[pricing.Pool{Account: m.GetAccount(), Fee: fee, Region: m.GetRegion(), To: m.GetTo()}] = m.GetBytes()
	}
	return meters, nil
}

func meterMessages(meters pricing.Meters) []*costpb.Meter {
	messages := make([]*costpb.Meter, 0, len(meters))
	for pool, bytes := range meters {
		messages = append(messages, &costpb.Meter{Account: pool.Account, Fee: pool.Fee.String(), Region: pool.Region, To: pool.To, Bytes: bytes})
	}
	return messages
}
