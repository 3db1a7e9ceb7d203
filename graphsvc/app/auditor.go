package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/audit"
	"github.com/egressor/egressor/internal/clock"
)

// auditor writes what the API is asked into a trail; none where there is none.
func auditor(trail *audit.Trail, now clock.Clock) api.Auditor {
	if trail == nil {
		return nil
	}
	return func(ctx context.Context, operation api.Operation) func(outcome string) {
		begin, who := now.Now(), access.From(ctx)
		sum := sha256.Sum256([]byte(operation.Document))
		return func(outcome string) {
			// An asker who has gone is no reason to forget what they asked.
			trail.Record(context.WithoutCancel(ctx), audit.Entry{
				At: begin, Principal: who.Name, Method: who.Method, Kind: operation.Kind, Action: operation.Name,
				Document: hex.EncodeToString(sum[:]), Detail: operation.Arguments, Outcome: outcome, Took: now.Now().Sub(begin),
			})
		}
	}
}

// signedInto writes who signed in into a trail; nil where there is none.
func signedInto(trail *audit.Trail, now clock.Clock) func(context.Context, access.Principal) {
	if trail == nil {
		return nil
	}
	return func(ctx context.Context, who access.Principal) {
		trail.Record(ctx, audit.Entry{At: now.Now(), Principal: who.Name, Method: who.Method, Kind: "signin", Outcome: "ok"})
	}
}
