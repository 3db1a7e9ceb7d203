//go:build linux

package e2e_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
)

// drawnMap is where nodes were drawn before the service was killed.
type drawnMap struct{ nodes []drawnNode }

type drawnNode struct {
	ID   string
	X, Y float64
}

// look asks where nodes are drawn, which places those that have no place yet. The
// first version may still be to come.
func (d *drawnMap) look(t *testing.T, w *world) {
	t.Helper()
	eventually(t, patience, "there is a map to look at", func() (err error) {
		if d.nodes, err = w.drawn(t); err == nil && len(d.nodes) == 0 {
			err = errors.New("it has no nodes")
		}
		return err
	})
}

// awaitStored waits until the places of all nodes that were looked at are stored: with
// the next version.
func (d *drawnMap) awaitStored(t *testing.T, w *world) {
	t.Helper()
	eventually(t, patience, "places are stored", func() error {
		var answer struct {
			Cypher struct{ Rows [][]string }
		}
		if err := w.ask(t, `{ cypher(query: "MATCH (n:Entity) WHERE n.mapX IS NOT NULL RETURN n.id LIMIT 1000", limit: 1000) { rows } }`, nil, &answer); err != nil {
			return err
		}
		for _, node := range d.nodes {
			if !slices.ContainsFunc(answer.Cypher.Rows, func(row []string) bool { return row[0] == node.ID }) {
				return fmt.Errorf("%s is not among the %d nodes with a place", node.ID, len(answer.Cypher.Rows))
			}
		}
		return nil
	})
}

// check wants every node where it was.
func (d *drawnMap) check(t *testing.T, w *world) {
	t.Helper()
	nodes, err := w.drawn(t)
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

func (w *world) drawn(t *testing.T) ([]drawnNode, error) {
	t.Helper()
	var answer struct {
		Graph struct{ Nodes []drawnNode }
	}
	err := w.ask(t, `{ graph { nodes { id x y } } }`, nil, &answer)
	return answer.Graph.Nodes, err
}
