package api_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/internal/model"
)

// TestListsAreCounted: whole and behind each page, whoever pages.
func TestListsAreCounted(t *testing.T) {
	s := newService()
	for _, field := range []string{"versions", "incidents"} {
		document := `query($after: String) { list: ` + field + `(first: 1, after: $after) { edges { cursor } pageInfo { hasNextPage endCursor } totalCount rest } }`
		var after any
		for left := -1; left != 0; {
			got := s.must(t, document, map[string]any{"after": after})
			total, rest := number(t, walk(got, "list.totalCount")), number(t, walk(got, "list.rest"))
			if left >= 0 && rest != left-1 || left < 0 && rest != total-1 || total < 2 {
				t.Fatalf("%s: %d of %d are behind the page, %d were before", field, rest, total, left)
			}
			if more := got.at("list", "pageInfo", "hasNextPage"); more != (rest > 0) {
				t.Errorf("%s: %d are behind the page, and there are more: %v", field, rest, more)
			}
			left, after = rest, got.at("list", "pageInfo", "endCursor")
		}
	}
	if got := s.must(t, `{ investigations { totalCount rest } }`, nil); walk(got, "investigations.totalCount") != "0" || walk(got, "investigations.rest") != "0" {
		t.Errorf("of nothing: %v", got.Data)
	}
}

func number(t *testing.T, value any) int {
	t.Helper()
	n := 0
	for _, digit := range value.(string) {
		n = 10*n + int(digit-'0')
	}
	return n
}

// TestFlowsAreCounted where that is a matter of few minutes, and filtered.
func TestFlowsAreCounted(t *testing.T) {
	s := newService()
	one := query.Flow{Key: own().Key, Counts: model.Counts{WireBytes: 10}}
	s.series.Flowing = slices.Repeat([]query.Flow{one}, 5)
	s.series.Flowing[3].Counts.WireBytes = 1 << 30
	const document = `query($w: Window) { flows(window: $w, first: 2) { edges { node { bytes } } totalCount rest } }`
	minutes := number(t, walk(s.must(t, document, nil), "flows.totalCount")) / 5
	if minutes < 1 {
		t.Fatal("nothing is counted")
	}
	got := s.must(t, document, nil)
	if rest := number(t, walk(got, "flows.rest")); rest != 5*minutes-2 {
		t.Errorf("%d behind the first two of %d", rest, 5*minutes)
	}
	got = s.must(t, document, map[string]any{"w": map[string]any{"filter": "bytes>=1GiB"}})
	if total := number(t, walk(got, "flows.totalCount")); total != minutes {
		t.Errorf("%d large ones in %d minutes", total, minutes)
	}
	got = s.must(t, document, map[string]any{"w": map[string]any{"from": "2026-11-23T09:30:00Z"}})
	if got.at("flows", "totalCount") != nil || got.at("flows", "rest") != nil {
		t.Errorf("a long window is counted: %v", got.Data)
	}
}

// changingInsights are incidents that the test changes.
type changingInsights struct {
	foundInsights

	mu        sync.Mutex
	incidents []model.Incident
}

func (c *changingInsights) set(incidents ...model.Incident) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.incidents = incidents
}

func (c *changingInsights) Incidents(context.Context, model.IncidentPlace, int) ([]model.Incident, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.incidents), nil
}

// TestChangedIncidentsAreTold: those of the asker's scopes, new ones and changed ones,
// and none that were there.
func TestChangedIncidentsAreTold(t *testing.T) {
	s, found := newService(), &changingInsights{}
	before := model.Incident{ID: "i0000000000000001", Title: "before", Since: 1, Anomalies: []model.Anomaly{anomaly(own())}, Currency: "USD"}
	secret := model.Incident{ID: "i0000000000000002", Title: hiddenName, Since: 2, Anomalies: []model.Anomaly{anomaly(others())}, Currency: "USD"}
	found.set(before)
	s.Server = api.New(api.Dependencies{
		Explorer: query.New(query.Dependencies{
			Graphs: s.graphs, Series: s.series, Layout: s.layout, Sources: doubles.Sources{}, Insights: found, Decisions: s.kept, Clock: doubles.Clock(doubles.Epoch.Add(time.Hour)),
		}),
		Committed: s.hub, Investigator: s.chat, Log: slog.New(slog.DiscardHandler),
	})
	shop := access.Principal{Name: "bob", Method: "token", Role: access.Viewer, Scopes: []access.Scope{{Cluster: "lab", Namespace: "shop"}}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.Streams().ServeHTTP(w, r.WithContext(access.With(r.Context(), shop)))
	}))
	defer server.Close()
	next := subscribe(t.Context(), t, server, `subscription { incidentChanged { id title until } }`)
	s.hub.versions <- doubles.Version(5) // nothing has changed
	fresh := before
	fresh.ID, fresh.Title, fresh.Since = "i0000000000000003", "fresh", 3
	found.set(fresh, secret, before)
	s.hub.versions <- doubles.Version(6)
	if got := next(); !strings.Contains(got, `"title":"fresh"`) {
		t.Errorf("got %s", got)
	}
	over := before
	over.Until = 9
	secret.Until = 9
	found.set(fresh, secret, over)
	s.hub.versions <- doubles.Version(7)
	if got := next(); !strings.Contains(got, `"title":"before"`) || strings.Contains(got, `"until":null`) {
		t.Errorf("got %s", got)
	}
	close(s.hub.versions)
	if got := next(); got != "complete" {
		t.Errorf("then %s", got)
	}
}
