//go:build linux

package e2e_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/lab"
	"github.com/egressor/egressor/internal/lab/workload"
	"github.com/egressor/egressor/internal/model"
)

const (
	nodeA, nodeB = "node-a", "node-b"
	zoneA, zoneB = "use1-az1", "use1-az2"
	// sender and receiver are the workloads between which tests move bytes.
	senderKey, receiverKey = "shop/sender", "data/receiver"
	window                 = 5 * time.Second
	grace                  = 10 * time.Second
)

// world is a lab, a service and one agent per node.
type world struct {
	dir     string
	data    string
	args    []string // of serve, and of every command on the same stores
	url     string
	ingest  string
	lab     *lab.Lab
	service *process
	agents  map[string]*process
	// counting is since when both agents count.
	counting time.Time
}

// newWorld starts everything and returns when the service is ready and both
// agents have reported. All of it ends with the test.
func newWorld(t *testing.T) *world {
	t.Helper()
	requireAll(t)
	dir := t.TempDir()
	w := &world{dir: dir, data: filepath.Join(dir, "data"), ingest: freeAddress(t), agents: map[string]*process{}}
	listen := freeAddress(t)
	w.url = "http://" + listen
	w.args = []string{
		"--data", w.data, "--listen", listen, "--ingest-listen", w.ingest,
		"--clickhouse-listen", freeAddress(t), "--neo4j-listen", freeAddress(t),
		"--inventory", filepath.Join(dir, lab.InventoryFile), "--endpoints", filepath.Join(dir, lab.EndpointsFile),
		"--grace", grace.String(), "--lab",
	}
	w.startLab(t)
	w.startService(t)
	t.Cleanup(func() { w.service.stop(t) })
	w.awaitReady(t)
	for _, node := range []string{nodeA, nodeB} {
		w.startAgent(t, node)
		t.Cleanup(func() { w.agents[node].stop(t) })
	}
	eventually(t, patience, "both agents report", func() error {
		if agents := w.agentStates(t); len(agents) != 2 {
			return fmt.Errorf("the service knows of %d agents", len(agents))
		}
		return nil
	})
	w.counting = time.Now()
	return w
}

// midCoveredMinute returns in the middle of a minute that both agents have
// counted from its beginning.
func (w *world) midCoveredMinute(t *testing.T) {
	t.Helper()
	waitUntil(t, w.counting.Truncate(time.Minute).Add(time.Minute))
	midMinute(t)
}

// quietPlan is two nodes in two zones with one pair that hardly talks, and one
// pair that is silent but for what a test sends.
func quietPlan() lab.Plan {
	plan := lab.ShopPlan()
	plan.Nodes = []lab.NodePlan{
		{Name: nodeA, Zone: zoneA, Subnet: "subnet-private-a"}, {Name: nodeB, Zone: zoneB, Subnet: "subnet-private-b"},
	}
	plan.Registry = lab.Registry{}
	api := plan.Workloads[slices.IndexFunc(plan.Workloads, func(w lab.Workload) bool { return w.Key() == "data/orders-db" })]
	api.Ref = model.WorkloadRef{Namespace: "shop", Kind: "Deployment", Name: "api"}
	api.Nodes, api.Calls = []string{nodeB}, nil
	deployment := func(namespace, name, node string, calls ...lab.Call) lab.Workload {
		return lab.Workload{
			Ref:  model.WorkloadRef{Namespace: namespace, Kind: "Deployment", Name: name},
			Team: "e2e", Image: "registry.example/" + name + ":1", Nodes: []string{node}, Calls: calls,
		}
	}
	plan.Workloads = []lab.Workload{
		api,
		deployment("shop", "web", nodeA, lab.Call{
			To: api.Key(), Port: api.Listen[0].Port, Protocol: workload.RPC,
			RequestBytes: 200, ResponseBytes: 2000, Every: time.Second, PerConnection: 10,
		}),
		deployment("shop", "sender", nodeA), deployment("data", "receiver", nodeB),
	}
	return plan
}

func (w *world) startLab(t *testing.T) {
	t.Helper()
	var err error
	w.lab, err = lab.New(lab.Config{Plan: quietPlan(), Dir: w.dir, Binary: binaryOf(t), OneSegment: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.lab.Stop(); err != nil {
			t.Errorf("stopping the lab: %v", err)
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := w.lab.Start(ctx); err != nil {
		t.Fatal(err)
	}
}

// startService starts the service, for the first time or again.
func (w *world) startService(t *testing.T) {
	t.Helper()
	w.service = launch(t, "service", w.dir, nil, append([]string{"serve"}, w.args...)...)
}

func (w *world) awaitReady(t *testing.T) {
	t.Helper()
	begin := time.Now()
	eventually(t, patience, "the service is ready", func() error {
		select {
		case <-w.service.exited:
			t.Fatalf("the service ended: %v\n%s", w.service.err, lastLines(w.service.stderr.String()))
		default:
		}
		return w.ready(t.Context())
	})
	t.Logf("the service was ready after %s", time.Since(begin).Round(time.Millisecond))
}

// ready asks /readyz.
func (w *world) ready(ctx context.Context) error {
	text, status, err := w.get(ctx, "/readyz")
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("readyz says %d: %s", status, text)
	}
	return err
}

func (w *world) get(ctx context.Context, path string) (text string, status int, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, w.url+path, nil)
	if err != nil {
		return "", 0, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", 0, err
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	return string(body), response.StatusCode, err
}

// startAgent starts a node's agent, for the first time or again.
func (w *world) startAgent(t *testing.T, name string) {
	t.Helper()
	for _, node := range w.lab.Nodes() {
		if node.Name == name {
			w.agents[name] = launch(t, "agent of "+name, w.dir, nil, "agent", "--cluster", "lab", "--node", name,
				"--cgroup-root", node.CgroupRoot, "--node-netns", node.NetnsPath, "--server", w.ingest,
				"--window", window.String(), "--spool-dir", filepath.Join(w.dir, "spool-"+name))
		}
	}
}

// pod is the one pod of a workload.
func (w *world) pod(t *testing.T, workload string) lab.Pod {
	t.Helper()
	for _, pod := range w.lab.Pods() {
		if pod.Workload.Namespace+"/"+pod.Workload.Name == workload {
			return pod
		}
	}
	t.Fatalf("the lab has no pod of %s", workload)
	return lab.Pod{}
}

// transfer moves bytes from the sender to the receiver.
func (w *world) transfer(t *testing.T, payload int64) lab.Transferred {
	t.Helper()
	done, err := w.lab.Transfer(t.Context(), w.pod(t, senderKey).Key(), w.pod(t, receiverKey).Key(), payload)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// command runs the program on the world's stores, beside its service.
func (w *world) command(t *testing.T, name string, more ...string) outcome {
	t.Helper()
	return runFor(t, patience, w.dir, nil, slices.Concat([]string{name}, w.args, more)...)
}
