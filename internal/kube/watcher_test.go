package kube_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/internal/kube"
	"github.com/egressor/egressor/internal/kube/kubetest"
	"github.com/egressor/egressor/internal/model"
)

// TestARealAPIServer reads what a real API server says of one of each kind, and
// what becomes of it when reading is not allowed, cut off, or resumed.
func TestARealAPIServer(t *testing.T) {
	server := kubetest.Start(t)
	world := kubetest.Small(server.Client())
	t.Run("facts", func(t *testing.T) { testFacts(t, server, world) })
	t.Run("denied", func(t *testing.T) { testDenied(t, server) })
	t.Run("cut", func(t *testing.T) { testCut(t, server, world) })
	t.Run("missed while away", func(t *testing.T) { testMissed(t, server, world) })
}

func testFacts(t *testing.T, server *kubetest.Server, world *kubetest.SmallWorld) {
	recorder := newMemory()
	w := watching(t, server.Kubeconfig("admin"), recorder)
	pod := recorder.find(t, "the pod of the Deployment", func(f model.Fact) bool { return f.Key == world.WebPod })
	want := model.PodFact{
		Cluster: "lab", Namespace: "shop", Name: "web-1", Node: "node-a", Addrs: pod.Pod.Addrs, Phase: "Running",
		Workload: model.WorkloadRef{Namespace: "shop", Kind: "Deployment", Name: "web"}, Revision: "lab/shop/Deployment/web@5d0c",
		Labels: map[string]string{"app": "web", "pod-template-hash": "5d0c"},
	}
	maps.DeleteFunc(pod.Pod.Labels, func(key, _ string) bool { return strings.HasPrefix(key, "topology.kubernetes.io/") }) // the API server's
	if diff := cmp.Diff(&want, pod.Pod, compareAddrs); diff != "" || len(pod.Pod.Addrs) != 2 {
		t.Errorf("pod (-want +got):\n%s\naddresses %v, want two", diff, pod.Pod.Addrs)
	}
	revision := recorder.find(t, "its revision", func(f model.Fact) bool { return f.Revision != nil && f.Key == pod.Pod.Revision })
	if r := revision.Revision; r.Number != 3 || r.Images[0] != "web:1.2" || r.Cause != "faster" || r.GitCommit != "abc123" || r.Team != "storefront" || r.ChangedBy != "kubetest" {
		t.Errorf("revision %+v", r)
	}
	for name, workload := range map[string]string{
		world.DBPod: "StatefulSet/db", world.LogPod: "DaemonSet/log", world.ReportPod: "CronJob/report", world.OncePod: "Job/once", world.BarePod: "Pod/bare",
	} {
		fact := recorder.find(t, workload, func(f model.Fact) bool { return f.Key == name })
		if got := fact.Pod.Workload.Kind + "/" + fact.Pod.Workload.Name; got != workload {
			t.Errorf("%s belongs to %s, want %s", fact.Pod.Name, got, workload)
		}
	}
	node := recorder.find(t, "the node", func(f model.Fact) bool { return f.Node != nil })
	if n := node.Node; n.Place != (model.Place{Provider: "aws", Region: "us-east-1", Zone: "use1-az1"}) || n.InstanceType != "m7g.large" || len(n.Addrs) != 1 {
		t.Errorf("node %+v", n)
	}
	service := recorder.find(t, "the service", func(f model.Fact) bool { return f.Service != nil && f.Service.Name == "web" })
	if s := service.Service; len(s.Addrs) != 1 || s.Ports[0].Target != "8080" {
		t.Errorf("service %+v", s)
	}
	recorder.find(t, "the slice", func(f model.Fact) bool {
		return f.EndpointSlice != nil && f.EndpointSlice.Service == "web" && f.EndpointSlice.Endpoints[0].Pod == world.WebPod
	})
	recorder.find(t, "the ingress", func(f model.Fact) bool {
		return f.Gateway != nil && f.Gateway.Hosts[0] == "shop.example" && f.Gateway.Services[0] == "shop/web"
	})
	eventually(t, "nothing is missing", func() bool { return len(w.Status()[0].Gaps()) == 0 })
	if status := stateOf(w, "rollouts.argoproj.io"); status.State != kube.StateAbsent {
		t.Errorf("Argo Rollouts, which this cluster has not: %+v", status)
	}
}

