package api_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

func TestAsOf(t *testing.T) {
	s := newService()
	const document = `query($window: Window) { graph(window: $window) { version { number } window { from to } } }`
	for _, row := range []struct {
		asOf map[string]any
		want string
	}{
		{nil, "4"},
		{map[string]any{"version": 3}, "3"},
		{map[string]any{"version": "3"}, "3"},
		{map[string]any{"time": "2026-11-23T10:04:20Z"}, "3"},
		{map[string]any{"time": "2026-11-23T11:04:19+01:00"}, "1"},
		{map[string]any{"version": 5}, "VERSION_NOT_YET"},
		{map[string]any{"version": 2}, "VERSION_EXPIRED"},
		{map[string]any{"time": "2026-11-23T09:00:00Z"}, "VERSION_EXPIRED"},
		{map[string]any{"version": 3, "time": "2026-11-23T10:04:20Z"}, "BAD_INPUT"},
		{map[string]any{}, "BAD_INPUT"},
		{map[string]any{"version": 0}, "BAD_INPUT"},
		{map[string]any{"version": "three"}, "BAD_INPUT"},
		{map[string]any{"time": "yesterday"}, "BAD_INPUT"},
	} {
		window := map[string]any{}
		if row.asOf != nil {
			window["asOf"] = row.asOf
		}
		got := s.ask(t, document, map[string]any{"window": window})
		if found := fmt.Sprint(got.at("graph", "version", "number")); found != row.want && got.code() != row.want {
			t.Errorf("as of %v: got version %s and %+v, want %s", row.asOf, found, got.Errors, row.want)
		}
		for _, e := range got.Errors {
			if hint, _ := e.Extensions["hint"].(string); hint == "" {
				t.Errorf("as of %v: no hint: %+v", row.asOf, e)
			}
		}
	}
}

