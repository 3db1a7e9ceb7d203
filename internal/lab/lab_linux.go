package lab

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/lab/kernel"
	"github.com/egressor/egressor/internal/lab/workload"
	"github.com/egressor/egressor/internal/model"
)

// Lab is a small cloud on this machine. Start it once and Stop it, whatever
// Start said and also when a panic passes by.
type Lab struct {
	config Config
	plan   Plan
	log    *slog.Logger
	clock  clock.Clock
	record *record

	lock        *os.File
	cgroup      string // the lab's folder
	cloud       *process
	network     *network
	deployments []*deployment

	mu     sync.Mutex // guards what follows, and each deployment's fields
	opened []*kernel.Netns
	nodes  map[string]*node

	rolling sync.Mutex // one rollout at a time
}

// node is a machine and the addresses that it hands out.
type node struct {
	NodePlan
	number int
	netns  *kernel.Netns
	cgroup string
	// nextHost counts the pods ever made here: addresses come back late.
	nextHost int
}

// deployment is a workload with its pods of now.
type deployment struct {
	plan     Workload
	calls    []Call
	revision model.Fact
	pods     []*pod
}

// startParallel is how many processes are started at a time.
const startParallel = 4

// New checks the configuration. Nothing is made on the machine before Start.
func New(config Config) (*Lab, error) {
	if config.Prefix == "" {
		config.Prefix = randomHex(3)
	}
	if !validPrefix.MatchString(config.Prefix) {
		return nil, fmt.Errorf("lab: prefix %q: want 1 to 16 of a-z and 0-9", config.Prefix)
	}
	if config.Binary == "" {
		return nil, errors.New("lab: no binary to run in the pods")
	}
	plan := config.Plan
	if len(plan.Nodes) == 0 {
		plan = ShopPlan()
	}
	if err := plan.check(); err != nil {
		return nil, err
	}
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	if config.Clock == nil {
		config.Clock = clock.System{}
	}
	return &Lab{
		config: config, plan: plan, log: config.Log.With("lab", config.Prefix), clock: config.Clock,
		record: newRecord(config.Dir, config.OnChange), nodes: map[string]*node{},
	}, nil
}

// Prefix tells the lab apart from others on this machine.
func (l *Lab) Prefix() string { return l.config.Prefix }

// Start builds everything, and returns when all pods serve and call. If it
// fails it takes down again what it made.
func (l *Lab) Start(ctx context.Context) error {
	if err := l.claim(); err != nil {
		return fmt.Errorf("start lab %s: %w", l.config.Prefix, err)
	}
	if err := l.build(ctx); err != nil {
		return errors.Join(fmt.Errorf("start lab %s: %w", l.config.Prefix, err), l.Stop())
	}
	return nil
}

func (l *Lab) build(ctx context.Context) error {
	if err := l.openCgroup(); err != nil {
		return err
	}
	network, err := buildNetwork(l.plan, l.createNetns)
	if err != nil {
		return err
	}
	l.network = network
	for i, plan := range l.plan.Nodes {
		l.nodes[plan.Name] = &node{
			NodePlan: plan, number: i + 1, netns: network.nodes[plan.Name],
			cgroup: filepath.Join(l.cgroup, plan.Name), nextHost: firstPodHost,
		}
	}
	now := l.clock.Now()
	if err := l.record.put(now, l.plan.facts(now)...); err != nil {
		return err
	}
	if err := l.startCloud(ctx); err != nil {
		return err
	}
	if err := l.startWorkloads(ctx); err != nil {
		return err
	}
	if err := l.setServices(); err != nil || l.config.Idle {
		return err
	}
	return l.StartCalls()
}

// StartCalls lets all pods of now begin their calls. Start does it, but where the
// lab is to be Idle.
func (l *Lab) StartCalls() error {
	for _, p := range l.allPods() {
		if err := p.process.startCalls(); err != nil {
			return fmt.Errorf("pod %s: %w", p.name, err)
		}
	}
	return nil
}

