package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/replayed"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/scenario"
)

// servedMinutes is a service over the first so many minutes of a scenario.
func servedMinutes(t *testing.T, minutes *atomic.Int32) *httptest.Server {
	t.Helper()
	told, err := scenario.Load("../../docs/scenarios/07-rollout-across-zones.txtar")
	if err != nil {
		t.Fatal(err)
	}
	book, err := pricebooks.Load(told.Book)
	if err != nil {
		t.Fatal(err)
	}
	outcome, err := told.Run(book)
	if err != nil {
		t.Fatal(err)
	}
	var stages []http.Handler
	var known []replayed.Minute
	for i := range outcome.Minutes {
		m := &outcome.Minutes[i]
		known = append(known, replayed.Minute{Version: m.Version, Input: m.Input, Computed: m.Computed})
		store := replayed.New(known, told.Batches(), told.Facts)
		explorer := query.New(query.Dependencies{Graphs: store, Series: store, Layout: still{}, Clock: clock.System{}})
		stages = append(stages, api.New(api.Dependencies{Explorer: explorer, Log: slog.New(slog.DiscardHandler)}).Queries())
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { stages[minutes.Load()-1].ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	return server
}

func runFlows(ctx context.Context, t *testing.T, out io.Writer, args ...string) error {
	t.Helper()
	root := newRoot()
	root.SetOut(out)
	root.SetErr(io.Discard)
	root.SetArgs(append([]string{"flows"}, args...))
	return root.ExecuteContext(ctx)
}

// TestFlows: the rows that a filter means, oldest first, in each format.
func TestFlows(t *testing.T) {
	var minutes atomic.Int32
	minutes.Store(3)
	server := servedMinutes(t, &minutes)
	lines := func(args ...string) []string {
		var out bytes.Buffer
		if err := runFlows(t.Context(), t, &out, append(args, "--server", server.URL)...); err != nil {
			t.Fatal(err)
		}
		return strings.Split(strings.TrimSpace(out.String()), "\n")
	}
	all := lines("--since", "1h")
	if len(all) < 5 {
		t.Fatalf("%d flows: %s", len(all), all)
	}
	for i := 1; i < len(all); i++ {
		if before, after := all[i-1][:20], all[i][:20]; before > after {
			t.Errorf("%s is printed before %s", before, after)
		}
	}
	some := lines("--since", "1h", "crosses=zone")
	if len(some) == 0 || len(some) >= len(all) {
		t.Errorf("%d of %d flows cross zones", len(some), len(all))
	}
	if newest := lines("--since", "1h", "--limit", "2"); len(newest) != 2 || newest[1] != all[len(all)-1] {
		t.Errorf("the two newest are %s", newest)
	}
	var object struct{ Source, Transfer string }
	if err := json.Unmarshal([]byte(lines("--json", "--since", "1h")[0]), &object); err != nil || !strings.HasPrefix(object.Transfer, "t") {
		t.Errorf("%+v: %v", object, err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.Join(lines("-o", "csv", "--since", "1h"), "\n"))).ReadAll()
	if err != nil || len(rows) != len(all)+1 || rows[0][1] != "source" {
		t.Errorf("%d rows of CSV: %v", len(rows), err)
	}
}

// TestFlowsAreFollowed: what is folded later comes later, each flow once.
func TestFlowsAreFollowed(t *testing.T) {
	var minutes atomic.Int32
	minutes.Store(1)
	server := servedMinutes(t, &minutes)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	read, write := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- runFlows(ctx, t, write, "-f", "--json", "--every", "5ms", "--since", "1h", "--server", server.URL)
		_ = write.Close()
	}()
	seen, newest := map[string]bool{}, model.Minute(0)
	scanner := bufio.NewScanner(read)
	for scanner.Scan() {
		var f printedFlow
		if err := json.Unmarshal(scanner.Bytes(), &f); err != nil {
			t.Fatal(err)
		}
		if seen[f.ID] {
			t.Errorf("%s is printed twice", f.ID)
		}
		seen[f.ID] = true
		of := model.MinuteOf(f.WindowStart)
		if of < newest {
			t.Errorf("minute %s comes after %s", of, newest)
		}
		if newest = of; minutes.Load() < 3 {
			minutes.Add(1)
		}
		if len(seen) == countFlows(t, server.URL, &minutes) && minutes.Load() == 3 {
			stop()
			break
		}
	}
	go func() { _, _ = io.Copy(io.Discard, read) }() // what is printed after the last that was waited for
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// countFlows is how many flows the service has now.
func countFlows(t *testing.T, server string, minutes *atomic.Int32) int {
	t.Helper()
	if minutes.Load() < 3 {
		return -1
	}
	var out bytes.Buffer
	if err := runFlows(t.Context(), t, &out, "--json", "--since", "1h", "--server", server); err != nil {
		t.Fatal(err)
	}
	return strings.Count(out.String(), "\n")
}
