// Package api serves schema.graphqls. Each resolver is one call into
// graphsvc/query and a conversion; decisions are made there.
package api

//go:generate go tool gqlgen --config gqlgen.yml

import (
	"context"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

// Resolver is the root of all resolvers.
type Resolver struct {
	explorer     *query.Explorer
	committed    Committed
	investigator Investigator
	runs         *runs
	// documentsOnly is told to clients.
	documentsOnly bool
	// version is the service's own.
	version string
}

// Committed delivers versions as they are committed, until ctx ends.
type Committed interface {
	Subscribe(ctx context.Context) <-chan model.GraphVersion
}

// Investigator answers questions in words.
type Investigator interface {
	Status(ctx context.Context) InvestigatorStatus
	// Preview is the request that a question would send away, "" for none; Sent are
	// those that a conversation of the asker's sent.
	Preview(ctx context.Context, question, conversation string) (string, error)
	Sent(ctx context.Context, conversation string) []string
	// Ask streams events until the channel is closed; the last is a Done or a Failed.
	Ask(ctx context.Context, question, conversation string) <-chan ChatEvent
	// AskByRule is Ask without a model and without a conversation.
	AskByRule(ctx context.Context, question string) <-chan ChatEvent
}

// InvestigatorStatus says whether and how questions can be asked.
type InvestigatorStatus struct {
	Engine, Model, Notice string
	Suggestions           []string
}

// ChatFailed ends an answer that could not be given.
type ChatFailed struct {
	Code, Message, Hint string
}
