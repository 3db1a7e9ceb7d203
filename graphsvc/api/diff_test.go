package api_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDiff: version 3 has 15 transfers, version 4 the same and five more.
func TestDiff(t *testing.T) {
	s := newService()
	got := s.must(t, `{ diff(before: {asOf: {version: 3}}, after: {asOf: {version: 4}}, limit: 2) {
		before { version { number } window { minutes } } after { version { number } } sameLength groupBy
		total { rows bytesChange costChange { amount } } appeared { rows after { bytes } } disappeared { rows } changed { rows } unchanged { rows }
		rows { change group transfer { destinationName } before { bytes } after { bytes } bytesChange costChange { display } }
		rest { rows bytesChange } nodes(first: 1) { id change costChange { display } } } }`, nil)
	for path, want := range map[string]any{
		"before.version.number": "3", "before.window.minutes": "60", "after.version.number": "4", "sameLength": true, "groupBy": "TRANSFER",
		"total.rows": "20", "total.bytesChange": "5085", "total.costChange.amount": "0.09", "appeared.rows": "5", "appeared.after.bytes": "5085",
		"disappeared.rows": "0", "changed.rows": "0", "unchanged.rows": "15", "rest.rows": "3", "rest.bytesChange": "3048",
	} {
		if found := walk(got, "diff."+path); found != want {
			t.Errorf("%s is %v, want %v", path, found, want)
		}
	}
	row := got.at("diff", "rows", 0).(map[string]any)
	delete(row, "group")
	want := map[string]any{
		"change": "NEW", "transfer": map[string]any{"destinationName": "t"},
		"before": map[string]any{"bytes": json.Number("0")}, "after": map[string]any{"bytes": json.Number("1019")},
		"bytesChange": json.Number("1019"), "costChange": map[string]any{"display": "$0.02"},
	}
	if d := cmp.Diff(want, row); d != "" {
		t.Errorf("the first row (-want +got):\n%s", d)
	}
	if node := got.at("diff", "nodes", 0, "id"); node != "w/lab/shop/Deployment/web" {
		t.Errorf("the node that changed most is %v", node)
	}
	if d := cmp.Diff(map[string]int{"Head": 1, "Version": 2, "NewestMinute": 2, "Transfers": 2}, s.graphs.Counts()); d != "" {
		t.Errorf("questions to the store (-want +got):\n%s", d)
	}
	s.must(t, `{ diff(before: {from: "2026-11-23T09:00:00Z", to: "2026-11-23T10:00:00Z"}, after: {}, groupBy: TEAM_PAIR) {
		rows { group } before { version { number } window { foldedMinutes } } after { version { number } } } }`, nil)
	if asked := s.graphs.Counts(); asked["Ownerships"] != 1 || asked["Version"] != 1 {
		t.Errorf("by team, both sides as of the newest version: asked %v", asked)
	}
	for _, wrong := range []string{`limit: 0`, `limit: 20001`, `groupBy: COLOUR`} {
		if got := s.ask(t, `{ diff(before: {}, after: {}, `+wrong+`) { rows { change } } }`, nil); len(got.Errors) == 0 {
			t.Errorf("%s was answered", wrong)
		}
	}
}

// TestDiffGroups: rows of every dimension have names, and add up to one total.
func TestDiffGroups(t *testing.T) {
	s := newService()
	for _, by := range []string{
		"TRANSFER", "SOURCE", "DESTINATION", "PAIR", "SOURCE_NAMESPACE", "DESTINATION_NAMESPACE", "NAMESPACE_PAIR",
		"SOURCE_TEAM", "DESTINATION_TEAM", "TEAM_PAIR", "ZONE_PAIR", "PATH",
	} {
		got := s.must(t, `query($by: Dimension) { diff(before: {asOf: {version: 1}}, after: {asOf: {version: 4}}, groupBy: $by) {
			groupBy total { bytesChange } rows { group } } }`, map[string]any{"by": by})
		if got.at("diff", "groupBy") != by || got.at("diff", "total", "bytesChange") != json.Number("15180") || got.at("diff", "rows", 0) == nil {
			t.Errorf("by %s: %v", by, got.Data)
		}
	}
}
