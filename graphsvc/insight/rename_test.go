package insight

import (
	"context"
	"fmt"
	"testing"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/model"
)

// renaming is the shop's flow that another workload carries from a minute on, with some
// factor of its bytes.
type renaming struct {
	*shop

	times   uint64
	at      model.Minute
	newPeer bool
}

func (r *renaming) key() *model.EdgeKey {
	key := *shopKey
	key.Source.Name = "storefront"
	if r.newPeer {
		key.Destination = model.Identity{Kind: model.KindCloudEndpoint, Type: "internet", Name: "internet"}
	}
	return &key
}

func (r *renaming) Sums(ctx context.Context, w flowstore.Window) ([]flowstore.EdgeSum, error) {
	var sums []flowstore.EdgeSum
	if before, err := r.shop.Sums(ctx, flowstore.Window{From: w.From, To: min(w.To, r.at)}); w.From < r.at {
		if err != nil {
			return nil, err
		}
		sums = append(sums, before...)
	}
	if w.To > r.at {
		after, err := r.shop.Sums(ctx, flowstore.Window{From: max(w.From, r.at), To: w.To})
		if err != nil {
			return nil, err
		}
		sum := after[0]
		sum.ID = r.key().ID()
		if sum.Cost, err = sum.Cost.Scale(r.times, 1); err != nil {
			return nil, err
		}
		sum.Sent.WireBytes *= r.times
		sums = append(sums, sum)
	}
	return sums, nil
}

func (r *renaming) Keys(context.Context, []model.EdgeID) (map[model.EdgeID]*model.EdgeKey, error) {
	return map[model.EdgeID]*model.EdgeKey{shopKey.ID(): shopKey, r.key().ID(): r.key()}, nil
}

// TestARenameWakesNobody: the same transfers under another name cost nothing more. It is
// on the record as what it is. What costs more under the new name is an incident, and so
// is a new destination outside, whatever it costs.
func TestARenameWakesNobody(t *testing.T) {
	for _, test := range []struct {
		name    string
		times   uint64
		newPeer bool
		told    string
		renamed bool
	}{
		{"renamed", 1, false, "[]", true},
		{"renamed and grown", 3, false, "[began]", false},
		{"other peers: a risk", 1, true, "[began]", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := &shop{until: 0}
			r := &renaming{shop: s, times: test.times, at: grewAt, newPeer: test.newPeer}
			s.watchBy(t, r, grewAt-30, grewAt+90)
			if len(s.incidents) != 1 {
				t.Fatalf("%d incidents: %+v", len(s.incidents), s.incidents)
			}
			i := &s.incidents[0]
			if fmt.Sprint(s.told) != test.told {
				t.Errorf("told %v, want %s: %s, %s a day", s.told, test.told, i.Title, i.ImpactPerDay)
			}
			if is := len(i.Findings) > 0 && i.Findings[0].Kind == "renamed"; is != test.renamed {
				t.Errorf("renamed %t, want %t: %q, %q, %+v", is, test.renamed, i.Title, i.Conclusion, i.Findings)
			}
			t.Logf("%s; %s; since %s detected %s; %+v", i.Title, i.Conclusion, i.Since, i.Detected, i.Anomalies)
		})
	}
}
