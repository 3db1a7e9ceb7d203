package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/placement"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	system "github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/testkit/gen"
)

// setting is a number that an environment variable may say.
func setting(b *testing.B, name string, usual int) int {
	b.Helper()
	text := os.Getenv(name)
	if text == "" {
		return usual
	}
	number, err := strconv.Atoi(text)
	if err != nil {
		b.Fatal(err)
	}
	return number
}

// loaded is the API over both stores with a graph of a generated cluster: 2,000
// workloads, two edges a conversation and minute.
type loaded struct {
	*rolluptest.Stores
	cluster     gen.Load
	hub         *rollup.Hub
	loop        *rollup.Loop
	clock       *rolluptest.Clock
	end         model.Minute
	url         string
	minutes     int
	edges       int
	ids, edgeID []string
	// mid is what the newest hour is compared with, and week the week that this is of, if it is.
	mid  time.Time
	week *week
}

// load folds the minutes, or takes them from EGRESSOR_BENCH_DIR, where they were
// kept by an earlier run with the same settings. With EGRESSOR_BENCH_WEEK=1 it is the
// week that make bench-week loaded there.
func load(b *testing.B) *loaded {
	b.Helper()
	if setting(b, "EGRESSOR_BENCH_WEEK", 0) != 0 {
		return loadedWeek(b).served(b)
	}
	l := &loaded{
		minutes: setting(b, "EGRESSOR_BENCH_MINUTES", 10), hub: rollup.NewHub(),
		cluster: gen.Load{Seed: 1, Nodes: 60, Workloads: 2000, PodsPerWorkload: 3, Conversations: setting(b, "EGRESSOR_BENCH_CONVERSATIONS", 10_000), Windows: 1},
	}
	if dir := os.Getenv("EGRESSOR_BENCH_DIR"); dir != "" {
		l.Stores = rolluptest.OpenAt(b, filepath.Join(dir, fmt.Sprintf("%d-minutes-%d-conversations", l.minutes, l.cluster.Conversations)))
	} else {
		l.Stores = rolluptest.Open(b)
	}
	l.end = rolluptest.First
	if head, ok, err := l.Graph.Head(b.Context()); err != nil {
		b.Fatal(err)
	} else if ok {
		l.end = head.To
	}
	for l.end < rolluptest.First+model.Minute(l.minutes) {
		l.foldNext(b)
	}
	l.mid = (rolluptest.First + model.Minute(l.minutes/2)).Start()
	l.serve(b)
	return l
}

// foldNext folds the minute behind those that are folded.
func (l *loaded) foldNext(b *testing.B) {
	b.Helper()
	if l.week != nil {
		if err := l.week.foldLive(b.Context()); err != nil {
			b.Error(err)
		}
		return
	}
	clock := rolluptest.NewClock(l.end.End().Add(time.Second))
	if l.end == rolluptest.First {
		if err := l.Flows.RecordFacts(b.Context(), l.cluster.Facts(), clock.Now()); err != nil {
			b.Fatal(err)
		}
	}
	if l.loop == nil {
		l.clock = clock
		l.loop = rolluptest.Loop(b, l.Flows, l.Graph, clock, rolluptest.Rules(), l.hub)
		b.Cleanup(func() { _ = l.loop.Stop(context.WithoutCancel(b.Context())) })
	}
	l.clock.Set(clock.Now())
	l.Append(b, clock.Now(), l.cluster.Batches(l.end, rolluptest.First)...)
	if err := l.loop.Step(b.Context()); err != nil {
		b.Fatal(err)
	}
	l.end++
}

// foldOn folds a minute each so many seconds until it is stopped, and says how many.
func (l *loaded) foldOn(b *testing.B, every time.Duration) (stop func() (folded int)) {
	b.Helper()
	if every == 0 {
		return func() int { return 0 }
	}
	ended, folded := make(chan struct{}), make(chan int)
	go func() {
		next := time.NewTicker(every)
		defer next.Stop()
		for n := 0; ; n++ {
			select {
			case <-ended:
				folded <- n
				return
			case <-next.C:
				l.foldNext(b)
			}
		}
	}()
	return func() int {
		close(ended)
		return <-folded
	}
}

// serve starts the API as the service does.
func (l *loaded) serve(b *testing.B) {
	b.Helper()
	prices := rolluptest.ListPrices(b, l.Flows)
	explorer := query.New(query.Dependencies{
		Graphs: graphs{l.Graph}, Cypher: graphs{l.Graph}, Series: newSeries(l.Flows), Layout: placement.Passing(), Sources: newPriceSources(prices.Books),
		Hourly: newHourly(l.Flows, prices), Clock: system.System{}, HeadLasts: headLasts, Insights: l.Graph, Decisions: l.Flows, Facts: l.Flows,
	})
	if err := (readAhead{explorer, report.Discard().Log("api")}).Start(b.Context()); err != nil { // as the service does
		b.Fatal(err)
	}
	routes, server, err := routesOf(DefaultConfig(), doors{}, nil, report.Discard(), l.hub, explorer)
	if err != nil {
		b.Fatal(err)
	}
	served := httptest.NewServer(routes)
	b.Cleanup(func() {
		served.Close()
		_ = server.Stop(b.Context())
	})
	l.url = served.URL + "/graphql"
	graph, err := explorer.Graph(b.Context(), query.Ask{}, query.ByCost, query.Most{Transfers: 300})
	if err != nil {
		b.Fatal(err)
	}
	l.edges = graph.Total.Transfers
	for _, t := range graph.Transfers {
		l.edgeID, l.ids = append(l.edgeID, t.ID.String()), append(l.ids, t.Key.Source.ID())
	}
}

