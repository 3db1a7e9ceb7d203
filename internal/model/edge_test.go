package model_test

import (
	"strings"
	"testing"

	"github.com/egressor/egressor/internal/model"
)

func webToAPI() model.EdgeKey {
	return model.EdgeKey{
		Source:      model.Identity{Kind: model.KindWorkload, Cluster: "c", Namespace: "shop", Type: "Deployment", Name: "web"},
		Destination: model.Identity{Kind: model.KindWorkload, Cluster: "c", Namespace: "shop", Type: "Deployment", Name: "api"},
		ServerPort:  443, Protocol: model.TCP, Initiator: model.InitiatorSource, Path: model.Path{Kind: model.PathVPC},
	}
}

// TestAnEdgeWithoutOwnersKeepsItsID: graphs written before networks and accounts
// were part of the key are still found under their ids.
func TestAnEdgeWithoutOwnersKeepsItsID(t *testing.T) {
	if got := webToAPI().ID().String(); got != "t52ef23886edfc08d" {
		t.Errorf("id %s: every edge of every graph would get another", got)
	}
}

// TestOwnersTellEdgesApart: each of the four parts counts, and in its own place.
func TestOwnersTellEdgesApart(t *testing.T) {
	seen := map[string]string{webToAPI().String(): "none"}
	for name, set := range map[string]func(*model.EdgeKey){
		"source network":      func(k *model.EdgeKey) { k.SourcePlace.Network = "x" },
		"source account":      func(k *model.EdgeKey) { k.SourcePlace.Account = "x" },
		"destination network": func(k *model.EdgeKey) { k.DestinationPlace.Network = "x" },
		"destination account": func(k *model.EdgeKey) { k.DestinationPlace.Account = "x" },
		"a separator in it":   func(k *model.EdgeKey) { k.SourcePlace.Account = "x|" },
	} {
		key := webToAPI()
		set(&key)
		if other, doubled := seen[key.String()]; doubled {
			t.Errorf("%s and %s give the same key %s", name, other, key)
		}
		if parts := strings.Count(key.String(), "|") + 1; parts != 21 {
			t.Errorf("%s: %d parts in %s, want 21", name, parts, key)
		}
		seen[key.String()] = name
	}
}
