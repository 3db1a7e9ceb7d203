//go:build linux

package e2e_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	agentapp "github.com/egressor/egressor/agent/app"
	"github.com/egressor/egressor/agent/probe"
	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/ingest"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/lab"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/testkit"
)

// natCase is one way from a client to a server, and what must come of it.
type natCase struct {
	name         string
	client, host string // where each runs: a pod's workload, a node, "host:NODE" for a host-network pod, "cloud"
	// dial is the address: "vip" a ClusterIP, "node-a" or "node-b" a NodePort there,
	// "direct" the server's own, or an address.
	dial  string
	local bool // externalTrafficPolicy of a NodePort
	early bool // the connection is open before the agents are
	// want are the edges of the payload's direction at the server's port, each with
	// all of the payload; legs are those at the dialled port.
	want, legs []string
}

const (
	w1, w2     = "w/lab/nat/Deployment/one", "w/lab/nat/Deployment/two"
	w3         = "w/lab/nat/Deployment/three"
	meshA      = "w/lab/nat/Deployment/mesh-a"
	meshB      = "w/lab/nat/Deployment/mesh-b"
	hostA      = "w/lab/nat/DaemonSet/host-node-a"
	hostB      = "w/lab/nat/DaemonSet/host-node-b"
	outsideNat = "e/internet//anywhere"
)

// On node-a kube-proxy writes iptables, on node-b nftables. one, two and mesh-a are
// pods on node-a, three and mesh-b are on node-b; those of the mesh have a sidecar.
var natCases = []natCase{
	{name: "ClusterIP by iptables, to another node", client: "one", host: "three", dial: "vip", want: []string{w1 + " -> " + w3}},
	{name: "ClusterIP by nftables, to another node", client: "three", host: "one", dial: "vip", want: []string{w3 + " -> " + w1}},
	{name: "ClusterIP by iptables, two pods of one node", client: "one", host: "two", dial: "vip", want: []string{w1 + " -> " + w2}},
	{name: "ClusterIP dialled by a node's process", client: "node-a", host: "three", dial: "vip", want: []string{"n/lab/node-a/lab-exec -> " + w3}},
	{name: "hairpin by iptables", client: "one", host: "one", dial: "vip", want: []string{w1 + " -> " + w1}},
	{name: "hairpin by nftables", client: "three", host: "three", dial: "vip", want: []string{w3 + " -> " + w3}},
	{name: "headless, another node", client: "one", host: "three", dial: "direct", want: []string{w1 + " -> " + w3}},
	{name: "two pods of one node", client: "one", host: "two", dial: "direct", want: []string{w1 + " -> " + w2}},
	{name: "NodePort, policy Local, nftables", client: "one", host: "three", dial: "node-b", local: true, want: []string{w1 + " -> " + w3}},
	{name: "NodePort, policy Local, iptables", client: "three", host: "two", dial: "node-a", local: true, want: []string{w3 + " -> " + w2}},
	{name: "NodePort, policy Cluster, backend on that node, nftables", client: "one", host: "three", dial: "node-b", want: []string{w1 + " -> " + w3}},
	{name: "NodePort, policy Cluster, backend on that node, iptables", client: "three", host: "two", dial: "node-a", want: []string{w3 + " -> " + w2}},
	{name: "NodePort, policy Cluster, sent on to another node: two legs, and the hop", client: "two", host: "one", dial: "node-b",
		want: []string{"n/lab/node-b -> " + w1}, legs: []string{w2 + " -> n/lab/node-b"}},
	{name: "host network to a pod", client: "host:node-a", host: "three", dial: "direct", want: []string{hostA + " -> " + w3}},
	{name: "a pod to host network", client: "one", host: "host:node-b", dial: "direct", want: []string{w1 + " -> " + hostB}},
	{name: "host network to host network", client: "host:node-a", host: "host:node-b", dial: "direct", want: []string{hostA + " -> " + hostB}},
	{name: "a node's process to a pod of the node", client: "node-b", host: "three", dial: "direct", want: []string{"n/lab/node-b/lab-exec -> " + w3}},
	{name: "masqueraded to outside by iptables", client: "one", host: "cloud", dial: "198.18.9.9", want: []string{w1 + " -> " + outsideNat}},
	{name: "masqueraded to outside by nftables", client: "three", host: "cloud", dial: "198.18.9.9", want: []string{w3 + " -> " + outsideNat}},
	{name: "sidecars at both ends", client: "mesh-a", host: "mesh-b", dial: "direct", want: []string{meshA + " -> " + meshB}},
	{name: "sidecars at both ends, ClusterIP by iptables", client: "mesh-a", host: "mesh-b", dial: "vip", want: []string{meshA + " -> " + meshB}},
	{name: "a sidecar at the client's end", client: "mesh-b", host: "one", dial: "direct", want: []string{meshB + " -> " + w1}},
	{name: "a sidecar at the server's end", client: "one", host: "mesh-b", dial: "direct", want: []string{w1 + " -> " + meshB}},
	{name: "a sidecar at the server's end, on the same node", client: "two", host: "mesh-a", dial: "direct", want: []string{w2 + " -> " + meshA}},
	{name: "sidecars at both ends, open before the agents", client: "mesh-a", host: "mesh-b", dial: "direct", early: true, want: []string{meshA + " -> " + meshB}},
	{name: "a sidecar to outside", client: "mesh-b", host: "cloud", dial: "198.18.9.9", want: []string{meshB + " -> " + outsideNat}},
}

