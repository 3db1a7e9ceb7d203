package kubetest

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Life is what really happened to one pod.
type Life struct {
	UID, Workload, Revision, Node, Addr string
	// Start and End are when its containers ran.
	Start, End time.Time
	// Reused says that its address had an owner before, and how long ago.
	Reused bool
	Gap    time.Duration

	running, draining bool
}

// Transfer is bytes that really moved.
type Transfer struct {
	At       time.Time
	From, To *Life
	Bytes    uint64
}

// Churn plays the controllers and kubelets of a cluster whose pods do not last,
// and records what really happens.
type Churn struct {
	client *Client
	mu     sync.Mutex
	rand   *rand.Rand
	nodes  []*churnNode
	sets   []*replicas
	lives  []*Life
	begun  int
	// Transfers are in order of time.
	Transfers []Transfer
}

type churnNode struct {
	name    string
	free    []string
	vacated map[string]time.Time
}

// replicas is the current ReplicaSet of a Deployment.
type replicas struct {
	deployment *appsv1.Deployment
	set        *appsv1.ReplicaSet
	number     int
}

// NewChurn makes nodes and Deployments. It prints its seed.
func NewChurn(s *Server, nodes, workloads, addrs int, seed uint64) *Churn {
	s.tb.Logf("churn seed %d", seed)
	c := &Churn{client: s.Client(), rand: rand.New(rand.NewPCG(seed, 0))} //nolint:gosec // a test's choice
	c.client.Create(&corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: "shop"}})
	for n := range nodes {
		node := &churnNode{name: fmt.Sprintf("node-%d", n), vacated: map[string]time.Time{}}
		for a := range addrs {
			node.free = append(node.free, fmt.Sprintf("10.244.%d.%d", n*4+a/200, a%200+10))
		}
		MakeNode(c.client, node.name, fmt.Sprintf("use1-az%d", n%3+1), fmt.Sprintf("10.0.0.%d", n+10))
		c.nodes = append(c.nodes, node)
	}
	for w := range workloads {
		app := map[string]string{"app": fmt.Sprintf("w%d", w)}
		deployment := &appsv1.Deployment{ObjectMeta: named(app["app"], nil), Spec: appsv1.DeploymentSpec{
			Selector: &metav1.LabelSelector{MatchLabels: app},
			Template: corev1.PodTemplateSpec{ObjectMeta: metav1.ObjectMeta{Labels: app}, Spec: corev1.PodSpec{Containers: []corev1.Container{{Name: "main", Image: "image:1"}}}},
		}}
		c.client.Create(deployment)
		r := &replicas{deployment: deployment}
		c.sets = append(c.sets, r)
		c.roll(r)
	}
	return c
}

// Roll rolls out a new revision of a Deployment.
func (c *Churn) Roll(workload int) { c.roll(c.sets[workload]) }

func (c *Churn) roll(r *replicas) {
	c.mu.Lock()
	r.number++
	number := r.number
	c.mu.Unlock()
	hash := fmt.Sprintf("h%d", number)
	set := &appsv1.ReplicaSet{
		ObjectMeta: owned(r.deployment.Name+"-"+hash, "apps/v1", "Deployment", r.deployment),
		Spec:       appsv1.ReplicaSetSpec{Selector: r.deployment.Spec.Selector, Template: *r.deployment.Spec.Template.DeepCopy()},
	}
	set.Labels = map[string]string{"app": r.deployment.Name, "pod-template-hash": hash}
	set.Annotations = map[string]string{"deployment.kubernetes.io/revision": fmt.Sprint(number)}
	c.client.Create(set)
	c.mu.Lock()
	r.set = set
	c.mu.Unlock()
}

// Run plays the lives of so many pods, so many at once, and returns when all have
// ended. Progress is told after each.
func (c *Churn) Run(lives, atOnce int, progress func(begun int)) {
	var slots sync.WaitGroup
	for range atOnce {
		slots.Go(func() {
			for {
				c.mu.Lock()
				number := c.begun
				c.begun++
				c.mu.Unlock()
				if number >= lives {
					return
				}
				c.live(number)
				progress(number)
			}
		})
	}
	done := make(chan struct{})
	var traffic sync.WaitGroup
	traffic.Go(func() { c.traffic(done) })
	slots.Wait()
	close(done)
	traffic.Wait()
}

// traffic moves bytes between pods that run.
func (c *Churn) traffic(done chan struct{}) {
	for {
		select {
		case <-done:
			return
		case <-time.After(20 * time.Millisecond):
		}
		c.mu.Lock()
		var running []*Life
		for _, l := range c.lives[max(0, len(c.lives)-400):] {
			if l.running {
				running = append(running, l)
			}
		}
		at := time.Now().UTC()
		for range min(len(running), 25) {
			from, to := running[c.rand.IntN(len(running))], running[c.rand.IntN(len(running))]
			if from != to {
				c.Transfers = append(c.Transfers, Transfer{at, from, to, uint64(1000 + c.rand.IntN(100_000))})
			}
		}
		c.mu.Unlock()
	}
}

// Lives are all that have ended.
func (c *Churn) Lives() []*Life {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lives
}

// Drain ends every pod of a node.
func (c *Churn) Drain(node int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, l := range c.lives {
		if l.running && l.Node == c.nodes[node].name {
			l.draining = true
		}
	}
}
