package pricing_test

import (
	"bufio"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// monthEdges is how many edges of six kinds talk in each of a month's 43,200
// minutes: 100 million edge-minutes are 2,315 of them.
const monthEdges = 2_315

// edgeMinutes is how many edge-minutes BenchmarkMonth prices: a hundredth of a
// month unless EGRESSOR_MONTH_EDGE_MINUTES says otherwise (make bench-month).
func edgeMinutes(b *testing.B) int {
	text := os.Getenv("EGRESSOR_MONTH_EDGE_MINUTES")
	if text == "" {
		return 1_000_000
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < monthEdges || n > monthEdges*43_200 {
		b.Fatalf("EGRESSOR_MONTH_EDGE_MINUTES=%s: want %d to %d", text, monthEdges, monthEdges*43_200)
	}
	return n
}

// BenchmarkMonth prices a month again from its start, minute by minute through
// the meters of two accounts with one payer, as a rebuild does with what it reads
// from the store. Bytes come from a counter, so the month is always the same; it
// crosses every tier.
func BenchmarkMonth(b *testing.B) {
	book := awsBook(b)
	book.Payers = map[string]string{"2": "1"}
	edges, ids := make([]model.EdgeMinute, monthEdges), make([]model.EdgeID, monthEdges)
	for n := range edges {
		edges[n] = edge(n, 0)
		edges[n].Key.SourcePlace.Account = strconv.Itoa(1 + n%2)
		ids[n] = edges[n].Key.ID()
	}
	slices.Sort(ids) // as a fold has them
	first, _ := pricing.MonthOf(minute)
	count := edgeMinutes(b)
	b.ReportAllocs()
	priced, begin := 0, cpu(b)
	var total money.Accumulator
	for b.Loop() {
		month := pricing.NewMonth(book, minute, true)
		for at := range count / monthEdges {
			run, err := month.Begin(first + model.Minute(at))
			if err != nil {
				b.Fatal(err)
			}
			for n := range edges {
				edges[n].Sent.WireBytes = uint64((at*monthEdges+n)*2_654_435_761) % 20_000_000
				run.AddEdge(ids[n], &edges[n])
			}
			statement, err := month.Finish()
			if err != nil {
				b.Fatal(err)
			}
			total.Add(statement.Total)
			priced += monthEdges
		}
	}
	if sum, err := total.Amount(); err != nil || sum.IsZero() {
		b.Fatalf("the month cost %s, %v", sum, err)
	}
	reportPerCore(b, priced, begin)
	b.ReportMetric(float64(priced)/b.Elapsed().Seconds()/1e6, "Medges/s")
	b.ReportMetric(b.Elapsed().Minutes()*100e6/float64(priced), "minutes/100M")
	b.ReportMetric(peakMemory(b), "MiB-peak")
}

// cpu is the processor time that the process has used: on a shared machine it
// tells what a core can do, which the clock on the wall does not.
func cpu(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// reportPerCore reports edge-minutes per second of processor time.
func reportPerCore(b *testing.B, edgeMinutes int, since time.Duration) {
	b.ReportMetric(float64(edgeMinutes)/(cpu(b)-since).Seconds()/1e6, "Medges/cpu-s")
}

// peakMemory is the most that the process ever had resident, 0 where the system
// does not say.
func peakMemory(b *testing.B) float64 {
	file, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if text, ok := strings.CutPrefix(lines.Text(), "VmHWM:"); ok {
			kib, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(text), " kB"))
			if err != nil {
				b.Fatal(err)
			}
			return float64(kib) / 1024
		}
	}
	return 0
}
