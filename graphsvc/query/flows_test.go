package query_test

import (
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/internal/model"
)

func flow(name string, second int, bytes uint64) query.Flow {
	t := doubles.Transfer("web", name, bytes, 0)
	return query.Flow{
		Key: t.Key, Counts: t.Sent, Taken: true, BySender: true, Source: netip.MustParseAddr("10.0.0.1"), Destination: netip.MustParseAddr("10.1.0.9"),
		Row: query.RawRow{Batch: model.BatchKey{Agent: model.AgentID{Cluster: "lab", Node: "node-a"}}, Flow: model.FlowRow{WindowStart: doubles.Epoch.Add(time.Duration(second) * time.Second), Role: model.RoleClient}},
	}
}

// TestRawFlows are those that a filter means, newest first and each on one page,
// however long the pages are and however the store gives them.
func TestRawFlows(t *testing.T) {
	series := &doubles.Series{}
	for i, name := range []string{"a", "b", "c", "d", "e", "f"} {
		series.Flowing = append(series.Flowing, flow(name, i/2, uint64(i)))
	}
	slices.Reverse(series.Flowing)
	e := explorerOver(&doubles.Graphs{Kept: []model.GraphVersion{doubles.Version(1)}}, series)
	for text, want := range map[string]string{
		"": "efcdab", "bytes>=4": "ef", "name=c": "c", "address=10.1.0.0/16": "efcdab", "source.address=10.1.0.0/16": "", "role=client not name=a": "efcdb", "agent=lab/node-a": "efcdab", "role=server": "",
	} {
		for limit := 1; limit <= 7; limit++ {
			var got string
			var behind query.FlowPlace
			for {
				page, err := e.RawFlows(noContext, query.Ask{Filter: text}, behind, limit)
				if err != nil {
					t.Fatal(err)
				}
				for i := range page.Flows {
					got += page.Flows[i].Key.Destination.Name
					behind = page.Places[i]
				}
				if !page.More {
					break
				}
				if len(page.Flows) != limit {
					t.Fatalf("a page of %d has %d flows and says that there are more", limit, len(page.Flows))
				}
			}
			if got != want {
				t.Errorf("%q in pages of %d: %s, want %s", text, limit, got, want)
			}
		}
	}
	for what, ask := range map[string]query.Ask{
		"a cost":          {Filter: "cost>1"},
		"too long a time": {From: doubles.Epoch.Add(-2 * time.Hour), To: doubles.Epoch},
	} {
		if _, err := e.RawFlows(noContext, ask, query.FlowPlace{}, 10); codeOf(err) != query.CodeBadInput {
			t.Errorf("%s: %v", what, err)
		}
	}
}
