package baseline

import (
	"cmp"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

const (
	// fewest is how many small deviations it takes to make an incident: two that
	// meet by chance are no event.
	fewest = 3
	// togetherWithin is how far apart they may begin, in minutes.
	togetherWithin = 5
)

// together makes incidents of deviations none of which matters alone, where some
// that began together share an end and matter as a sum: a crash loop whose images
// are pulled by many nodes. Each is as sure as any deviation; it is only small.
func (t *Tracker) together(loose []*Deviation) (begun []*Incident) {
	for len(loose) >= fewest {
		group := costliestGroup(loose)
		if group == nil {
			return begun
		}
		incident := t.begin(group[0])
		taken := map[*Deviation]bool{group[0]: true}
		for _, d := range group[1:] {
			incident.join(d)
			taken[d] = true
		}
		for _, d := range loose { // what one change of prices made dearer shares no end
			if !taken[d] && incident.takes(d) {
				incident.join(d)
				taken[d] = true
			}
		}
		begun = append(begun, incident)
		loose = without(loose, taken)
	}
	return begun
}

// join adds a deviation to an incident that is being made.
func (i *Incident) join(d *Deviation) {
	i.Deviations = append(i.Deviations, *d)
	i.Since, i.Detected = min(i.Since, d.Since), max(i.Detected, d.Detected)
}

// costliestGroup is the group of one shared end that costs most beyond the expected,
// nil where none costs enough.
func costliestGroup(loose []*Deviation) (best []*Deviation) {
	byEnd := map[model.Identity][]*Deviation{}
	var order []model.Identity // of first appearance: ties are broken alike
	for _, d := range loose {
		if d.expectedGain() <= 0 {
			continue
		}
		for _, end := range ends(d.Scope.Flow) {
			if byEnd[end] == nil {
				order = append(order, end)
			}
			byEnd[end] = append(byEnd[end], d)
		}
	}
	most := 0.0
	for _, end := range order {
		if group, sum := costliestWindow(byEnd[end]); len(group) >= fewest && sum >= group[0].least && sum > most {
			best, most = group, sum
		}
	}
	return best
}

// costliestWindow are those that began within a few minutes of each other and cost
// most a minute beyond the expected, with what they cost in nano-units.
func costliestWindow(all []*Deviation) (best []*Deviation, most float64) {
	slices.SortStableFunc(all, func(a, b *Deviation) int { return cmp.Compare(a.Since, b.Since) })
	sum, first := 0.0, 0
	for n, d := range all {
		for sum += d.gainPerMinute(); d.Since-all[first].Since > togetherWithin; first++ {
			sum -= all[first].gainPerMinute()
		}
		if sum > most {
			best, most = all[first:n+1], sum
		}
	}
	return best, most
}

func (d *Deviation) gainPerMinute() float64 { return d.expectedGain() / float64(d.Minutes()) }

func without(all []*Deviation, taken map[*Deviation]bool) (left []*Deviation) {
	for _, d := range all {
		if !taken[d] {
			left = append(left, d)
		}
	}
	return left
}
