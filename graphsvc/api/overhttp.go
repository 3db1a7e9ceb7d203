package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/egressor/egressor/graphsvc/query"
)

// overHTTP is GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/)
// by GET and POST of application/json. gqlgen's own transports leave five of the
// audit suite's recommendations open, and take requests that other sites' forms
// can send.
type overHTTP struct{ documents documents }

var _ graphql.Transport = overHTTP{}

// Supports takes every request: what it cannot answer it refuses in its own words.
func (overHTTP) Supports(*http.Request) bool { return true }

// Do answers one request.
func (t overHTTP) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	w.Header().Set("Vary", "Accept")
	media, acceptable := negotiate(r.Header.Values("Accept"))
	if !acceptable {
		refuse(w, mediaJSON, http.StatusNotAcceptable, "nothing that is accepted can be given", "accept "+mediaGraphQL+" or "+mediaJSON)
		return
	}
	params, refused := readRequest(r)
	if refused == nil {
		refused = t.documents.resolve(params)
	}
	if refused != nil {
		if refused.allow != "" {
			w.Header().Set("Allow", refused.allow)
		}
		refuse(w, media, refused.status, refused.message, refused.hint)
		return
	}
	params.ReadTime = graphql.TraceTiming{Start: graphql.Now(), End: graphql.Now()}
	params.Headers = r.Header
	answer(r.Context(), w, r.Method, media, exec, &params.RawParams)
}

// answer runs an operation. A request that never ran has no data, and 400 in the
// newer media type; in application/json every GraphQL answer is 200.
func answer(ctx context.Context, w http.ResponseWriter, method, media string, exec graphql.GraphExecutor, params *graphql.RawParams) {
	operation, failed := exec.CreateOperationContext(ctx, params)
	if failed != nil {
		status := http.StatusOK
		if media == mediaGraphQL {
			status = http.StatusBadRequest
		}
		write(w, media, status, withoutData{exec.DispatchError(graphql.WithOperationContext(ctx, operation), failed)})
		return
	}
	switch kind := operation.Operation.Operation; {
	case kind == ast.Subscription:
		refuse(w, media, http.StatusMethodNotAllowed, "a subscription has no one answer", "ask /graphql/stream for events, or by WebSocket")
		return
	case kind == ast.Mutation && method == http.MethodGet:
		w.Header().Set("Allow", http.MethodPost)
		refuse(w, media, http.StatusMethodNotAllowed, "a mutation cannot be sent by GET", "send it by POST")
		return
	}
	respond, ctx := exec.DispatchOperation(ctx, operation)
	response := respond(ctx)
	if response == nil {
		response = exec.DispatchError(ctx, gqlerror.List{ended(ctx)})
	}
	write(w, media, http.StatusOK, response)
}

// ended says why an operation was given up before it began.
func ended(ctx context.Context) *gqlerror.Error {
	if why := turnedOut(ctx); why != nil {
		return why
	}
	code, message := query.CodeCancelled, "the question was cancelled"
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		code, message = query.CodeTimeout, "the question took too long"
	}
	return &gqlerror.Error{Message: message, Extensions: map[string]any{"code": string(code), "hint": "ask again, for less at a time"}}
}

// withoutData is a response to what never ran: it has no entry for data, not even null.
type withoutData struct{ response *graphql.Response }

// MarshalJSON writes errors and extensions.
func (r withoutData) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Errors     gqlerror.List  `json:"errors"`
		Extensions map[string]any `json:"extensions,omitempty"`
	}{r.response.Errors, r.response.Extensions})
}

// refusal is a request that is no GraphQL request.
type refusal struct {
	status        int
	message, hint string
	allow         string
}

func bad(message, hint string) *refusal {
	return &refusal{status: http.StatusBadRequest, message: message, hint: hint}
}

func refuse(w http.ResponseWriter, media string, status int, message, hint string) {
	write(w, media, status, withoutData{&graphql.Response{Errors: gqlerror.List{{
		Message: message, Extensions: map[string]any{"code": string(query.CodeBadInput), "hint": hint},
	}}}})
}

