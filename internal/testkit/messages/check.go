package messages

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// request is what the fake reads of a request; other fields are refused, as the
// API refuses fields that it does not know.
type request struct {
	Model        string          `json:"model"`
	MaxTokens    int             `json:"max_tokens"`
	Stream       bool            `json:"stream"`
	System       json.RawMessage `json:"system"`
	Tools        []tool          `json:"tools"`
	Messages     []message       `json:"messages"`
	CacheControl *cacheControl   `json:"cache_control"`
}

type cacheControl struct {
	Type string `json:"type"`
	TTL  string `json:"ttl"`
}

// maxCacheBreakpoints is how many cache_control marks one request may hold.
const maxCacheBreakpoints = 4

// check reads a request and answers as the API would to a wrong one.
func check(header http.Header, body []byte) (request, *Fault) {
	if fault := checkHeader(header); fault != nil {
		return request{}, fault
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	var r request
	if err := decoder.Decode(&r); err != nil {
		return r, invalid("%v", err)
	}
	if r.Model == "" {
		return r, invalid("model: field required")
	}
	if r.Model != Model {
		return r, &Fault{Status: http.StatusNotFound, Message: "model: " + r.Model}
	}
	if r.MaxTokens < 1 {
		return r, invalid("max_tokens: must be greater than or equal to 1")
	}
	if marks := bytes.Count(body, []byte(`"cache_control"`)); marks > maxCacheBreakpoints {
		return r, invalid("a maximum of %d blocks with cache_control may be provided, found %d", maxCacheBreakpoints, marks)
	}
	if err := checkTools(r.Tools); err != nil {
		return r, invalid("%v", err)
	}
	if err := checkMessages(r.Messages); err != nil {
		return r, invalid("%v", err)
	}
	return r, nil
}

func checkHeader(header http.Header) *Fault {
	switch key := header.Get("x-api-key"); {
	case key == "":
		return &Fault{Status: http.StatusUnauthorized, Message: "x-api-key header is required"}
	case key != Key:
		return &Fault{Status: http.StatusUnauthorized, Message: "invalid x-api-key"}
	}
	if version := header.Get("anthropic-version"); version != apiVersion {
		return invalid("anthropic-version: %q is not a valid version", version)
	}
	if kind := header.Get("Content-Type"); !strings.HasPrefix(kind, "application/json") {
		return invalid("content-type: must be application/json, not %q", kind)
	}
	return nil
}

func invalid(format string, args ...any) *Fault {
	return &Fault{Status: http.StatusBadRequest, Message: fmt.Sprintf(format, args...)}
}
