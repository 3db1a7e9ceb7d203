package attribution_test

import (
	"testing"

	"github.com/egressor/egressor/internal/model"
)

func TestUnitsOfANode(t *testing.T) {
	for unit, want := range map[string]string{
		"containerd.service":                "n/lab/a/containerd",
		"containerd":                        "n/lab/a/containerd",
		"user@1000.service":                 "n/lab/a/user",
		"session-12.scope":                  "n/lab/a/session",
		"cri-containerd-0123456789ab.scope": "n/lab/a/cri-containerd",
		"run-r0123456789abcdef-17.scope":    "n/lab/a/run",
		"node-exporter.service":             "n/lab/a/node-exporter",
		"amazon-ssm-agent-2.service":        "n/lab/a/amazon-ssm-agent-2",
		"system.slice":                      "n/lab/a/system",
		"/":                                 "n/lab/a",
		"":                                  "n/lab/a",
	} {
		process := row("a", model.LocalEnd{Kind: model.LocalNode, ID: unit}, "10.0.0.10", "9.9.9.9")
		process.Row.Received = model.Counts{}
		flows, _ := attribute(t, cluster(), nil, process)
		if len(flows) != 1 || flows[0].Key.Source.ID() != want {
			t.Errorf("unit %q: flows %+v, want one from %s", unit, flows, want)
		}
	}
}

// TestTheFarEndNamesTheUnit: by its address the far end is the node; the node's
// own agent says which unit of it.
func TestTheFarEndNamesTheUnit(t *testing.T) {
	sender, receiver := reports()
	sender.Row.RemoteAddr = addrs("10.0.0.11")[0]
	receiver.Row.Local, receiver.Row.LocalAddr = model.LocalEnd{Kind: model.LocalNode, ID: "kubelet.service"}, sender.Row.RemoteAddr
	flows, _ := attribute(t, cluster(), []string{"a", "b"}, sender, receiver)
	if len(flows) != 1 || flows[0].Key.Destination.ID() != "n/lab/b/kubelet" || flows[0].Sent.WireBytes != 1000 {
		t.Errorf("flows = %+v, want 1000 bytes to the kubelet of b", flows)
	}
}