func write(w http.ResponseWriter, media string, status int, response any) {
	parts, err := written(response)
	if err != nil { // a resolver's value that is no JSON; nothing of it was sent yet
		status = http.StatusInternalServerError
		parts = [][]byte{[]byte(`{"errors":[{"message":"the answer could not be written","extensions":{"code":"INTERNAL","hint":"see the service's log"}}]}`)}
	}
	length := 0
	for _, part := range parts {
		length += len(part)
	}
	w.Header().Set("Content-Type", media+"; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(length))
	w.WriteHeader(status)
	for _, part := range parts {
		_, _ = w.Write(part) // a client that has gone is told nothing
	}
}

// written is a response as JSON, in parts. Data was written as JSON a moment ago, or
// is kept for others: to read it again, as encoding/json does, takes longer than all
// else of a large answer.
func written(response any) ([][]byte, error) {
	answered, ok := response.(*graphql.Response)
	if !ok || len(answered.Errors) > 0 || len(answered.Data) == 0 {
		text, err := json.Marshal(response)
		return [][]byte{text}, err
	}
	extensions, err := json.Marshal(answered.Extensions)
	if err != nil {
		return nil, err
	}
	if len(answered.Extensions) == 0 {
		return [][]byte{[]byte(`{"data":`), answered.Data, []byte(`}`)}, nil
	}
	return [][]byte{[]byte(`{"data":`), answered.Data, []byte(`,"extensions":`), extensions, []byte(`}`)}, nil
}

// request is what a client sends.
type request struct {
	graphql.RawParams
	DocumentID string
}

func readRequest(r *http.Request) (*request, *refusal) {
	switch r.Method {
	case http.MethodGet:
		return readQueryString(r)
	case http.MethodPost:
		return readBody(r)
	default:
		return nil, &refusal{http.StatusMethodNotAllowed, r.Method + " is not answered", "send GET or POST", "GET, POST"}
	}
}

func readQueryString(r *http.Request) (*request, *refusal) {
	asked := r.URL.Query()
	read := &request{DocumentID: asked.Get("documentId")}
	read.Query, read.OperationName = asked.Get("query"), asked.Get("operationName")
	for name, into := range map[string]*map[string]any{"variables": &read.Variables, "extensions": &read.Extensions} {
		if text := asked.Get(name); text != "" {
			if err := decode([]byte(text), into); err != nil {
				return nil, bad(name+" is no JSON object: "+err.Error(), "write "+name+" as a JSON object, percent-encoded")
			}
		}
	}
	return read, read.check()
}

func readBody(r *http.Request) (*request, *refusal) {
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != mediaJSON {
		return nil, &refusal{status: http.StatusUnsupportedMediaType, message: "the body is not " + mediaJSON, hint: "send JSON, and say so in Content-Type"}
	}
	if charset := params["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
		return nil, &refusal{status: http.StatusUnsupportedMediaType, message: "the body is in " + charset, hint: "send UTF-8"}
	}
	text, err := io.ReadAll(r.Body)
	if errors.As(err, new(*http.MaxBytesError)) {
		return nil, &refusal{status: http.StatusRequestEntityTooLarge, message: "the body is too large", hint: "send at most 1 MiB; see the field limits"}
	}
	if err != nil {
		return nil, bad("the body could not be read", "send it again")
	}
	var body struct {
		Query         *string        `json:"query"`
		DocumentID    *string        `json:"documentId"`
		OperationName *string        `json:"operationName"`
		Variables     map[string]any `json:"variables"`
		Extensions    map[string]any `json:"extensions"`
	}
	if err := decode(text, &body); err != nil {
		return nil, bad("the body is no GraphQL request: "+err.Error(), "send a JSON object with query, and where needed operationName, variables and extensions")
	}
	read := &request{DocumentID: orDefault(body.DocumentID, "")}
	read.Query, read.OperationName = orDefault(body.Query, ""), orDefault(body.OperationName, "")
	read.Variables, read.Extensions = body.Variables, body.Extensions
	return read, read.check()
}

// check wants to know what is asked: a document, or the hash or id of one.
func (r *request) check() *refusal {
	if r.Query == "" && r.DocumentID == "" && r.Extensions["persistedQuery"] == nil {
		return bad("there is no query", "send query, or documentId")
	}
	return nil
}

// decode reads one JSON value and nothing behind it. Numbers stay as written.
func decode(text []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands behind the JSON value")
	}
	return nil
}
