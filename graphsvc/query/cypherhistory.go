package query

import (
	"context"
	"maps"
	"math"
)

// maxCypherTransfers bounds what a statement is given of history: no more than the
// gate lets a range count, since a list is gone through without a look at the clock.
const maxCypherTransfers = 10_000

// The parameters that hold history.
const (
	paramTransfers = "transfers"
	paramVersion   = "version"
)

// withHistory adds a window's transfers to a statement's parameters: history is
// packed in the graph, and a statement cannot read it there.
func (e *Explorer) withHistory(ctx context.Context, params map[string]any, ask Ask) (map[string]any, error) {
	for _, name := range []string{paramTransfers, paramVersion} {
		if _, given := params[name]; given {
			return nil, badInput("take another name", "$%s is the window's", name)
		}
	}
	graph, err := e.Transfers(ctx, ask, "", ByCost)
	if err != nil {
		return nil, err
	}
	if graph.Version == nil {
		return nil, nothingFolded()
	}
	if len(graph.Transfers) > maxCypherTransfers {
		return nil, badInput("give the window a filter, or make it shorter", "the window has %d transfers, and a statement gets at most %d", len(graph.Transfers), maxCypherTransfers)
	}
	all := maps.Clone(params)
	rows := make([]any, len(graph.Transfers))
	for i := range graph.Transfers {
		rows[i] = cypherRow(&graph.Transfers[i])
	}
	all[paramTransfers], all[paramVersion] = rows, int64(graph.Version.Number)
	return all, nil
}

// cypherRow is a transfer as Cypher sees it, with the names that the live
// relationships have: docs/formats/graph.md.
func cypherRow(t *Transfer) map[string]any {
	k := &t.Key
	row := map[string]any{
		"id": t.ID.String(), "source": k.Source.ID(), "destination": k.Destination.ID(),
		"sourceRevision": k.SourceRevision, "destinationRevision": k.DestinationRevision,
		"serverPort": int64(k.ServerPort), "protocol": k.Protocol.String(), "initiator": string(k.Initiator),
		"sourceZone": k.SourcePlace.Zone, "destinationZone": k.DestinationPlace.Zone,
		"sourceRegion": k.SourcePlace.Region, "destinationRegion": k.DestinationPlace.Region,
		"pathKind": string(k.Path.Kind), "pathVia": k.Path.Via,
		"wireBytes": whole(t.Sent.WireBytes), "packets": whole(t.Sent.Packets), "retransmittedPackets": whole(t.Sent.RetransmittedPackets),
		"connections": whole(t.Connections), "costNano": nanoOf(t.Cost.Nano), "rttMicros": nil,
	}
	if t.RTTMicros != 0 {
		row["rttMicros"] = int64(t.RTTMicros)
	}
	return row
}

// whole is a count as an integer of Cypher's; none is beyond 63 bits.
func whole(n uint64) int64 { return int64(min(n, math.MaxInt64)) }
