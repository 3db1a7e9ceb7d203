package scenario

import (
	"fmt"
	"strings"

	"github.com/egressor/egressor/internal/model"
)

// renderFindings writes the section findings.txt: what a reader of the graph
// and the bill must know to trust them. Each line is a rule that is true of the
// data, none is a guess at a cause.
func renderFindings(minutes []Minute) string {
	var lines []string
	for i := range minutes {
		m := &minutes[i]
		found := completeness(m)
		for j := range m.Edges {
			found = append(found, edgeFindings(&m.Edges[j].EdgeMinute)...)
		}
		if bytes := m.Statement.UnpricedBytes; bytes > 0 {
			found = append(found, fmt.Sprintf("unpriced-bytes: %d of %d bytes have a charge that is not known", bytes, m.Statement.Bytes))
		}
		for _, line := range found {
			lines = append(lines, clockOf(m)+" "+line+"\n")
		}
	}
	if len(lines) == 0 {
		return "none\n"
	}
	return strings.Join(lines, "")
}

// completeness speaks of the minute's reports as a whole.
func completeness(m *Minute) []string {
	var found []string
	for _, agent := range m.Incomplete {
		found = append(found, fmt.Sprintf("incomplete-report: the agent of %s was silent for some or all of the minute", agent))
	}
	for _, lost := range m.Losses {
		amount := "an unknown number of bytes"
		if lost.BytesKnown {
			amount = fmt.Sprintf("%d bytes", lost.Bytes)
		}
		found = append(found, fmt.Sprintf("loss: %s lost %s (%s)", lost.agent, amount, lost.Reason))
	}
	for _, count := range []struct {
		bytes uint64
		text  string
	}{
		{m.Check.SenderSilentBytes, "sender-silent: %d bytes were reported by their receiver alone although the sender's node reported in full"},
		{m.Check.MasqueradedBytes, "masqueraded: %d bytes were reported a second time under a node's address and are counted once"},
		{m.Check.UnmatchedBytes, "owners-disagree: for %d bytes the two ends disagree on who held an address"},
	} {
		if count.bytes > 0 {
			found = append(found, fmt.Sprintf(count.text, count.bytes))
		}
	}
	return found
}

func edgeFindings(edge *model.EdgeMinute) []string {
	var found []string
	for _, end := range []model.Identity{edge.Key.Source, edge.Key.Destination} {
		if end.Kind == model.KindUnknown {
			found = append(found, fmt.Sprintf("unknown-end: %d bytes, %s: %s", edge.Sent.WireBytes, end.Type, edgeName(&edge.Key)))
		}
	}
	if edge.Key.Path.Assumed {
		found = append(found, fmt.Sprintf("path-assumed: no route says how, %s was taken: %s", edge.Key.Path.Kind, edgeName(&edge.Key)))
	}
	if edge.Checked && edge.CheckBytes != edge.Sent.WireBytes {
		found = append(found, fmt.Sprintf("ends-differ: %d bytes as taken, %d by the other end: %s", edge.Sent.WireBytes, edge.CheckBytes, edgeName(&edge.Key)))
	}
	return found
}
