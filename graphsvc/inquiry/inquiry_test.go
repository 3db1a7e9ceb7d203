package inquiry

import (
	"fmt"
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/filter"
	"github.com/egressor/egressor/internal/model"
)

// TestIDs: one investigation for an occasion, and one for each cause that an incident had.
func TestIDs(t *testing.T) {
	opened := Inquiry{Occasion: Opened, Incident: model.Incident{ID: "i1"}}
	later := opened
	later.Incident.Version, later.Incident.Title, later.Through = 9, "more", 30
	later.Incident.Findings = []model.Finding{{Kind: "rollout", Subject: "web"}}
	if opened.ID() != later.ID() {
		t.Errorf("the same occasion has the ids %s and %s", opened.ID(), later.ID())
	}
	seen := map[string]bool{opened.ID(): true}
	for _, other := range []Inquiry{
		{Occasion: Opened, Incident: model.Incident{ID: "i2"}}, {Occasion: Ended, Incident: model.Incident{ID: "i1"}}, {Occasion: Recaused, Incident: model.Incident{ID: "i1"}},
		{Occasion: Recaused, Incident: later.Incident},
	} {
		if seen[other.ID()] {
			t.Errorf("%+v has the id of another", other)
		}
		seen[other.ID()] = true
	}
}

// TestTheTimesThatAreHeldAgainstEachOther are as long as each other, and never empty.
func TestTheTimesThatAreHeldAgainstEachOther(t *testing.T) {
	for _, test := range []struct{ since, until, through, from, to model.Minute }{
		{1000, 0, 1004, 996, 1004},
		{1000, 0, 1500, 940, 1060},
		{1000, 1010, 1030, 990, 1010},
		{1000, 0, 900, 999, 1001},
		{5, 0, 30, 0, 30},
	} {
		i := Inquiry{Incident: model.Incident{ID: "i1", Title: "t", Since: test.since, Until: test.until}, Through: test.through}
		if i.From() != test.from || i.To() != test.to {
			t.Errorf("since %d until %d, known through %d: %d to %d, want %d to %d", test.since, test.until, test.through, i.From(), i.To(), test.from, test.to)
		}
		if q := i.Question(); !strings.Contains(q, test.since.Start().Format("15:04")) || !strings.Contains(q, "i1") {
			t.Errorf("the question is %q", q)
		}
	}
}

// TestFilters are read by the language that they are written in, and name the ends.
func TestFilters(t *testing.T) {
	anomaly := func(source, destination string) model.Anomaly {
		return model.Anomaly{Source: source, Destination: destination}
	}
	for _, test := range []struct {
		anomalies []model.Anomaly
		want      string
	}{
		{nil, ""},
		{[]model.Anomaly{anomaly("", "")}, ""},
		{[]model.Anomaly{anomaly("w/c/shop/Deployment/web", "e/s3/eu-west-1/s3"), anomaly("w/c/shop/Deployment/web", "e/s3/eu-west-1/s3")}, "(source.id=w/c/shop/Deployment/web destination.id=e/s3/eu-west-1/s3)"},
		{[]model.Anomaly{anomaly("w/c/a (b)/D/x", ""), anomaly("", "e/x")}, `(source.id="w/c/a (b)/D/x") or (destination.id=e/x)`},
	} {
		got := Filter(&model.Incident{Anomalies: test.anomalies})
		if got != test.want {
			t.Errorf("filter %s, want %s", got, test.want)
		}
		if _, err := filter.Parse(got); err != nil {
			t.Errorf("%s: %v", got, err)
		}
	}
	many := &model.Incident{}
	for n := range model.MaxAnomalies {
		many.Anomalies = append(many.Anomalies, anomaly(fmt.Sprintf("w/cluster/namespace/Deployment/workload-%d", n), "w/cluster/namespace/Deployment/database"))
	}
	got := Filter(many)
	if _, err := filter.Parse(got); err != nil || len(got) > maxFilter || !strings.Contains(got, "workload-0 ") {
		t.Errorf("a filter of %d letters: %v", len(got), err)
	}
}