// TestEachWayThroughNATIsTracedToTheTruePair: real packets through the real
// kernel's translation, by the rules of both of kube-proxy's modes, counted by one
// agent per node, attributed by the facts of the lab.
func TestEachWayThroughNATIsTracedToTheTruePair(t *testing.T) {
	eachWay(t, "", natCases)
}

// TestSidecarsAreCountedOncePerPacket: what a mesh intercepts is counted once where
// TCP is counted packet by packet, too.
func TestSidecarsAreCountedOncePerPacket(t *testing.T) {
	eachWay(t, string(probe.ModePackets), slices.DeleteFunc(slices.Clone(natCases), func(c natCase) bool { return !strings.Contains(c.name, "sidecar") }))
}

// eachWay counts in a mode what is sent on some ways.
func eachWay(t *testing.T, mode string, cases []natCase) {
	t.Helper()
	testkit.Require(t, "lab", lab.Preflight())
	testkit.Require(t, "bpf", probeWorks())
	for _, tool := range []string{"ip", "iptables-restore", "nft"} {
		_, err := exec.LookPath(tool)
		testkit.Require(t, "lab", err)
	}
	rig := newNATRig(t)
	rig.mode, rig.cases = mode, cases
	flows := rig.run(t)
	for i, test := range cases {
		t.Run(test.name, func(t *testing.T) { rig.check(t, i, flows) })
	}
	checkSidecars(t, flows)
}

// natRig is a lab with two nodes' translations and agents.
type natRig struct {
	lab     *lab.Lab
	binary  string
	facts   []model.Fact
	batches batchKeeper
	mode    string // how the agents capture, "" for as they choose
	cases   []natCase
	places  map[string]natPlace
	sinks   []natSink
}

// natPlace is where a process runs.
type natPlace struct {
	netns, cgroup string
	addr          netip.Addr
}

// batchKeeper is the ingest's store: it keeps everything.
type batchKeeper struct {
	mu      sync.Mutex
	batches map[model.BatchKey]model.Batch
}

func (k *batchKeeper) Append(_ context.Context, batch model.Batch, _ string, _ time.Time) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.batches[batch.BatchKey] = batch
	return nil
}

func (k *batchKeeper) Lookup(context.Context, model.BatchKey) (string, bool, error) {
	return "", false, nil
}