// createNetns makes a namespace and remembers to close it.
func (l *Lab) createNetns(part string) (*kernel.Netns, error) {
	ns, err := kernel.CreateNetns(netnsName(l.config.Prefix, part))
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.opened = append(l.opened, ns)
	return ns, nil
}

// startCloud runs the one process that answers for everything outside. It is
// in no node's cgroup: no agent sees it.
func (l *Lab) startCloud(ctx context.Context) error {
	spec := workload.Spec{Name: "cloud", Listen: []workload.Listener{{Protocol: workload.HTTP, Port: outsidePort}}}
	cloud, err := launch(ctx, l.config.Binary, l.log, l.network.cloud, filepath.Join(l.cgroup, "cloud"), spec)
	l.cloud = cloud
	return err
}

func (l *Lab) startWorkloads(ctx context.Context) error {
	for _, w := range l.plan.Workloads {
		l.deployments = append(l.deployments, &deployment{plan: w, calls: w.Calls})
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(startParallel)
	for _, d := range l.deployments {
		d.pods = make([]*pod, len(d.plan.Nodes))
		if err := l.openRevision(d, Change{Image: d.plan.Image, Cause: "first release", Commit: d.plan.Commit}); err != nil {
			return err
		}
		for ordinal := range d.plan.Nodes {
			group.Go(func() error {
				p, err := l.startPod(ctx, d, ordinal)
				if err != nil {
					return err
				}
				l.mu.Lock()
				defer l.mu.Unlock()
				d.pods[ordinal] = p
				return nil
			})
		}
	}
	return group.Wait()
}

// setServices makes every node translate to the pods of now.
func (l *Lab) setServices() error {
	for _, n := range l.nodes {
		if err := n.netns.SetServices(l.services(n.Zone)); err != nil {
			return err
		}
	}
	return nil
}

// Stop ends every process and removes every namespace, link, rule, cgroup
// folder and mount of the lab. It may be called again, and before Start.
func (l *Lab) Stop() error {
	if l.lock == nil {
		return nil // what carries this prefix, if anything does, is not ours
	}
	ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	for _, p := range l.allPods() {
		p.process.stdin.Close()
	}
	if l.cloud != nil {
		l.cloud.stdin.Close()
	}
	l.mu.Lock()
	for _, ns := range l.opened {
		ns.Close()
	}
	l.opened = nil
	l.mu.Unlock()
	err := cleanup(ctx, l.config.Prefix)
	for _, p := range l.allPods() {
		p.process.end(ctx) // reaps it: it is dead by now
	}
	if l.cloud != nil {
		l.cloud.end(ctx)
	}
	return errors.Join(err, l.release())
}

const stopTimeout = 20 * time.Second

// Inventory returns every fact that the lab has stated, the closed ones too.
func (l *Lab) Inventory() []model.Fact { return l.record.all() }

// Nodes returns the machines in the order of the plan.
func (l *Lab) Nodes() []Node {
	var nodes []Node
	for _, plan := range l.plan.Nodes {
		n := l.nodes[plan.Name]
		if n == nil {
			continue // not started
		}
		nodes = append(nodes, Node{
			Name: n.Name, Zone: n.Zone, CgroupRoot: n.cgroup, NetnsPath: n.netns.Path, Addr: nodeAddr(n.number),
		})
	}
	return nodes
}

// Pods returns the pods that run now, in the order of the plan.
func (l *Lab) Pods() []Pod {
	var pods []Pod
	for _, p := range l.allPods() {
		pods = append(pods, p.public())
	}
	return pods
}

func (l *Lab) allPods() []*pod {
	l.mu.Lock()
	defer l.mu.Unlock()
	var pods []*pod
	for _, d := range l.deployments {
		pods = append(pods, slices.DeleteFunc(slices.Clone(d.pods), func(p *pod) bool { return p == nil })...)
	}
	return pods
}
