package lab_test

import (
	"fmt"
	"net/netip"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/egressor/egressor/internal/inventory"
	"github.com/egressor/egressor/internal/lab"
	"github.com/egressor/egressor/internal/lab/kernel"
	"github.com/egressor/egressor/internal/model"
)

var kubeletPath = regexp.MustCompile(`^kubepods\.slice/kubepods-burstable\.slice/` +
	`kubepods-burstable-pod[0-9a-f]{8}(_[0-9a-f]{4}){3}_[0-9a-f]{12}\.slice/cri-containerd-[0-9a-f]{64}\.scope$`)

// checkCgroup looks for the pod's one process, below its own node's root.
func checkCgroup(t *testing.T, l *lab.Lab, p lab.Pod) {
	t.Helper()
	for _, n := range l.Nodes() {
		inside, found := strings.CutPrefix(p.Cgroup, n.CgroupRoot+"/")
		if found != (n.Name == p.Node) {
			t.Errorf("pod %s of %s: cgroup %s, node root of %s is %s", p.Key(), p.Node, p.Cgroup, n.Name, n.CgroupRoot)
		}
		if found && (!kubeletPath.MatchString(inside) || !strings.Contains(inside, strings.ReplaceAll(p.UID, "-", "_"))) {
			t.Errorf("pod %s with UID %s: cgroup %s is not named as kubelet does", p.Key(), p.UID, inside)
		}
	}
	processes, err := kernel.CgroupProcesses(p.Cgroup)
	if err != nil || len(processes) != 1 {
		t.Errorf("pod %s: processes %v (%v) in its cgroup, want one", p.Key(), processes, err)
	}
}

// listener collects what OnChange tells.
type listener struct {
	mu    sync.Mutex
	facts []model.Fact
}

func (l *listener) hear(facts []model.Fact) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.facts = append(l.facts, facts...)
}

func TestRolloutReplacesPods(t *testing.T) {
	for _, workload := range []string{"shop/catalog", "data/ledger"} { // a Deployment, a StatefulSet
		t.Run(strings.ReplaceAll(workload, "/", " "), func(t *testing.T) {
			dir := t.TempDir()
			var heard listener
			l := start(t, lab.Config{Dir: dir, OnChange: heard.hear})
			before := podsOf(l, workload)
			change := lab.Change{Image: "registry.example/new:2", ChangedBy: "maria", Cause: "why not", Commit: "abc"}
			if err := l.Rollout(t.Context(), workload, change); err != nil {
				t.Fatal(err)
			}
			after := podsOf(l, workload)
			checkReplaced(t, l, before, after)
			checkFacts(t, l.Inventory(), before, after, change)
			checkFiles(t, l, dir)
			checkHeard(t, l.Inventory(), heard.facts)
		})
	}
}

func checkReplaced(t *testing.T, l *lab.Lab, before, after []lab.Pod) {
	t.Helper()
	if len(before) == 0 || len(after) != len(before) {
		t.Fatalf("%d pods before, %d after", len(before), len(after))
	}
	for i := range before {
		old, next := before[i], after[i]
		stateful := old.Workload.Kind == "StatefulSet"
		if old.UID == next.UID || old.Addr == next.Addr || old.Revision == next.Revision || (old.Name == next.Name) != stateful {
			t.Errorf("old pod %+v\nnew pod %+v\nwant another UID, address and revision, and the name kept only in a StatefulSet", old, next)
		}
		if old.Node != next.Node {
			t.Errorf("pod moved from %s to %s", old.Node, next.Node)
		}
		if names, err := kernel.ListNetns(filepath.Base(old.NetnsPath)); err != nil || (len(names) != 0) != stateful {
			t.Errorf("namespaces called like the old pod's: %v (%v)", names, err)
		}
		if _, err := kernel.CgroupProcesses(old.Cgroup); err == nil {
			t.Errorf("cgroup %s of the old pod is still there", old.Cgroup)
		}
		checkCgroup(t, l, next)
	}
}

func checkFacts(t *testing.T, facts []model.Fact, before, after []lab.Pod, change lab.Change) {
	t.Helper()
	byKey := map[string]model.Fact{}
	for _, f := range facts {
		byKey[string(f.Kind)+" "+f.Key] = f
	}
	for i := range before {
		old, next := byKey["pod "+before[i].UID], byKey["pod "+after[i].UID]
		if old.Period.To.IsZero() || !next.Period.To.IsZero() || next.Pod == nil {
			t.Errorf("periods: old pod %v, new pod %v, want the old one closed and the new one open", old.Period, next.Period)
		}
		revision := byKey["revision "+next.Pod.Revision].Revision
		if revision == nil || revision.Number != 2 || revision.ChangedBy != change.ChangedBy ||
			revision.Cause != change.Cause || revision.GitCommit != change.Commit || revision.Images[0] != change.Image {
			t.Errorf("revision of the new pod: %+v, want number 2 with %+v", revision, change)
		}
		if first := byKey["revision "+old.Pod.Revision].Revision; first == nil || first.Number != 1 {
			t.Errorf("revision of the old pod: %+v, want number 1", first)
		}
	}
}

