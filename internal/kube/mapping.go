package kube

import (
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// first returns what the first of the keys that any of the maps has says. All
// maps are asked for a key before the next key is tried: a better key on the
// workload goes before a worse one on the template.
func first(keys []string, maps ...map[string]string) string {
	for _, key := range keys {
		for _, m := range maps {
			if value := strings.TrimSpace(m[key]); value != "" {
				return value
			}
		}
	}
	return ""
}

// words are an object's labels and annotations, labels first.
func words(objects ...metav1.ObjectMeta) []map[string]string {
	var maps []map[string]string
	for i := range objects {
		maps = append(maps, objects[i].Labels, objects[i].Annotations)
	}
	return maps
}

// named returns the annotations that the mapping looks at: others can be large.
func (m *Mapping) named(annotations map[string]string) map[string]string {
	var kept map[string]string
	for _, keys := range [][]string{m.Team, m.Commit, m.ChangedBy, m.Cause} {
		for _, key := range keys {
			if value, ok := annotations[key]; ok {
				if kept == nil {
					kept = map[string]string{}
				}
				kept[key] = value
			}
		}
	}
	return kept
}
