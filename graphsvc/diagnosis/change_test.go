package diagnosis_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/egressor/egressor/graphsvc/diagnosis"
	"github.com/egressor/egressor/internal/model"
)

// podFacts are a workload's pods of a revision, one for each node: born and gone are in
// minutes after since; a born of forever is since ever, a gone of 0 not yet.
func podFacts(revision string, born, gone int, nodes ...string) (facts []model.Fact) {
	for n, node := range nodes {
		period := model.Period{From: at(born), To: at(gone)}
		if born == forever {
			period.From = at(-24 * 60)
		}
		if gone == 0 {
			period.To = model.Period{}.To
		}
		name := fmt.Sprintf("db-%s-%d-%d", revision, born, n)
		facts = append(facts, model.Fact{Kind: model.FactPod, Key: name, Period: period, Pod: &model.PodFact{
			Cluster: "lab", Namespace: "shop", Name: name, Node: node, Revision: revision,
			Workload: model.WorkloadRef{Namespace: "shop", Kind: "Deployment", Name: "db"},
		}})
	}
	return facts
}

const forever = -1 << 20

// clusterFacts are two nodes in each of two zones, and a workload's first revision; and its
// second, rolled out a minute before since, where it was.
func clusterFacts(rolled bool) []model.Fact {
	var facts []model.Fact
	for _, node := range []string{"a1", "a2", "b1", "b2"} {
		facts = append(facts, model.Fact{Kind: model.FactNode, Key: node, Node: &model.NodeFact{
			Cluster: "lab", Name: node, Place: model.Place{Provider: "aws", Region: "us-east-1", Zone: "use1-az" + node[:1]},
		}})
	}
	for number, minute := range map[int64]int{1: -24 * 60, 2: -1} {
		if number == 2 && !rolled {
			continue
		}
		key := fmt.Sprintf("r%d", number)
		facts = append(facts, model.Fact{Kind: model.FactRevision, Key: key, Revision: &model.RevisionFact{
			Cluster: "lab", Workload: model.WorkloadRef{Namespace: "shop", Kind: "Deployment", Name: "db"}, Number: number,
			Images: []string{"db:" + key}, RolledOut: at(minute),
		}})
	}
	return facts
}

// TestARolloutHidesNothing: what else happened to a workload's pods is told beside the
// rollout, and what every rollout does is not.
func TestARolloutHidesNothing(t *testing.T) {
	both := func(lists ...[]model.Fact) []model.Fact { return slices.Concat(lists...) }
	for _, test := range []struct {
		name   string
		rolled bool
		pods   []model.Fact
		want   []diagnosis.ChangeKind
	}{
		{"moved, no rollout", false, both(podFacts("r1", forever, -1, "a1", "a2"), podFacts("r1", -1, 0, "b1", "b2")), []diagnosis.ChangeKind{diagnosis.ChangeRescheduling}},
		{"rolled out in place", true, both(podFacts("r1", forever, -1, "a1", "a2"), podFacts("r2", -1, 0, "a1", "a2")), []diagnosis.ChangeKind{diagnosis.ChangeRollout}},
		{"moved, and rolled out a minute later", true, both(
			podFacts("r1", forever, -2, "a1", "a2"), podFacts("r1", -2, -1, "b1", "b2"), podFacts("r2", -1, 0, "b1", "b2"),
		), []diagnosis.ChangeKind{diagnosis.ChangeRescheduling, diagnosis.ChangeRollout}},
		{"the rollout moved them", true, both(podFacts("r1", forever, -1, "a1", "a2"), podFacts("r2", -1, 0, "b1", "b2")), []diagnosis.ChangeKind{diagnosis.ChangeRescheduling, diagnosis.ChangeRollout}},
		{"rolling out still, more pods for the time being", true, both(podFacts("r1", forever, 0, "a1", "a2"), podFacts("r2", -1, 0, "b1")), []diagnosis.ChangeKind{diagnosis.ChangeRollout}},
		{"rolled out and scaled", true, both(podFacts("r1", forever, -1, "a1", "a2"), podFacts("r2", -1, 0, "a1", "a2", "a1", "a2")), []diagnosis.ChangeKind{diagnosis.ChangeRollout, diagnosis.ChangeScaling}},
		{"the new revision crashes", true, both(
			podFacts("r1", forever, -1, "a1"), podFacts("r2", -1, 1, "a1"), podFacts("r2", 1, 2, "a1"), podFacts("r2", 2, 3, "a1"), podFacts("r2", 3, 0, "a1"),
		), []diagnosis.ChangeKind{diagnosis.ChangeRestarts, diagnosis.ChangeRollout}},
		{"three rollouts in a row are no crashes", true, both(
			podFacts("r1", forever, -1, "a1"), podFacts("r2", -1, 1, "a1"), podFacts("r3", 1, 2, "a1"), podFacts("r4", 2, 0, "a1"),
		), []diagnosis.ChangeKind{diagnosis.ChangeRollout}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []diagnosis.ChangeKind
			for _, change := range diagnosis.ChangesIn(both(clusterFacts(test.rolled), test.pods), at(-15), at(10)) {
				got = append(got, change.Kind)
			}
			slices.Sort(got)
			if !slices.Equal(got, test.want) {
				t.Errorf("changes %v, want %v", got, test.want)
			}
		})
	}
}
