package attribution_test

import (
	"fmt"
	"net/netip"
	"syscall"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

// BenchmarkAttribute attributes one minute, both ends reporting in six windows:
// 100,000 rows of 2,000 pods on 50 nodes, and 1,000,000 of 5,000 on 500.
func BenchmarkAttribute(b *testing.B) {
	for _, size := range []struct{ nodes, pods, rows int }{{50, 2000, 100_000}, {500, 5000, 1_000_000}} {
		b.Run(fmt.Sprint("rows=", size.rows), func(b *testing.B) {
			facts, rows := busyMinute(size.nodes, size.pods, size.rows)
			index, err := attribution.NewIndex(facts)
			if err != nil {
				b.Fatal(err)
			}
			var coverage attribution.Coverage
			for n := range size.nodes {
				coverage.Add(agent(fmt.Sprint("node-", n)), model.Period{From: start, To: at(60)})
			}
			b.ReportAllocs()
			begin := cpuSeconds(b)
			for b.Loop() {
				attribution.Attribute(index, &coverage, rows)
			}
			b.ReportMetric((cpuSeconds(b)-begin)/float64(b.N), "cpu-s/op") // the machine may have other work
			b.ReportMetric(float64(len(rows))*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// cpuSeconds is the processor time of this process so far, garbage collection
// included.
func cpuSeconds(b *testing.B) float64 {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano()).Seconds()
}

// BenchmarkOwnerOfAnAddress asks who an address belonged to, after as many owners
// in 30 days, through the one row whose far end it is.
func BenchmarkOwnerOfAnAddress(b *testing.B) {
	for _, owners := range []int{10, 100, 1000, 10_000} {
		b.Run(fmt.Sprint("owners=", owners), func(b *testing.B) {
			const days = 30 * 24 * 3600
			facts := []model.Fact{podFact("web", "a", model.Period{}, "10.244.1.5")}
			for n := range owners {
				life := model.Period{From: at(n*days/owners - days), To: at((n+1)*days/owners - days)}
				facts = append(facts, podFact(fmt.Sprint("pod-", n), "b", life, "10.244.9.9"))
			}
			index, err := attribution.NewIndex(facts)
			if err != nil {
				b.Fatal(err)
			}
			one := []attribution.ReportedRow{row("a", pod("web"), "10.244.1.5", "10.244.9.9")}
			one[0].Row.WindowStart = at(-days / 3)
			var nothing attribution.Coverage
			for b.Loop() {
				attribution.Attribute(index, &nothing, one)
			}
		})
	}
}

// BenchmarkIndexOf30Days builds the index of everything that was known of 50,000
// pods in 30 days, three lives each, as one set of facts.
func BenchmarkIndexOf30Days(b *testing.B) {
	var facts []model.Fact
	for n := range 150_000 {
		life := model.Period{From: at((n/50_000)*864_000 - 2_592_000), To: at((n/50_000+1)*864_000 - 2_592_000)}
		facts = append(facts, podFact(fmt.Sprint("pod-", n), fmt.Sprint("node-", n%500), life, fmt.Sprintf("10.%d.%d.%d", n%50_000>>16, n%50_000>>8&255, n&255)))
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := attribution.NewIndex(facts); err != nil {
			b.Fatal(err)
		}
	}
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
