package flowstore_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/decision"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
)

func TestDecisionsAreKeptAsTheyWereMade(t *testing.T) {
	db := clickhousetest.Migrated(t)
	store := flowstore.New(db)
	made := []decision.Record{
		{Kind: decision.Incident, Subject: "i1", At: start, By: "ann", Method: "oidc", Key: "k1", Action: decision.Acknowledged, Note: "I look"},
		{Kind: decision.Incident, Subject: "i1", At: start.Add(time.Microsecond), By: "bob", Method: "token", Key: "k2", Action: decision.Resolved},
		{Kind: decision.Recommendation, Subject: "r1", At: start, By: "ann", Method: "oidc", Key: "k3", Action: decision.Dismissed, Note: "no", Until: start.Add(time.Hour)},
		{Kind: decision.View, Subject: "v1", At: start, By: "ann", Method: "oidc", Key: "k4", Action: decision.Saved, Body: `{"name":"mine"}`},
	}
	for _, record := range made {
		if err := store.AppendDecision(t.Context(), record); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		kind     decision.Kind
		subjects []string
		want     []decision.Record
	}{
		{decision.Incident, []string{"i1", "i2"}, []decision.Record{made[1], made[0]}},
		{decision.Incident, []string{"r1"}, nil},
		{decision.Recommendation, []string{"r1"}, made[2:3]},
		{decision.View, nil, made[3:]},
	} {
		found, err := store.Decisions(t.Context(), test.kind, test.subjects)
		if err != nil {
			t.Fatal(err)
		}
		got := decision.History(found)
		if len(got) == 0 && len(test.want) == 0 {
			continue
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s %v (-want +got):\n%s", test.kind, test.subjects, diff)
		}
	}
}
