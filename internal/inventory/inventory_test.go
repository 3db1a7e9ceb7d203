package inventory_test

import (
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/internal/inventory"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit"
)

var compareNetip = cmp.Comparer(func(a, b netip.Addr) bool { return a == b })
var comparePrefix = cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })

func TestParseOfEverything(t *testing.T) {
	path := filepath.Join("testdata", "everything.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	facts, err := inventory.Parse(path, text)
	if err != nil {
		t.Fatal(err)
	}
	from := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	want := model.Fact{
		Kind: model.FactPod, Key: "3d6a7c1e-0000-4000-8000-000000000001",
		Period: model.Period{From: from, To: from.Add(time.Hour)}, Source: "file/everything.yaml",
		Pod: &model.PodFact{
			Cluster: "lab", Namespace: "shop", Name: "web-0", Node: "node-a",
			Addrs:    []netip.Addr{netip.MustParseAddr("10.244.1.10")},
			Workload: model.WorkloadRef{Namespace: "shop", Kind: "StatefulSet", Name: "web"},
			Revision: "web-1", Labels: map[string]string{"app": "web"},
		},
	}
	if diff := cmp.Diff(want, facts[1], compareNetip); diff != "" {
		t.Errorf("pod (-want +got):\n%s", diff)
	}
	formatted, err := inventory.Format(path, facts)
	if err != nil {
		t.Fatal(err)
	}
	testkit.Golden(t, filepath.Join("testdata", "everything.formatted.yaml"), formatted)
}

func TestMistakesAreNamedWithTheirLine(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"unknown field", "nodes:\n  - name: a\n    zon: z\n", `f.yaml:3: a node has no field "zon"`},
		{"wrong type", "pods: 7\n", `f.yaml:1: cannot unmarshal`},
		{"not YAML", "pods:\n\t- x\n", `f.yaml:2: found character`},
		{"two documents", "cluster: a\n---\ncluster: b\n", `f.yaml: want one YAML document`},
		{"bad address", "nodes:\n- name: a\n  addrs:\n  - 10.0.0.300\n", `f.yaml:4: nodes: addrs: "10.0.0.300" is no IP address`},
		{"no uid", "pods:\n- {namespace: n, name: p}\n", `f.yaml:2: pods: uid: missing`},
		{"bad owner", "pods:\n- {uid: u, namespace: n, name: p, workload: web}\n", `f.yaml:2: pods: workload: "web" is not Kind/name`},
		{"bad revision owner", "revisions:\n- {id: r, workload: web}\n", `"web" is not namespace/Kind/name`},
		{"no range", "endpoints:\n- {class: s3, name: s3}\n", `f.yaml:2: endpoints: cidrs: missing`},
		{"URL for a host", "endpoints:\n- class: api\n  name: x\n  hosts: [\"https://x.example\"]\n", `f.yaml:4: endpoints: hosts: "https://x.example" is no DNS name`},
		{"address for a host", "endpoints:\n- {class: api, name: x, hosts: [192.0.2.1]}\n", `write it under cidrs`},
		{"bad reach", "endpoints:\n- {class: api, name: x, cidrs: [10.0.0.1], reach: {path: bridge}}\n", `f.yaml:2: endpoints: reach: "bridge" is none of`},
		{"subnet without range", "subnets:\n- {id: subnet-1}\n", `f.yaml:2: subnets: cidrs: missing`},
		{"host bits", "routes:\n- {destination: 10.0.0.1/8, path: vpc}\n", `did you mean 10.0.0.0/8?`},
		{"bad path", "routes:\n- {destination: 10.0.0.0/8, path: tunnel}\n", `"tunnel" is none of`},
		{"ends before it begins", "nodes:\n- name: a\n  from: 2026-01-02T00:00:00Z\n  to: 2026-01-01T00:00:00Z\n",
			`f.yaml:4: nodes: to: 2026-01-01`},
		{"twice", "nodes:\n- name: a\n- name: a\n", `f.yaml:3: nodes: key: node "a" is stated already in line 2`},
	} {
		t.Run(c.name, func(t *testing.T) {
			facts, err := inventory.Parse("f.yaml", []byte(c.text))
			if err == nil || facts != nil {
				t.Fatalf("got %d facts and error %v, want an error alone", len(facts), err)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is\n%v\nwant it to say\n%s", err, c.want)
			}
		})
	}
}

func TestAllMistakesAreReportedAtOnce(t *testing.T) {
	_, err := inventory.Parse("f.yaml", []byte("nodes:\n- name: ''\n- {name: b, addrs: [x]}\n"))
	if err == nil || strings.Count(err.Error(), "f.yaml:") != 2 {
		t.Errorf("want two mistakes, got: %v", err)
	}
}

func TestSaveThenLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "inventory.yaml")
	rapid.Check(t, func(t *rapid.T) {
		facts := genFacts().Draw(t, "facts")
		if err := inventory.Save(path, facts); err != nil {
			t.Fatal(err)
		}
		loaded, err := inventory.Load(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(facts, loaded, compareNetip, comparePrefix); diff != "" {
			t.Fatalf("facts changed on the way (-saved +loaded):\n%s", diff)
		}
	})
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("the folder holds %v (%v), want the one file", left, err)
	}
}

func TestLoadOfNoFile(t *testing.T) {
	if _, err := inventory.Load(filepath.Join(t.TempDir(), "none.yaml")); !os.IsNotExist(unwrapAll(err)) {
		t.Errorf("error %v, want that the file does not exist", err)
	}
}

func unwrapAll(err error) error {
	for {
		inner, ok := err.(interface{ Unwrap() error })
		if !ok || os.IsNotExist(err) {
			return err
		}
		err = inner.Unwrap()
	}
}

func FuzzParse(f *testing.F) {
	if text, err := os.ReadFile(filepath.Join("testdata", "everything.yaml")); err == nil {
		f.Add(text)
	}
	f.Add([]byte("a: &x\n  nodes: [{name: a}]\n<<: *x\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		facts, err := inventory.Parse("f.yaml", text)
		if err != nil {
			if facts != nil {
				t.Fatalf("facts beside the error %v", err)
			}
			return
		}
		again, err := inventory.Format("f.yaml", facts)
		if err != nil {
			t.Fatalf("format what was parsed: %v", err)
		}
		reparsed, err := inventory.Parse("f.yaml", again)
		if err != nil {
			t.Fatalf("parse what was formatted: %v\n%s", err, again)
		}
		if diff := cmp.Diff(facts, reparsed, compareNetip, comparePrefix); diff != "" {
			t.Fatalf("facts changed on the way (-before +after):\n%s", diff)
		}
	})
}
