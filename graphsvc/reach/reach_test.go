package reach_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/reach"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// link is one edge between workloads of one letter each, in the zone of that
// name. A dash means that the receiver opened the connection.
func link(source, destination string, bytes uint64, initiator model.Initiator) reach.Link {
	key := &model.EdgeKey{
		Source: workload(source), Destination: workload(destination), ServerPort: 443, Protocol: model.TCP, Initiator: initiator,
		SourcePlace: model.Place{Zone: "z" + source}, DestinationPlace: model.Place{Zone: "z" + destination}, Path: model.Path{Kind: model.PathVPC},
	}
	return reach.Link{ID: key.ID(), Key: key, Bytes: bytes, Cost: money.FromAtoms(int64(bytes))}
}

func workload(name string) model.Identity {
	return model.Identity{Kind: model.KindWorkload, Cluster: "c", Namespace: "n", Type: "Deployment", Name: name}
}

func id(name string) string { return workload(name).ID() }

// links reads "a>b:5 b>c:7": five bytes from a to b, requests.
func links(text string) []reach.Link {
	var found []reach.Link
	for _, word := range strings.Fields(text) {
		var bytes uint64
		ends, count, _ := strings.Cut(word, ":")
		if _, err := fmt.Sscan(count, &bytes); err != nil {
			panic(err)
		}
		source, destination, _ := strings.Cut(ends, ">")
		found = append(found, link(source, destination, bytes, model.InitiatorSource))
	}
	return found
}

func network(tb rapid.TB, all []reach.Link, sense reach.Sense) *reach.Network {
	n, err := reach.New(all, sense)
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

func trail(p reach.Path) string {
	text := p.Hops[0].From.Name
	for _, hop := range p.Hops {
		text += hop.To.Name
	}
	return fmt.Sprintf("%s %d", text, p.Bytes)
}

func TestPaths(t *testing.T) {
	n := network(t, links("a>b:5 b>d:9 a>c:7 c>d:8 b>c:1 d>a:3 a>a:100"), reach.Data)
	for _, row := range []struct {
		from, to    string
		hops, limit int
		want        []string
		whole       bool
	}{
		{"a", "d", 4, 10, []string{"acd 7", "abd 5", "abcd 1"}, true},
		{"a", "d", 2, 10, []string{"acd 7", "abd 5"}, true},
		{"a", "d", 4, 1, []string{"acd 7"}, false},
		{"d", "a", 4, 10, []string{"da 3"}, true},
		{"d", "d", 4, 10, nil, true},
		{"a", "nobody", 4, 10, nil, true},
	} {
		got, err := n.Paths(id(row.from), id(row.to), row.hops, row.limit)
		if err != nil {
			t.Fatal(err)
		}
		var trails []string
		for _, p := range got.Found {
			trails = append(trails, trail(p))
		}
		if d := cmp.Diff(row.want, trails); d != "" || got.Whole != row.whole {
			t.Errorf("%s to %s in %d: whole %v (-want +got):\n%s", row.from, row.to, row.hops, got.Whole, d)
		}
	}
}

const letters = "abcdef"

func drawLinks(t *rapid.T) []reach.Link {
	var all []reach.Link
	for _, source := range letters {
		for _, destination := range letters {
			if bytes := rapid.Uint64Range(0, 9).Draw(t, "bytes"); bytes > 5 {
				initiator := rapid.SampledFrom([]model.Initiator{model.InitiatorSource, model.InitiatorDestination, model.InitiatorUnknown}).Draw(t, "initiator")
				all = append(all, link(string(source), string(destination), bytes, initiator))
			}
		}
	}
	return rapid.Permutation(all).Draw(t, "order")
}

// TestPathsAreAllPaths: the pruned search finds what trying everything finds.
func TestPathsAreAllPaths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawLinks(t)
		next := map[string][]string{}
		for _, l := range all {
			next[l.Key.Source.Name] = append(next[l.Key.Source.Name], l.Key.Destination.Name)
		}
		const hops = 4
		var want []string
		var try func(trail string)
		try = func(trail string) {
			last := trail[len(trail)-1:]
			if last == "f" {
				want = append(want, trail)
				return
			}
			for _, to := range next[last] {
				if len(trail) <= hops && !strings.Contains(trail, to) {
					try(trail + to)
				}
			}
		}
		try("a")
		got, err := network(t, all, reach.Data).Paths(id("a"), id("f"), hops, 1000)
		if err != nil || !got.Whole {
			t.Fatal(err, got.Whole)
		}
		var found []string
		for _, p := range got.Found {
			text, _, _ := strings.Cut(trail(p), " ")
			found = append(found, text)
		}
		slices.Sort(want)
		slices.Sort(found)
		if d := cmp.Diff(want, found); d != "" {
			t.Fatalf("-want +got:\n%s", d)
		}
	})
}

