package attribution

import "strings"

// unitName is the lasting name of a unit of a node: what systemd or the cgroup
// called it, without what makes one start of it different from the next, so that
// a node has a handful of units and not one for every login or container.
//
//	containerd.service -> containerd
//	user@1000.service -> user           (an instance of a template)
//	session-12.scope -> session         (a scope: a number or an id at the end)
//	cri-containerd-0123456789ab.scope -> cri-containerd
//	/ -> ""                             (the kernel, or a node on cgroup v1)
func unitName(id string) string {
	name, scope := strings.CutSuffix(id, ".scope")
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".service"), ".slice")
	name, _, _ = strings.Cut(name, "@")
	for scope {
		at := strings.LastIndexByte(name, '-')
		if at < 0 || !isSerial(name[at+1:]) {
			break
		}
		name = name[:at]
	}
	return strings.Trim(name, "/")
}

// isSerial tells a number or an id from a word: it has a digit.
func isSerial(text string) bool { return strings.ContainsAny(text, "0123456789") }
