package api

import (
	"time"

	"github.com/egressor/egressor/graphsvc/api/generated"
	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/api/scalar"
)

// windowRead is the complexity of reading a whole window from a store, so that
// one request cannot ask for hundreds of them by aliases.
const windowRead = 50

// cypherRead is the complexity of each field of the answer to a person's
// statement: at most nine statements a request.
const cypherRead = 100

// storeRead is the complexity of a smaller question to a store. A page of 500
// versions answers with a few thousand values.
const storeRead = 10

// change is the complexity of a mutation: at most ten a request.
const change = 100

// priced sets the complexity of the fields that ask a store; every other field
// costs 1.
func priced(root *generated.ComplexityRoot) {
	root.Query.Graph = func(child int, _ *gqlmodel.Window, _, _ *int, _ *gqlmodel.TransferOrder) int {
		return child + windowRead
	}
	root.Query.PackedGraph = root.Query.Graph
	root.Query.Groups = func(child int, _ *gqlmodel.Window, _ gqlmodel.Dimension, _ *gqlmodel.TransferOrder, _ *int) int {
		return child + windowRead
	}
	root.Query.Namespaces = func(child int, _ *gqlmodel.Window, _ *gqlmodel.TransferOrder, _ *int) int { return child + windowRead }
	root.Query.Zones = root.Query.Namespaces
	root.Query.FilterCompletions = func(child int, _ string, _ *int, _ *gqlmodel.Window, _ *int) int { return child + windowRead }
	root.Query.Entity = func(child int, _ string, _ *gqlmodel.Window) int { return child + windowRead }
	root.Query.Transfer = func(child int, _ string, _ *gqlmodel.Window) int { return child + storeRead }
	root.Query.Transfers = func(child int, _ *gqlmodel.Window, _ *gqlmodel.TransferOrder, _ *int, _, _ *string) int {
		return child + windowRead
	}
	root.Query.Marks = func(child int, _ *gqlmodel.Window, _ *int) int { return child + 2*storeRead }
	root.Query.WhatIf = func(child int, _ string) int { return child + windowRead }
	root.Query.Totals = func(child int, _ *gqlmodel.Window, _ *int) int { return child + windowRead }
	root.Query.Search = func(child int, _ string, _ *gqlmodel.Window, _ *int) int { return child + windowRead }
	root.Query.Diff = func(child int, _, _ gqlmodel.Window, _ *gqlmodel.Dimension, _ *gqlmodel.TransferOrder, _ *int) int {
		return child + 2*windowRead
	}
	root.Query.Paths = func(child int, _, _ string, _ *gqlmodel.Window, _ *gqlmodel.Follow, _, _ *int) int {
		return child + windowRead
	}
	root.Query.Neighbourhood = func(child int, _ string, _, _ *int, _ *gqlmodel.Window) int { return child + windowRead }
	root.Query.BlastRadius = func(child int, _ gqlmodel.BlastTarget, _, _ *int, _ *gqlmodel.Window) int { return child + windowRead }
	root.Query.SharedDestinations = func(child int, _ []string, _ *int, _ *gqlmodel.Window) int { return child + windowRead }
	root.Query.CrossZoneCircles = func(child int, _ *gqlmodel.Window, _ *gqlmodel.Follow, _ *scalar.Bytes, _ *int) int {
		return child + windowRead
	}
	root.Query.Statement = func(child int, _ *gqlmodel.Window, _ []gqlmodel.StatementDimension, _ *gqlmodel.StatementView, _ []*gqlmodel.StatementFilter, _ *int) int {
		return child + 2*windowRead
	}
	root.Query.Reconciliations = func(child int) int { return child + 4*windowRead }
	root.Query.Forecast = func(child int, _ *gqlmodel.Window) int { return child + 2*windowRead }
	root.Query.Explain = func(child int, _ string, _ *gqlmodel.Window, minutes *int) int {
		if minutes == nil {
			return child + 2*windowRead
		}
		return child + (1+*minutes)*windowRead
	}
	root.Query.Coverage = func(child int, _ *gqlmodel.Window) int { return child + windowRead }
	// Priced at its answer's fields: a price of the field itself would be worked out
	// from its arguments, and gqlgen's code for that panics where a JSON one is null.
	statement := func(child int) int { return child + cypherRead }
	answer := &root.CypherAnswer
	answer.Columns, answer.Rows, answer.More, answer.EstimatedRows, answer.Nodes, answer.Relationships = statement, statement, statement, statement, statement, statement
	root.Query.Versions = func(child int, _ *int, _ *string) int { return child + storeRead }
	root.Query.Agents = func(child int) int { return child + storeRead }
	read := func(child int) int { return child + storeRead }
	root.Query.AgentMachines = func(child int, _ *gqlmodel.Window) int { return child + 2*storeRead }
	root.Query.Tags = read
	root.Query.Node = func(child int, _ string) int { return child + windowRead }
	root.Query.Flows = func(child int, _ *gqlmodel.Window, _ *int, _ *string) int { return child + 2*windowRead }
	root.Query.Views, root.Query.StatedEndpoints, root.Query.PriceOverlays = read, read, read
	root.Query.Investigations = func(child int, _ *int, _ *string) int { return child + storeRead }
	root.Query.Investigation = func(child int, _ string) int { return child + storeRead }
	root.Incident.Investigations = read
	root.Investigation.Replay = func(child int) int { return child + 4*windowRead }
	// Totals of lists walk them.
	counted := func(child int) int { return child + windowRead }
	root.FlowConnection.TotalCount, root.FlowConnection.Rest = counted, counted
	root.IncidentConnection.TotalCount, root.IncidentConnection.Rest = counted, counted
	root.GraphVersionConnection.TotalCount, root.GraphVersionConnection.Rest = read, read
	root.InvestigationConnection.TotalCount, root.InvestigationConnection.Rest = read, read
	pricedChanges(root)
}

func pricedChanges(root *generated.ComplexityRoot) {
	said := func(child int, _, _ string, _ *string) int { return child + change }
	m := &root.Mutation
	m.AcknowledgeIncident, m.ResolveIncident, m.ReopenIncident, m.AcceptRecommendation, m.ReopenRecommendation = said, said, said, said, said
	m.DismissRecommendation = func(child int, _, _ string, _ *time.Time, _ *string) int { return child + change }
	m.SaveView = func(child int, _, _ string, _ bool, _ *string) int { return child + change }
	m.TagVersion = func(child int, _ string, _ scalar.Version, _ string, _ *string) int { return child + change }
	m.DeleteTag = func(child int, _ string) int { return child + change }
	m.DeleteView = func(child int, _ string) int { return child + change }
	m.StartInvestigation = func(child int, _ string, _, _ *string) int { return child + change }
	m.SaveEndpoint = func(child int, _ gqlmodel.EndpointInput, _ *time.Time, _ string, _ *string) int {
		return child + change
	}
	m.EndEndpoint = func(child int, _ string, _ *time.Time, _ string, _ *string) int { return child + change }
	m.PutPriceOverlay = func(child int, _ string, _ time.Time, _ string, _ *string) int { return child + change }
	m.WithdrawPriceOverlay = func(child int, _, _ string, _ *string) int { return child + change }
}
