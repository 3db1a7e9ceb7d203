package probe

import (
	"regexp"
	"strings"

	"github.com/egressor/egressor/internal/model"
)

var (
	// podUID is a pod's UID as it stands in a cgroup path: a UUID, with "_" for
	// "-" under systemd, or the 32 digits of a static pod's configuration hash.
	podUID = regexp.MustCompile(`^[0-9a-f]{8}([-_][0-9a-f]{4}){3}[-_][0-9a-f]{12}$|^[0-9a-f]{32}$`)
	// containerID is shortened in the names of node units.
	containerID = regexp.MustCompile(`([0-9a-f]{12})[0-9a-f]{52}`)
)

// localEnd tells who owns the cgroup at path (from the cgroup root, "/"
// separated). It is a pod where kubelet made the cgroup, by either of its
// drivers, at any depth, else a unit of the node.
func localEnd(path string) model.LocalEnd {
	parts := strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
	for _, part := range parts {
		if uid, ok := podOfComponent(part); ok {
			return model.LocalEnd{Kind: model.LocalPod, ID: uid}
		}
	}
	return model.LocalEnd{Kind: model.LocalNode, ID: nodeUnit(parts)}
}

// podOfComponent knows these forms:
//
//	pod0f1c...                                             cgroupfs driver
//	kubepods-burstable-pod0f1c_....slice                   systemd driver
//	kubelet-kubepods-pod0f1c_....slice                     systemd driver, nested (kind)
//	kubepods-besteffort-pod0f1c_....slice:cri-containerd:ID  systemd paths under the cgroupfs driver
func podOfComponent(part string) (uid string, ok bool) {
	part, _, _ = strings.Cut(part, ":")
	part = strings.TrimSuffix(part, ".slice")
	if at := strings.LastIndex(part, "-pod"); at >= 0 && strings.Contains(part[:at+1], "kubepods-") {
		part = part[at+1:]
	}
	uid, found := strings.CutPrefix(part, "pod")
	if !found || !podUID.MatchString(uid) {
		return "", false
	}
	return strings.ReplaceAll(uid, "_", "-"), true
}

// nodeUnit names the innermost service, else the innermost scope, else the
// outermost folder; "/" is the root cgroup: the kernel itself, or every process
// of a node that uses cgroup v1.
func nodeUnit(parts []string) string {
	for _, suffix := range []string{".service", ".scope"} {
		for i := len(parts) - 1; i >= 0; i-- {
			if strings.HasSuffix(parts[i], suffix) {
				return containerID.ReplaceAllString(parts[i], "$1")
			}
		}
	}
	if len(parts) == 0 {
		return "/"
	}
	return containerID.ReplaceAllString(parts[0], "$1")
}
