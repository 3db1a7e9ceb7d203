package inquiry

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/egressor/egressor/graphsvc/filter"
	"github.com/egressor/egressor/internal/model"
)

// longest is how many minutes before and after the onset are held against each other
// at most: those of the incident's own explanation.
const longest = model.Minute(60)

// Question is what is asked: with the moments between which it is looked at, which the
// rules read out of it again.
func (i *Inquiry) Question() string {
	return fmt.Sprintf("Why did incident %s happen, from %s to %s: %s?", i.Incident.ID, moment(i.Incident.Since), moment(i.To()), i.Incident.Title)
}

// To is the end of the minutes that are looked at.
func (i *Inquiry) To() model.Minute {
	to := i.Through
	if i.Incident.Until != 0 {
		to = min(to, i.Incident.Until)
	}
	return max(min(to, i.Incident.Since+longest), i.Incident.Since+1)
}

// From is the beginning of the minutes that are looked at: as long before the onset as
// the end is after it.
func (i *Inquiry) From() model.Minute {
	length := i.To() - i.Incident.Since
	return i.Incident.Since - min(length, i.Incident.Since)
}

func moment(m model.Minute) string { return m.Start().Format(time.RFC3339) }

// maxFilter bounds the filter of an incident, in letters: of its series the costliest
// are named, and as many as fit.
const maxFilter = 560

// Filter is the transfers that an incident is about, in the language of package
// filter; "" where it is about no two ends, such as another price: then it is all.
func Filter(i *model.Incident) string {
	var parts []string
	for n := range i.Anomalies {
		part := filterOf(&i.Anomalies[n])
		if part == "" || slices.Contains(parts, part) {
			continue
		}
		if len(strings.Join(append(parts, part), " or ")) > maxFilter && len(parts) > 0 {
			break
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " or ")
}

func filterOf(a *model.Anomaly) string {
	if a.Filter != "" {
		return "(" + a.Filter + ")"
	}
	var conditions []string
	for _, end := range [][2]string{{"source", a.Source}, {"destination", a.Destination}} {
		if end[1] != "" {
			conditions = append(conditions, end[0]+".id="+filter.Quoted(end[1]))
		}
	}
	if len(conditions) == 0 {
		return ""
	}
	return "(" + strings.Join(conditions, " ") + ")"
}

// Cited are the ids of the nodes and of the rollouts that an incident speaks of, each
// once, in order.
func Cited(i *model.Incident) (entities, revisions []string) {
	for n := range i.Anomalies {
		entities = append(entities, i.Anomalies[n].Source, i.Anomalies[n].Destination)
	}
	for n := range i.Findings {
		entities, revisions = append(entities, i.Findings[n].Entity), append(revisions, i.Findings[n].Revision)
	}
	return set(entities), set(revisions)
}

func set(ids []string) []string {
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" })
}
