package diagnosis_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/graphsvc/diagnosis"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

const since = model.Minute(29_900_000)

func at(minutes int) time.Time { return since.Start().Add(time.Duration(minutes) * time.Minute) }

func rollout(name, revision string, when time.Time) diagnosis.Change {
	return diagnosis.Change{Kind: diagnosis.ChangeRollout, At: when, Workload: workload(name), Subject: workload(name).ID(), Revision: revision, Detail: "revision 7 to 8"}
}

func question(before, after []diagnosis.Cell, changes ...diagnosis.Change) diagnosis.Question {
	return diagnosis.Question{
		Since:   since,
		Before:  diagnosis.Period{From: since - 60, To: since, Minutes: 60, Book: "x", Cells: before},
		After:   diagnosis.Period{From: since, To: since + 60, Minutes: 60, Book: "x", Cells: after},
		Changes: changes,
	}
}

// TestPlantedHour: a rollout, a rescheduling and a price change in one hour are
// three causes, and each has its exact share.
//
//	web asks api for twice as much: 10 GiB more at 0.02           0.20 rollout
//	api's calls to db: 10 GiB that stayed in the zone cross now   0.20 rescheduling
//	both flows, 30 GiB, then cost a half more than 0.02           0.30 price book
func TestPlantedHour(t *testing.T) {
	web, webNew := edge("web", "api", "a", "b", model.PathVPC), edge("web", "api", "a", "b", model.PathVPC)
	web.SourceRevision, webNew.SourceRevision = "web-7", "web-8"
	stayed, crosses := edge("job", "db", "a", "a", model.PathVPC), edge("job", "db", "a", "b", model.PathVPC)
	const dearer = cross * 3 / 2
	q := question(
		[]diagnosis.Cell{cell(t, web, 10*gib, cross), cell(t, stayed, 10*gib, 0)},
		[]diagnosis.Cell{cell(t, webNew, 20*gib, dearer), cell(t, crosses, 10*gib, dearer)},
		rollout("web", "web-8", at(-1)),
		diagnosis.Change{Kind: diagnosis.ChangeRescheduling, At: at(0), Workload: workload("db"), Subject: workload("db").ID(), Nodes: []string{"n1", "n2"}, Detail: "moved"},
		diagnosis.Change{Kind: diagnosis.ChangePriceBook, At: at(0), Subject: "aws 2026-12"},
	)
	q.After.Book = "y"
	q.Quote = func(_ *model.EdgeKey, bytes uint64) (money.Amount, bool, error) {
		amount, err := money.FromBytes(bytes, cross, gib)
		return amount, true, err
	}
	finding, err := diagnosis.Diagnose(q)
	if err != nil {
		t.Fatal(err)
	}
	want := map[diagnosis.CauseKind]string{diagnosis.CauseRollout: "0.2", diagnosis.CauseRescheduling: "0.2", diagnosis.CausePrice: "0.3"}
	for _, cause := range finding.Causes {
		if cause.Explains.String() != want[cause.Kind] {
			t.Errorf("%s (score %d) explains %s, want %s", cause.Kind, cause.Score, cause.Explains, want[cause.Kind])
		}
		delete(want, cause.Kind)
	}
	if len(want) > 0 || !finding.Unexplained.IsZero() || finding.Split.Change.String() != "0.7" {
		t.Errorf("not found: %v; unexplained %s of %s", want, finding.Unexplained, finding.Split.Change)
	}
}

// TestHarmlessRolloutIsNotBlamed: a rollout at the same minute does not explain
// bytes that merely take another way.
func TestHarmlessRolloutIsNotBlamed(t *testing.T) {
	before, after := edge("web", "api", "a", "b", model.PathPeering), edge("web", "api", "a", "b", model.PathTransitGateway)
	before.SourceRevision, after.SourceRevision = "web-7", "web-8"
	finding, err := diagnosis.Diagnose(question(
		[]diagnosis.Cell{cell(t, before, 10*gib, cross)}, []diagnosis.Cell{cell(t, after, 10*gib, 2*cross)},
		rollout("web", "web-8", at(-1)),
		diagnosis.Change{Kind: diagnosis.ChangeRoute, At: at(0), Subject: "rtb-1", Detail: "route to 10.1.0.0/16 by peering removed"},
	))
	if err != nil {
		t.Fatal(err)
	}
	if first := finding.Causes[0]; first.Kind != diagnosis.CauseRoute {
		t.Errorf("blamed %s: %s", first.Kind, finding.Conclusion())
	}
}

