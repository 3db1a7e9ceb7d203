package fold

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

// rowKey is everything of a reported row but its counts.
type rowKey struct {
	agent model.AgentID
	row   model.FlowRow
}

// InputDigest is the digest of what a minute is folded from: the rows, as a
// multiset, and which time each agent covered. Rows of the same agent with equal
// ends, port, role and window are added up first (their round-trip time is the
// highest), and covered periods are merged, so that neither the order of the
// rows nor the way they were cut into batches, nor a row cut into two, makes a
// difference. Batches that came twice must have been dropped before, by their
// key: two equal rows of two batches are two transfers.
func InputDigest(minute model.Minute, coverage *attribution.Coverage, rows []attribution.ReportedRow) model.Digest {
	sums := make(map[rowKey]model.FlowRow, len(rows))
	for _, reported := range rows {
		key := keyOf(reported)
		sums[key] = addRow(sums[key], reported.Row)
	}
	lines := make([]string, 0, len(sums))
	for key, sum := range sums {
		lines = append(lines, string(rowText(key, sum)))
	}
	slices.Sort(lines)
	text := []byte(inputForm + "\t" + minute.String() + "\n")
	for _, report := range coverage.Minute(minute) {
		text = fmt.Appendf(text, "agent\t%q\t%q\tcovered\t%v\tlost\t%v\n",
			report.Agent.Cluster, report.Agent.Node, report.Covered, report.Lost)
	}
	for _, line := range lines {
		text = append(text, line...)
	}
	return digestOf(text)
}

func keyOf(reported attribution.ReportedRow) rowKey {
	key := rowKey{reported.Agent, reported.Row}
	key.row.WindowStart = key.row.WindowStart.UTC().Round(0) // one text per instant, no monotonic part
	key.row.Sent, key.row.Received = model.Counts{}, model.Counts{}
	key.row.Connections, key.row.RTTMicros = 0, 0
	return key
}

func addRow(sum, row model.FlowRow) model.FlowRow {
	sum.Sent = sum.Sent.Add(row.Sent)
	sum.Received = sum.Received.Add(row.Received)
	sum.Connections += row.Connections
	sum.RTTMicros = max(sum.RTTMicros, row.RTTMicros)
	return sum
}

func rowText(key rowKey, sum model.FlowRow) []byte {
	row := key.row
	text := []byte("row")
	for _, name := range []string{key.agent.Cluster, key.agent.Node, row.Local.ID} {
		text = strconv.AppendQuote(append(text, '\t'), name)
	}
	for _, word := range []string{
		row.Local.Kind.String(), row.LocalAddr.String(), row.RemoteAddr.String(), row.VirtualAddr.String(),
		row.Protocol.String(), row.Role.String(), row.WindowStart.Format(time.RFC3339Nano),
	} {
		text = append(append(text, '\t'), word...)
	}
	text = appendNumber(text, uint64(row.ServerPort))
	text = appendNumber(text, uint64(row.WindowLength))
	text = appendCounts(text, sum.Sent)
	text = appendCounts(text, sum.Received)
	text = appendNumber(text, uint64(sum.Connections))
	text = appendNumber(text, uint64(sum.RTTMicros))
	if row.VirtualPort != 0 { // came later: a row without it has the text that it had
		text = appendNumber(text, uint64(row.VirtualPort))
	}
	return append(text, '\n')
}

// FactsDigest is the digest of a set of facts, whatever their order; a fact that
// is there twice counts once.
func FactsDigest(facts []model.Fact) (model.Digest, error) {
	lines := make([]string, 0, len(facts))
	for _, fact := range facts {
		fact.Period.From, fact.Period.To = fact.Period.From.UTC(), fact.Period.To.UTC()
		fact.Recorded = fact.Recorded.UTC()
		line, err := json.Marshal(fact)
		if err != nil {
			return "", fmt.Errorf("digest of fact %q of kind %q: %w", fact.Key, fact.Kind, err)
		}
		lines = append(lines, string(line))
	}
	slices.Sort(lines)
	text := []byte(factsForm + "\n")
	for _, line := range slices.Compact(lines) {
		text = append(append(text, line...), '\n')
	}
	return digestOf(text), nil
}
