package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/egressor/egressor/graphsvc/query"
)

// documents are persisted documents (GraphQL over HTTP, appendix A): texts that
// the operator trusts, named by the SHA-256 of their text.
type documents struct {
	byID map[string]string
	// only refuses every other text, however it comes.
	only bool
}

var (
	_ graphql.HandlerExtension          = documents{}
	_ graphql.OperationParameterMutator = documents{}
)

// newDocuments names texts by their hash.
func newDocuments(texts []string, only bool) documents {
	d := documents{byID: make(map[string]string, len(texts)), only: only}
	for _, text := range texts {
		d.byID[DocumentID(text)] = text
	}
	return d
}

// DocumentID is the id under which a document is asked for: "sha256:" and the
// hash of its text in hexadecimal.
func DocumentID(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// resolve puts the text in the place of an id.
func (d documents) resolve(r *request) *refusal {
	if r.DocumentID == "" {
		return nil
	}
	text, known := d.byID[r.DocumentID]
	if !known || r.Query != "" && r.Query != text {
		return bad("no persisted document has the id "+r.DocumentID, "send the id alone, of a document that the service was started with (--documents)")
	}
	r.Query = text
	return nil
}

// before makes a request that a transport of gqlgen's reads one that it can read:
// documents by their id, and nothing but a GraphQL request. That transport would
// write any other body into the log, with whatever secrets are in it.
func (d documents) before(transport graphql.Transport, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !transport.Supports(r) {
			refuse(w, mediaJSON, http.StatusBadRequest, "this is no question for events", "send "+mediaJSON+" by POST, and accept text/event-stream")
			return
		}
		read, refused := readBody(r)
		if refused == nil {
			refused = d.resolve(read)
		}
		if refused != nil {
			refuse(w, mediaJSON, refused.status, refused.message, refused.hint)
			return
		}
		text, err := json.Marshal(read.RawParams)
		if err != nil {
			refuse(w, mediaJSON, http.StatusBadRequest, "the request could not be read", "send a GraphQL request")
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(text))
		next.ServeHTTP(w, r)
	})
}

// ExtensionName names it.
func (documents) ExtensionName() string { return "PersistedDocuments" }

// Validate has nothing to object to.
func (documents) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters refuses texts that are not trusted where only those are.
func (d documents) MutateOperationParameters(_ context.Context, params *graphql.RawParams) *gqlerror.Error {
	if _, known := d.byID[DocumentID(params.Query)]; known || !d.only {
		return nil
	}
	return &gqlerror.Error{Message: "only persisted documents are answered here", Extensions: map[string]any{
		"code": string(query.CodeForbidden), "hint": "send documentId; an operator adds documents with --documents",
	}}
}
