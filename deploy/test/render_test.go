package deploytest

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"sigs.k8s.io/yaml"
)

const (
	chartDir  = "../helm/egressor"
	namespace = "egressor"
)

var update = flag.Bool("update", false, "write the rendered manifests to testdata")

// cases are the installations under testdata/values, by name.
func cases(t *testing.T) map[string]map[string]any {
	t.Helper()
	paths, err := filepath.Glob("testdata/values/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no values in testdata/values: %v", err)
	}
	found := map[string]map[string]any{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		values := map[string]any{}
		if err := yaml.UnmarshalStrict(text, &values); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		found[strings.TrimSuffix(filepath.Base(path), ".yaml")] = values
	}
	return found
}

func loadChart(t *testing.T) *chart.Chart {
	t.Helper()
	loaded, err := loader.Load(chartDir)
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

// render is `helm template egressor deploy/helm/egressor`: manifests by file.
func render(loaded *chart.Chart, values map[string]any) (map[string]string, error) {
	options := chartutil.ReleaseOptions{Name: "egressor", Namespace: namespace, IsInstall: true, Revision: 1}
	full, err := chartutil.ToRenderValues(loaded, values, options, chartutil.DefaultCapabilities)
	if err != nil {
		return nil, err
	}
	files, err := engine.Engine{Strict: true}.Render(loaded, full)
	maps.DeleteFunc(files, func(name, text string) bool {
		return strings.TrimSpace(text) == "" || strings.HasSuffix(name, ".tpl")
	})
	return files, err
}

// manifests joins the YAML files in order of their names.
func manifests(files map[string]string) string {
	var all strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasSuffix(name, ".yaml") {
			fmt.Fprintf(&all, "---\n# Source: %s\n%s\n", name, strings.Trim(files[name], "\n"))
		}
	}
	return all.String()
}

// TestRendered compares every installation with what is in testdata/rendered.
func TestRendered(t *testing.T) {
	loaded := loadChart(t)
	for name, values := range cases(t) {
		files, err := render(loaded, values)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got, path := manifests(files), filepath.Join("testdata", "rendered", name+".yaml")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal([]byte(got), want) {
			t.Errorf("%s is rendered differently from %s; look at `go test ./... -update` and git diff", name, path)
		}
	}
}

// The notes end an installation with three commands, the UI's among them.
func TestNotes(t *testing.T) {
	loaded := loadChart(t)
	for name, values := range cases(t) {
		files, err := render(loaded, values)
		if err != nil {
			t.Fatal(err)
		}
		notes := files["egressor/templates/NOTES.txt"]
		for step := 1; step <= 3; step++ {
			if !strings.Contains(notes, fmt.Sprintf("\n  %d. ", step)) {
				t.Errorf("%s: step %d is missing in the notes:\n%s", name, step, notes)
			}
		}
		if name != "agents-only" && !strings.Contains(notes, "port-forward service/egressor-graphsvc 8080") {
			t.Errorf("%s: the notes do not say where the graph is:\n%s", name, notes)
		}
	}
}