func TestNothingFoldedYet(t *testing.T) {
	s := newService()
	s.graphs.Kept = nil
	got := s.must(t, `{ meta { lab } graph { version { number } window { from to } nodes { id } transfers { id } total { transfers cost { display } } }
		transfers { totalCount edges { cursor } version { number } pageInfo { hasNextPage endCursor } } totals { bytes } versions { edges { cursor } }
		entity(id: "w/a/b/c/d") { entity { id } } transfer(id: "t0000000000000001") { charges { code } } }`, nil)
	want := answer{}
	if err := json.Unmarshal([]byte(`{"Data": {"meta": null, "entity": null, "transfer": null, "totals": [], "versions": {"edges": []},
		"graph": {"version": null, "window": {"from": "2026-11-23T10:00:00Z", "to": "2026-11-23T11:00:00Z"}, "nodes": [], "transfers": [], "total": {"transfers": 0, "cost": {"display": "$0.00"}}},
		"transfers": {"totalCount": 0, "edges": [], "version": null, "pageInfo": {"hasNextPage": false, "endCursor": null}}}}`), &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(fmt.Sprint(want.Data), fmt.Sprint(got.Data)); diff != "" {
		t.Error(diff)
	}
}

func TestPagingPinsTheVersion(t *testing.T) {
	s := newService()
	const document = `query($first: Int, $after: String, $orderBy: TransferOrder, $entity: ID) {
		transfers(first: $first, after: $after, orderBy: $orderBy, entity: $entity) {
			totalCount version { number } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`
	seen := map[any]bool{}
	var after any
	var pages int
	for more := true; more; pages++ {
		page := s.must(t, document, map[string]any{"first": 8, "after": after})
		if pages == 0 { // a new version comes while we read
			s.graphs.Kept = append(s.graphs.Kept, doubles.Version(5))
		}
		if fmt.Sprint(page.at("transfers", "version", "number")) != "4" || fmt.Sprint(page.at("transfers", "totalCount")) != "20" {
			t.Fatalf("page %d is of another version: %v", pages, page.Data)
		}
		for _, edge := range page.at("transfers", "edges").([]any) {
			seen[edge.(map[string]any)["node"].(map[string]any)["id"]] = true
		}
		more = page.at("transfers", "pageInfo", "hasNextPage").(bool)
		if previous := page.at("transfers", "pageInfo", "hasPreviousPage").(bool); previous != (pages > 0) {
			t.Errorf("page %d has a page before it: %v", pages, previous)
		}
		after = page.at("transfers", "pageInfo", "endCursor")
	}
	if len(seen) != 20 || pages != 3 {
		t.Errorf("%d transfers on %d pages, want 20 on 3", len(seen), pages)
	}
	for name, variables := range map[string]map[string]any{
		"another order":  {"after": after, "orderBy": "BYTES"},
		"another entity": {"after": after, "entity": "w/lab/shop/Deployment/web"},
		"no cursor":      {"after": "t4:0:0:0"},
		"another kind":   {"after": "djQ"},
		"a made-up one":  {"after": "dDQ6MDo2MDowOjIxNjYxMzYyNjE6LTU"}, // t4:0:60:0:2166136261:-5
		"trailing text":  {"after": "dDQ6MDo2MDowOjIxNjYxMzYyNjE6NXh4"},
		"no transfer":    {"first": 0},
		"less than none": {"first": -1},
		"too many":       {"first": query.MaxTransfers + 1},
	} {
		if got := s.ask(t, document, variables); got.code() != "BAD_INPUT" {
			t.Errorf("%s: got %v %+v, want BAD_INPUT", name, got.Data, got.Errors)
		}
	}
}

func TestVersionPages(t *testing.T) {
	s := newService()
	const document = `query($first: Int, $after: String) { versions(first: $first, after: $after) { edges { cursor node { number } } pageInfo { hasNextPage endCursor } } }`
	first := s.must(t, document, map[string]any{"first": 2})
	second := s.must(t, document, map[string]any{"first": 2, "after": first.at("versions", "pageInfo", "endCursor")})
	if fmt.Sprintln(first.at("versions", "edges", 1, "node", "number"), first.at("versions", "pageInfo", "hasNextPage"),
		second.at("versions", "edges", 0, "node", "number"), second.at("versions", "pageInfo", "hasNextPage")) != "3 true 1 false\n" {
		t.Errorf("got %v, then %v", first.Data, second.Data)
	}
	for _, wrong := range []int{0, -1, query.MaxVersions + 1} {
		if got := s.ask(t, document, map[string]any{"first": wrong}); got.code() != "BAD_INPUT" || !strings.Contains(got.Errors[0].Message, fmt.Sprint(wrong)) {
			t.Errorf("first %d: got %v %+v", wrong, got.Data, got.Errors)
		}
	}
	if got := s.ask(t, document, map[string]any{"first": query.MaxVersions}); got.code() != "" {
		t.Errorf("the most that may be asked for: %+v", got.Errors)
	}
}

func TestIDs(t *testing.T) {
	s := newService()
	for id, want := range map[string]string{
		"t0000000000000001": "", "t1": "BAD_INPUT", "x0000000000000001": "BAD_INPUT", "t000000000000000G": "BAD_INPUT",
		"t00000000000000001": "BAD_INPUT", "T0000000000000001": "BAD_INPUT", "": "BAD_INPUT", "tFFFFFFFFFFFFFFFF": "BAD_INPUT",
	} {
		got := s.ask(t, `query($id: ID!) { transfer(id: $id) { transfer { id } } }`, map[string]any{"id": id})
		if got.code() != want || got.at("transfer") != nil {
			t.Errorf("id %q: got %v %+v, want %q", id, got.Data, got.Errors, want)
		}
	}
	if got := s.must(t, `{ entity(id: "w/lab/shop/Deployment/nobody") { entity { id } } }`, nil); got.at("entity") != nil {
		t.Errorf("an unknown node is %v", got.Data)
	}
}

// TestDetailsAskEachStoreOnce: whatever is selected, nothing is read per row.
func TestDetailsAskEachStoreOnce(t *testing.T) {
	s := newService()
	s.series.Lines = []query.Charge{{Payer: "source", Code: "X-Bytes", PriceRow: "row-1", Bytes: 5, UnitBytes: 1 << 30, RateNano: 10_000_000, Amount: money.FromNano(1)}, {Payer: "source", UnpricedReason: "no row"}}
	s.series.Rows = []query.RawRow{{Flow: model.FlowRow{RemoteAddr: netip.MustParseAddr("10.0.0.1")}}, {}, {}}
	s.series.Minutes = []query.MinuteTotal{{Minute: 1}, {Minute: 2}}
	point := doubles.Transfer("web", "a", 1000, 1e6)
	s.series.Points = []query.Transfer{point}
	id := point.ID.String()
	got := s.must(t, `query($id: ID!) { transfer(id: $id) { transfer { id checkBytes rttMicros } version { number } series { bytes }
		charges { code rate { display } priceSource unpricedReason } flows(first: 2) { localAddress remoteAddress virtualAddress } } }`, map[string]any{"id": id})
	if diff := cmp.Diff(map[string]int{"Charges": 1, "Flows": 1, "Totals": 1, "Transfer": 1}, s.series.Counts()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]int{"Head": 1, "NewestMinute": 1}, s.graphs.Counts()); diff != "" {
		t.Errorf("one transfer is a point read: %s", diff)
	}
	if fmt.Sprintln(got.at("transfer", "charges", 0, "priceSource"), got.at("transfer", "charges", 0, "rate", "display"), got.at("transfer", "flows", 0, "remoteAddress")) != "source of row-1 $0.01 10.0.0.1\n" {
		t.Errorf("got %v", got.Data)
	}
	if local := got.at("transfer", "flows", 0, "localAddress"); local != "" || got.at("transfer", "flows", 0, "virtualAddress") != nil || len(got.at("transfer", "flows").([]any)) != 2 {
		t.Errorf("an address that is not known is %q", local)
	}
	s.must(t, `{ entity(id: "w/lab/shop/Deployment/web") { entity { id zones } transfers { id } deployments { id } series { bytes } } }`, nil)
	if diff := cmp.Diff(map[string]int{"Head": 1, "Transfers": 1, "Deployments": 1}, s.graphs.Counts()); diff != "" {
		t.Error(diff)
	}
	s.must(t, `{ agents { node lostBytes } }`, nil)
	if got := s.ask(t, `query($id: ID!) { transfer(id: $id) { flows(first: 1001) { agent } } }`, map[string]any{"id": id}); got.code() != "BAD_INPUT" {
		t.Errorf("1001 rows: %+v", got.Errors)
	}
}

