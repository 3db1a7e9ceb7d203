//go:build linux

package e2e_test

import (
	"bufio"
	"fmt"
	"testing"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/lab/workload"
)

// sidecarRules is what a mesh's init container writes in a pod's own network
// namespace, in the words of nft: all but the proxy's own connections go through it.
var sidecarRules = fmt.Sprintf(`table ip mesh {
  chain output {
    type nat hook output priority -100; policy accept;
    meta mark %d return
    ip daddr 127.0.0.1 return
    meta l4proto tcp redirect to :%d
  }
  chain prerouting {
    type nat hook prerouting priority dstnat; policy accept;
    meta l4proto tcp redirect to :%d
  }
}
`, workload.SidecarMark, workload.SidecarOutboundPort, workload.SidecarInboundPort)

// addSidecar puts a proxy beside a pod's application, in its cgroup and network
// namespace, and the rules that send everything through it. It ends with the test.
func (r *natRig) addSidecar(t *testing.T, pod string) {
	t.Helper()
	r.tool(t, pod, sidecarRules, "nft", "-f", "-")
	cmd := r.command(t, r.places[pod], "sidecar")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	startIn(t, cmd, r.places[pod])
	t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait() // killed, where the test's context ended first
	})
	if _, err := bufio.NewReader(out).ReadBytes('\n'); err != nil {
		t.Fatalf("the sidecar of %s: %v", pod, err)
	}
}

// checkSidecars wants nothing at a proxy's own ports, and no pod that talks to
// itself through its proxy.
func checkSidecars(t *testing.T, flows []attribution.AttributedFlow) {
	t.Helper()
	for _, f := range flows {
		source := f.Key.Source.ID()
		if f.Key.ServerPort == workload.SidecarInboundPort || f.Key.ServerPort == workload.SidecarOutboundPort ||
			source == f.Key.Destination.ID() && (source == meshA || source == meshB) {
			t.Errorf("%s has %d bytes: a sidecar's legs are no transfer", f.Key, f.Sent.PayloadBytes)
		}
	}
}