var sameFacts = cmp.Options{cmpopts.EquateComparable(netip.Addr{}, netip.Prefix{}), cmpopts.SortSlices(func(a, b model.Fact) bool {
	return string(a.Kind)+a.Key < string(b.Kind)+b.Key
})}

func checkFiles(t *testing.T, l *lab.Lab, dir string) {
	t.Helper()
	var loaded []model.Fact
	for _, file := range []string{lab.InventoryFile, lab.EndpointsFile} {
		facts, err := inventory.Load(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		loaded = append(loaded, facts...)
	}
	if diff := cmp.Diff(l.Inventory(), loaded, sameFacts); diff != "" {
		t.Errorf("the files say something else (-lab +files):\n%s", diff)
	}
}

// checkHeard replays what was told, as a store would.
func checkHeard(t *testing.T, want, heard []model.Fact) {
	t.Helper()
	type identity struct {
		kind model.FactKind
		key  string
		from time.Time
	}
	latest := map[identity]model.Fact{}
	for _, f := range heard {
		latest[identity{f.Kind, f.Key, f.Period.From}] = f
	}
	var got []model.Fact
	for _, f := range latest {
		got = append(got, f)
	}
	if diff := cmp.Diff(want, got, sameFacts); diff != "" {
		t.Errorf("what was told says something else (-lab +told):\n%s", diff)
	}
}

func TestTheStoryMakesTheCatalogPullMore(t *testing.T) {
	l := start(t, lab.Config{})
	if err := l.RunStory(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	catalog, search := podsOf(l, "shop/catalog")[0], podsOf(l, "shop/search")[0]
	if catalog.Zone == search.Zone {
		t.Fatalf("catalog and search are both in %s", search.Zone)
	}
	capture, err := l.Capture(catalog.Key())
	if err != nil {
		t.Fatal(err)
	}
	// Revision 1 pulls 32 KiB a second: it would not reach this within patience.
	eventually(t, func() error {
		if bytes := pulled(capture, catalog); bytes < 1<<20 {
			return fmt.Errorf("the catalog got only %d bytes from the search", bytes)
		}
		return nil
	})
	if _, err := capture.Stop(); err != nil {
		t.Error(err)
	}
}

// pulled returns the bytes that the catalog pod got from the search service:
// it dialled the service's address and is answered from it.
func pulled(capture *lab.Capture, catalog lab.Pod) uint64 {
	var bytes uint64
	for tuple, s := range capture.SoFar() {
		if tuple.Destination.Addr() == catalog.Addr && tuple.Source.Addr().String() == "10.96.1.14" {
			bytes += s.Bytes
		}
	}
	return bytes
}

func TestARolloutPullsImagesThroughTheNode(t *testing.T) {
	l := start(t, lab.Config{OneSegment: true})
	node := podsOf(l, "data/ledger")[0].Node
	capture, err := l.Capture(node)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Rollout(t.Context(), "data/ledger", lab.Change{}); err != nil {
		t.Fatal(err)
	}
	seen, err := capture.Stop()
	if err != nil {
		t.Fatal(err)
	}
	var pulled uint64
	for tuple, s := range seen {
		if tuple.Source.Addr().String() == "198.18.48.10" && strings.HasPrefix(tuple.Destination.Addr().String(), "10.0.") {
			pulled += s.Bytes
		}
	}
	if want := uint64(lab.ShopPlan().Registry.ImageBytes); pulled < want || pulled > want+want/10 {
		t.Errorf("node %s pulled %d bytes, want an image of %d and its headers", node, pulled, want)
	}
}

func TestRolloutOfNothing(t *testing.T) {
	l := start(t, lab.Config{})
	if err := l.Rollout(t.Context(), "shop/none", lab.Change{}); err == nil {
		t.Error("a rollout of no workload succeeded")
	}
}

func TestTwoLabsDoNotMeet(t *testing.T) {
	first, second := start(t, lab.Config{}), start(t, lab.Config{})
	from, to := first.Pods()[0].Key(), second.Pods()[1].Key()
	if _, err := first.Transfer(t.Context(), from, to, 1); err == nil && from != to {
		t.Errorf("a pod of one lab reached %s of the other", to)
	}
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := second.Transfer(t.Context(), second.Pods()[0].Key(), to, 1000); err != nil {
		t.Errorf("stopping one lab broke the other: %v", err)
	}
}
