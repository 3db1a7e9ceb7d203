package snapshot_test

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/diff"
	"github.com/egressor/egressor/graphsvc/snapshot"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
	"github.com/egressor/egressor/internal/testkit"
	"github.com/egressor/egressor/internal/testkit/gen"
)

var exact = cmp.AllowUnexported(money.Amount{})

// names are as hostile as whoever names a pod can be.
var names = []string{"web", "=cmd|' /C calc'!A0", "it's", `back\slash`, `\u0027`, "new\nline", "<&\">", "ünï😀", "-1+1", "@SUM(A1)", ""}

func graph(edges ...diff.Edge) snapshot.Graph {
	return snapshot.Graph{Version: 7, Digest: "d1", From: 29_923_800, To: 29_923_860, Currency: "USD", Edges: edges}
}

func edge(source, destination string, bytes uint64, atoms int64) diff.Edge {
	key := model.EdgeKey{
		Source:      model.Identity{Kind: model.KindWorkload, Cluster: "lab", Namespace: "shop", Type: "Deployment", Name: source},
		Destination: model.Identity{Kind: model.KindCloudEndpoint, Type: "s3", Region: "us-east-1", Name: destination},
		ServerPort:  443, Protocol: model.TCP, Initiator: model.InitiatorSource, SourcePlace: model.Place{Provider: "aws", Zone: "use1-az1", Network: "vpc-1"},
		Path: model.Path{Kind: model.PathNAT, Via: "nat-1", ViaZone: "use1-az2", Assumed: true},
	}
	return diff.Edge{
		ID: key.ID(), Key: key, Sent: model.Counts{WireBytes: bytes, PayloadBytes: bytes / 2, Packets: 3}, Connections: 1, RTTMicros: 250,
		CheckBytes: bytes, Checked: bytes%2 == 0, Cost: money.FromAtoms(atoms),
	}
}

func written(t rapid.TB, g snapshot.Graph, format snapshot.Format) string {
	var out bytes.Buffer
	if err := snapshot.Write(&out, g, format); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestFormats(t *testing.T) {
	g := graph(edge("web", "s3", 1000, 1e12), edge("it's <b>", "=1+1", 7, -1))
	for _, format := range []snapshot.Format{snapshot.NDJSON, snapshot.Cypher, snapshot.GraphML, snapshot.CSV} {
		testkit.Golden(t, "testdata/graph."+string(format), []byte(written(t, g, format)))
	}
	if err := snapshot.Write(io.Discard, g, "svg"); err == nil {
		t.Error("svg was written")
	}
}

// TestReadIsTheInverseOfWrite: for any edges, in any order.
func TestReadIsTheInverseOfWrite(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		edges := map[model.EdgeID]diff.Edge{}
		for range rapid.IntRange(0, 8).Draw(t, "edges") {
			e := edge(rapid.SampledFrom(names).Draw(t, "source"), rapid.SampledFrom(names).Draw(t, "destination"), rapid.Uint64Range(0, 1<<62).Draw(t, "bytes"), rapid.Int64().Draw(t, "atoms"))
			e.Key.DestinationPlace, e.Key.Path = gen.Place().Draw(t, "place"), gen.Path().Draw(t, "path")
			e.Sent.WireBytes /= 16
			if !e.Checked {
				e.CheckBytes = 0
			}
			e.ID = e.Key.ID()
			edges[e.ID] = e
		}
		var g snapshot.Graph
		for _, e := range edges {
			g.Edges = append(g.Edges, e)
		}
		g = graph(g.Edges...)
		text := written(t, g, snapshot.NDJSON)
		got, err := snapshot.Read(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(g, got, exact); d != "" {
			t.Fatal(d)
		}
		if again := written(t, got, snapshot.NDJSON); again != text {
			t.Fatal("the same graph gives other bytes")
		}
	})
}

func TestBrokenFilesAreRefused(t *testing.T) {
	whole := written(t, graph(edge("web", "s3", 1000, 5), edge("cart", "s3", 8, 5)), snapshot.NDJSON)
	lines := strings.SplitAfter(strings.TrimSuffix(whole, "\n"), "\n")
	for name, row := range map[string]struct{ text, want string }{
		"empty":             {"", "empty"},
		"cut":               {strings.Join(lines[:len(lines)-1], ""), "not whole"},
		"cut within a line": {whole[:len(whole)-10], "line 6"},
		"other bytes":       {strings.Replace(whole, `"wireBytes":8,`, `"wireBytes":9,`, 1), "not whole"},
		"another name":      {strings.Replace(whole, `"name":"cart"`, `"name":"card"`, 1), "line 3: node"},
		"another port":      {strings.Replace(whole, `"serverPort":443`, `"serverPort":80`, 1), "has the parts of"},
		"another format":    {strings.Replace(whole, "egressor-graph/1", "egressor-graph/9", 1), `format is "egressor-graph/9"`},
		"a kind of its own": {strings.Replace(whole, `"kind":"Workload"`, `"kind":"X) DETACH DELETE (n"`, 1), "which is none"},
		"an unknown field":  {strings.Replace(whole, `"currency"`, `"colour":1,"currency"`, 1), "line 1"},
		"twice":             {whole + lines[len(lines)-1], "does not follow"},
		"no JSON":           {"graph\n", "line 1"},
	} {
		if _, err := snapshot.Read(strings.NewReader(row.text)); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want %q", name, err, row.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(written(f, graph(edge("web", "s3", 1000, 5)), snapshot.NDJSON)))
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		g, err := snapshot.Read(bytes.NewReader(text))
		if err != nil {
			return
		}
		if _, err := snapshot.Read(strings.NewReader(written(t, g, snapshot.NDJSON))); err != nil {
			t.Errorf("what was read cannot be written and read: %v", err)
		}
	})
}

// TestSpreadsheetsRunNothing: no cell of a CSV file starts a formula.
func TestSpreadsheetsRunNothing(t *testing.T) {
	var edges []diff.Edge
	for i, name := range names {
		edges = append(edges, edge(name, "\t=1", uint64(i), -5))
	}
	rows, err := csv.NewReader(strings.NewReader(written(t, graph(edges...), snapshot.CSV))).ReadAll()
	if err != nil || len(rows) != len(names)+1 {
		t.Fatal(len(rows), err)
	}
	for _, row := range rows[1:] {
		for i, cell := range row {
			if first := strings.TrimSpace(cell); first != "" && strings.ContainsAny(first[:1], "=+@|%") || strings.HasPrefix(cell, "-") && !strings.Contains(rows[0][i], "cost") {
				t.Errorf("column %s: %q", rows[0][i], cell)
			}
		}
	}
	for text, want := range map[string]string{"-5": "-5", "+0.25": "+0.25", "--5": "'--5", "-": "'-", " =1": "' =1", "web": "web", "＝1": "'＝1", "1-1": "1-1"} {
		if got := snapshot.Cell(text); got != want {
			t.Errorf("%q is the cell %q, want %q", text, got, want)
		}
	}
}

// TestGraphMLIsXML: whatever names hold.
func TestGraphMLIsXML(t *testing.T) {
	var edges []diff.Edge
	for _, name := range names {
		edges = append(edges, edge(name, "]]>", 1, 1))
	}
	decoder := xml.NewDecoder(strings.NewReader(written(t, graph(edges...), snapshot.GraphML)))
	found := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "edge" {
			found++
		}
	}
	if found != len(names) {
		t.Errorf("%d edges", found)
	}
}