// reachable is who reaches whom, by trying every node as a stop (Warshall).
func reachable(edges map[[2]byte]bool) map[[2]byte]bool {
	closure := map[[2]byte]bool{}
	for pair := range edges {
		closure[pair] = true
	}
	for k := range len(letters) {
		for i := range len(letters) {
			for j := range len(letters) {
				if closure[[2]byte{letters[i], letters[k]}] && closure[[2]byte{letters[k], letters[j]}] {
					closure[[2]byte{letters[i], letters[j]}] = true
				}
			}
		}
	}
	return closure
}

// within is who calls a in so many hops, and a itself.
func within(calls map[[2]byte]bool, hops int) map[byte]bool {
	found := map[byte]bool{'a': true}
	for range hops {
		var more []byte
		for pair := range calls {
			if found[pair[1]] {
				more = append(more, pair[0])
			}
		}
		for _, caller := range more {
			found[caller] = true
		}
	}
	return found
}

// TestWhoMayDependIsToldApart: a link whose opener nobody knows is followed both ways,
// and what hangs on it alone is said to be unknown; so it is where a way of calls is
// longer than was asked for.
func TestWhoMayDependIsToldApart(t *testing.T) {
	unknown, source := model.InitiatorUnknown, model.InitiatorSource
	n := network(t, []reach.Link{
		link("b", "a", 5, source), link("c", "a", 4, unknown), link("c", "b", 1, source),
		link("a", "d", 3, unknown), link("e", "d", 2, source),
	}, reach.Calls)
	for hops, want := range map[int]string{1: "a: b:observed c:unknown d:unknown", 2: "a: b:observed c:observed d:unknown e:unknown"} {
		rings, err := n.Dependents(id("a"), hops, 100)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range rings.Reached {
			got = append(got, r.Node.Name+":"+string(r.Dependence))
		}
		if text := strings.Join(got, " "); text != want {
			t.Errorf("%d hops: %s, want %s", hops, text, want)
		}
	}
	around, err := n.Neighbourhood(id("a"), 1, 100)
	if err != nil || slices.ContainsFunc(around.Reached, func(r reach.Reached) bool { return r.Dependence != "" }) {
		t.Errorf("a neighbourhood %+v (%v) speaks of dependence", around, err)
	}
}

