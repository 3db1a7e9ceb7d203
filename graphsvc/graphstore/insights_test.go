package graphstore_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
	"github.com/egressor/egressor/internal/neo4j"
)

func incident(id string, since model.Minute) model.Incident {
	amount := func(n int64) money.Amount { return money.FromAtoms(n) }
	return model.Incident{
		ID: id, Kind: "step", Title: "web to db costs 12 a day more", Since: since, Detected: since + 1, Impact: amount(5), ImpactPerDay: amount(7), ImpactPerDayLow: amount(6), ImpactPerDayHigh: amount(8), RangePercent: 90, Currency: "USD",
		Version: 3, Through: since + 9, Conclusion: "rollout: web", Parts: model.CostParts{Through: since + 4, Change: amount(9), Volume: amount(8), Remainder: amount(1)},
		Anomalies: []model.Anomaly{{
			Scope: "flow web -> db", Source: "w/lab/shop/Deployment/web", Destination: "w/lab/shop/Deployment/db", Kind: "step", Basis: "hour-of-week",
			Since: since, Filter: "source.id=w/lab/shop/Deployment/web", Minutes: 12, Bytes: 1 << 40, ExpectedBytes: 1 << 30, Cost: amount(11), ExpectedCost: amount(6),
		}},
		Findings: []model.Finding{{
			Kind: "rollout", Subject: "web", Entity: "w/lab/shop/Deployment/web", Revision: "web-8", At: time.Unix(1_800_000_000, 0).UTC(), Explains: amount(8),
			For: []string{"one", "two"}, Score: 97, Confidence: "high",
		}},
	}
}

