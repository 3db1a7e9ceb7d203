package fold

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

// InputDigest is the digest of what a minute is folded from: the rows, as a
// multiset, and which time each agent covered. Rows of the same agent with equal
// ends, port, role and window are added up first (their round-trip time is the
// highest), and covered periods are merged, so that neither the order of the
// rows nor the way they were cut into batches, nor a row cut into two, makes a
// difference. Batches that came twice must have been dropped before, by their
// key: two equal rows of two batches are two transfers.
func InputDigest(minute model.Minute, coverage *attribution.Coverage, rows []attribution.ReportedRow) model.Digest {
	sum := sha256.New()
	sum.Write([]byte(inputForm + "\t" + minute.String() + "\n"))
	for _, report := range coverage.Minute(minute) {
		sum.Write(fmt.Appendf(nil, "agent\t%q\t%q\tcovered\t%v\tlost\t%v\n",
			report.Agent.Cluster, report.Agent.Node, report.Covered, report.Lost))
	}
	var w rowWriter
	for _, one := range byReporter(rows) {
		sum.Write(w.lines(one))
	}
	return model.Digest(hex.EncodeToString(sum.Sum(nil)))
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