// TestWhoMayUseAGateway: its users are those whose calls go through it; where nobody
// knows who called, either end may be one.
func TestWhoMayUseAGateway(t *testing.T) {
	through := func(l reach.Link) reach.Link {
		l.Key.Path.Via = "nat-1"
		return l
	}
	n := network(t, []reach.Link{
		through(link("a", "x", 9, model.InitiatorSource)), through(link("b", "x", 8, model.InitiatorUnknown)), link("c", "b", 7, model.InitiatorSource),
	}, reach.Calls)
	rings, err := n.DependentsOnGateway("nat-1", 2, 100)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]reach.Dependence{}
	for _, r := range rings.Reached {
		got[r.Node.Name] = r.Dependence
	}
	want := map[string]reach.Dependence{"a": reach.DependenceObserved, "b": reach.DependenceUnknown, "x": reach.DependenceUnknown, "c": reach.DependenceUnknown}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func TestDependentsAreThoseThatReachIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawLinks(t)
		calls, observed := map[[2]byte]bool{}, map[[2]byte]bool{}
		for _, l := range all {
			from, to := l.Key.Source.Name[0], l.Key.Destination.Name[0]
			switch l.Key.Initiator {
			case model.InitiatorSource:
				observed[[2]byte{from, to}] = true
			case model.InitiatorDestination:
				observed[[2]byte{to, from}] = true
			case model.InitiatorUnknown:
			}
			if l.Key.Initiator != model.InitiatorDestination {
				calls[[2]byte{from, to}] = true
			}
			if l.Key.Initiator != model.InitiatorSource {
				calls[[2]byte{to, from}] = true
			}
		}
		closure := reachable(calls)
		n := network(t, all, reach.Calls)
		if _, known := n.Node(id("a")); !known {
			return
		}
		limit := rapid.IntRange(1, 8).Draw(t, "limit")
		whole, err := n.Dependents(id("a"), 10, 100)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		for _, r := range whole.Reached {
			got[r.Node.Name] = true
		}
		for _, letter := range letters {
			want := letter == 'a' || closure[[2]byte{byte(letter), 'a'}]
			if got[string(letter)] != want {
				t.Fatalf("%c depends on a: %v, want %v", letter, got[string(letter)], want)
			}
		}
		hops := rapid.IntRange(1, 6).Draw(t, "hops")
		near, err := n.Dependents(id("a"), hops, 100)
		if err != nil {
			t.Fatal(err)
		}
		called := within(observed, hops)
		for _, r := range near.Reached {
			want := reach.DependenceUnknown
			switch {
			case r.Node.Name == "a":
				want = ""
			case called[r.Node.Name[0]]:
				want = reach.DependenceObserved
			}
			if r.Dependence != want {
				t.Fatalf("%s depends on a: %q, want %q", r.Node.Name, r.Dependence, want)
			}
		}
		cut, err := n.Dependents(id("a"), 10, limit)
		if err != nil || len(cut.Reached) > limit || limit < len(whole.Reached) && cut.Left == 0 {
			t.Fatalf("limit %d: %d nodes, %d left out, %v", limit, len(cut.Reached), cut.Left, err)
		}
	})
}

func TestCirclesAreThoseThatReachEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawLinks(t)
		edges := map[[2]byte]bool{}
		for _, l := range all {
			if l.Key.Source != l.Key.Destination {
				edges[[2]byte{l.Key.Source.Name[0], l.Key.Destination.Name[0]}] = true
			}
		}
		closure := reachable(edges)
		circles, err := reach.CrossZoneCircles(all, reach.Data, 0)
		if err != nil {
			t.Fatal(err)
		}
		together := map[[2]byte]bool{}
		for _, c := range circles {
			for _, a := range c.Nodes {
				for _, b := range c.Nodes {
					together[[2]byte{a.Name[0], b.Name[0]}] = true
				}
			}
		}
		for i := range len(letters) {
			for j := range len(letters) {
				pair, back := [2]byte{letters[i], letters[j]}, [2]byte{letters[j], letters[i]}
				if i != j && together[pair] != (closure[pair] && closure[back]) {
					t.Fatalf("%c and %c are in one circle: %v", pair[0], pair[1], together[pair])
				}
			}
		}
	})
}

func TestCirclesThatMatter(t *testing.T) {
	all := links("a>b:50 b>a:50 b>c:1 c>b:1 c>d:9")
	for _, row := range []struct {
		minBytes uint64
		want     string
	}{{0, "abc"}, {2, "ab"}, {51, ""}} {
		circles, err := reach.CrossZoneCircles(all, reach.Data, row.minBytes)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, c := range circles {
			for _, n := range c.Nodes {
				got += n.Name
			}
		}
		if got != row.want {
			t.Errorf("from %d bytes: %q, want %q", row.minBytes, got, row.want)
		}
	}
}