// testDenied: one resource may not be read. It is said, and the rest goes on.
func testDenied(t *testing.T, server *kubetest.Server) {
	kubetest.Allow(server.Client(), "readers", "namespaces", "nodes", "services", "pods", "deployments.apps")
	recorder := newMemory()
	w := watching(t, server.Kubeconfig("reader"), recorder)
	pod := recorder.find(t, "a pod", func(f model.Fact) bool { return f.Pod != nil && f.Pod.Name == "web-1" })
	if pod.Pod.Workload.Kind != "ReplicaSet" {
		t.Errorf("with ReplicaSets unread the pod belongs to %+v", pod.Pod.Workload)
	}
	eventually(t, "the gap is said", func() bool { return stateOf(w, "replicasets.apps").State == kube.StateDenied })
	if message := stateOf(w, "replicasets.apps").Message; !strings.Contains(message, `list and watch on "replicasets" of the API group "apps"`) {
		t.Errorf("the message does not say what to grant: %s", message)
	}
	if status := stateOf(w, "pods"); status.State != kube.StateWatching {
		t.Errorf("pods: %+v", status)
	}
	kubetest.Allow(server.Client(), "readers-too", "replicasets.apps")
	eventually(t, "it is watched once it may be", func() bool { return stateOf(w, "replicasets.apps").State == kube.StateWatching })
	recorder.find(t, "the pod is corrected", func(f model.Fact) bool { return f.Key == pod.Key && f.Pod.Workload.Kind == "Deployment" })
}

// testCut: the watch is cut and resumed; what happened meanwhile is known after.
func testCut(t *testing.T, server *kubetest.Server, world *kubetest.SmallWorld) {
	recorder := newMemory()
	w := watching(t, server.Kubeconfig("admin"), recorder)
	eventually(t, "pods are watched", func() bool { return stateOf(w, "pods").Objects > 0 })
	early := world.Pod("early", "10.244.1.76", time.Now()) // a watch that told nothing is not resumed
	recorder.find(t, "the pod born before", func(f model.Fact) bool { return f.Key == early })
	server.Cut()
	eventually(t, "the cluster is said to be unreachable", func() bool { return stateOf(w, "pods").State == kube.StateUnreachable })
	born := world.Pod("late", "10.244.1.77", time.Now())
	server.Mend()
	recorder.find(t, "the pod born meanwhile", func(f model.Fact) bool { return f.Key == born })
	if status := stateOf(w, "pods"); status.Lists != 1 {
		t.Errorf("pods were listed %d times: the watch was not resumed", status.Lists)
	}
}

// testMissed: a pod is deleted while nobody watches. The next watcher ends it at
// the last instant that is sure.
func testMissed(t *testing.T, server *kubetest.Server, world *kubetest.SmallWorld) {
	recorder := newMemory()
	first := watching(t, server.Kubeconfig("admin"), recorder)
	doomed := world.Pod("doomed", "10.244.1.78", time.Now())
	recorder.find(t, "the pod", func(f model.Fact) bool { return f.Key == doomed })
	_ = first.Stop(t.Context())
	stopped := time.Now()
	world.Delete("doomed")
	watching(t, server.Kubeconfig("admin"), recorder)
	recorder.find(t, "its end", func(f model.Fact) bool { return f.Key == doomed && !f.Period.To.IsZero() })
	for _, fact := range recorder.all() {
		lived := fact.Period.To.IsZero() || fact.Period.To.After(fact.Period.From)
		if fact.Key == doomed && lived && (fact.Period.To.IsZero() || fact.Period.To.After(stopped)) {
			t.Errorf("it is said to have lived from %s to %s, and nobody watched after %s", fact.Period.From, fact.Period.To, stopped)
		}
	}
}

// TestUnreachableClusterIsAGap: nothing answers at the server's address.
func TestUnreachableClusterIsAGap(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kubeconfig")
	text := `{apiVersion: v1, kind: Config, current-context: gone, contexts: [{name: gone, context: {cluster: gone, user: u}}],
clusters: [{name: gone, cluster: {server: "http://127.0.0.1:1"}}], users: [{name: u, user: {token: t}}]}`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	w := watching(t, path, newMemory())
	eventually(t, "the gap is said", func() bool { return stateOf(w, "pods").State == kube.StateUnreachable })
	if message := stateOf(w, "pods").Message; !strings.Contains(message, "cluster gone does not answer") {
		t.Errorf("message %q", message)
	}
}