// TestInternalsStayInTheLog: causes are logged and never shown.
func TestInternalsStayInTheLog(t *testing.T) {
	s := newService()
	secret := errors.New("dial tcp 10.9.8.7:7687: password neo4j/hunter2")
	s.graphs.Err = secret
	got := s.ask(t, `{ graph { total { bytes } } }`, nil)
	s.graphs.Err, s.layout.Err = nil, secret
	layout := s.ask(t, `{ graph { total { bytes } } }`, nil)
	s.layout.Err = nil
	s.graphs.Edges[3][0].Cost, s.graphs.Edges[3][1].Cost = tooMuch(t), tooMuch(t)
	overflow := s.ask(t, `{ graph(window: {asOf: {version: 3}}) { total { bytes } } }`, nil)
	for want, response := range map[string][]answer{"STORE_UNAVAILABLE": {got}, "INTERNAL": {layout, overflow}} {
		for _, r := range response {
			hint := ""
			if len(r.Errors) == 1 {
				hint, _ = r.Errors[0].Extensions["hint"].(string)
			}
			if r.code() != want || hint == "" || strings.Contains(fmt.Sprint(r), "hunter2") || strings.Contains(fmt.Sprint(r), "10.9.8.7") {
				t.Errorf("got %+v, want %s with a hint and without the cause", r, want)
			}
		}
	}
	if logged := s.log.String(); strings.Count(logged, "hunter2") != 2 || !strings.Contains(logged, "out of range") {
		t.Errorf("the log does not tell the causes: %s", logged)
	}
}

func tooMuch(t *testing.T) money.Amount {
	t.Helper()
	amount, err := money.ParseDecimal("70000000000000")
	if err != nil {
		t.Fatal(err)
	}
	return amount
}