// TestNotFoundIsAnAnswer: without a change and without a pattern no cause is named.
func TestNotFoundIsAnAnswer(t *testing.T) {
	key := edge("web", "api", "a", "b", model.PathVPC)
	finding, err := diagnosis.Diagnose(question(
		[]diagnosis.Cell{cell(t, key, 10*gib, cross)}, []diagnosis.Cell{cell(t, key, 30*gib, cross)},
		rollout("web", "web-8", at(30)), // it came after
	))
	if err != nil {
		t.Fatal(err)
	}
	if len(finding.Causes) > 0 || !strings.HasPrefix(finding.Conclusion(), "cause not found") {
		t.Errorf("named %+v", finding.Causes)
	}
	if finding.Unexplained != finding.Split.Change {
		t.Errorf("unexplained %s of %s", finding.Unexplained, finding.Split.Change)
	}
}

// TestPlacementBesideARollout: where as many bytes as before go between zones, the cause
// is where the pods came to lie, and the rollout that may have moved them comes second.
// Where there are more bytes, the cause is the revision.
func TestPlacementBesideARollout(t *testing.T) {
	before := edge("web", "api", "a", "a", model.PathVPC)
	before.DestinationRevision = "api-7"
	after := before
	after.DestinationRevision, after.DestinationPlace.Zone = "api-8", "b"
	crossed := after
	crossed.DestinationRevision = "api-7"
	for _, test := range []struct {
		name    string
		was, is diagnosis.Cell
		want    []diagnosis.CauseKind
	}{
		{"as many bytes", cell(t, before, 10*gib, 0), cell(t, after, 10*gib, cross), []diagnosis.CauseKind{diagnosis.CauseRescheduling, diagnosis.CauseRollout}},
		{"more bytes", cell(t, crossed, 10*gib, cross), cell(t, after, 40*gib, cross), []diagnosis.CauseKind{diagnosis.CauseRollout}},
	} {
		finding, err := diagnosis.Diagnose(question([]diagnosis.Cell{test.was}, []diagnosis.Cell{test.is}, rollout("api", "api-8", at(0)),
			diagnosis.Change{Kind: diagnosis.ChangeRescheduling, At: at(0), Workload: workload("api"), Subject: workload("api").ID(), Detail: "moved"}))
		if err != nil {
			t.Fatal(err)
		}
		var got []diagnosis.CauseKind
		for _, cause := range finding.Causes {
			got = append(got, cause.Kind)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: causes %v, want %v", test.name, got, test.want)
		}
	}
}

// TestUnobservedIsNotNothing: of a time in which no minute was observed nothing is known,
// least of all that somebody did not talk then.
func TestUnobservedIsNotNothing(t *testing.T) {
	q := question(nil, []diagnosis.Cell{cell(t, edge("web", "api", "a", "b", model.PathVPC), 10*gib, cross)})
	q.Before.Minutes = 0
	finding, err := diagnosis.Diagnose(q)
	if err != nil {
		t.Fatal(err)
	}
	if len(finding.Causes) > 0 || !finding.Split.Change.IsZero() || !strings.Contains(finding.Conclusion(), "no minute of") {
		t.Errorf("named %+v of a change of %s: %s", finding.Causes, finding.Split.Change, finding.Conclusion())
	}
}

// TestANightlyBatchIsNoNewcomer: who did not talk in the hour before is new only where
// nothing earlier is known of him.
func TestANightlyBatchIsNoNewcomer(t *testing.T) {
	q := question(nil, []diagnosis.Cell{cell(t, edge("web", "api", "a", "b", model.PathVPC), 10*gib, cross)})
	for _, known := range []bool{false, true} {
		q.Known = func(baseline.Flow) bool { return known }
		finding, err := diagnosis.Diagnose(q)
		if err != nil {
			t.Fatal(err)
		}
		named := len(finding.Causes) > 0 && finding.Causes[0].Kind == diagnosis.CauseNewConsumer
		if named == known {
			t.Errorf("known of old: %v, and %s", known, finding.Conclusion())
		}
	}
}
