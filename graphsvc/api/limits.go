package api

import (
	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/api/scalar"
	"github.com/egressor/egressor/graphsvc/query"
)

// limits are what one request may ask for, for clients to read.
func (r *Resolver) limits() *gqlmodel.Limits {
	return &gqlmodel.Limits{
		Depth: maxDepth, Aliases: maxAliases, Fields: maxFields, Complexity: complexityLimit, Tokens: parserTokens,
		BodyBytes: scalar.Bytes(maxBodyBytes), Seconds: int(answerWithin.Seconds()),
		Transfers: query.MaxTransfers, Versions: query.MaxVersions, FlowRows: query.MaxFlowRows, DiffRows: query.MaxDiffRows,
		PathHops: query.MaxPathHops, Paths: query.MaxPaths, WindowMinutes: query.MaxWindow,
		DocumentsOnly: r.documentsOnly, ErrorCodes: gqlmodel.AllErrorCode,
	}
}
