package lab

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/netip"
	"path/filepath"
	"strconv"
	"time"

	"github.com/egressor/egressor/internal/lab/kernel"
	"github.com/egressor/egressor/internal/model"
)

// Rollout replaces the pods of a workload ("shop/catalog") one by one with
// pods of a new revision, with new UIDs and addresses, as a controller does: a
// new pod serves before the old one ends, but in a StatefulSet, where a name
// is free only then. It returns when the last old pod is gone.
func (l *Lab) Rollout(ctx context.Context, workload string, change Change) error {
	l.rolling.Lock()
	defer l.rolling.Unlock()
	d := l.deployment(workload)
	if d == nil {
		return fmt.Errorf("rollout: the lab has no workload %q", workload)
	}
	if err := l.openRevision(d, change); err != nil {
		return fmt.Errorf("rollout of %s: %w", workload, err)
	}
	l.log.Info("rollout", "workload", workload, "revision", d.revision.Revision.Number, "cause", d.revision.Revision.Cause)
	for ordinal := range d.pods {
		if err := l.replacePod(ctx, d, ordinal); err != nil {
			return fmt.Errorf("rollout of %s: %w", workload, err)
		}
	}
	return nil
}

// RunStory waits, then rolls CatalogChange out: from then on the catalog pulls
// large responses across zones. It needs the ShopPlan.
func (l *Lab) RunStory(ctx context.Context, after time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-l.clock.After(after):
		return l.Rollout(ctx, "shop/catalog", CatalogChange())
	}
}

func (l *Lab) deployment(key string) *deployment {
	for _, d := range l.deployments {
		if d.plan.Key() == key {
			return d
		}
	}
	return nil
}

// openRevision states the deployment's next revision and makes it current.
func (l *Lab) openRevision(d *deployment, change Change) error {
	previous := model.RevisionFact{Cluster: l.plan.Cluster, Workload: d.plan.Ref, Team: d.plan.Team, Images: []string{d.plan.Image}}
	if d.revision.Revision != nil {
		previous = *d.revision.Revision
	}
	next := previous
	next.Number++
	next.Images = []string{cmp.Or(change.Image, previous.Images[0])}
	next.Hash = revisionHash(d.plan.Ref, next.Images[0], next.Number)
	next.RolledOut = l.clock.Now()
	next.ChangedBy = cmp.Or(change.ChangedBy, previous.ChangedBy, "deploy-bot")
	next.Cause = change.Cause
	next.GitCommit = cmp.Or(change.Commit, previous.GitCommit)
	d.revision = model.Fact{
		Kind: model.FactRevision, Key: revisionID(d.plan.Ref, next.Hash),
		Period: model.Period{From: next.RolledOut}, Revision: &next,
	}
	if change.Calls != nil {
		d.calls = change.Calls
	}
	return l.record.put(next.RolledOut, d.revision)
}

func (l *Lab) replacePod(ctx context.Context, d *deployment, ordinal int) error {
	if err := l.pullImage(ctx, d.plan.Nodes[ordinal]); err != nil {
		return err
	}
	old := d.pods[ordinal]
	if d.plan.Ref.Kind == "StatefulSet" {
		if err := l.retire(ctx, d, ordinal, nil); err != nil {
			return err
		}
		old = nil
	}
	next, err := l.startPod(ctx, d, ordinal)
	if err != nil {
		return err
	}
	if err := next.process.startCalls(); err != nil {
		return errors.Join(err, l.endPod(ctx, next))
	}
	if old == nil {
		l.setPod(d, ordinal, next)
		return l.setServices()
	}
	return l.retire(ctx, d, ordinal, next)
}

// pullImage fetches an image's worth of bytes as the node's container runtime
// does: a process of the node, in no pod.
func (l *Lab) pullImage(ctx context.Context, node string) error {
	registry := l.plan.Registry
	if registry.From == "" {
		return nil
	}
	addr, err := l.plan.resolve(registry.From)
	if err != nil {
		return err
	}
	n := l.nodes[node]
	address := netip.AddrPortFrom(addr, outsidePort).String()
	pull := l.oneShot(ctx, "fetch", address, strconv.FormatInt(registry.ImageBytes, 10))
	if err := kernel.StartIn(n.netns, filepath.Join(n.cgroup, "system.slice", "containerd.service"), pull); err != nil {
		return err
	}
	if err := pull.Wait(); err != nil {
		return fmt.Errorf("pull the image on %s: %w", node, err)
	}
	return nil
}

// retire takes a pod out of its services, puts its successor in, and ends it.
func (l *Lab) retire(ctx context.Context, d *deployment, ordinal int, successor *pod) error {
	old := d.pods[ordinal]
	l.setPod(d, ordinal, successor)
	if err := l.setServices(); err != nil {
		return err
	}
	return l.endPod(ctx, old)
}

func (l *Lab) setPod(d *deployment, ordinal int, p *pod) {
	l.mu.Lock()
	defer l.mu.Unlock()
	d.pods[ordinal] = p
}
