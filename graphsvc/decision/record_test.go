package decision_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/decision"
)

var epoch = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

func TestStanding(t *testing.T) {
	said := func(action decision.Action, after, until time.Duration) decision.Record {
		r := decision.Record{Action: action, At: epoch.Add(after)}
		if until != 0 {
			r.Until = epoch.Add(until)
		}
		return r
	}
	for _, test := range []struct {
		name    string
		history []decision.Record
		want    decision.Action
	}{
		{"nothing was said", nil, ""},
		{"the newest counts", []decision.Record{said(decision.Accepted, 2, 0), said(decision.Dismissed, 1, 0)}, decision.Accepted},
		{"it was taken back", []decision.Record{said(decision.Reopened, 2, 0), said(decision.Resolved, 1, 0)}, ""},
		{"its time is not over", []decision.Record{said(decision.Dismissed, 1, 2*time.Hour)}, decision.Dismissed},
		{"its time is over", []decision.Record{said(decision.Dismissed, 1, time.Hour)}, ""},
		{"what it replaced does not come back", []decision.Record{said(decision.Dismissed, 2, time.Hour), said(decision.Accepted, 1, 0)}, ""},
	} {
		if got := decision.Standing(test.history, epoch.Add(time.Hour)); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// However records come from a store, in whatever order and however often, they
// are one history.
func TestHistoryIsOneWhateverTheOrder(t *testing.T) {
	record := rapid.Custom(func(t *rapid.T) decision.Record {
		return decision.Record{
			Subject: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "subject"), By: rapid.SampledFrom([]string{"ann", "bob"}).Draw(t, "by"),
			Key: rapid.StringMatching(`[a-c]{1,2}`).Draw(t, "key"), At: epoch.Add(time.Duration(rapid.IntRange(0, 5).Draw(t, "at"))),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		// A key is used once: what is stored twice is the same record.
		records := rapid.SliceOfDistinct(record, func(r decision.Record) [3]string { return [3]string{r.Subject, r.By, r.Key} }).Draw(t, "records")
		want := decision.History(records)
		if len(want) != len(records) {
			t.Fatalf("%d of %d records are left", len(want), len(records))
		}
		if !slices.IsSortedFunc(want, func(a, b decision.Record) int { return b.At.Compare(a.At) }) {
			t.Fatalf("not newest first: %v", want)
		}
		twice := rapid.Permutation(append(slices.Clone(records), records...)).Draw(t, "stored")
		if diff := cmp.Diff(want, decision.History(twice), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("another history of the same records (-want +got):\n%s", diff)
		}
	})
}
