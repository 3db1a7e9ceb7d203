package kube

import (
	"bytes"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// template is how managed fields name a pod template.
var template = []byte(`"f:template"`)

// changer is the field manager that last wrote the pod template, by the API
// server's record: the program that rolled out, for example kubectl-edit or
// argocd-controller. It is "" where the template was written after until: what
// is asked for is an earlier rollout, of which there is no record.
func changer(fields []metav1.ManagedFieldsEntry, until time.Time) string {
	manager := ""
	var newest time.Time
	for i := range fields {
		entry := &fields[i]
		writes := entry.Subresource == "" && entry.FieldsV1 != nil && bytes.Contains(entry.FieldsV1.GetRawBytes(), template)
		if writes && entry.Time != nil && !entry.Time.Time.Before(newest) {
			manager, newest = entry.Manager, entry.Time.Time
		}
	}
	if newest.After(until.Add(2 * time.Second)) {
		return ""
	}
	return manager
}
