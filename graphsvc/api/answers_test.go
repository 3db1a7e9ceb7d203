package api_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/query/doubles"
)

// TestAnAnswerOfAVersionIsMadeOnce: for all who ask at a time and afterwards, until
// another version is the newest.
func TestAnAnswerOfAVersionIsMadeOnce(t *testing.T) {
	s := newService()
	const document = `query($limit: Int) { graph(limit: $limit) { nodes { id } transfers { id bytes } } }`
	ask := func(limit int) string {
		got := s.must(t, document, map[string]any{"limit": limit})
		if got.Extensions["egressor"] == nil {
			t.Error("the answer does not say what it was read from")
		}
		id, _ := got.at("graph", "transfers", 0, "id").(string)
		return id
	}
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() { ask(3) })
	}
	all.Wait()
	if got := s.layout.Counts()["Place"]; got != 1 {
		t.Errorf("made %d times", got)
	}
	ask(4)
	if got := s.layout.Counts()["Place"]; got != 1 {
		t.Errorf("another limit was made %d times", got)
	}
	before := ask(3)
	if got := s.layout.Counts()["Place"]; got != 0 {
		t.Errorf("the same question was made %d times more", got)
	}
	s.graphs.Kept = append(s.graphs.Kept, doubles.Version(5))
	s.graphs.Edges[5] = s.graphs.Edges[4][:1]
	if after := ask(3); after == before || after == "" {
		t.Errorf("%q in both versions", after)
	}
}

// TestWhatChangesBetweenVersionsIsAskedAnew: what depends on the clock, on decisions or
// on tags.
func TestWhatChangesBetweenVersionsIsAskedAnew(t *testing.T) {
	s := newService()
	for document, store := range map[string]func() int{
		`{ meta { lagSeconds } graph { total { bytes } } }`: func() int { return s.series.Counts()["Lost"] },
		`{ agents { node } }`:                               func() int { return s.series.Counts()["Agents"] },
		`{ tags { name } }`:                                 func() int { return s.kept.Counts()["Decisions"] },
		`{ views { name } }`:                                func() int { return s.kept.Counts()["Decisions"] },
		`{ incidents { edges { node { id state } } } }`:     func() int { return s.kept.Counts()["Decisions"] },
	} {
		store()
		s.must(t, document, nil)
		once := store()
		s.must(t, document, nil)
		if again := store(); once == 0 || again != once {
			t.Errorf("%s asked its store %d times, then %d times", document, once, again)
		}
	}
	const tag = `mutation($v: Version!) { deleteTag(name: "t") tagVersion(name: "t", version: $v) { name } }`
	const tagged = `{ graph(window: {asOf: {tag: "t"}}) { version { number } } }`
	for _, version := range []string{"3", "4"} {
		s.must(t, tag, map[string]any{"v": version})
		if got := walk(s.must(t, tagged, nil), "graph.version.number"); got != version {
			t.Errorf("version %s has the tag, %v is answered", version, got)
		}
	}
}

// TestFailuresAreNotKept: the next who asks may be answered.
func TestFailuresAreNotKept(t *testing.T) {
	s := newService()
	const document = `{ graph { total { bytes } } }`
	s.layout.Err = errors.New("down")
	if got := s.ask(t, document, nil); got.code() != "INTERNAL" {
		t.Errorf("got %v", got)
	}
	s.layout.Err = nil
	s.must(t, document, nil)
}

// TestKeptAnswersAreNotOthers: two who see different namespaces ask the same, whoever
// asks first; so do two who see the same, under other names.
func TestKeptAnswersAreNotOthers(t *testing.T) {
	server, hub := twoNamespaces()
	as := func(name, namespace string) string {
		who := access.Principal{Name: name, Method: "token", Role: access.Viewer, Scopes: []access.Scope{{Cluster: "lab", Namespace: namespace}}}
		return answerAs(t, server, hub, who, server.Schema().Query, `{ graph { nodes { name } total { bytes } } }`)
	}
	for range 2 {
		for _, name := range []string{"ann", "bob"} {
			if got := as(name, "shop"); !strings.Contains(got, `"web"`) || strings.Contains(got, hiddenName) {
				t.Errorf("%s of shop: %s", name, got)
			}
			if got := as(name, hiddenName); strings.Contains(got, `"web"`) || !strings.Contains(got, "vault-web") {
				t.Errorf("%s of %s: %s", name, hiddenName, got)
			}
			if got := as(name, "nothing"); strings.Contains(got, "web") {
				t.Errorf("%s of no namespace: %s", name, got)
			}
		}
	}
}
