package deploytest

import (
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/lint"
	"helm.sh/helm/v3/pkg/lint/support"
)

// TestLint is `helm lint --strict`.
func TestLint(t *testing.T) {
	for name, values := range cases(t) {
		result := lint.AllWithKubeVersion(chartDir, values, namespace, &chartutil.DefaultCapabilities.KubeVersion)
		for _, message := range result.Messages {
			if message.Severity >= support.WarningSev {
				t.Errorf("%s: %v", name, message)
			}
		}
	}
}

// TestBadValues: what cannot work is refused before anything is installed, by
// the name of the value.
func TestBadValues(t *testing.T) {
	loaded := loadChart(t)
	for name, tc := range map[string]struct {
		values map[string]any
		want   string
	}{
		"unknown value":       {map[string]any{"clikhouse": map[string]any{}}, "clikhouse"},
		"password as a value": {map[string]any{"neo4j": map[string]any{"password": "hunter22"}}, "password"},
		"credentials in URI":  {map[string]any{"neo4j": map[string]any{"uri": "bolt://neo4j:hunter22@graph:7687"}}, "/neo4j/uri"},
		"floating tag":        {map[string]any{"image": map[string]any{"tag": "latest"}}, "/image/tag"},
		"floating helper":     {map[string]any{"helperImage": "busybox:latest"}, "/helperImage"},
		"helper without tag":  {map[string]any{"helperImage": "busybox"}, "/helperImage"},
		"short digest":        {map[string]any{"image": map[string]any{"digests": map[string]any{"agent": "sha256:1"}}}, "/image/digests/agent"},
		"small spool":         {map[string]any{"agent": map[string]any{"spoolLimitMiB": 1}}, "/agent/spoolLimitMiB"},
		"peer without kind":   {map[string]any{"networkPolicy": map[string]any{"uiFrom": []any{map[string]any{}}}}, "/networkPolicy/uiFrom"},
		"costsvc without TLS": {map[string]any{"costsvc": map[string]any{"enabled": true}}, "costsvc.tlsSecret"},
		"agents without sink": {map[string]any{"graphsvc": map[string]any{"enabled": false}}, "agent.server"},
		"flag without dashes": {map[string]any{"agent": map[string]any{"extraArgs": []any{"mode"}}}, "/agent/extraArgs"},
	} {
		_, err := render(loaded, tc.values)
		if err == nil {
			t.Errorf("%s: no error", name)
		} else if !strings.Contains(strings.ReplaceAll(err.Error(), ".", "/"), strings.ReplaceAll(tc.want, ".", "/")) {
			t.Errorf("%s: error %q does not name %s", name, err, tc.want)
		}
	}
}

// TestSchemaCoversValues: a value that the schema does not know would be refused.
// The chart's own values prove the converse: each has its place there.
func TestSchemaCoversValues(t *testing.T) {
	loaded := loadChart(t)
	if len(loaded.Schema) == 0 {
		t.Fatal("the chart has no values.schema.json")
	}
	if _, err := render(loaded, nil); err != nil {
		t.Fatal(err)
	}
}
