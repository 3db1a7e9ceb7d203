package app

import (
	"cmp"
	"maps"
	"slices"

	"github.com/egressor/egressor/graphsvc/incidentbench"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// truth is summed up from a generated cluster's edges, beside the services.
type truth struct {
	middle model.Minute
	from   model.Minute
	// earlier and later are sums by transfer of the two halves.
	earlier, later map[model.EdgeID]*moved
	keys           map[model.EdgeID]model.EdgeKey
}

// moved is a sum.
type moved struct {
	bytes uint64
	cost  money.Amount
}

func (m *moved) add(bytes uint64, cost money.Amount) {
	m.bytes += bytes
	m.cost, _ = m.cost.Add(cost) // generated costs are small
}

func newTruth(story *incidentbench.Story) *truth {
	return &truth{
		from: story.From, middle: story.From + askedMinutes, keys: map[model.EdgeID]model.EdgeKey{},
		earlier: map[model.EdgeID]*moved{}, later: map[model.EdgeID]*moved{},
	}
}

func (t *truth) add(minute model.Minute, edges []model.PricedEdge) {
	half := t.earlier
	if minute >= t.middle {
		half = t.later
	}
	for i := range edges {
		id := edges[i].Key.ID()
		t.keys[id] = edges[i].Key
		if half[id] == nil {
			half[id] = &moved{}
		}
		half[id].add(edges[i].Sent.WireBytes, edges[i].Cost)
	}
}

// sums of both halves by a part of the key; parts that are "" are left out.
func sums[K comparable](t *truth, of func(model.EdgeKey) (K, bool)) map[K]*moved {
	found := map[K]*moved{}
	for _, half := range []map[model.EdgeID]*moved{t.earlier, t.later} {
		for id, m := range half {
			part, counts := of(t.keys[id])
			if !counts {
				continue
			}
			if found[part] == nil {
				found[part] = &moved{}
			}
			found[part].add(m.bytes, m.cost)
		}
	}
	return found
}

func (t *truth) total() *moved {
	all := sums(t, func(model.EdgeKey) (bool, bool) { return true, true })
	return all[true]
}

func (t *truth) transfers() map[model.EdgeID]*moved {
	return sums(t, func(k model.EdgeKey) (model.EdgeID, bool) { return k.ID(), true })
}

// costliest is the transfer that costs most; by bytes, that moves most.
func (t *truth) costliest() (model.EdgeID, *moved) {
	all := t.transfers()
	id := slices.MinFunc(slices.Collect(maps.Keys(all)), func(a, b model.EdgeID) int {
		return cmp.Or(all[b].cost.Cmp(all[a].cost), cmp.Compare(all[b].bytes, all[a].bytes), cmp.Compare(a, b))
	})
	return id, all[id]
}

func (t *truth) largest() (model.EdgeID, *moved) {
	all := t.transfers()
	id := slices.MinFunc(slices.Collect(maps.Keys(all)), func(a, b model.EdgeID) int {
		return cmp.Or(cmp.Compare(all[b].bytes, all[a].bytes), all[b].cost.Cmp(all[a].cost), cmp.Compare(a, b))
	})
	return id, all[id]
}

// end sums what a node is an end of.
func (t *truth) end(node string) *moved {
	all := sums(t, func(k model.EdgeKey) (bool, bool) { return true, k.Source.ID() == node || k.Destination.ID() == node })
	if all[true] == nil {
		return &moved{}
	}
	return all[true]
}

// between sums what one node sends another.
func (t *truth) between(source, destination string) *moved {
	all := sums(t, func(k model.EdgeKey) (bool, bool) {
		return true, k.Source.ID() == source && k.Destination.ID() == destination
	})
	if all[true] == nil {
		return &moved{}
	}
	return all[true]
}

// change is what the later half cost beyond the earlier one.
func (t *truth) change() money.Amount {
	var before, after moved
	for _, m := range t.earlier {
		before.add(m.bytes, m.cost)
	}
	for _, m := range t.later {
		after.add(m.bytes, m.cost)
	}
	difference, _ := after.cost.Sub(before.cost)
	return difference
}

// appeared and gone count the transfers of one half alone.
func (t *truth) appeared() (appeared, gone int) {
	for id := range t.later {
		if t.earlier[id] == nil {
			appeared++
		}
	}
	for id := range t.earlier {
		if t.later[id] == nil {
			gone++
		}
	}
	return appeared, gone
}
