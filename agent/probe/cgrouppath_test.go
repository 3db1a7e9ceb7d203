package probe

import (
	"strings"
	"testing"

	"github.com/egressor/egressor/internal/model"
)

func TestLocalEnd(t *testing.T) {
	const (
		uid       = "0f1c2d3e-1111-2222-3333-444455556666"
		slice     = "0f1c2d3e_1111_2222_3333_444455556666"
		static    = "9f86d081884c7d659a2feaa0c55ad015"
		container = "a3f5c1d2e4b6978812345678901234567890abcdefabcdefabcdefabcdefabcd"
	)
	for path, want := range map[string]string{
		// kubelet's cgroupfs driver, the three qualities of service
		"/kubepods/pod" + uid + "/" + container:            "pod " + uid,
		"/kubepods/burstable/pod" + uid + "/" + container:  "pod " + uid,
		"/kubepods/besteffort/pod" + uid + "/" + container: "pod " + uid,
		"/kubepods/burstable/pod" + uid:                    "pod " + uid,
		"/kubepods/burstable/pod" + static + "/x":          "pod " + static,
		// a process that made cgroups of its own inside the container
		"/kubepods/pod" + uid + "/" + container + "/init": "pod " + uid,
		// kubelet's systemd driver, by container runtime
		"/kubepods.slice/kubepods-pod" + slice + ".slice/cri-containerd-" + container + ".scope":                                    "pod " + uid,
		"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod" + slice + ".slice/crio-" + container + ".scope":           "pod " + uid,
		"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod" + slice + ".slice/crio-" + container + ".scope/container": "pod " + uid,
		"/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod" + slice + ".slice/docker-" + container + ".scope":       "pod " + uid,
		"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod" + static + ".slice/cri-containerd-" + container:           "pod " + static,
		// the runtime under systemd names, kubelet under cgroupfs
		"/system.slice/containerd.service/kubepods-besteffort-pod" + slice + ".slice:cri-containerd:" + container: "pod " + uid,
		// a cluster inside a container: kind, minikube
		"/docker/" + container + "/kubelet/kubepods/burstable/pod" + uid + "/x":                                                                            "pod " + uid,
		"/system.slice/docker-" + container + ".scope/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-pod" + slice + ".slice/cri-containerd-x.scope": "pod " + uid,
		"/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/kubelet-kubepods-burstable-pod" + slice + ".slice/cri-containerd-y.scope":  "pod " + uid,
		"/k8s.io/kubepods/besteffort/pod" + uid + "/" + container:                                                                                          "pod " + uid,
		"/lxc.payload.node1/kubepods.slice/kubepods-pod" + slice + ".slice":                                                                                "pod " + uid,
		"/garden/podruntime/kubepods/pod" + uid:                                                                                                            "pod " + uid,
		"/ecs/" + static + "/" + container:                                                                                                                 "node ecs",
		"/kubepods.slice":                                                                                                                                  "node kubepods.slice",
		"/kubepods/burstable":                                                                                                                              "node kubepods",
		"/system.slice/kubelet.service":                                                                                                                    "node kubelet.service",
		"/system.slice/containerd.service":                                                                                                                 "node containerd.service",
		"/podruntime/runtime":                                                                                                                              "node podruntime",
		"/podruntime.slice/kubelet.service":                                                                                                                "node kubelet.service",
		"/system.slice/docker-" + container + ".scope":                                                                                                     "node docker-a3f5c1d2e4b6.scope",
		"/user.slice/user-1000.slice/user@1000.service/app.slice/vte.scope":                                                                                "node user@1000.service",
		"/user.slice/user-1000.slice/session-3.scope":                                                                                                      "node session-3.scope",
		"/init.scope": "node init.scope",
		"/":           "node /",
		"":            "node /",
		// look like pods and are none
		"/kubepods/podium":                        "node kubepods",
		"/pods/pod-" + uid:                        "node pods",
		"/system.slice/my-pod" + slice + ".slice": "node system.slice",
	} {
		end := localEnd(path)
		if got := end.Kind.String() + " " + end.ID; got != want {
			t.Errorf("%s\n got %s\nwant %s", path, got, want)
		}
	}
}

func FuzzLocalEnd(f *testing.F) {
	f.Add("/kubepods/pod0f1c2d3e-1111-2222-3333-444455556666/x")
	f.Add("/kubepods.slice/kubepods-pod0f1c2d3e_1111_2222_3333_444455556666.slice")
	f.Add("//-pod:/.slice")
	f.Fuzz(func(t *testing.T, path string) {
		end := localEnd(path)
		if end.ID == "" {
			t.Errorf("%q has an owner without a name", path)
		}
		if end.Kind == model.LocalPod && (strings.Contains(end.ID, "_") || !podUID.MatchString(end.ID)) {
			t.Errorf("%q has the pod %q: no UID", path, end.ID)
		}
	})
}
