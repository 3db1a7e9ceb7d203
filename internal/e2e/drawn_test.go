//go:build linux

package e2e_test

import (
	"fmt"
	"testing"
)

// drawnMap is where nodes were drawn before the service was killed.
type drawnMap struct{ nodes []drawnNode }

type drawnNode struct {
	ID   string
	X, Y float64
}

// keep asks where nodes are drawn, and waits until a version was committed since then:
// with it their places are stored.
func (d *drawnMap) keep(t *testing.T, w *world) {
	t.Helper()
	version, nodes, err := w.drawn(t)
	if err != nil || len(nodes) == 0 {
		t.Fatalf("no map to keep: %d nodes, %v", len(nodes), err)
	}
	d.nodes = nodes
	// The second version comes after all of the first was done.
	eventually(t, patience, "two versions are committed", func() error {
		now, _, err := w.drawn(t)
		if err == nil && now < version+2 {
			err = fmt.Errorf("the newest version is %d", now)
		}
		return err
	})
}

// check wants every node where it was.
func (d *drawnMap) check(t *testing.T, w *world) {
	t.Helper()
	_, nodes, err := w.drawn(t)
	if err != nil {
		t.Fatal(err)
	}
	now := map[string]drawnNode{}
	for _, node := range nodes {
		now[node.ID] = node
	}
	for _, was := range d.nodes {
		if is, there := now[was.ID]; there && is != was {
			t.Errorf("%s was drawn at %g, %g and is at %g, %g since the service was killed", was.ID, was.X, was.Y, is.X, is.Y)
		}
	}
}

func (w *world) drawn(t *testing.T) (uint64, []drawnNode, error) {
	t.Helper()
	var answer struct {
		Graph struct {
			Version struct{ Number uint64 }
			Nodes   []drawnNode
		}
	}
	err := w.ask(t, `{ graph { version { number } nodes { id x y } } }`, nil, &answer)
	return answer.Graph.Version.Number, answer.Graph.Nodes, err
}
