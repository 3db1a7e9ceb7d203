package remedy

import (
	"strings"

	"github.com/egressor/egressor/internal/model"
)

// workload is what a command line of Kubernetes names.
type workload struct{ namespace, kind, name string }

// parse is the workload of an id; ok only where its names are names of
// Kubernetes: imported facts may hold anything, and this goes into a shell.
func parse(id string) (w workload, ok bool) {
	identity, err := model.ParseIdentity(id)
	if err != nil || identity.Kind != model.KindWorkload {
		return workload{}, false
	}
	w = workload{identity.Namespace, identity.Type, identity.Name}
	for _, part := range []string{w.namespace, w.kind, w.name} {
		if part == "" || part[0] == '-' || strings.ContainsFunc(part, func(r rune) bool { return !plain(r) }) {
			return workload{}, false
		}
	}
	return w, true
}

func plain(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '.'
}

// String is NAMESPACE/NAME, as people say it.
func (w workload) String() string { return w.namespace + "/" + w.name }

// in and named are its parts of a kubectl command line.
func (w workload) in() string    { return "-n " + w.namespace }
func (w workload) named() string { return strings.ToLower(w.kind) + "/" + w.name }

// undo rolls it back to the revision before.
func (w workload) undo() string {
	switch w.kind {
	case "Deployment", "StatefulSet", "DaemonSet":
		return "kubectl " + w.in() + " rollout undo " + w.named()
	case "Rollout":
		return "kubectl argo rollouts " + w.in() + " undo " + w.name
	default:
		return ""
	}
}
