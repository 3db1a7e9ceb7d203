package lab

import (
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/inventory"
	"github.com/egressor/egressor/internal/model"
)

func TestShopPlanIsComplete(t *testing.T) {
	p := ShopPlan()
	if err := p.check(); err != nil {
		t.Fatal(err)
	}
	if len(p.Workloads) < 12 || len(p.Nodes) != 3 {
		t.Errorf("%d workloads on %d nodes, want a dozen on 3", len(p.Workloads), len(p.Nodes))
	}
	zones := map[string]bool{}
	for _, n := range p.Nodes {
		zones[n.Zone] = true
	}
	if len(zones) != 3 {
		t.Errorf("zones %v, want 3", zones)
	}
	addresses := map[string]bool{}
	for _, w := range p.Workloads {
		if w.ServiceAddr.IsValid() && addresses[w.ServiceAddr.String()] {
			t.Errorf("service address %s is used twice", w.ServiceAddr)
		}
		addresses[w.ServiceAddr.String()] = true
	}
	if _, err := p.specFor(p.Workloads[0], "", CatalogChange().Calls); err != nil {
		t.Errorf("the story's calls: %v", err)
	}
}

func TestPlanCheck(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*Plan)
		want  string
	}{
		"no nodes":     {func(p *Plan) { p.Nodes = nil }, "1 to 9 nodes"},
		"unknown node": {func(p *Plan) { p.Workloads[0].Nodes = []string{"node-x"} }, `no node "node-x"`},
		"unknown target": {
			func(p *Plan) { p.Workloads[0].Calls[0].To = "shop/none" },
			`shop/web: no service and nothing outside is called "shop/none"`,
		},
		"target without a service": {
			func(p *Plan) { p.Workloads[0].Calls[0].To = "batch/image-resizer" }, `called "batch/image-resizer"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := ShopPlan()
			c.spoil(&p)
			if err := p.check(); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %s", err, c.want)
			}
		})
	}
}

func TestFactsOfThePlan(t *testing.T) {
	from := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	facts := ShopPlan().facts(from)
	seen := map[string]bool{}
	routes := map[string]model.Path{}
	for _, f := range facts {
		if f.Key == "" || f.Key != inventory.DefaultKey(f) || seen[string(f.Kind)+f.Key] {
			t.Errorf("%s fact with key %q: want the default, and each once", f.Kind, f.Key)
		}
		seen[string(f.Kind)+f.Key] = true
		if f.Route != nil {
			routes[f.Key] = f.Route.Path
		}
	}
	for key, want := range map[string]string{
		"|0.0.0.0/0|":                          "nat:nat-0a@use1-az1",
		"|10.0.0.0/8|":                         "vpc",
		"|198.18.32.0/24|dynamodb":             "gateway-endpoint:vpce-0dynamodb",
		"subnet-private-a|198.18.16.0/24|s3":   "gateway-endpoint:vpce-0s3",
		"subnet-private-b|198.18.16.0/24|s3":   "",
		"subnet-private-a|198.18.0.0/15|other": "",
	} {
		if got := routes[key].String(); got != want {
			t.Errorf("route %s is %q, want %q", key, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	if uid := newUID(); len(uid) != 36 || uid[14] != '4' || !strings.ContainsRune("89ab", rune(uid[19])) || uid == newUID() {
		t.Errorf("%s is no random UUID", uid)
	}
	got := podFolder("0e43338f-f755-4b1e-913f-dc46769b1530", "abc")
	want := "kubepods.slice/kubepods-burstable.slice/" +
		"kubepods-burstable-pod0e43338f_f755_4b1e_913f_dc46769b1530.slice/cri-containerd-abc.scope"
	if got != want {
		t.Errorf("cgroup %s, want %s", got, want)
	}
	ref := model.WorkloadRef{Namespace: "shop", Kind: "Deployment", Name: "web"}
	if a, b := revisionHash(ref, "i", 1), revisionHash(ref, "i", 2); a == b || len(a) != 10 {
		t.Errorf("hashes %s and %s of two revisions", a, b)
	}
}

func TestPrefixIsChecked(t *testing.T) {
	for _, prefix := range []string{"A", "a-b", "../x", strings.Repeat("a", 17), "a/b"} {
		if err := Cleanup(prefix); err == nil && Preflight() == nil {
			t.Errorf("cleanup of %q was tried", prefix)
		}
		if _, err := New(Config{Prefix: prefix, Binary: "x"}); err == nil {
			t.Errorf("a lab called %q was made", prefix)
		}
	}
	if _, err := New(Config{}); err == nil {
		t.Error("a lab without a binary was made")
	}
}
