package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/egressor/egressor/costsvc/bill"
)

const askMachines = `query($window: Window!) { agentMachines(window: $window) { cluster node provider providerIds } }`

// machines asks a running service for the machines that ran an agent.
func (r *remote) machines(ctx context.Context, from, to time.Time) ([]bill.Machine, error) {
	service, err := r.connect()
	if err != nil {
		return nil, err
	}
	data, err := service.Query(ctx, askMachines, map[string]any{"window": map[string]any{"from": from, "to": to}})
	if err != nil {
		return nil, fmt.Errorf("asking %s for the machines with an agent: %w", r.server, err)
	}
	var answer struct {
		AgentMachines []struct {
			Cluster, Node, Provider string
			ProviderIDs             []string
		}
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return nil, fmt.Errorf("the machines with an agent that %s tells: %w", r.server, err)
	}
	machines := make([]bill.Machine, len(answer.AgentMachines))
	for i, m := range answer.AgentMachines {
		machines[i] = bill.Machine{Name: m.Cluster + "/" + m.Node, Provider: m.Provider, ProviderIDs: m.ProviderIDs}
	}
	return machines, nil
}
