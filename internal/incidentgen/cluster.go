package incidentgen

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// Region and Zones are where generated clusters are.
const Region = "us-east-1"

// Zones are the zone ids of generated clusters.
var Zones = []string{"use1-az1", "use1-az2", "use1-az3"}

const (
	hour = 60
	day  = 24 * hour
	week = 7 * day
	gib  = 1 << 30
)

// pod is one pod, for as long as it lives.
type pod struct {
	uid, node string
	from, to  time.Time
	revision  string
}

// workload is one workload with its pods.
type workload struct {
	id       model.Identity
	pods     []*pod
	revision int
	// place is the share of the pods in each zone.
	place [3]float64
}

// Cluster is a generated cluster at one moment of its traffic.
type Cluster struct {
	Seed uint64
	// Start is the first minute that Minute may be asked for; the past before it is
	// History's.
	Start     model.Minute
	random    *rand.Rand
	workloads []*workload
	nodes     []string
	nodeZone  map[string]int
	calls     []*call
	rates     *rates
	facts     []model.Fact
	// dearer multiplies prices of a class from a minute on.
	dearer   map[model.PathKind]float64
	dearFrom model.Minute
	spare    Traffic
	rules    *Rules // nil for the network that New builds
}

// New makes the cluster of a seed, which starts at some hour of some day.
func New(seed uint64) (*Cluster, error) {
	c := &Cluster{Seed: seed, random: rand.New(rand.NewPCG(seed, 0x1ce)), nodeZone: map[string]int{}}
	var err error
	if c.rates, err = newRates(); err != nil {
		return nil, err
	}
	const (
		least, most = 50, 2000
		monday      = 29_730_240 // the first minute of a Monday
		perNode     = 8
	)
	c.Start = model.Minute(monday + 4*week + c.random.IntN(7*24)*hour)
	size := int(least * math.Pow(most/least, c.random.Float64()))
	for n := range max(6, size/perNode) {
		name := fmt.Sprintf("node-%d", n)
		c.nodes = append(c.nodes, name)
		c.nodeZone[name] = n % len(Zones)
	}
	for n := range size {
		c.workloads = append(c.workloads, c.newWorkload(n))
	}
	c.connect()
	for _, w := range c.workloads {
		c.stateWorkload(w)
	}
	c.stateNodes()
	return c, nil
}

// Size is the number of workloads.
func (c *Cluster) Size() int { return len(c.workloads) }

func (c *Cluster) newWorkload(n int) *workload {
	const perNamespace, ordinary, stateful = 15, 0.8, 0.95
	kind := "Deployment"
	switch draw := c.random.Float64(); {
	case draw > stateful:
		kind = "CronJob"
	case draw > ordinary:
		kind = "StatefulSet"
	}
	w := &workload{revision: 1 + c.random.IntN(40), id: model.Identity{
		Kind: model.KindWorkload, Cluster: "bench", Namespace: fmt.Sprintf("team-%d", n/perNamespace), Type: kind, Name: fmt.Sprintf("app-%d", n),
	}}
	replicas := 1 + c.random.IntN(6)
	if kind == "CronJob" {
		replicas = 1
	}
	for range replicas {
		w.pods = append(w.pods, c.newPod(w, c.nodes[c.random.IntN(len(c.nodes))], time.Time{}))
	}
	c.spread(w)
	return w
}

func (w *workload) revisionID() string {
	if w.id.Type == "CronJob" {
		return ""
	}
	return fmt.Sprintf("%s-%d", w.id.Name, w.revision)
}

func (c *Cluster) newPod(w *workload, node string, from time.Time) *pod {
	return &pod{uid: fmt.Sprintf("%s-%x", w.id.Name, c.random.Uint32()), node: node, from: from, revision: w.revisionID()}
}

// spread works out in which zones the living pods are.
func (c *Cluster) spread(w *workload) {
	w.place = [3]float64{}
	living := 0.0
	for _, p := range w.pods {
		if p.to.IsZero() {
			living++
		}
	}
	for _, p := range w.pods {
		if p.to.IsZero() {
			w.place[c.nodeZone[p.node]] += 1 / living
		}
	}
}

func (w *workload) living() []*pod {
	var living []*pod
	for _, p := range w.pods {
		if p.to.IsZero() {
			living = append(living, p)
		}
	}
	return living
}