// TestIncidentsRoundTrip: what is stored is what is read, an incident that goes on
// is one, and the newest come first.
func TestIncidentsRoundTrip(t *testing.T) {
	store, _ := store(t)
	first, second := incident("i1", 100), incident("i2", 200)
	for _, i := range []model.Incident{first, second} {
		if err := store.SaveIncident(t.Context(), i); err != nil {
			t.Fatal(err)
		}
	}
	first.Until, first.Impact = 160, money.FromAtoms(50)
	if err := store.SaveIncident(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	got, err := store.Incidents(t.Context(), model.IncidentPlace{}, 10)
	if err != nil {
		t.Fatal(err)
	}
	if want := []model.Incident{second, first}; !reflect.DeepEqual(got, want) {
		t.Errorf("read\n%+v\nwant\n%+v", got, want)
	}
	if _, found, err := store.Incident(t.Context(), "i3"); found || err != nil {
		t.Errorf("an incident that nobody stored: %t, %v", found, err)
	}
	if page, err := store.Incidents(t.Context(), model.IncidentPlace{Since: 200, ID: "i2"}, 10); err != nil || len(page) != 1 || page[0].ID != "i1" {
		t.Errorf("behind i2: %+v, %v", page, err)
	}
}

// TestInvestigationsAreLinked: to the incident, and to what they cite and the graph has;
// made again, one is the same node.
func TestInvestigationsAreLinked(t *testing.T) {
	store, db := store(t)
	if err := store.SaveIncident(t.Context(), incident("i1", 100)); err != nil {
		t.Fatal(err)
	}
	err := db.ExecuteWrite(t.Context(), func(tx neo4j.Tx) error {
		return tx.Exec(t.Context(), "CREATE (:Entity {id: 'w/lab/shop/Deployment/web'}), (:Deployment {id: 'web-8'})", nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	q := model.Investigation{
		ID: "q1", Question: "why?", Incident: "i1", Occasion: "opened", By: "egressor", Engine: "rules", Version: 3, Answer: "so", From: 90, To: 110,
		StartedAt: time.Unix(1_800_000_000, 0), Entities: []string{"w/lab/shop/Deployment/web", "w/lab/shop/Deployment/gone"}, Revisions: []string{"web-8"},
	}
	other := q
	other.ID, other.Incident, other.StartedAt = "q2", "", q.StartedAt.Add(time.Hour)
	for _, one := range []model.Investigation{q, other, q} {
		if err := store.SaveInvestigation(t.Context(), one); err != nil {
			t.Fatal(err)
		}
	}
	if ids, err := store.InvestigationsOf(t.Context(), "i1"); err != nil || !reflect.DeepEqual(ids, []string{"q1"}) {
		t.Errorf("of the incident: %v, %v", ids, err)
	}
	var cites int64
	err = db.ExecuteRead(t.Context(), func(tx neo4j.Tx) error {
		return tx.Each(t.Context(), "MATCH (:Investigation {id: 'q1'})-[c:CITES|INVESTIGATES]->() RETURN count(c)", nil, func(row neo4j.Row) error { return row.Scan(&cites) })
	})
	if err != nil || cites != 3 {
		t.Errorf("q1 leads to %d nodes, want its incident, a workload and a rollout (%v)", cites, err)
	}
}

// TestRecommendationsAreReplaced: the newest list is what is read, in its order.
func TestRecommendationsAreReplaced(t *testing.T) {
	store, _ := store(t)
	make := func(id string) model.Recommendation {
		return model.Recommendation{
			ID: id, Kind: "gateway-endpoint", Subject: "s3", Title: "t", Monthly: money.FromAtoms(3), Low: money.FromAtoms(2), High: money.FromAtoms(4),
			Saving: money.FromAtoms(1), Before: money.FromAtoms(9), After: money.FromAtoms(8), Currency: "USD", From: 10, To: 20, Minutes: 9, Bytes: 1 << 33,
			Entities: []string{"w/lab/shop/Deployment/web"}, Why: []string{"because"}, Assumptions: []string{"a"}, Check: "look",
			Apply: []model.Patch{{Tool: "terraform", Text: "x"}}, Undo: []model.Patch{{Tool: "aws-cli", Text: "y"}},
		}
	}
	for _, list := range [][]model.Recommendation{{make("r1"), make("r2")}, {make("r3"), make("r1")}} {
		if err := store.SaveRecommendations(t.Context(), list); err != nil {
			t.Fatal(err)
		}
		got, err := store.Recommendations(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, list) {
			t.Errorf("read\n%+v\nwant\n%+v", got, list)
		}
	}
	if err := store.SaveRecommendations(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if got, err := store.Recommendations(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("none are recommended, read %+v, %v", got, err)
	}
}

// TestShiftsAreToldWithOne: a recommendation by id comes with its shifts, the list
// without them; one that is no longer made is marked so, and one from before shifts
// were kept reads as one without.
func TestShiftsAreToldWithOne(t *testing.T) {
	store, db := store(t)
	key := model.EdgeKey{
		Source: model.Identity{Kind: model.KindWorkload, Cluster: "lab", Namespace: "shop", Type: "Deployment", Name: "web"}, Destination: model.Identity{Kind: model.KindCloudEndpoint, Type: "s3", Name: `s3 "|%`},
		ServerPort: 443, Protocol: model.TCP, Initiator: model.InitiatorSource, SourcePlace: model.Place{Zone: "z1", Account: "1"}, Path: model.Path{Kind: model.PathNAT, Via: "nat-a", ViaZone: "z2"},
	}
	want := model.Recommendation{
		ID: "r1", Kind: "gateway-endpoint", Currency: "USD", Bytes: 1 << 62, Shifts: []model.Shift{
			{Key: key, Before: model.Carried{Carries: true, Bytes: 1 << 62, Cost: money.FromAtoms(7)}, Joins: true}, {Key: key, After: model.Carried{Carries: true}},
		},
		Apply: []model.Patch{}, Undo: []model.Patch{},
		Rest: model.ShiftSum{Shifts: 3, BytesBefore: 4, BytesAfter: 5, Before: money.FromAtoms(6), After: money.FromAtoms(1)},
	}
	if err := store.SaveRecommendations(t.Context(), []model.Recommendation{want}); err != nil {
		t.Fatal(err)
	}
	read := func(what string) {
		t.Helper()
		if got, ok, err := store.Recommendation(t.Context(), "r1"); err != nil || !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: read\n%+v, %v, %v\nwant\n%+v", what, got, ok, err, want)
		}
	}
	read("as it is made")
	if list, err := store.Recommendations(t.Context()); err != nil || len(list) != 1 || list[0].Shifts != nil || list[0].Rest != want.Rest {
		t.Errorf("the list: %+v, %v; want one without shifts", list, err)
	}
	if err := store.SaveRecommendations(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	want.Withdrawn = true
	read("withdrawn")
	if err := db.ExecuteWrite(t.Context(), func(tx neo4j.Tx) error {
		return tx.Exec(t.Context(), "MATCH (r:Recommendation) REMOVE r.shifts, r.restShifts, r.restBytesBefore, r.restBytesAfter, r.restBefore, r.restAfter", nil)
	}); err != nil {
		t.Fatal(err)
	}
	want.Shifts, want.Rest = nil, model.ShiftSum{}
	read("from before shifts were kept")
	if _, ok, err := store.Recommendation(t.Context(), "r2"); err != nil || ok {
		t.Errorf("one that never was: %v, %v; want none", ok, err)
	}
}

// TestVerdictsRoundTrip: a recommendation that is followed is still known when it
// is not made any more, since when it was made does not move, and its newest
// verdict is what is read.
func TestVerdictsRoundTrip(t *testing.T) {
	store, _ := store(t)
	r := model.Recommendation{ID: "r1", Kind: "same-zone-routing", Subject: "w/lab/shop/Deployment/api", Title: "Route to api", From: 10, To: 100, Made: 100, Currency: "USD"}
	save := func(list ...model.Recommendation) {
		t.Helper()
		if err := store.SaveRecommendations(t.Context(), list); err != nil {
			t.Fatal(err)
		}
	}
	made := func(since, want model.Minute) {
		t.Helper()
		got, err := store.Made(t.Context(), since)
		if err != nil || len(got) != 1 || got[0].Made != want {
			t.Fatalf("made since %d: %+v, %v; want one of minute %d", since, got, err, want)
		}
	}
	save(r)
	r.To, r.Made = 130, 130
	save(r)
	made(130, 100)
	save()
	made(130, 100)
	if got, err := store.Made(t.Context(), 131); err != nil || len(got) != 0 {
		t.Errorf("made since 131: %+v, %v; want none", got, err)
	}
	save(r) // made again after a break
	made(130, 130)

	v := model.Verdict{
		Recommendation: "r1", Kind: r.Kind, Subject: r.Subject, Title: r.Title, Applied: time.Unix(1_800_000_000, 0).UTC(), Evidence: "Service api says so",
		State: model.VerdictMeasuring, Currency: "USD", From: 140, To: 150, Summary: "too little",
	}
	for _, state := range []string{model.VerdictMeasuring, "partly-effective"} {
		v.State, v.Predicted, v.Realised, v.Reasons, v.Entities = state, money.FromAtoms(9), money.FromAtoms(7), []string{"a zone has no endpoint"}, []string{"w/lab/shop/Deployment/api"}
		if err := store.SaveVerdicts(t.Context(), []model.Verdict{v}); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := store.Verdicts(t.Context()); err != nil || !reflect.DeepEqual(got, []model.Verdict{v}) {
		t.Errorf("read %+v, %v\nwant %+v", got, err, v)
	}
}
