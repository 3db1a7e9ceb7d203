package incidentgen

import (
	"fmt"

	"github.com/egressor/egressor/internal/model"
)

// Kind is a kind of incident.
type Kind string

// Kinds of incident.
const (
	Rollout      Kind = "rollout"         // a new revision calls more
	Config       Kind = "config-change"   // the same images ask for larger answers
	Compression  Kind = "compression-off" // a new revision answers uncompressed
	Scaling      Kind = "scaling"         // more workers pull more
	Rescheduling Kind = "rescheduling"    // a store moves to another zone
	NodePool     Kind = "node-pool"       // nodes exchanged, pods land in other zones
	RouteRemoved Kind = "route-removed"   // the S3 endpoint's route is gone: all through NAT
	Repointed    Kind = "service-change"  // clients are sent to a server in another zone
	NewConsumer  Kind = "new-consumer"    // somebody new reads in bulk
	RetryStorm   Kind = "retry-storm"     // a server fails, its clients try again
	Batch        Kind = "batch"           // the nightly batch, by day
	CacheLoss    Kind = "cache-loss"      // an empty cache, all asks the store
	Restarts     Kind = "restarts"        // a crash loop pulls images through NAT
	PriceChange  Kind = "price-change"    // NAT or crossings cost more
	Leak         Kind = "leak"            // bulk to a new destination outside; no cause in the facts
	SlowGrowth   Kind = "slow-growth"     // some per cent more each hour; no cause in the facts
)

// Kinds are all kinds.
var Kinds = []Kind{
	Rollout, Config, Compression, Scaling, Rescheduling, NodePool, RouteRemoved, Repointed,
	NewConsumer, RetryStorm, Batch, CacheLoss, Restarts, PriceChange, Leak, SlowGrowth,
}

// Incident is what was injected.
type Incident struct {
	Kind Kind
	At   model.Minute
	// Subject is the workload that did it, or an empty identity.
	Subject model.Identity
	// Touched are the ends of the flows that it changed.
	Touched map[[2]model.Identity]bool
	// Everywhere is true where it changed the price of everything of a kind.
	Everywhere bool

	touched map[*call]*call // each call, and what it was before
}

func (i *Incident) running(minute model.Minute) bool { return i != nil && i.At > 0 && minute >= i.At }

func (i *Incident) hoursSince(minute model.Minute) float64 {
	if !i.running(minute) || i.Kind != SlowGrowth {
		return 0
	}
	return float64(minute-i.At) / hour
}

// Inject lets an incident of a kind begin at a minute, sized so that it costs at
// least so many nano-units a day. It fails where the cluster has nothing that the
// kind could happen to; the cluster is of no further use then.
func (c *Cluster) Inject(kind Kind, at model.Minute, leastPerDay float64) (*Incident, error) {
	incident := &Incident{Kind: kind, At: at, Touched: map[[2]model.Identity]bool{}, touched: map[*call]*call{}}
	if err := c.routeAll(); err != nil {
		return nil, err
	}
	size := leastPerDay / day * 1.5
	inject := map[Kind]func(*Incident, float64) bool{
		Rollout: c.injectRollout, Config: c.injectConfig, Compression: c.injectCompression, Scaling: c.injectScaling,
		Rescheduling: c.injectRescheduling, NodePool: c.injectNodePool, RouteRemoved: c.injectRoute, Repointed: c.injectRepointed,
		NewConsumer: c.injectConsumer, RetryStorm: c.injectRetries, Batch: c.injectBatch, CacheLoss: c.injectCacheLoss,
		Restarts: c.injectRestarts, PriceChange: c.injectPrice, Leak: c.injectLeak, SlowGrowth: c.injectGrowth,
	}[kind]
	if inject == nil {
		return nil, fmt.Errorf("incident kind %q is not known", kind)
	}
	if !inject(incident, size) {
		return nil, fmt.Errorf("seed %d: nothing that a %s could happen to", c.Seed, kind)
	}
	if err := c.routeAll(); err != nil {
		return nil, err
	}
	if moves := kind == Rescheduling || kind == NodePool || kind == Repointed; moves && c.extra(incident) < leastPerDay/day {
		return nil, fmt.Errorf("seed %d: what a %s moves nearer saves more than what it moves away costs", c.Seed, kind)
	}
	return incident, nil
}

// extra is what an incident adds to a minute at its beginning, in nano-units,
// without noise.
func (c *Cluster) extra(i *Incident) (nano float64) {
	for _, call := range c.calls {
		if was := i.touched[call]; was != nil {
			nano += call.cost(i.At) - was.cost(i.At)
		}
	}
	return nano
}

func (c *Cluster) routeAll() error {
	for _, call := range c.calls {
		if call.lanes == nil {
			if err := c.route(call); err != nil {
				return err
			}
		}
	}
	return nil
}

// touch remembers what a call was before an incident changes it.
func (i *Incident) touch(c *call) {
	if i.touched[c] == nil {
		was := *c
		i.touched[c] = &was
	}
	i.Touched[[2]model.Identity{c.client, c.server}] = true
}

// cost is what a call costs a minute at a moment, in nano-units, without noise.
func (c *call) cost(at model.Minute) float64 {
	requests, answers := c.costs(at)
	return requests + answers
}

func (c *call) costs(at model.Minute) (requests, answers float64) {
	for i := range c.lanes {
		l := &c.lanes[i]
		requests += c.request * c.requests * l.share * float64(l.requestRate) / gib
		answers += c.answer * c.answers * l.share * float64(l.answerRate) / gib
	}
	season := c.at(at)
	return requests * season, answers * season
}

// pick is a call at random among those that are wanted, nil where none is.
func (c *Cluster) pick(wanted func(*call) bool) *call {
	var found []*call
	for _, call := range c.calls {
		if wanted(call) {
			found = append(found, call)
		}
	}
	if len(found) == 0 {
		return nil
	}
	return found[c.random.IntN(len(found))]
}

// factor is by how much a cost must be multiplied to grow by a size at least:
// 2 to 6 times, or more where that is too little. ok is false beyond 40 times.
func (c *Cluster) factor(cost, size float64) (float64, bool) {
	const least, spread, most = 2, 4, 40
	factor := least + spread*c.random.Float64()
	if cost <= 0 {
		return 0, false
	}
	factor = max(factor, 1+size/cost)
	return factor, factor <= most
}
