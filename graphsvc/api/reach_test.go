package api_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/internal/model"
)

// newChain is the API over web -> cart -> db and pay -> db, and pay out by a NAT.
func newChain() *service {
	s := newService()
	out := doubles.Transfer("pay", "internet", 70, 7)
	out.Key.Path = model.Path{Kind: model.PathNAT, Via: "nat-1"}
	out.ID = out.Key.ID()
	s.graphs.Edges[4] = []query.Transfer{
		doubles.Transfer("web", "cart", 500, 5), doubles.Transfer("cart", "db", 300, 3), doubles.Transfer("db", "cart", 30, 3), doubles.Transfer("pay", "db", 100, 9), out,
	}
	return s
}

const node = "w/lab/shop/Deployment/"

func TestFromNodeToNode(t *testing.T) {
	s := newChain()
	for _, row := range []struct {
		document string
		want     map[string]any
	}{
		{
			`{ r: paths(from: "` + node + `web", to: "` + node + `db") { whole paths { bytes zoneCrossings cost { display } hops { to { name } transfers transferIds } } version { number } } }`,
			map[string]any{"r.whole": true, "r.paths.0.bytes": "300", "r.paths.0.zoneCrossings": "2", "r.paths.0.hops.1.to.name": "db", "r.version.number": "4", "r.paths.1": nil},
		},
		{
			`{ r: neighbourhood(of: "` + node + `cart", limit: 2) { left leftCost { display } nodes { node { name namespace } hops bytes through { name } } } }`,
			map[string]any{"r.left": "1", "r.nodes.0.node.name": "cart", "r.nodes.0.through": nil, "r.nodes.1.node.name": "db", "r.nodes.1.bytes": "330", "r.nodes.1.through.name": "cart"},
		},
		{
			`{ r: blastRadius(of: {node: "` + node + `db"}) { nodes { node { name } hops dependence } } }`,
			map[string]any{"r.nodes.0.dependence": nil, "r.nodes.1.dependence": "OBSERVED", "r.nodes.0.node.name": "db", "r.nodes.1.node.name": "pay", "r.nodes.2.node.name": "cart", "r.nodes.3.node.name": "web", "r.nodes.3.hops": "2"},
		},
		{
			`{ r: blastRadius(of: {via: "nat-1"}) { nodes { node { name } through { name } bytes } } }`,
			map[string]any{"r.nodes.0.node.name": "pay", "r.nodes.0.through.name": "internet", "r.nodes.0.bytes": "70", "r.nodes.1": nil},
		},
		{
			`{ r: sharedDestinations(of: ["` + node + `cart", "` + node + `pay"]) { destinations { node { name } callerCount callers(first: 1) { from { name } } } } }`,
			map[string]any{"r.destinations.0.node.name": "db", "r.destinations.0.callerCount": "2", "r.destinations.0.callers.0.from.name": "pay", "r.destinations.1": nil},
		},
		{
			`{ r: crossZoneCircles { circles { nodes { name } zones transfers bytes } } }`,
			map[string]any{"r.circles.0.nodes.0.name": "cart", "r.circles.0.nodes.1.name": "db", "r.circles.0.zones.1": "az-db", "r.circles.0.transfers": "2", "r.circles.0.bytes": "330"},
		},
	} {
		got := s.must(t, row.document, nil)
		for path, want := range row.want {
			if found := walk(got, path); found != want {
				t.Errorf("%s\n%s is %v, want %v", row.document, path, found, want)
			}
		}
	}
	if asked := s.graphs.Counts(); asked["Transfers"] != 1 {
		t.Errorf("one window was read %d times for six questions", asked["Transfers"])
	}
}

func TestWrongFromNodeToNode(t *testing.T) {
	s := newChain()
	for document, want := range map[string]string{
		`{ paths(from: "x", to: "` + node + `db") { whole } }`:                           "UNKNOWN_ID",
		`{ paths(from: "` + node + `web", to: "` + node + `db", maxHops: 7) { whole } }`: "BAD_INPUT",
		`{ paths(from: "` + node + `web", to: "` + node + `db", limit: 101) { whole } }`: "BAD_INPUT",
		`{ neighbourhood(of: "` + node + `web", hops: 0) { left } }`:                     "BAD_INPUT",
		`{ blastRadius(of: {node: "", via: ""}) { left } }`:                              "GRAPHQL_VALIDATION_FAILED",
		`{ blastRadius(of: {via: ""}) { left } }`:                                        "BAD_INPUT",
		`{ blastRadius(of: {via: "nat-2"}) { left } }`:                                   "UNKNOWN_ID",
		`{ sharedDestinations(of: ["nobody"]) { window { from } } }`:                     "UNKNOWN_ID",
		`{ crossZoneCircles(minBytes: -1) { window { from } } }`:                         "BAD_INPUT",
		`{ crossZoneCircles(limit: 0) { window { from } } }`:                             "BAD_INPUT",
		`{ crossZoneCircles(window: {asOf: {version: 9}}) { window { from } } }`:         "VERSION_NOT_YET",
	} {
		if got := s.ask(t, document, nil); got.code() != want {
			t.Errorf("%s: %+v, want %s", document, got.Errors, want)
		}
	}
	both := map[string]any{"of": map[string]any{"node": "a", "via": "b"}}
	if got := s.ask(t, `query($of: BlastTarget!) { blastRadius(of: $of) { left } }`, both); len(got.Errors) == 0 {
		t.Errorf("both fields of @oneOf: %s", cmp.Diff(nil, got.Data))
	}
}
