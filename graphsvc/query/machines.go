package query

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/egressor/egressor/costsvc/bill"
	"github.com/egressor/egressor/internal/model"
)

// AgentMachine is a machine that runs an agent.
type AgentMachine struct {
	Agent model.AgentID
	// Provider is whose machine it is, "" where that is not known.
	Provider string
	// ProviderIDs are its ids at its provider; a name may have gone from one machine
	// to another. None where no fact tells.
	ProviderIDs []string
}

// MachinesOf are the machines of some agents, as facts about nodes tell.
func MachinesOf(agents []model.AgentID, facts []model.Fact) []AgentMachine {
	at := make(map[model.AgentID]int, len(agents))
	machines := make([]AgentMachine, len(agents))
	for i, agent := range agents {
		at[agent], machines[i].Agent = i, agent
	}
	for i := range facts {
		node := facts[i].Node
		if node == nil {
			continue
		}
		n, known := at[model.AgentID{Cluster: node.Cluster, Node: node.Name}]
		if !known {
			continue
		}
		machine := &machines[n]
		machine.Provider = cmp.Or(machine.Provider, node.Place.Provider)
		if node.ProviderID != "" && !slices.Contains(machine.ProviderIDs, node.ProviderID) {
			machine.ProviderIDs = append(machine.ProviderIDs, node.ProviderID)
		}
	}
	for i := range machines {
		slices.Sort(machines[i].ProviderIDs)
	}
	slices.SortFunc(machines, func(a, b AgentMachine) int { return strings.Compare(a.Agent.String(), b.Agent.String()) })
	return machines
}

// AgentMachines are the machines whose agents reported anything of a window, by
// name, as known now. Who does not see everything sees none.
func (e *Explorer) AgentMachines(ctx context.Context, ask Ask) ([]AgentMachine, error) {
	if !SeesAll(ctx) {
		return nil, nil
	}
	window, version, err := e.resolve(ctx, ask)
	if err != nil || version == nil {
		return nil, err
	}
	return e.agentMachines(ctx, window)
}

func (e *Explorer) agentMachines(ctx context.Context, window Window) ([]AgentMachine, error) {
	machines, err := e.series.AgentMachines(ctx, window)
	if err != nil {
		return nil, unavailable("the flow store", err)
	}
	return machines, nil
}

// billMachines are machines as costsvc knows them.
func billMachines(machines []AgentMachine) []bill.Machine {
	converted := make([]bill.Machine, len(machines))
	for i, m := range machines {
		converted[i] = bill.Machine{Name: m.Agent.String(), Provider: m.Provider, ProviderIDs: m.ProviderIDs}
	}
	return converted
}
