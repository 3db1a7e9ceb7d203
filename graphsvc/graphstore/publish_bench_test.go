package graphstore_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// benchWorkloads are the ends of a bench's edges, about fifty each.
const benchWorkloads = 2_000

// benchMinute is a minute of so many edges, the same ones every minute, each of
// which carries something else than in any other.
func benchMinute(m model.Minute, edges int) []model.PricedEdge {
	list := make([]model.PricedEdge, edges)
	for i := range list {
		from := workload(fmt.Sprint("app-", i%benchWorkloads))
		to := workload(fmt.Sprint("app-", (i*7+i/benchWorkloads+1)%benchWorkloads))
		list[i] = edge(m, from, to, uint64(i)*1000+uint64(m%1000))
		list[i].Key.ServerPort = uint16(1000 + i/benchWorkloads)
	}
	return list
}

// BenchmarkPublish publishes minutes of 100,000 edges that are there already, and
// after each a version of it in which 5 % of them carry something else. It states the
// first minute, whose edges are all new, apart; medians and 95th percentiles of the rest.
func BenchmarkPublish(b *testing.B) {
	for _, edges := range []int{100_000, 200_000} {
		b.Run(fmt.Sprint(edges), func(b *testing.B) { benchPublish(b, edges) })
	}
}

func benchPublish(b *testing.B, edges int) {
	s, _ := store(b)
	var c chain
	timed := func(m model.Minute, list []model.PricedEdge) time.Duration {
		p := c.next(m, list...)
		p.IDs = column(len(list), func(i int) model.EdgeID { return list[i].Key.ID() }) // as the fold has them
		begin := time.Now()
		publish(b, s, p)
		return time.Since(begin)
	}
	b.ReportMetric(timed(firstMinute, benchMinute(firstMinute, edges)).Seconds()*1000, "first-ms")
	var all, some []time.Duration
	m := firstMinute
	for b.Loop() {
		m++
		list := benchMinute(m, edges)
		all = append(all, timed(m, list))
		for i := 0; i < len(list); i += 20 {
			list[i].Sent.WireBytes++
		}
		some = append(some, timed(m, list))
	}
	for name, took := range map[string][]time.Duration{"all": all, "5%": some} {
		slices.Sort(took)
		b.ReportMetric(took[len(took)/2].Seconds()*1000, name+"-p50-ms")
		b.ReportMetric(took[len(took)*95/100].Seconds()*1000, name+"-p95-ms")
	}
	b.ReportMetric(float64(edges)/all[len(all)/2].Seconds(), "edges/s")
}