func newNATRig(t *testing.T) *natRig {
	t.Helper()
	plan := lab.ShopPlan()
	plan.Nodes, plan.Registry, plan.Gateways = plan.Nodes[:2], lab.Registry{}, nil
	plan.Outside = []lab.Outside{{Class: "internet", Name: "anywhere", CIDR: netip.MustParsePrefix("198.18.9.0/24"), Addr: netip.MustParseAddr("198.18.9.9")}}
	deployment := func(name, node string) lab.Workload {
		return lab.Workload{Ref: model.WorkloadRef{Namespace: "nat", Kind: "Deployment", Name: name}, Image: "x", Nodes: []string{node}}
	}
	plan.Workloads = []lab.Workload{deployment("one", nodeA), deployment("two", nodeA), deployment("three", nodeB),
		deployment("mesh-a", nodeA), deployment("mesh-b", nodeB)}
	r := &natRig{binary: binaryOf(t), places: map[string]natPlace{}, batches: batchKeeper{batches: map[model.BatchKey]model.Batch{}}}
	var err error
	if r.lab, err = lab.New(lab.Config{Plan: plan, Binary: r.binary, OneSegment: true}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.lab.Stop(); err != nil {
			t.Errorf("stopping the lab: %v", err)
		}
	})
	if err := r.lab.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.facts = r.lab.Inventory()
	for _, pod := range r.lab.Pods() {
		r.places[pod.Workload.Name] = natPlace{pod.NetnsPath, pod.Cgroup, pod.Addr}
	}
	for _, node := range r.lab.Nodes() {
		r.places[node.Name] = natPlace{node.NetnsPath, filepath.Join(node.CgroupRoot, "system.slice", "lab-exec.service"), node.Addr}
		r.addHostPod(node)
	}
	cloud := filepath.Join(filepath.Dir(r.lab.Nodes()[0].NetnsPath), "egr-"+r.lab.Prefix()+"-cloud")
	r.places["cloud"] = natPlace{netns: cloud, cgroup: filepath.Join(filepath.Dir(r.lab.Nodes()[0].CgroupRoot), "cloud"), addr: plan.Outside[0].Addr}
	return r
}

// addHostPod makes room for a pod in a node's own network.
func (r *natRig) addHostPod(node lab.Node) {
	uid := fmt.Sprintf("11111111-2222-3333-4444-%012d", len(r.places))
	folder := filepath.Join("kubepods.slice", "kubepods-burstable.slice", "kubepods-burstable-pod"+strings.ReplaceAll(uid, "-", "_")+".slice", "cri-containerd-host.scope")
	r.places["host:"+node.Name] = natPlace{node.NetnsPath, filepath.Join(node.CgroupRoot, folder), node.Addr}
	r.facts = append(r.facts, model.Fact{
		Kind: model.FactPod, Key: uid, Source: "kubernetes/lab",
		Pod: &model.PodFact{Cluster: "lab", Namespace: "nat", Name: "host-" + node.Name, Node: node.Name, Addrs: []netip.Addr{node.Addr}, HostNetwork: true,
			Workload: model.WorkloadRef{Namespace: "nat", Kind: "DaemonSet", Name: "host-" + node.Name}},
	})
}

// run moves the bytes of every case and returns what they are attributed to.
func (r *natRig) run(t *testing.T) []attribution.AttributedFlow {
	t.Helper()
	for i, test := range r.cases {
		r.openSink(t, i, test)
	}
	r.translate(t)
	for _, pod := range []string{"mesh-a", "mesh-b"} {
		r.addSidecar(t, pod)
	}
	senders := map[int]*heldSender{}
	for i, test := range r.cases {
		if test.early {
			senders[i] = r.openSender(t, test.client, r.sinks[i])
		}
	}
	stop := r.startAgents(t)
	for i, test := range r.cases {
		if senders[i] == nil {
			senders[i] = r.openSender(t, test.client, r.sinks[i])
		}
		clearOfMinutesEnds(t) // or the two ends' agents may have its bytes in two minutes
		if err := errors.Join(senders[i].send(), r.sinks[i].end()); err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
	}
	stop()
	return r.attribute(t)
}

// translate lays the rules of every case on both nodes.
func (r *natRig) translate(t *testing.T) {
	t.Helper()
	var rules []natRule
	for i, test := range r.cases {
		backend := netip.AddrPortFrom(r.places[test.host].addr, r.sinks[i].port)
		switch test.dial {
		case "vip":
			rules = append(rules, natRule{dialled: r.sinks[i].dialled, backend: backend})
		case nodeA, nodeB:
			anyAddr := netip.AddrPortFrom(netip.IPv4Unspecified(), r.sinks[i].dialled.Port())
			rules = append(rules, natRule{dialled: anyAddr, backend: backend, local: test.local})
		}
	}
	r.tool(t, nodeA, iptablesRules(rules, netip.MustParsePrefix("10.244.1.0/24")), "iptables-restore")
	r.tool(t, nodeB, nftRules(rules, netip.MustParsePrefix("10.244.2.0/24")), "nft", "-f", "-")
}

