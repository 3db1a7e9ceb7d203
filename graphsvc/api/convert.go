package api

import (
	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/api/scalar"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

var versionKinds = map[model.VersionKind]gqlmodel.VersionKind{
	model.VersionFold:    gqlmodel.VersionKindFold,
	model.VersionRefold:  gqlmodel.VersionKindRefold,
	model.VersionCompact: gqlmodel.VersionKindCompact,
	model.VersionReprice: gqlmodel.VersionKindReprice,
}

var entityKinds = map[model.IdentityKind]gqlmodel.EntityKind{
	model.KindWorkload:      gqlmodel.EntityKindWorkload,
	model.KindNode:          gqlmodel.EntityKindNode,
	model.KindCloudEndpoint: gqlmodel.EntityKindCloudEndpoint,
	model.KindUnknown:       gqlmodel.EntityKindUnknown,
}

var initiators = map[model.Initiator]gqlmodel.Initiator{
	model.InitiatorSource:      gqlmodel.InitiatorSource,
	model.InitiatorDestination: gqlmodel.InitiatorDestination,
	model.InitiatorUnknown:     gqlmodel.InitiatorUnknown,
}

func versionValue(v model.GraphVersion) *gqlmodel.GraphVersion { return versionOf(&v) }

func versionOf(v *model.GraphVersion) *gqlmodel.GraphVersion {
	if v == nil {
		return nil
	}
	return &gqlmodel.GraphVersion{
		ID: versionID(v.Number), Number: scalar.Version(v.Number), Kind: versionKinds[v.Kind],
		From: v.From.Start(), To: v.To.Start(),
		Digest: string(v.Digest), PreviousDigest: string(v.Previous),
		InputDigest: string(v.InputDigest), FactsDigest: string(v.FactsDigest),
		PriceBook: v.PriceBook, PricingMode: v.PricingMode, CodeVersion: v.CodeVersion,
		CommittedAt: v.CommittedAt.UTC(), Header: v,
	}
}

func metaOf(m *query.Meta) *gqlmodel.GraphMeta {
	return &gqlmodel.GraphMeta{
		Version: versionOf(&m.Version), LagSeconds: int(m.Lag.Seconds()),
		LostBytes: known(m.LostBytes, m.LostKnown), Lab: m.Lab,
	}
}

// known is null where the count is not known.
func known(bytes uint64, ok bool) *scalar.Bytes {
	if !ok {
		return nil
	}
	return ptr(scalar.BytesOf(bytes))
}

func windowOf(w query.Window) *gqlmodel.AnsweredWindow {
	return &gqlmodel.AnsweredWindow{From: w.From.Start(), To: w.To.Start(), Minutes: int(w.To - w.From), Asked: w}
}

func graphOf(g query.Graph) *gqlmodel.GraphView {
	view := &gqlmodel.GraphView{
		Version: versionOf(g.Version), Window: windowOf(g.Window),
		Nodes:     make([]*gqlmodel.Entity, len(g.Nodes)),
		Transfers: transfersOf(g.Transfers, g.Currency),
		Total:     sumOf(g.Total, g.Currency), Rest: sumOf(g.Rest, g.Currency), RestNodes: g.RestNodes,
	}
	for i, node := range g.Nodes {
		view.Nodes[i] = entityOf(node, g.Currency)
	}
	return view
}

func sumOf(s query.Sum, currency string) *gqlmodel.TransferSum {
	return &gqlmodel.TransferSum{Transfers: s.Transfers, Bytes: scalar.BytesOf(s.Bytes), Cost: moneyOf(s.Cost, currency)}
}

func entityOf(n query.Node, currency string) *gqlmodel.Entity {
	return &gqlmodel.Entity{
		ID: n.Identity.ID(), Kind: entityKinds[n.Identity.Kind], Name: n.Identity.Name,
		Namespace: n.Identity.Namespace, Type: n.Identity.Type, Cluster: n.Identity.Cluster,
		Regions: listed(n.Regions), Zones: listed(n.Zones), X: n.X, Y: n.Y,
		BytesOut: scalar.BytesOf(n.BytesOut), BytesIn: scalar.BytesOf(n.BytesIn), Cost: moneyOf(n.Cost, currency),
	}
}

func transfersOf(transfers []query.Transfer, currency string) []*gqlmodel.Transfer {
	converted := make([]*gqlmodel.Transfer, len(transfers))
	for i := range transfers {
		converted[i] = transferOf(transfers[i], currency)
	}
	return converted
}

func transferOf(t query.Transfer, currency string) *gqlmodel.Transfer {
	return &gqlmodel.Transfer{
		ID:     t.ID.String(),
		Source: t.Key.Source.ID(), Destination: t.Key.Destination.ID(),
		SourceName: t.Key.Source.Name, DestinationName: t.Key.Destination.Name,
		SourceRevision: t.Key.SourceRevision, DestinationRevision: t.Key.DestinationRevision,
		ServerPort: int(t.Key.ServerPort), Protocol: t.Key.Protocol.String(), Initiator: initiators[t.Key.Initiator],
		SourceZone: t.Key.SourcePlace.Zone, DestinationZone: t.Key.DestinationPlace.Zone,
		SourceRegion: t.Key.SourcePlace.Region, DestinationRegion: t.Key.DestinationPlace.Region,
		SourceAccount: t.Key.SourcePlace.Account, DestinationAccount: t.Key.DestinationPlace.Account,
		SourceNetwork: t.Key.SourcePlace.Network, DestinationNetwork: t.Key.DestinationPlace.Network,
		Path: string(t.Key.Path.Kind), Via: t.Key.Path.Via, PathAssumed: t.Key.Path.Assumed,
		Bytes: scalar.BytesOf(t.Sent.WireBytes), PayloadBytes: scalar.BytesOf(t.Sent.PayloadBytes),
		Packets: scalar.BytesOf(t.Sent.Packets), RetransmittedPackets: scalar.BytesOf(t.Sent.RetransmittedPackets),
		Connections: scalar.BytesOf(t.Connections), RttMicros: rttOf(t.RTTMicros),
		CheckBytes: known(t.CheckBytes, t.Checked), Cost: moneyOf(t.Cost, currency),
	}
}

func rttOf(micros uint32) *int {
	if micros == 0 {
		return nil
	}
	return ptr(int(micros))
}

func totalsOf(totals []query.MinuteTotal, currency string) []*gqlmodel.MinuteTotal {
	converted := make([]*gqlmodel.MinuteTotal, len(totals))
	for i, t := range totals {
		converted[i] = &gqlmodel.MinuteTotal{Minute: t.Minute.Start(), Bytes: scalar.BytesOf(t.Bytes), Cost: moneyOf(t.Cost, currency)}
	}
	return converted
}
