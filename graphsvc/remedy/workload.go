package remedy

import "strings"

// workload is what an id of the graph names: w/CLUSTER/NAMESPACE/KIND/NAME.
type workload struct{ namespace, kind, name string }

// parse takes an id apart; ok only for a workload whose names are names of
// Kubernetes: imported facts may hold anything, and this goes into a shell.
func parse(id string) (w workload, ok bool) {
	parts := strings.Split(id, "/")
	if len(parts) != 5 || parts[0] != "w" {
		return workload{}, false
	}
	w = workload{parts[2], parts[3], parts[4]}
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
