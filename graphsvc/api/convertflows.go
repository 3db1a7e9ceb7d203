package api

import (
	"context"
	"fmt"
	"hash/fnv"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/api/scalar"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

const (
	defaultFlowPage = 100
	// flowCursor pins the version and the window, names the filter, and stands
	// behind so many flows of a minute.
	flowCursor = "f%d:%d:%d:%d:%d:%d"
)

// flowPage is one page of raw flows.
func (r *Resolver) flowPage(ctx context.Context, window *gqlmodel.Window, first *int, after *string) (*gqlmodel.FlowConnection, error) {
	ask, err := askOf(window)
	if err != nil {
		return nil, err
	}
	meant, err := query.ParseFilter(ask.Filter)
	if err != nil {
		return nil, err
	}
	list := transferList{filter: meant.String()}
	var behind query.FlowPlace
	if after != nil {
		if ask, behind, err = list.flowsBehind(*after); err != nil {
			return nil, err
		}
	}
	page, err := r.explorer.RawFlows(ctx, ask, behind, orDefault(first, defaultFlowPage))
	if err != nil {
		return nil, err
	}
	return list.flowConnection(page, after != nil), nil
}

func (l transferList) flowsBehind(cursor string) (ask query.Ask, behind query.FlowPlace, err error) {
	var version, hash uint64
	var from, to model.Minute
	if err := decodeCursor(cursor, flowCursor, &version, &from, &to, &hash, &behind.Minute, &behind.Shown); err != nil {
		return ask, behind, err
	}
	if version == 0 || behind.Shown < 1 {
		return ask, behind, unreadableCursor()
	}
	if hash != l.hash() {
		return ask, behind, badInput("page on with the filter that the cursor is from", "the cursor is of another list")
	}
	return query.Ask{From: from.Start(), To: to.Start(), AsOfVersion: version, Filter: l.filter}, behind, nil
}

func (l transferList) flowConnection(p *query.FlowPage, before bool) *gqlmodel.FlowConnection {
	page := &gqlmodel.FlowConnection{
		Edges: make([]*gqlmodel.FlowEdge, len(p.Flows)), PageInfo: &gqlmodel.PageInfo{HasNextPage: p.More, HasPreviousPage: before},
		Version: versionOf(p.Version), Window: windowOf(p.Window), Page: p,
	}
	for i := range p.Flows {
		w, place := p.Window, p.Places[i]
		page.Edges[i] = &gqlmodel.FlowEdge{
			Cursor: encodeCursor(flowCursor, w.Version, int64(w.From), int64(w.To), l.hash(), int64(place.Minute), place.Shown),
			Node:   flowOf(&p.Flows[i]),
		}
	}
	if last := len(page.Edges) - 1; last >= 0 {
		page.PageInfo.StartCursor, page.PageInfo.EndCursor = &page.Edges[0].Cursor, &page.Edges[last].Cursor
	}
	return page
}

func flowOf(f *query.Flow) *gqlmodel.Flow {
	k, row := &f.Key, &f.Row.Flow
	return &gqlmodel.Flow{
		ID: flowID(f), WindowStart: row.WindowStart, WindowSeconds: row.WindowLength.Seconds(), Agent: f.Row.Batch.Agent.String(),
		BySender: f.BySender, Taken: f.Taken, Transfer: k.ID().String(),
		Source: k.Source.ID(), Destination: k.Destination.ID(), SourceName: k.Source.Name, DestinationName: k.Destination.Name,
		SourceAddress: addressText(f.Source), DestinationAddress: addressText(f.Destination),
		SourceZone: k.SourcePlace.Zone, DestinationZone: k.DestinationPlace.Zone,
		ServerPort: int(k.ServerPort), Protocol: k.Protocol.String(), Initiator: initiators[k.Initiator], Path: string(k.Path.Kind), Via: k.Path.Via,
		Bytes: scalar.BytesOf(f.Counts.WireBytes), PayloadBytes: scalar.BytesOf(f.Counts.PayloadBytes),
		Packets: scalar.BytesOf(f.Counts.Packets), RetransmittedPackets: scalar.BytesOf(f.Counts.RetransmittedPackets),
		Connections: int(row.Connections), RttMicros: rttOf(row.RTTMicros), Batch: fmt.Sprintf("%s/%d", f.Row.Batch.Boot, f.Row.Batch.Sequence),
	}
}

// flowID is the same for the same direction of the same row, in whichever version
// it is read.
func flowID(f *query.Flow) string {
	hash := fnv.New64a()
	row := &f.Row.Flow
	_, _ = fmt.Fprintf(hash, "%+v|%+v|%s|%s|%s|%s|%d|%d|%s|%d|%v|%+v", f.Row.Batch, row.Local, row.LocalAddr, row.RemoteAddr, row.VirtualAddr,
		row.WindowStart, row.WindowLength, row.ServerPort, row.Protocol, row.Role, f.BySender, f.Counts) // never fails, by its documentation
	return fmt.Sprintf("f%016x", hash.Sum64())
}

func tagOf(t *query.Tag) *gqlmodel.VersionTag {
	return &gqlmodel.VersionTag{Name: t.Name, Version: scalar.Version(t.Version), By: t.By, Note: t.Note, TaggedAt: t.At}
}

func tagsOf(tags []query.Tag) []*gqlmodel.VersionTag {
	converted := make([]*gqlmodel.VersionTag, len(tags))
	for i := range tags {
		converted[i] = tagOf(&tags[i])
	}
	return converted
}
