package costrpc

import (
	"github.com/egressor/egressor/costsvc/costpb"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
)

// shapes numbers the shapes of a minute's edges: a shape is the part of an edge
// that decides its charges, and there are a few hundred of them in a minute of a
// hundred thousand edges. It is looked up by a hash of a few letters of it, and
// compared with the edges that were seen first: hashing or copying the whole
// shape of each edge would cost more than pricing does.
type shapes struct {
	first  []*model.EdgeMinute // of each shape
	byHash map[uint64][]uint32
}

func newShapes() *shapes { return &shapes{byHash: make(map[uint64][]uint32)} }

// number is the index of the edge's shape, and whether it is a new one. The edge
// must stay as it is while the shapes are in use.
func (s *shapes) number(edge *model.EdgeMinute) (index uint32, added bool) {
	hash := shapeHash(edge)
	for _, index := range s.byHash[hash] {
		if sameShape(s.first[index], edge) {
			return index, false
		}
	}
	index = uint32(len(s.first))
	s.first = append(s.first, edge)
	s.byHash[hash] = append(s.byHash[hash], index)
	return index, true
}

// shapeHash mixes lengths and last letters, which tell zones and kinds apart.
func shapeHash(edge *model.EdgeMinute) uint64 {
	key := &edge.Key
	hash := uint64(len(key.Path.Kind))
	if edge.Checked {
		hash++
	}
	for _, text := range [...]string{
		string(key.Source.Kind), string(key.Destination.Kind), classOf(&key.Source), classOf(&key.Destination),
		key.SourcePlace.Zone, key.DestinationPlace.Zone, key.SourcePlace.Region, key.DestinationPlace.Region,
		key.SourcePlace.Account, key.DestinationPlace.Account, key.SourcePlace.Network, key.DestinationPlace.Network, key.Path.Via, key.Path.ViaZone,
	} {
		hash = hash*prime + uint64(len(text))
		if text != "" {
			hash = hash*prime + uint64(text[len(text)-1])
		}
	}
	return hash
}

// prime is FNV's.
const prime = 1_099_511_628_211

// sameShape reports whether two edges differ in nothing that decides a charge.
func sameShape(a, b *model.EdgeMinute) bool {
	return a.Checked == b.Checked && a.Key.Path == b.Key.Path && a.Key.SourcePlace == b.Key.SourcePlace && a.Key.DestinationPlace == b.Key.DestinationPlace &&
		sameEnd(&a.Key.Source, &b.Key.Source) && sameEnd(&a.Key.Destination, &b.Key.Destination)
}

func sameEnd(a, b *model.Identity) bool {
	return a.Kind == b.Kind && classOf(a) == classOf(b) && (a.Kind != model.KindCloudEndpoint || a.Region == b.Region && ownName(a) == ownName(b))
}

// classOf is an endpoint's class; the type of anything else decides nothing.
func classOf(identity *model.Identity) string {
	if identity.Kind != model.KindCloudEndpoint {
		return ""
	}
	return identity.Type
}

// ownName is the name of an end in the customer's own network: lines of his own
// go by it.
func ownName(identity *model.Identity) string {
	if classOf(identity) != "on-premises" {
		return ""
	}
	return identity.Name
}

func shapeMessage(edge *model.EdgeMinute) *costpb.Shape {
	key := &edge.Key
	return &costpb.Shape{
		Source: endMessage(&key.Source, &key.SourcePlace), Destination: endMessage(&key.Destination, &key.DestinationPlace),
		PathKind: string(key.Path.Kind), Via: key.Path.Via, ViaZone: key.Path.ViaZone, PathAssumed: key.Path.Assumed, Checked: edge.Checked,
	}
}

func endMessage(identity *model.Identity, place *model.Place) *costpb.End {
	m := &costpb.End{
		Kind: string(identity.Kind), Class: classOf(identity), Name: ownName(identity),
		Provider: place.Provider, Region: place.Region, Zone: place.Zone, Network: place.Network, Account: place.Account,
	}
	if identity.Kind == model.KindCloudEndpoint {
		m.EndpointRegion = identity.Region
	}
	return m
}

// describe is the transfer of a shape's edges, without id and bytes.
func describe(book *pricing.Book, m *costpb.Shape) pricing.Transfer {
	key := model.EdgeKey{
		Source: identityFrom(m.GetSource()), SourcePlace: placeFrom(m.GetSource()),
		Destination: identityFrom(m.GetDestination()), DestinationPlace: placeFrom(m.GetDestination()),
		Path: model.Path{Kind: model.PathKind(m.GetPathKind()), Via: m.GetVia(), ViaZone: m.GetViaZone(), Assumed: m.GetPathAssumed()},
	}
	var t pricing.Transfer
	book.Describe(&key, m.GetChecked(), &t)
	return t
}

func identityFrom(m *costpb.End) model.Identity {
	return model.Identity{Kind: model.IdentityKind(m.GetKind()), Type: m.GetClass(), Name: m.GetName(), Region: m.GetEndpointRegion()}
}

func placeFrom(m *costpb.End) model.Place {
	return model.Place{Provider: m.GetProvider(), Region: m.GetRegion(), Zone: m.GetZone(), Network: m.GetNetwork(), Account: m.GetAccount()}
}
