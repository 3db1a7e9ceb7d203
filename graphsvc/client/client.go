// Package client asks a running Egressor service over its GraphQL API. The
// command line and the MCP server use it, and so may other programs.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	patience       = time.Minute
	maxAnswerBytes = 64 << 20
)

// Client is one service and who asks it.
type Client struct {
	endpoint string
	token    string
	http     *http.Client
}

// New returns a client of the service at a URL, for example
// http://127.0.0.1:8080. The token is "" where there is no sign-in.
func New(service, token string) (*Client, error) {
	parsed, err := url.Parse(service)
	if err != nil || parsed.Host == "" || parsed.Scheme != "http" && parsed.Scheme != "https" {
		return nil, fmt.Errorf("service %q: want an URL like http://127.0.0.1:8080", service)
	}
	return &Client{endpoint: strings.TrimSuffix(service, "/") + "/graphql", token: token, http: &http.Client{Timeout: patience}}, nil
}

// Error is what the service says is wrong with a question.
type Error struct {
	// Message is what is wrong; Code and Hint are those of the API's errors.
	Message, Code, Hint string
}

// Error is the message, and what to do.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Message
	}
	return e.Message + " (" + e.Hint + ")"
}

// Query asks one document and returns the response's data. The error is an
// *Error where the service answered.
func (c *Client) Query(ctx context.Context, document string, variables map[string]any) (json.RawMessage, error) {
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		return nil, fmt.Errorf("variables: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/graphql-response+json, application/json;q=0.9")
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("asking %s: %w: is the service running, and is this its address?", c.endpoint, err)
	}
	defer func() { _ = response.Body.Close() }()
	return answerOf(response)
}

func answerOf(response *http.Response) (json.RawMessage, error) {
	text, err := io.ReadAll(io.LimitReader(response.Body, maxAnswerBytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading the answer: %w", err)
	}
	if len(text) > maxAnswerBytes {
		return nil, fmt.Errorf("the answer has more than %d bytes: ask for less at a time", maxAnswerBytes)
	}
	var answer struct {
		Data   json.RawMessage
		Errors []struct {
			Message    string
			Extensions struct{ Code, Hint string }
		}
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return nil, fmt.Errorf("%s answers %s and no GraphQL: is this Egressor's address?", response.Request.URL, response.Status)
	}
	if len(answer.Errors) > 0 {
		first := answer.Errors[0]
		return nil, &Error{Message: first.Message, Code: first.Extensions.Code, Hint: first.Extensions.Hint}
	}
	return answer.Data, nil
}
