package model_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/internal/model"
)

func TestIdentitiesAreReadBackFromTheirIDs(t *testing.T) {
	part := rapid.StringMatching(`[a-z/%2F5. -]{0,8}`)
	rapid.Check(t, func(t *rapid.T) {
		name := func(what string) string { return part.Draw(t, what) }
		want := rapid.SampledFrom([]model.Identity{
			{Kind: model.KindWorkload, Cluster: name("cluster"), Namespace: name("namespace"), Type: name("type"), Name: name("name")},
			{Kind: model.KindNode, Cluster: name("cluster"), Name: name("name"), Type: name("unit")},
			{Kind: model.KindCloudEndpoint, Type: name("class"), Region: name("region"), Name: name("name")},
			model.Unknown(model.UnknownReason(name("reason"))),
		}).Draw(t, "identity")
		if got, err := model.ParseIdentity(want.ID()); err != nil || got != want {
			t.Fatalf("%q is read as %+v (%v), want %+v", want.ID(), got, err, want)
		}
	})
}

func TestWhatIsNoIdentityIsRefused(t *testing.T) {
	for _, id := range []string{"", "w", "w/a/b/c", "w/a/b/c/d/e", "n/a", "n/a/b/", "e/a/b", "u", "x/a"} {
		if got, err := model.ParseIdentity(id); err == nil {
			t.Errorf("%q is read as %+v", id, got)
		}
	}
}