// storedDocument is one document as the user interface's generated code has it.
var storedDocument = regexp.MustCompile("(?s)export const (\\w+)Document = new TypedDocumentString\\(`(.*?)`")

// screens are the user interface's queries with variables as its screens send
// them, and how often each is sent among a hundred.
func (l *loaded) screens(b *testing.B) []question {
	b.Helper()
	text, err := os.ReadFile("../../ui/src/gql/graphql.ts")
	if err != nil {
		b.Fatal(err)
	}
	documents := map[string]string{}
	for _, found := range storedDocument.FindAllStringSubmatch(string(text), -1) {
		documents[found[1]] = found[2]
	}
	now, half := map[string]any{}, map[string]any{"to": l.mid}
	any300 := func(of []string) func(*rand.Rand) string {
		return func(r *rand.Rand) string { return of[r.IntN(len(of))] }
	}
	id, edge := any300(l.ids), any300(l.edgeID)
	fixed := func(variables map[string]any) func(*rand.Rand) map[string]any {
		return func(*rand.Rand) map[string]any { return variables }
	}
	asked := []question{
		{"Head", 20, fixed(map[string]any{}), ""},
		{"Graph", 12, fixed(map[string]any{"window": now, "limit": 3000, "nodes": 1500}), ""},
		{"Totals", 12, fixed(map[string]any{"window": now}), ""},
		{"Entity", 12, func(r *rand.Rand) map[string]any { return map[string]any{"id": id(r), "window": now} }, ""},
		{"Transfer", 12, func(r *rand.Rand) map[string]any { return map[string]any{"id": edge(r), "window": now} }, ""},
		{"Dependents", 4, func(r *rand.Rand) map[string]any { return map[string]any{"id": id(r), "window": now} }, ""},
		{"Diff", 5, fixed(map[string]any{"before": half, "after": now, "groupBy": "PAIR", "orderBy": "COST", "limit": 100}), ""},
		{"Statement", 6, fixed(map[string]any{"window": now, "groupBy": []string{"WORKLOAD"}, "view": "PAYER", "first": 100}), ""},
		{"Overview", 4, fixed(map[string]any{"window": now, "before": half}), ""},
		{"Versions", 5, fixed(map[string]any{"first": 50}), ""},
		{"Incidents", 3, fixed(map[string]any{"first": 50}), ""},
		{"Savings", 3, fixed(map[string]any{}), ""},
		{"Status", 2, fixed(map[string]any{}), ""},
	}
	for i := range asked {
		if asked[i].document = documents[asked[i].name]; asked[i].document == "" {
			b.Fatalf("the user interface has no document %s: is ui/src/gql generated?", asked[i].name)
		}
	}
	return asked
}

type question struct {
	name      string
	weight    int
	variables func(*rand.Rand) map[string]any
	document  string
}

// post asks one question and reads the whole answer; errors are failures.
func (l *loaded) post(client *http.Client, document string, variables map[string]any) error {
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		return err
	}
	response, err := client.Post(l.url, "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK || bytes.Contains(text[:min(len(text), 60)], []byte(`"errors"`)) {
		return fmt.Errorf("%d %.300s", response.StatusCode, text)
	}
	return nil
}

func percentile(took []time.Duration, percent int) float64 {
	slices.Sort(took)
	return float64(took[min(len(took)-1, len(took)*percent/100)].Microseconds()) / 1000
}

