package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/internal/model"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// service is the API over doubles.
type service struct {
	graphs *doubles.Graphs
	series *doubles.Series
	layout *doubles.Layout
	hub    *hubDouble
	chat   *chatDouble
	kept   *doubles.Decisions
	nodes  *nodesDouble
	log    *bytes.Buffer
	*api.Server
}

func newService() *service {
	s := &service{
		graphs: &doubles.Graphs{Edges: map[uint64][]query.Transfer{}}, series: &doubles.Series{LostKnown: true}, layout: &doubles.Layout{},
		hub: &hubDouble{versions: make(chan model.GraphVersion)}, chat: &chatDouble{gone: make(chan struct{})}, log: &bytes.Buffer{}, kept: &doubles.Decisions{}, nodes: &nodesDouble{},
	}
	for _, number := range []uint64{1, 3, 4} { // 2 has expired
		s.graphs.Kept = append(s.graphs.Kept, doubles.Version(number))
		for n := range 5 * int(number) {
			s.graphs.Edges[number] = append(s.graphs.Edges[number], doubles.Transfer("web", string(rune('a'+n)), uint64(1000+n), int64(1e6*(n+1))))
		}
	}
	s.Server = api.New(api.Dependencies{
		Explorer: query.New(query.Dependencies{
			Graphs: s.graphs, Series: s.series, Layout: s.layout, Sources: doubles.Sources{}, Clock: doubles.Clock(doubles.Epoch.Add(time.Hour)), Insights: linkedInsights{foundInsights{}, s.nodes}, Decisions: s.kept, Nodes: s.nodes,
		}),
		Committed: s.hub, Investigator: s.chat, Log: slog.New(slog.NewTextHandler(s.log, nil)),
	})
	return s
}

// nodesDouble takes investigations as the graph does.
type nodesDouble struct{ saved []model.Investigation }

func (n *nodesDouble) SaveInvestigation(_ context.Context, one model.Investigation) error {
	n.saved = append(slices.DeleteFunc(n.saved, func(i model.Investigation) bool { return i.ID == one.ID }), one)
	return nil
}

// linkedInsights know the investigations that were saved.
type linkedInsights struct {
	foundInsights

	nodes *nodesDouble
}

func (l linkedInsights) InvestigationsOf(_ context.Context, incident string) (ids []string, _ error) {
	for _, one := range l.nodes.saved {
		if one.Incident == incident {
			ids = append(ids, one.ID)
		}
	}
	return ids, nil
}

// hubDouble delivers what the test sends.
type hubDouble struct{ versions chan model.GraphVersion }

func (h *hubDouble) Subscribe(context.Context) <-chan model.GraphVersion { return h.versions }

// chatDouble streams its events, then waits for the asker to go when it is endless.
type chatDouble struct {
	events  []api.ChatEvent
	endless bool
	// gone is closed when an endless answer's asker has gone.
	gone chan struct{}
}

func (c *chatDouble) Status(context.Context) api.InvestigatorStatus {
	return api.InvestigatorStatus{Engine: "rules", Notice: "no key"}
}

func (c *chatDouble) Preview(_ context.Context, question, _ string) (string, error) {
	return "would send " + question, nil
}

func (c *chatDouble) Sent(context.Context, string) []string { return []string{"sent"} }

func (c *chatDouble) AskByRule(ctx context.Context, question string) <-chan api.ChatEvent {
	return c.Ask(ctx, question, "")
}

func (c *chatDouble) Ask(ctx context.Context, _, _ string) <-chan api.ChatEvent {
	out := make(chan api.ChatEvent)
	go func() {
		defer close(out)
		for _, event := range c.events {
			select {
			case out <- event:
			case <-ctx.Done():
				return
			}
		}
		if c.endless {
			<-ctx.Done()
			close(c.gone)
		}
	}()
	return out
}

// answer is a response of the API.
type answer struct {
	Data       map[string]any
	Extensions map[string]any
	Errors     []struct {
		Message    string
		Path       []any
		Extensions map[string]any
	}
}

// code is the first error's code, "" where there is none.
func (a answer) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	code, _ := a.Errors[0].Extensions["code"].(string)
	return code
}

// at walks into the data: names of fields and numbers of elements.
func (a answer) at(path ...any) any {
	var here any = a.Data
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, _ := here.(map[string]any)
			here = object[step]
		case int:
			list, _ := here.([]any)
			if step >= len(list) {
				return nil
			}
			here = list[step]
		}
	}
	return here
}

// ask posts a query.
func (s *service) ask(t *testing.T, document string, variables map[string]any) answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	response := httptest.NewRecorder()
	s.Queries().ServeHTTP(response, request)
	return read(t, response.Body)
}

// must is ask for a query that has no errors.
func (s *service) must(t *testing.T, document string, variables map[string]any) answer {
	t.Helper()
	got := s.ask(t, document, variables)
	if len(got.Errors) > 0 {
		t.Fatalf("%s: %+v", document, got.Errors)
	}
	return got
}

func read(t *testing.T, body io.Reader) answer {
	t.Helper()
	text, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var got answer
	if err := decoder.Decode(&got); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return got
}

// walk is at for a path of field names and numbers of elements with points
// between; numbers as text.
func walk(a answer, path string) any {
	var steps []any
	for step := range strings.SplitSeq(path, ".") {
		if n, err := strconv.Atoi(step); err == nil {
			steps = append(steps, n)
			continue
		}
		steps = append(steps, step)
	}
	found := a.at(steps...)
	if number, ok := found.(json.Number); ok {
		return number.String()
	}
	return found
}
