package lab

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"path/filepath"
	"slices"

	"github.com/egressor/egressor/internal/lab/kernel"
	"github.com/egressor/egressor/internal/lab/workload"
	"github.com/egressor/egressor/internal/model"
)

// firstPodHost to lastPodHost are handed out to pods; .1 is the bridge.
const firstPodHost, lastPodHost = 10, 250

// pod is a network namespace, a cgroup folder and one process in both.
type pod struct {
	name, uid string
	owner     model.WorkloadRef
	node      *node
	addr      netip.Addr
	netns     *kernel.Netns
	cgroup    string // the container's folder
	process   *process
	fact      model.Fact
}

func (p *pod) public() Pod {
	return Pod{
		Namespace: p.owner.Namespace, Name: p.name, UID: p.uid, Workload: p.owner, Revision: p.fact.Pod.Revision,
		Node: p.node.Name, Zone: p.node.Zone, Addr: p.addr, NetnsPath: p.netns.Path, Cgroup: p.cgroup,
	}
}

// startPod makes a pod of the deployment's current revision and states it. It
// serves when this returns, but does not call yet.
func (l *Lab) startPod(ctx context.Context, d *deployment, ordinal int) (*pod, error) {
	n := l.nodes[d.plan.Nodes[ordinal]]
	host := l.takeHost(n)
	p := &pod{
		name: podName(d.plan.Ref, d.revision.Revision.Hash, ordinal), uid: newUID(), owner: d.plan.Ref,
		node: n, addr: podAddr(n.number, host),
	}
	p.cgroup = filepath.Join(n.cgroup, podFolder(p.uid, randomHex(32)))
	spec, err := l.plan.specFor(d.plan, p.name, d.calls)
	if err != nil {
		return nil, err
	}
	if err := l.boot(ctx, p, host, spec); err != nil {
		return nil, fmt.Errorf("pod %s/%s: %w", p.owner.Namespace, p.name, err)
	}
	p.fact = l.podFact(p, d)
	if err := l.record.put(l.clock.Now(), p.fact); err != nil {
		return nil, errors.Join(err, l.removePod(ctx, p))
	}
	return p, nil
}

// takeHost returns the last number of a new pod's address. After the last one
// they come round again: by then the first has long been free.
func (l *Lab) takeHost(n *node) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	host := n.nextHost
	n.nextHost++
	if n.nextHost > lastPodHost {
		n.nextHost = firstPodHost
	}
	return host
}

// boot makes the namespace with its link, and the process in it.
func (l *Lab) boot(ctx context.Context, p *pod, host int, spec workload.Spec) error {
	ns, err := l.createNetns(p.owner.Namespace + "-" + p.name)
	if err != nil {
		return err
	}
	p.netns = ns
	if err := connectPod(ns, p.node.netns, fmt.Sprintf("veth%d", host), p.node.number, p.addr); err != nil {
		return err
	}
	if l.config.OneSegment {
		if err := ns.OneSegment(uplink); err != nil {
			return err
		}
	}
	p.process, err = launch(ctx, l.config.Binary, l.log, ns, p.cgroup, spec)
	return err
}

func (l *Lab) podFact(p *pod, d *deployment) model.Fact {
	return model.Fact{
		Kind: model.FactPod, Key: p.uid, Period: model.Period{From: l.clock.Now()},
		Pod: &model.PodFact{
			Cluster: l.plan.Cluster, Namespace: p.owner.Namespace, Name: p.name, Node: p.node.Name,
			Addrs: []netip.Addr{p.addr}, Workload: p.owner, Revision: d.revision.Key,
			Labels: map[string]string{"app": p.owner.Name, "pod-template-hash": d.revision.Revision.Hash},
		},
	}
}

// endPod ends a pod's process and states that the pod is gone.
func (l *Lab) endPod(ctx context.Context, p *pod) error {
	removed := l.removePod(ctx, p)
	now := l.clock.Now()
	p.fact.Period.To = now
	return errors.Join(removed, l.record.put(now, p.fact))
}

// removePod takes the pod off the machine.
func (l *Lab) removePod(ctx context.Context, p *pod) error {
	wait, cancel := context.WithTimeout(ctx, graceful)
	defer cancel()
	p.process.end(wait)
	slice := filepath.Dir(p.cgroup) // the pod's folder around the container's
	return errors.Join(kernel.RemoveCgroup(ctx, slice), kernel.RemoveNetns(p.netns.Name), l.forget(p.netns))
}

func (l *Lab) forget(ns *kernel.Netns) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, opened := range l.opened {
		if opened == ns {
			l.opened = append(l.opened[:i], l.opened[i+1:]...)
			return ns.Close()
		}
	}
	return nil
}

// services lists each listener of each workload that has a service, with the
// pods of now behind it, as clients of a zone are routed.
func (l *Lab) services(zone string) []kernel.Service {
	l.mu.Lock()
	defer l.mu.Unlock()
	var services []kernel.Service
	for _, d := range l.deployments {
		if !d.plan.ServiceAddr.IsValid() {
			continue
		}
		for _, listener := range d.plan.Listen {
			service := kernel.Service{Addr: d.plan.ServiceAddr, Port: listener.Port, Protocol: uint8(model.TCP)}
			if listener.Protocol == workload.UDP {
				service.Protocol = uint8(model.UDP)
			}
			for _, p := range d.routed(zone) {
				service.Backends = append(service.Backends, netip.AddrPortFrom(p.addr, listener.Port))
			}
			services = append(services, service)
		}
	}
	return services
}

// routed are the pods that clients of a zone reach: those of the zone, where the
// workload says so and has any there. The caller holds the lock.
func (d *deployment) routed(zone string) []*pod {
	all := slices.DeleteFunc(slices.Clone(d.pods), func(p *pod) bool { return p == nil })
	if !d.plan.SameZone {
		return all
	}
	own := slices.DeleteFunc(slices.Clone(all), func(p *pod) bool { return p.node.Zone != zone })
	if len(own) == 0 {
		return all
	}
	return own
}
