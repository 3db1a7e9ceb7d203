package api

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/egressor/egressor/graphsvc/api/generated"
	"github.com/egressor/egressor/graphsvc/query"
)

// Limits of one request. A field costs 1, a read of a whole window more (see
// priced); lists are not multiplied, their size is capped by their own arguments.
const (
	complexityLimit = 1000
	// Validation compares the fields of one selection two by two: 14,000 equal
	// ones took 16 s, 2,000 a fiftieth of that. The largest document of the user
	// interface has about 400 tokens.
	parserTokens  = 2000
	cachedQueries = 200
	keepAlive     = 15 * time.Second
	maxBodyBytes  = 1 << 20
	// The introspection of graphql-js is 15 levels deep.
	maxDepth   = 18
	maxAliases = 300
	maxFields  = 5000
	// answerWithin bounds one query, pingEvery how soon a dead WebSocket is noticed.
	answerWithin = 30 * time.Second
	pingEvery    = 20 * time.Second
	initWithin   = 10 * time.Second
)

// Dependencies are what the API needs.
type Dependencies struct {
	Explorer     *query.Explorer
	Committed    Committed
	Investigator Investigator
	// Audit is told of every operation; nil where nobody wants to know.
	Audit Auditor
	// Pace reports whether whoever asks may ask once more over an open WebSocket;
	// nil where nobody counts.
	Pace func(ctx context.Context) bool
	// Documents are persisted documents; DocumentsOnly refuses every other text.
	Documents     []string
	DocumentsOnly bool
	Log           *slog.Logger
	// Version is the service's own, which agents' are compared with.
	Version string
}

// Server is the executable schema behind its limits. Stop ends what goes on in it.
type Server struct {
	schema    graphql.ExecutableSchema
	inProcess *executor.Executor
	audit     Auditor
	pace      func(context.Context) bool
	documents documents
	answers   *answers
	runs      *runs
	crowd     *crowd
	// explorer and investigator are for what the service asks by itself.
	explorer     *query.Explorer
	investigator Investigator
	log          *slog.Logger
}

// New returns a server over the explorer.
func New(d Dependencies) *Server {
	asked := newRuns(d.Explorer, d.Investigator, d.Log)
	resolver := &Resolver{explorer: d.Explorer, committed: d.Committed, investigator: d.Investigator, runs: asked, documentsOnly: d.DocumentsOnly, version: d.Version}
	config := generated.Config{Resolvers: resolver}
	priced(&config.Complexity)
	schema := generated.NewExecutableSchema(config)
	given := newAnswers(d.Explorer)
	return &Server{
		schema: schema, inProcess: newExecutor(schema, d.Audit, given, d.Log), audit: d.Audit, pace: d.Pace,
		documents: newDocuments(d.Documents, d.DocumentsOnly), answers: given, runs: asked, crowd: newCrowd(), log: d.Log, explorer: d.Explorer, investigator: d.Investigator,
	}
}

// Schema is what the server answers to.
func (s *Server) Schema() *ast.Schema { return s.schema.Schema() }

// Queries serves GET and POST of application/json, and subscriptions by
// WebSocket (graphql-transport-ws).
func (s *Server) Queries() http.Handler {
	queries, sockets, socket := s.limited(), s.limited(paced(s.pace), few(maxAtATime)), s.socket()
	queries.AddTransport(overHTTP{documents: s.documents})
	sockets.AddTransport(socket)
	overHTTP, overSocket := limitBody(queries), s.crowd.guard(sockets)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if socket.Supports(r) {
			overSocket.ServeHTTP(w, r)
			return
		}
		overHTTP.ServeHTTP(w, r)
	})
}

// Streams serves subscriptions as server-sent events.
func (s *Server) Streams() http.Handler {
	streams := s.limited(lastWord)
	events := transport.SSE{KeepAlivePingInterval: keepAlive}
	streams.AddTransport(events)
	return s.crowd.guard(limitBody(s.documents.before(events, streams)))
}

// limited is the schema behind its limits. The operations pass through around
// first, then the audit: what is refused for its pace cannot fill that up.
func (s *Server) limited(around ...graphql.OperationMiddleware) *handler.Server {
	server := handler.New(s.schema)
	server.SetQueryCache(parsedTexts[*ast.QueryDocument]())
	server.SetParserTokenLimit(parserTokens)
	server.Use(extension.Introspection{})
	server.Use(extension.AutomaticPersistedQuery{Cache: sentTexts()})
	server.Use(s.documents) // behind the automatic ones: it sees the text, however it came
	server.Use(shapeLimit{})
	server.Use(extension.FixedComplexityLimit(complexityLimit))
	for _, middleware := range append(around, operations(s.audit)...) {
		server.AroundOperations(middleware)
	}
	server.AroundResponses(told)
	server.AroundResponses(s.answers.around)
	server.SetErrorPresenter(presenter(s.log))
	server.SetRecoverFunc(recoverer(s.log))
	return server
}

// operations is what every operation passes through, however it was asked.
func operations(audit Auditor) []graphql.OperationMiddleware {
	around := []graphql.OperationMiddleware{pinned, bounded(answerWithin)}
	if audit == nil {
		return around
	}
	return append([]graphql.OperationMiddleware{audited(audit)}, around...)
}

func limitBody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBodyBytes)
		next.ServeHTTP(w, r)
	})
}
