package app

import (
	"bytes"
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/snapshot"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/neo4j/neo4jtest"
)

// hostile names must neither end a Cypher string nor be changed by one.
var hostile = []string{"web", "it's", `back\slash`, `\u0027}) DETACH DELETE (n) //`, `\\u0027`, "new\nline", `"); CREATE (:Hacked) //`, "ünï😀"}

func hostileEdges(minute model.Minute) []model.PricedEdge {
	var edges []model.PricedEdge
	for i, name := range hostile {
		edges = append(edges, pricedEdge(minute, name, "db", uint64(1000+i)))
	}
	return edges
}

// exported writes the graph of a store's newest minutes.
func exported(t *testing.T, explorer *query.Explorer, from, to model.Minute, format snapshot.Format) string {
	t.Helper()
	graph, err := explorer.Snapshot(t.Context(), query.Ask{From: from.Start(), To: to.Start()})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := snapshot.Write(&out, graph, format); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestASnapshotComesBack: exported, imported into an empty Neo4j, exported again.
func TestASnapshotComesBack(t *testing.T) {
	const first model.Minute = 29_923_800
	writer := newGraphWriter(t)
	writer.publish(t, model.VersionFold, first, hostileEdges(first)...)
	writer.publish(t, model.VersionFold, first+1, hostileEdges(first+1)...)
	before := exported(t, writer.explorer(), first, first+2, snapshot.NDJSON)
	script := exported(t, writer.explorer(), first, first+2, snapshot.Cypher)

	graph, err := snapshot.Read(strings.NewReader(before))
	if err != nil {
		t.Fatal(err)
	}
	if err := ImportGraph(t.Context(), writer.store, graph); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("imported over a graph: %v", err)
	}
	empty := newGraphWriter(t)
	if err := ImportGraph(t.Context(), empty.store, graph); err != nil {
		t.Fatal(err)
	}
	after := exported(t, empty.explorer(), first, first+2, snapshot.NDJSON)
	_, edgesBefore, _ := strings.Cut(before, "\n")
	if _, edgesAfter, _ := strings.Cut(after, "\n"); edgesAfter != edgesBefore {
		t.Errorf("imported and exported again:\n%s\nwant\n%s", after, before)
	}
	runScript(t, script)
}

// runScript runs an exported script on an empty Neo4j, statement by statement.
func runScript(t *testing.T, script string) {
	t.Helper()
	db := neo4jtest.DB(t)
	for _, statement := range strings.Split(script, ";\n") {
		if strings.TrimSpace(statement) == "" || strings.Contains(statement, "CREATE CONSTRAINT") {
			continue // the schema has it
		}
		if err := db.ExecuteWrite(t.Context(), func(tx neo4j.Tx) error { return tx.Exec(t.Context(), statement, nil) }); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	var transfers, bytes int64
	var names []string
	err := db.ExecuteRead(t.Context(), func(tx neo4j.Tx) error {
		_, err := tx.Single(t.Context(), "MATCH (a:Entity:Workload)-[t:TRANSFERS]->() WITH a, t ORDER BY a.id RETURN count(t), sum(t.totalBytes), collect(a.name)", nil, &transfers, &bytes, &names)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if transfers != int64(len(hostile)) || bytes != 2*(8000+28) || !sameNames(names) {
		t.Errorf("the script made %d transfers of %d bytes from %q", transfers, bytes, names)
	}
}

func sameNames(names []string) bool {
	got := map[string]bool{}
	for _, name := range names {
		got[name] = true
	}
	for _, name := range hostile {
		if !got[name] {
			return false
		}
	}
	return len(got) == len(hostile)
}
