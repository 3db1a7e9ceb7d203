package kubetest

import (
	"fmt"
	"maps"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
)

// upTo draws a duration.
func (c *Churn) upTo(most time.Duration) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Duration(c.rand.Int64N(int64(most)))
}

// live plays one pod from its creation to the end of its containers and beyond,
// as its kubelet does: what happens comes first, what is told of it later.
func (c *Churn) live(number int) {
	c.mu.Lock()
	r := c.sets[c.rand.IntN(len(c.sets))]
	node := c.nodes[c.rand.IntN(len(c.nodes))]
	for len(node.free) == 0 {
		node = c.nodes[c.rand.IntN(len(c.nodes))]
	}
	ending := c.rand.IntN(3)
	set := r.set
	l := &Life{Workload: r.deployment.Name, Revision: set.Labels["pod-template-hash"], Node: node.name}
	c.mu.Unlock()
	meta := owned(fmt.Sprintf("%s-%d", set.Name, number), "apps/v1", "ReplicaSet", set)
	meta.Labels = maps.Clone(set.Labels) // an answer is decoded into it
	pod := newPod(meta, node.name)
	if ending == completes {
		pod.Spec.RestartPolicy = corev1.RestartPolicyNever
	}
	c.client.Create(pod)
	l.UID = string(pod.UID)
	if !c.acquire(node, l) {
		c.client.Delete(pod, 0)
		return
	}
	<-time.After(c.upTo(200 * time.Millisecond)) // the image is pulled
	started := c.start(l)
	<-time.After(c.upTo(300 * time.Millisecond)) // the node tells the API later
	setRunning(pod, started, l.Addr)
	c.client.UpdateStatus(pod)
	for range ending { // of those that crash
		if ending == crashes {
			c.wait(l, 700*time.Millisecond)
			setRunning(pod, time.Now(), l.Addr)
			c.client.UpdateStatus(pod)
		}
	}
	c.wait(l, 500*time.Millisecond+c.upTo(3*time.Second))
	c.finish(node, l, pod, ending)
}

// How a pod may end.
const (
	isDeleted = iota
	completes
	crashes
)

func (c *Churn) finish(node *churnNode, l *Life, pod *corev1.Pod, ending int) {
	phase := corev1.PodRunning
	if ending == completes {
		phase = corev1.PodSucceeded
	} else {
		c.client.Delete(pod, 30)
	}
	ended := c.stop(l)
	c.release(node, l) // the address is free for the next before the API hears
	<-time.After(c.upTo(400 * time.Millisecond))
	setEnded(pod, phase, l.Start, ended)
	c.client.UpdateStatus(pod)
	if ending != completes || l.End.UnixNano()%2 == 0 { // half of the completed stay
		c.client.Delete(pod, 0)
	}
}

// acquire takes an address: in one of eight cases the one that was freed last,
// else one that nobody had for long.
func (c *Churn) acquire(node *churnNode, l *Life) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(node.free) == 0 {
		return false
	}
	at := 0
	if c.rand.IntN(8) == 0 {
		at = len(node.free) - 1
	}
	l.Addr = node.free[at]
	node.free = slices.Delete(node.free, at, at+1)
	if at, used := node.vacated[l.Addr]; used {
		l.Reused, l.Gap = true, time.Since(at)
	}
	return true
}

func (c *Churn) release(node *churnNode, l *Life) {
	c.mu.Lock()
	defer c.mu.Unlock()
	node.free = append(node.free, l.Addr)
	node.vacated[l.Addr] = time.Now()
}

func (c *Churn) start(l *Life) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	l.Start, l.running = time.Now().UTC(), true
	c.lives = append(c.lives, l)
	return l.Start
}

func (c *Churn) stop(l *Life) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	l.End, l.running = time.Now().UTC(), false
	return l.End
}

// wait lets a pod run, unless its node is drained.
func (c *Churn) wait(l *Life, length time.Duration) {
	for deadline := time.Now().Add(length); time.Now().Before(deadline); {
		c.mu.Lock()
		drained := l.draining
		c.mu.Unlock()
		if drained {
			return
		}
		<-time.After(50 * time.Millisecond)
	}
}
