package attribution_test

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

// BenchmarkAttribute attributes a minute of 100,000 rows: 50 nodes, 2,000 pods,
// both ends reporting in six windows.
func BenchmarkAttribute(b *testing.B) {
	facts, rows := busyMinute(50, 2000, 100_000)
	index, err := attribution.NewIndex(facts)
	if err != nil {
		b.Fatal(err)
	}
	var coverage attribution.Coverage
	for n := range 50 {
		coverage.Add(agent(fmt.Sprint("node-", n)), model.Period{From: start, To: at(60)})
	}
	b.ReportAllocs()
	for b.Loop() {
		attribution.Attribute(index, &coverage, rows)
	}
	b.ReportMetric(float64(len(rows))*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func busyMinute(nodes, pods, count int) ([]model.Fact, []attribution.ReportedRow) {
	var facts []model.Fact
	for n := range nodes {
		facts = append(facts, nodeFact(fmt.Sprint("node-", n), fmt.Sprint("use1-az", n%3+1), fmt.Sprintf("10.%d.%d.1", n/200, n%200)))
	}
	podAddr := func(p int) string { return fmt.Sprintf("10.244.%d.%d", p/250, p%250+1) }
	for p := range pods {
		facts = append(facts, podFact(fmt.Sprint("pod-", p), fmt.Sprint("node-", p%nodes), model.Period{From: at(-3600)}, podAddr(p)))
	}
	var rows []attribution.ReportedRow
	for i := 0; len(rows) < count; i++ {
		per := count / 12 // conversations of a window: every pod with a few dozen others
		client, server := i%per%pods, (i%per*7+i%per/pods*13+1)%pods
		window := at(i / per * 10)
		for _, side := range []struct {
			local, remote int
			role          model.Role
		}{{client, server, model.RoleClient}, {server, client, model.RoleServer}} {
			rows = append(rows, attribution.ReportedRow{Agent: agent(fmt.Sprint("node-", side.local%nodes)), Row: model.FlowRow{
				Local: pod(fmt.Sprint("pod-", side.local)), LocalAddr: netip.MustParseAddr(podAddr(side.local)),
				RemoteAddr: netip.MustParseAddr(podAddr(side.remote)), ServerPort: 8080, Protocol: model.TCP, Role: side.role,
				WindowStart: window, WindowLength: 10 * time.Second,
				Sent: model.Counts{WireBytes: 1000, Packets: 2}, Received: model.Counts{WireBytes: 1000, Packets: 2}, Connections: 1,
			}})
		}
	}
	return facts, rows
}