// BenchmarkAPI has 200 clients ask the user interface's own questions, each on
// average once in EGRESSOR_BENCH_THINK_MS (1,000): N questions in all. Meanwhile a
// minute is folded each EGRESSOR_BENCH_FOLD_S seconds (60; 0 for none), as a version.
func BenchmarkAPI(b *testing.B) {
	l := load(b)
	asked := l.screens(b)
	const clients = 200
	think := float64(setting(b, "EGRESSOR_BENCH_THINK_MS", 1000)) * float64(time.Millisecond)
	transport := &http.Transport{MaxIdleConnsPerHost: clients}
	client := &http.Client{Transport: transport}
	defer transport.CloseIdleConnections()
	for _, q := range asked { // a service that has run for a while has read its windows
		if err := l.post(client, q.document, q.variables(rand.New(rand.NewPCG(1, 1)))); err != nil {
			b.Fatalf("%s: %v", q.name, err)
		}
	}
	var mu sync.Mutex
	took, failed := map[string][]time.Duration{}, 0
	var all []time.Duration
	stop := l.foldOn(b, time.Duration(setting(b, "EGRESSOR_BENCH_FOLD_S", 60))*time.Second)
	used := cpuTime(b)
	b.ResetTimer()
	var group sync.WaitGroup
	for c := range clients {
		group.Go(func() {
			random := rand.New(rand.NewPCG(2, uint64(c)))
			for range (b.N + clients - 1) / clients {
				if think > 0 {
					<-time.After(time.Duration(random.ExpFloat64() * think))
				}
				q := pick(asked, random)
				begin := time.Now()
				err := l.post(client, q.document, q.variables(random))
				mu.Lock()
				took[q.name] = append(took[q.name], time.Since(begin))
				all = append(all, time.Since(begin))
				if err != nil {
					failed++
					b.Errorf("%s: %v", q.name, err)
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	b.StopTimer()
	used = cpuTime(b) - used
	b.ReportMetric(float64(stop()), "versions-folded")
	var memory runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&memory)
	b.ReportMetric(percentile(all, 50), "p50-ms")
	b.ReportMetric(percentile(all, 95), "p95-ms")
	b.ReportMetric(percentile(all, 99), "p99-ms")
	b.ReportMetric(used.Seconds()*1000/float64(len(all)), "cpu-ms/question")
	b.ReportMetric(float64(failed), "errors")
	b.ReportMetric(float64(len(all))/b.Elapsed().Seconds(), "questions/s")
	b.ReportMetric(float64(memory.HeapAlloc>>20), "heap-MiB")
	b.ReportMetric(float64(memory.Sys>>20), "sys-MiB")
	b.ReportMetric(float64(l.edges), "edges")
	for _, q := range asked {
		if of := took[q.name]; len(of) > 0 {
			b.Logf("%-12s %5d times: p50 %7.1f ms, p95 %7.1f ms", q.name, len(of), percentile(of, 50), percentile(of, 95))
		}
	}
}

// cpuTime is what this process has used of the processors: the API and its 200 clients,
// not the databases, which are processes of their own.
func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// pick draws a question by the weights.
func pick(asked []question, random *rand.Rand) question {
	n := random.IntN(100)
	for _, q := range asked {
		if n -= q.weight; n < 0 {
			return q
		}
	}
	return asked[len(asked)-1]
}

// BenchmarkCypherOverTheAPI asks saved Cypher through the API, gate, plan check
// and JSON included, beside the same statement straight to the store, by turns.
func BenchmarkCypherOverTheAPI(b *testing.B) {
	l := load(b)
	saved, err := query.New(query.Dependencies{}).SavedCypher()
	if err != nil {
		b.Fatal(err)
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	const document = `query($query: String!, $params: JSON) { cypher(query: $query, params: $params, limit: 200) { columns rows more } }`
	apart, through := map[string][]time.Duration{}, map[string][]time.Duration{}
	b.ResetTimer()
	for n := range max(b.N, 2*len(saved)) {
		q := saved[n%len(saved)]
		params := map[string]any{}
		for _, p := range q.Parameters {
			params[p.Name] = p.Default
		}
		begin := time.Now()
		if err := l.straight(b.Context(), q.Statement, params); err != nil {
			b.Fatalf("%s: %v", q.Name, err)
		}
		took := time.Since(begin)
		begin = time.Now()
		if err := l.post(client, document, map[string]any{"query": q.Statement, "params": params}); err != nil {
			b.Fatalf("%s: %v", q.Name, err)
		}
		if n >= len(saved) { // the first time the server plans it
			apart[q.Name], through[q.Name] = append(apart[q.Name], took), append(through[q.Name], time.Since(begin))
		}
	}
	var ratios []float64
	var all, allThrough []time.Duration
	for _, q := range saved {
		straight, api := percentile(apart[q.Name], 50), percentile(through[q.Name], 50)
		ratios = append(ratios, api/straight)
		all, allThrough = append(all, apart[q.Name]...), append(allThrough, through[q.Name]...)
		b.Logf("%-28s straight %8.1f ms, API %8.1f ms: %.2f", q.Name, straight, api, api/straight)
	}
	slices.Sort(ratios)
	b.ReportMetric(percentile(all, 50), "straight-p50-ms")
	b.ReportMetric(percentile(allThrough, 50), "api-p50-ms")
	b.ReportMetric(ratios[len(ratios)/2], "api/straight-median")
	b.ReportMetric(ratios[len(ratios)-1], "api/straight-most")
}

// straight asks the store as any driver does: no gate, no plan, at most 200 rows.
func (l *loaded) straight(ctx context.Context, statement string, params map[string]any) error {
	enough := errors.New("enough rows")
	rows := 0
	err := l.Neo4j.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		return tx.Each(ctx, statement, params, func(neo4j.Row) error {
			if rows++; rows > 200 {
				return enough
			}
			return nil
		})
	})
	if errors.Is(err, enough) {
		return nil
	}
	return err
}
