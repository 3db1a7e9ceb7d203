package scenario

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/egressor/egressor/internal/model"
)

// renderGraph writes the section graph.txt: per minute the totals, then an edge
// a line.
func renderGraph(minutes []Minute) string {
	var out strings.Builder
	for i := range minutes {
		m := &minutes[i]
		totals := m.Version.Totals
		fmt.Fprintf(&out, "%s nodes %d edges %d bytes %d (%s) unknown %d\n", clockOf(m), totals.Nodes, totals.Edges,
			totals.Sent.WireBytes, humanBytes(totals.Sent.WireBytes), totals.UnknownBytes)
		for j := range m.Edges {
			fmt.Fprintf(&out, "  %s\n", edgeText(&m.Edges[j].EdgeMinute))
		}
	}
	return out.String()
}

// edgeText is one edge and what it carried.
func edgeText(edge *model.EdgeMinute) string {
	text := fmt.Sprintf("%s bytes %d (%s) packets %d connections %d", edgeName(&edge.Key),
		edge.Sent.WireBytes, humanBytes(edge.Sent.WireBytes), edge.Sent.Packets, edge.Connections)
	if edge.Sent.RetransmittedPackets > 0 {
		text += fmt.Sprintf(" retransmitted %d", edge.Sent.RetransmittedPackets)
	}
	if edge.RTTMicros > 0 {
		text += fmt.Sprintf(" rtt %dus", edge.RTTMicros)
	}
	if edge.Checked {
		text += fmt.Sprintf(" other end %d", edge.CheckBytes)
	}
	return text
}

// edgeName names an edge: its ends, server port, direction and path.
func edgeName(key *model.EdgeKey) string {
	directions := map[model.Initiator]string{model.InitiatorSource: "request", model.InitiatorDestination: "answer"}
	direction, known := directions[key.Initiator]
	if !known {
		direction = "either-way"
	}
	return fmt.Sprintf("%s -> %s %d/%s %s %s",
		endText(key.Source, key.SourceRevision, key.SourcePlace),
		endText(key.Destination, key.DestinationRevision, key.DestinationPlace),
		key.ServerPort, key.Protocol, direction, key.Path)
}

// endText is the end's id, its revision behind "@", and in brackets the zone, or
// else the region, the network and the account, as far as known.
func endText(identity model.Identity, revision string, place model.Place) string {
	text := identity.ID()
	if revision != "" {
		text += "@" + revision
	}
	where := []string{cmp.Or(place.Zone, place.Region), place.Network, place.Account}
	where = slices.DeleteFunc(where, func(part string) bool { return part == "" })
	if len(where) > 0 {
		text += "[" + strings.Join(where, " ") + "]"
	}
	return text
}

func clockOf(m *Minute) string { return m.Computed.Minute.Start().Format("15:04") }
