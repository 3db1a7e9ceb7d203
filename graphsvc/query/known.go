package query

import (
	"context"
	"time"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/filter"
	"github.com/egressor/egressor/internal/model"
)

// Labels are those of one workload or of one of its pods.
type Labels struct {
	// Workload is the node id.
	Workload string
	Values   map[string]string
}

// known is what filters ask of ends beside their names: as far as was known in
// a version, so that the answer about it stays what it was.
type known struct {
	teams
	// labels are by node id and key.
	labels map[string]map[string][]string
	who    access.Principal
}

var _ filter.Known = known{}

// knownTo reads what a filter asks for, and nothing that it does not.
func (e *Explorer) knownTo(ctx context.Context, f filter.Filter, window Window, version *model.GraphVersion) (filter.Known, error) {
	k := known{who: access.From(ctx)}
	var err error
	if f.Uses(asksTeams) || f.AsksBorder("team") {
		if k.teams, err = e.teamsOf(ctx, version); err != nil {
			return nil, err
		}
	}
	if keys := f.LabelKeys(); len(keys) > 0 {
		k.labels, err = e.labelsOf(ctx, keys, window, version)
	}
	return k, err
}

func asksTeams(f *filter.Field) bool { return f.Name == "team" }

// labelsOf reads the labels that workloads and their pods had in a window.
func (e *Explorer) labelsOf(ctx context.Context, keys []string, window Window, version *model.GraphVersion) (map[string]map[string][]string, error) {
	found, err := e.series.Labels(ctx, window, keys, version.FactsRecordedThrough)
	if err != nil {
		return nil, unavailable("the flow store", err)
	}
	labels := map[string]map[string][]string{}
	for _, l := range found {
		for _, key := range keys {
			value, has := l.Values[key]
			if !has {
				continue
			}
			if labels[l.Workload] == nil {
				labels[l.Workload] = map[string][]string{}
			}
			labels[l.Workload][key] = append(labels[l.Workload][key], value)
		}
	}
	return labels, nil
}

// Labels are none for an end that the asker may not see by itself: a filter
// would tell what it has.
func (k known) Labels(end model.Identity, key string) []string {
	if end.Kind != model.KindWorkload || !sees(k.who, end) {
		return nil
	}
	return k.labels[end.ID()][key]
}

// LabelsOf picks the labels of workloads and pods out of facts that were known
// by a moment (the zero time: all of them), for stores that hold facts.
func LabelsOf(facts []model.Fact, through time.Time) []Labels {
	var found []Labels
	for i := range facts {
		if !through.IsZero() && facts[i].Recorded.After(through) {
			continue
		}
		var of model.WorkloadRef
		var cluster string
		var values map[string]string
		switch f := &facts[i]; {
		case f.Pod != nil:
			cluster, of, values = f.Pod.Cluster, f.Pod.Workload, f.Pod.Labels
		case f.Workload != nil:
			cluster, of, values = f.Workload.Cluster, f.Workload.Workload, f.Workload.Labels
		}
		if len(values) == 0 {
			continue
		}
		id := of.In(cluster)
		found = append(found, Labels{Workload: id.ID(), Values: values})
	}
	return found
}