func TestGatewayDependents(t *testing.T) {
	all := links("web>cart:5 cart>pay:7 web>db:1")
	out := link("pay", "internet", 9, model.InitiatorSource)
	key := *out.Key
	key.Path = model.Path{Kind: model.PathNAT, Via: "nat-1"}
	all = append(all, reach.Link{ID: key.ID(), Key: &key, Bytes: 9, Cost: money.FromAtoms(9)})
	n := network(t, all, reach.Calls)
	got, err := n.DependentsOnGateway("nat-1", 3, 10)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, r := range got.Reached {
		found = append(found, fmt.Sprintf("%s %d through %s", r.Node.Name, r.Hops, r.Through.Name))
	}
	if d := cmp.Diff([]string{"pay 1 through internet", "cart 2 through pay", "web 3 through cart"}, found); d != "" {
		t.Error(d)
	}
	around, err := network(t, all, reach.Data).Neighbourhood(id("cart"), 1, 10)
	if err != nil || len(around.Reached) != 3 || around.Reached[1].Node.Name != "pay" || around.Reached[2].Bytes != 5 {
		t.Errorf("around cart: %+v, %v", around, err)
	}
}

// Who is one hop away is the same whether all links are known or the node's own.
func TestOneHopNeedsNoOtherLinks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawLinks(t)
		whole := network(t, all, reach.Data)
		limit := rapid.IntRange(1, 8).Draw(t, "limit")
		for _, link := range all {
			node := link.Key.Source
			own := slices.DeleteFunc(slices.Clone(all), func(l reach.Link) bool { return l.Key.Source != node && l.Key.Destination != node })
			want, err := whole.Neighbourhood(node.ID(), 1, limit)
			if err != nil {
				t.Fatal(err)
			}
			got, err := network(t, own, reach.Data).Neighbourhood(node.ID(), 1, limit)
			if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b money.Amount) bool { return a == b })); diff != "" || err != nil {
				t.Fatalf("around %s (-all links +its own, %v):\n%s", node.ID(), err, diff)
			}
		}
	})
}

func TestSharedDestinations(t *testing.T) {
	n := network(t, links("web>db:5 cart>db:7 pay>db:1 web>cache:9 cart>cache:1 web>cart:2"), reach.Calls)
	for _, row := range []struct {
		of   []string
		want []string
	}{
		{nil, []string{"db 3", "cache 2"}},
		{[]string{id("web"), id("cart")}, []string{"db 2", "cache 2"}},
		{[]string{id("pay")}, nil},
	} {
		shared, err := n.SharedDestinations(row.of)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range shared {
			got = append(got, fmt.Sprintf("%s %d", s.Node.Name, len(s.Callers)))
		}
		if d := cmp.Diff(row.want, got); d != "" {
			t.Errorf("of %v: %s", row.of, d)
		}
	}
}

// TestASearchEnds: a dense network has more ways than anybody can read; the
// search stops and says so.
func TestASearchEnds(t *testing.T) {
	var all []reach.Link
	for i := range 60 {
		for j := range 60 {
			if i != j {
				all = append(all, link(fmt.Sprint(i), fmt.Sprint(j), 1, model.InitiatorSource))
			}
		}
	}
	got, err := network(t, all, reach.Data).Paths(id("0"), id("1"), 6, 100_000)
	if err != nil || got.Whole || len(got.Found) == 0 {
		t.Errorf("%d ways, whole %v, %v", len(got.Found), got.Whole, err)
	}
}

func BenchmarkNetworkOf30000Edges(b *testing.B) {
	all := manyLinks()
	for b.Loop() {
		if _, err := reach.New(all, reach.Data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkThreeHopPaths(b *testing.B) {
	n := network(b, manyLinks(), reach.Data)
	for b.Loop() {
		if _, err := n.Paths(id("7"), id("1999"), 3, 20); err != nil {
			b.Fatal(err)
		}
	}
}

func manyLinks() []reach.Link {
	all := make([]reach.Link, 0, 30_000)
	for i := range 30_000 {
		all = append(all, link(fmt.Sprint(i%2000), fmt.Sprint((i*i*7+i/2000*31+1)%2000), uint64(i), model.InitiatorSource))
	}
	return all
}