func (r *natRig) tool(t *testing.T, node, input string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "ip", slices.Concat([]string{"netns", "exec", filepath.Base(r.places[node].netns)}, args)...)
	cmd.Stdin = strings.NewReader(input)
	if output, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v on %s: %v: %s\n%s", args, node, err, output, input)
	}
}

// startAgents counts on both nodes until stop.
func (r *natRig) startAgents(t *testing.T) (stop func()) {
	t.Helper()
	config := ingest.DefaultConfiguration()
	config.Listen = "127.0.0.1:0"
	server, err := ingest.New(report.Discard(), config, ingest.Dependencies{Store: &r.batches, Clock: clock.System{}})
	if err == nil {
		err = server.Start(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	var agents []*agentapp.Agent
	for _, node := range r.lab.Nodes() {
		config := agentapp.DefaultConfig()
		config.Cluster, config.Node, config.CgroupRoot, config.NodeNetns = "lab", node.Name, node.CgroupRoot, node.NetnsPath
		config.Mode = cmp.Or(r.mode, config.Mode)
		config.Window, config.Server, config.SpoolDir, config.StopTimeout = time.Second, server.Address(), t.TempDir(), patience
		agent, err := agentapp.Open(report.Discard(), config)
		if err == nil {
			err = agent.Start(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
		agents = append(agents, agent)
	}
	return func() {
		for _, agent := range agents {
			if err := agent.Stop(t.Context()); err != nil {
				t.Errorf("stopping an agent: %v", err)
			}
		}
		if err := server.Stop(t.Context()); err != nil {
			t.Errorf("stopping the ingest: %v", err)
		}
	}
}

func (r *natRig) attribute(t *testing.T) []attribution.AttributedFlow {
	t.Helper()
	rows, flows, check := r.attributed(t)
	t.Logf("%d rows, %d flows, check %+v", rows, len(flows), check)
	return flows
}

// attributed are the flows of all rows so far.
func (r *natRig) attributed(t *testing.T) (int, []attribution.AttributedFlow, attribution.Check) {
	t.Helper()
	var coverage attribution.Coverage
	var rows []attribution.ReportedRow
	facts := slices.Clone(r.facts)
	r.batches.mu.Lock()
	defer r.batches.mu.Unlock()
	for _, batch := range r.batches.batches {
		coverage.AddBatch(batch)
		facts = append(facts, batch.Facts...)
		for _, row := range batch.Flows {
			rows = append(rows, attribution.ReportedRow{Agent: batch.Agent, Row: row})
		}
	}
	index, err := attribution.NewIndex(facts)
	if err != nil {
		t.Fatal(err)
	}
	flows, check := attribution.Attribute(index, &coverage, rows)
	return len(rows), flows, check
}

// check wants the payload of a case on its edges, once, and on no other.
func (r *natRig) check(t *testing.T, number int, flows []attribution.AttributedFlow) {
	t.Helper()
	test, sink := r.cases[number], r.sinks[number]
	got := map[string]uint64{}
	for _, f := range flows {
		if f.Key.ServerPort != sink.port && f.Key.ServerPort != sink.dialled.Port() || f.Sent.PayloadBytes == 0 {
			continue
		}
		if sink.dialled.Port() == 80 && f.Key.ServerPort == 80 {
			t.Errorf("a ClusterIP's port has an edge: %s", f.Key)
			continue
		}
		got[f.Key.Source.ID()+" -> "+f.Key.Destination.ID()] += f.Sent.PayloadBytes
	}
	want := map[string]uint64{}
	for _, edge := range slices.Concat(test.want, test.legs) {
		want[edge] = uint64(sink.payload)
	}
	for edge, bytes := range want {
		again := uint64(0) // what the kernel sent again is payload for who counts packets; twice all of it is not that
		if r.mode == string(probe.ModePackets) {
			again = bytes / 2
		}
		if got[edge] < bytes || got[edge] > bytes+again {
			t.Errorf("%s has %d bytes, want %d; all edges of the case: %v", edge, got[edge], bytes, got)
		}
	}
	if len(got) != len(want) {
		t.Errorf("edges %v, want %v", got, want)
	}
}
