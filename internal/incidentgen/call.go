package incidentgen

import (
	"math"
	"math/rand/v2"

	"github.com/egressor/egressor/internal/model"
)

// call is one client's traffic with one server: requests one way, answers the other.
type call struct {
	client, server  model.Identity
	from, to        *workload // nil where the end is no workload
	port            uint16
	request, answer float64 // bytes a minute at the mean of the season
	connections     float64
	season          season
	// kind and via are the way where an end is outside.
	path model.Path
	// factors of an incident; 1 is none.
	requests, answers, opened float64
	// resent is the share of packets that are sent again.
	resent float64
	// grows multiplies everything by this much an hour since an incident's minute.
	grows float64
	lanes []lane
	noise *rand.Rand
	// index tells calls apart in hashes.
	index uint64
	// born is the minute of the first byte, 0 for ever.
	born model.Minute
}

// lane is a part of a call by zones and way.
type lane struct {
	request, answer         model.EdgeKey
	share                   float64
	requestRate, answerRate int64
	requestID, answerID     model.EdgeID
}

// season is how a call's traffic goes through the day and the week.
type season struct {
	swing, phase, weekend float64 // of a sine about 1, its peak as a part of the day, the weekend's factor
	sigma, drift          float64 // of logarithms: from minute to minute, and from hour to hour
	bursts                float64 // chance of a burst in a minute
	// batch calls run for some minutes from a minute of the day; 0 minutes is none.
	batchAt, batchFor int
}

// at is the season's factor, drift included, without noise.
func (c *call) at(minute model.Minute) float64 {
	s := &c.season
	if s.batchFor > 0 {
		return c.batch(minute)
	}
	part := float64(minute%day) / day
	factor := 1 + s.swing*math.Sin(2*math.Pi*(part-s.phase))
	if weekday := minute % week / day; weekday >= 5 {
		factor *= s.weekend
	}
	return factor * math.Exp(s.drift*c.wander(minute))
}

// batch is 1 while the nightly batch runs; it begins a few minutes early or late.
func (c *call) batch(minute model.Minute) float64 {
	const early = 11
	begin := c.season.batchAt + int(hash(c.index, uint64(minute/day))%early)
	if now := int(minute % day); now >= begin && now < begin+c.season.batchFor {
		return 1
	}
	return 0
}

// wander goes smoothly between a normal value for each hour.
func (c *call) wander(minute model.Minute) float64 {
	at := uint64(minute / hour)
	part := float64(minute%hour) / hour
	return normalOf(hash(c.index, at))*(1-part) + normalOf(hash(c.index, at+1))*part
}

// draw is one minute of noise: a factor common to the call, and the burst.
func (c *call) draw() float64 {
	factor := math.Exp(c.season.sigma * c.noise.NormFloat64())
	if c.season.bursts > 0 && c.noise.Float64() < c.season.bursts {
		factor *= 2 + 2*c.noise.Float64()
	}
	return factor
}

// hash mixes two numbers into one (splitmix64).
func hash(a, b uint64) uint64 {
	x := a*0x9e3779b97f4a7c15 + b
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

// normalOf is about normal: a sum of four uniform parts of a hash.
func normalOf(h uint64) float64 {
	const quarter, scale = 1 << 16, 1.7320508 // the sum of four has a variance of 1/3
	sum := 0.0
	for range 4 {
		sum += float64(h%quarter)/quarter - 0.5
		h /= quarter
	}
	return sum * scale
}

// connect makes the calls between workloads and to the outside.
func (c *Cluster) connect() {
	for n, w := range c.workloads {
		if w.id.Type == "CronJob" {
			c.addBatch(w)
			continue
		}
		if w.id.Type == "Deployment" {
			c.addServers(n, w)
		}
		c.addOutside(w)
	}
	for _, node := range c.nodes {
		c.addPulls(node)
	}
}

const (
	portHTTP, portCache, portDB, portTLS = 8080, 6379, 5432, 443
)

func (c *Cluster) addServers(n int, w *workload) {
	const most = 4
	used := map[int]bool{n: true}
	for range 1 + c.random.IntN(most) {
		to := c.random.IntN(len(c.workloads))
		if used[to] || c.workloads[to].id.Type == "CronJob" {
			continue
		}
		used[to] = true
		port := uint16(portHTTP)
		if c.workloads[to].id.Type == "StatefulSet" {
			port = portDB
			if c.random.IntN(2) == 0 {
				port = portCache
			}
		}
		c.add(&call{from: w, to: c.workloads[to], port: port, path: model.Path{Kind: model.PathVPC}}, 1)
	}
}

// addOutside gives some workloads traffic with S3 and the internet.
func (c *Cluster) addOutside(w *workload) {
	const s3, internet = 0.15, 0.1
	switch draw := c.random.Float64(); {
	case draw < s3:
		c.add(&call{from: w, server: endpoint("s3"), port: portTLS, path: model.Path{Kind: model.PathGatewayEndpoint, Via: "vpce-s3"}}, 2)
	case draw < s3+internet:
		c.add(&call{from: w, server: endpoint("internet"), port: portTLS, path: nat()}, 0.2)
	}
}

func endpoint(class string) model.Identity {
	id := model.Identity{Kind: model.KindCloudEndpoint, Type: class, Name: class, Region: Region}
	if class == "internet" {
		id.Region = ""
	}
	return id
}

func nat() model.Path { return model.Path{Kind: model.PathNAT, Via: "nat-a", ViaZone: Zones[0]} }

func (c *Cluster) addPulls(node string) {
	pulls := &call{client: model.Identity{Kind: model.KindNode, Cluster: "bench", Name: node}, server: endpoint("ecr"), port: portTLS, path: nat()}
	c.add(pulls, 0.02)
	pulls.season.swing, pulls.season.sigma = 0.3, 0.3
}

func (c *Cluster) addBatch(w *workload) {
	job := &call{from: w, server: endpoint("s3"), port: portTLS, path: model.Path{Kind: model.PathGatewayEndpoint, Via: "vpce-s3"}}
	if c.random.IntN(2) == 0 {
		job = &call{from: w, to: c.workloads[0], port: portDB, path: model.Path{Kind: model.PathVPC}}
	}
	c.add(job, 4)
	job.season.batchAt, job.season.batchFor = c.random.IntN(5*hour), 10+c.random.IntN(30)
}

// add gives a call its volume, its season and its lanes.
func (c *Cluster) add(call *call, weight float64) {
	const mean, spread = 40 << 20, 1.4 // bytes a minute, of a log-normal
	r := c.random
	if call.from != nil {
		call.client = call.from.id
	}
	if call.to != nil {
		call.server = call.to.id
	}
	volume := weight * mean * math.Exp(spread*r.NormFloat64())
	back := 0.5 + 0.45*r.Float64() // the answers' part of it
	call.request, call.answer = volume*(1-back), volume*back
	call.connections = max(5, volume/float64(int(64<<10)<<r.IntN(5)))
	call.requests, call.answers, call.opened, call.grows = 1, 1, 1, 1
	call.season = season{
		swing: 0.15 + 0.55*r.Float64(), phase: 0.2 + 0.15*r.Float64(), weekend: 0.4 + 0.6*r.Float64(),
		sigma: 0.04 + 0.16*r.Float64(), drift: 0.02 + 0.06*r.Float64(),
	}
	if r.IntN(5) == 0 {
		call.season.bursts = 0.002
	}
	call.index = hash(c.Seed, uint64(len(c.calls)))
	call.noise = rand.New(rand.NewPCG(c.Seed, call.index))
	c.calls = append(c.calls, call)
}
