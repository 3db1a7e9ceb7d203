package diagnosis_test

import (
	"fmt"
	"testing"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/graphsvc/diagnosis"
	"github.com/egressor/egressor/internal/model"
)

// BenchmarkDiagnose explains an incident of one flow among two periods of 30,000
// edges: the split of all, the drill-down and the causes.
func BenchmarkDiagnose(b *testing.B) {
	const edges, servers = 30_000, 2000
	var before, after []diagnosis.Cell
	for n := range edges {
		key := edge(fmt.Sprintf("w%d", n%servers), fmt.Sprintf("s%d", n/servers), "a", "b", model.PathVPC)
		key.SourceRevision = "r1"
		before, after = append(before, cell(b, key, 1<<20+uint64(n), cross)), append(after, cell(b, key, 1<<20+uint64(n), cross))
	}
	after[7].Bytes *= 10
	q := question(before, after, rollout("w7", "r1", at(-1)))
	q.Flows = []baseline.Flow{baseline.FlowOf(&after[7].Key)}
	for b.Loop() {
		if _, err := diagnosis.Diagnose(q); err != nil {
			b.Fatal(err)
		}
	}
}
