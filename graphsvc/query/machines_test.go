package query_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

func TestMachinesAreKnownByFactsAboutTheirNodes(t *testing.T) {
	node := func(cluster, name, id, provider string) model.Fact {
		return model.Fact{Kind: model.FactNode, Node: &model.NodeFact{Cluster: cluster, Name: name, ProviderID: id, Place: model.Place{Provider: provider}}}
	}
	agents := []model.AgentID{{Cluster: "lab", Node: "b"}, {Cluster: "lab", Node: "a"}, {Cluster: "other", Node: "a"}}
	facts := []model.Fact{
		node("lab", "a", "", ""), // by its agent, which does not know
		node("lab", "a", "aws:///z/i-2", "aws"),
		node("lab", "a", "aws:///z/i-1", "aws"),
		node("lab", "a", "aws:///z/i-1", "aws"), // by another source
		node("lab", "c", "aws:///z/i-9", "aws"), // without an agent
		{Kind: model.FactService, Service: &model.ServiceFact{Cluster: "lab", Name: "b"}},
	}
	want := []query.AgentMachine{
		{Agent: agents[1], Provider: "aws", ProviderIDs: []string{"aws:///z/i-1", "aws:///z/i-2"}},
		{Agent: agents[0]},
		{Agent: agents[2]},
	}
	if diff := cmp.Diff(want, query.MachinesOf(agents, facts)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
