package api

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/egressor/egressor/graphsvc/api/generated"
	"github.com/egressor/egressor/graphsvc/query"
)

// Limits of one request. A field costs 1; lists are not multiplied, their size
// is capped by their own arguments.
const (
	complexityLimit = 1000
	parserTokens    = 15000
	cachedQueries   = 200
	keepAlive       = 15 * time.Second
	maxBodyBytes    = 1 << 20
)

// Dependencies are what the API needs.
type Dependencies struct {
	Explorer     *query.Explorer
	Committed    Committed
	Investigator Investigator
	Log          *slog.Logger
}

// NewServer returns the executable schema behind its limits, with no transport.
func newServer(d Dependencies) *handler.Server {
	resolver := &Resolver{explorer: d.Explorer, committed: d.Committed, investigator: d.Investigator}
	server := handler.New(generated.NewExecutableSchema(generated.Config{Resolvers: resolver}))
	server.SetQueryCache(lru.New[*ast.QueryDocument](cachedQueries))
	server.SetParserTokenLimit(parserTokens)
	server.Use(extension.Introspection{})
	server.Use(extension.FixedComplexityLimit(complexityLimit))
	server.SetErrorPresenter(presenter(d.Log))
	server.SetRecoverFunc(recoverer(d.Log))
	return server
}

// Handler serves queries (GET and POST of application/json) at /graphql and
// subscriptions (server-sent events) at /graphql/stream. Multipart is off: it
// would let other sites' forms in.
func Handler(d Dependencies) http.Handler {
	queries := newServer(d)
	queries.AddTransport(transport.GET{})
	queries.AddTransport(transport.POST{})
	streams := newServer(d)
	streams.AddTransport(transport.SSE{KeepAlivePingInterval: keepAlive})
	mux := http.NewServeMux()
	mux.Handle("/graphql", limitBody(queries))
	mux.Handle("/graphql/stream", limitBody(streams))
	return mux
}

func limitBody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBodyBytes)
		next.ServeHTTP(w, r)
	})
}
