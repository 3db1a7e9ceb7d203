package api

import (
	"cmp"
	"fmt"
	"net/netip"
	"strings"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/api/scalar"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
	"github.com/egressor/egressor/internal/version"
)

func (r *Resolver) chargesOf(charges []query.Charge, currency string) []*gqlmodel.ChargeLine {
	lines := make([]*gqlmodel.ChargeLine, len(charges))
	for i, c := range charges {
		lines[i] = &gqlmodel.ChargeLine{
			Payer: c.Payer, Code: c.Code, Operation: c.Operation, Rule: c.Rule, Tier: c.Tier,
			Bytes: scalar.BytesOf(c.Bytes), UnitBytes: scalar.BytesOf(c.UnitBytes),
			Rate: moneyOf(money.FromNano(c.RateNano), currency), Amount: moneyOf(c.Amount, currency),
			PriceRow: c.PriceRow, PriceSource: cmp.Or(r.explorer.PriceSource(c.PriceRow), c.Source),
			PathAssumed: c.Assumed, UnpricedReason: c.UnpricedReason,
		}
	}
	return lines
}

func deploymentsOf(facts []model.Fact) []*gqlmodel.Deployment {
	var deployments []*gqlmodel.Deployment
	for i := range facts {
		revision := facts[i].Revision
		if revision == nil {
			continue
		}
		d := &gqlmodel.Deployment{
			Workload: revision.Workload.In(revision.Cluster).ID(),
			ID:       facts[i].Key, Hash: revision.Hash, Revision: int(revision.Number), Images: revision.Images,
			ChangedBy: revision.ChangedBy, Cause: revision.Cause, GitCommit: revision.GitCommit,
		}
		if d.Images == nil {
			d.Images = []string{}
		}
		if !revision.RolledOut.IsZero() {
			d.RolledOutAt = ptr(revision.RolledOut.UTC())
		}
		deployments = append(deployments, d)
	}
	return deployments
}

func agentsOf(agents []query.Agent, service string) []*gqlmodel.AgentStatus {
	converted := make([]*gqlmodel.AgentStatus, len(agents))
	for i, a := range agents {
		converted[i] = &gqlmodel.AgentStatus{
			Cluster: a.ID.Cluster, Node: a.ID.Node, Mode: string(a.Mode), Version: a.Build, Build: buildOf(&a, service),
			CoveredThrough: a.CoveredThrough.UTC(), LastBatchAt: a.LastBatchAt.UTC(),
			LostBytes: known(a.LostBytes, a.LostKnown),
		}
	}
	return converted
}

// buildOf is how an agent's version stands to the service's. One that counts and
// tells none is older than telling it, which every service does that asks this.
func buildOf(a *query.Agent, service string) gqlmodel.BuildRelation {
	if a.Build == "" && a.Mode != model.CaptureImport {
		return gqlmodel.BuildRelationOlder
	}
	return gqlmodel.BuildRelation(strings.ToUpper(string(version.Compare(a.Build, service))))
}

func machinesOf(machines []query.AgentMachine) []*gqlmodel.AgentMachine {
	converted := make([]*gqlmodel.AgentMachine, len(machines))
	for i, m := range machines {
		converted[i] = &gqlmodel.AgentMachine{Cluster: m.Agent.Cluster, Node: m.Agent.Node, Provider: m.Provider, ProviderIds: append([]string{}, m.ProviderIDs...)}
	}
	return converted
}

func flowRowsOf(rows []query.RawRow) []*gqlmodel.FlowRow {
	converted := make([]*gqlmodel.FlowRow, len(rows))
	for i := range rows {
		converted[i] = flowRowOf(&rows[i])
	}
	return converted
}

func flowRowOf(row *query.RawRow) *gqlmodel.FlowRow {
	f := &row.Flow
	return &gqlmodel.FlowRow{
		WindowStart: f.WindowStart.UTC(), WindowSeconds: f.WindowLength.Seconds(), Agent: row.Batch.Agent.String(),
		LocalKind: f.Local.Kind.String(), LocalID: f.Local.ID,
		LocalAddress: addressText(f.LocalAddr), RemoteAddress: addressText(f.RemoteAddr), VirtualAddress: addressOrNull(f.VirtualAddr), VirtualPort: portOrNull(f.VirtualPort),
		ServerPort: int(f.ServerPort), Protocol: f.Protocol.String(), Role: f.Role.String(),
		SentBytes: scalar.BytesOf(f.Sent.WireBytes), ReceivedBytes: scalar.BytesOf(f.Received.WireBytes),
		SentPayloadBytes: scalar.BytesOf(f.Sent.PayloadBytes), ReceivedPayloadBytes: scalar.BytesOf(f.Received.PayloadBytes),
		SentPackets: scalar.BytesOf(f.Sent.Packets), ReceivedPackets: scalar.BytesOf(f.Received.Packets),
		Connections: int(f.Connections), Batch: fmt.Sprintf("%s/%d", row.Batch.Boot, row.Batch.Sequence),
	}
}

// portOrNull is null for port 0.
func portOrNull(port uint16) *int {
	if port == 0 {
		return nil
	}
	return ptr(int(port))
}

// addressText is empty for an address that is not known.
func addressText(addr netip.Addr) string {
	if !addr.IsValid() {
		return ""
	}
	return addr.String()
}

func addressOrNull(addr netip.Addr) *string {
	if !addr.IsValid() {
		return nil
	}
	return ptr(addr.String())
}

// countOrNull is a count of which 0 means that nobody knows it.
func countOrNull(count uint64) *int {
	if count == 0 {
		return nil
	}
	number := int(count) // minutes: far below the limits of an int
	return &number
}

func textOrNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
