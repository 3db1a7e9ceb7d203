//go:build linux

package e2e_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// count is the API's Bytes scalar: a number, or a string above 2^53.
type count uint64

func (c *count) UnmarshalJSON(text []byte) error {
	n, err := strconv.ParseUint(strings.Trim(string(text), `"`), 10, 64)
	*c = count(n)
	return err
}

// apiMoney is an exact amount as the API tells it.
type apiMoney struct{ Amount, Currency string }

// apiTransfer is a transfer as the API tells it.
type apiTransfer struct {
	ID, Source, Destination, Initiator string
	SourceZone, DestinationZone, Path  string
	ServerPort                         uint16
	Bytes, PayloadBytes, Packets       count
	CheckBytes                         *count
	PathAssumed                        bool
	Cost                               apiMoney
}

const transferFields = `id source destination initiator sourceZone destinationZone path pathAssumed serverPort bytes payloadBytes packets checkBytes cost { amount currency }`

// span is a range of minutes.
type span struct{ from, to model.Minute }

// since is the span from a moment's minute to the one that is open now, included.
func since(begin time.Time) span {
	return span{model.MinuteOf(begin), model.MinuteOf(time.Now()) + 1}
}

func (s span) window(version uint64) map[string]any {
	return map[string]any{
		"from": s.from.Start().Format(time.RFC3339), "to": s.to.Start().Format(time.RFC3339), "asOf": map[string]any{"version": version},
	}
}

// ask runs one GraphQL operation and reads its data into answer.
func (w *world) ask(t *testing.T, query string, variables map[string]any, answer any) error {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	var envelope struct {
		Data   json.RawMessage
		Errors []struct{ Message string }
	}
	if err := json.NewDecoder(response.Body).Decode(&envelope); err != nil {
		return fmt.Errorf("status %d: %w", response.StatusCode, err)
	}
	if len(envelope.Errors) > 0 {
		return fmt.Errorf("the API answers: %s", envelope.Errors[0].Message)
	}
	return json.Unmarshal(envelope.Data, answer)
}

// agentState is an agent as the API tells it.
type agentState struct {
	Node, Mode     string
	CoveredThrough time.Time
	LostBytes      *count
}

func (w *world) agentStates(t *testing.T) []agentState {
	t.Helper()
	var answer struct{ Agents []agentState }
	if err := w.ask(t, `{ agents { node mode coveredThrough lostBytes } }`, nil, &answer); err != nil {
		t.Logf("agents: %v", err)
		return nil
	}
	return answer.Agents
}

// transfers are all transfers of a span as of a version that are not
// background: the ones to or from the sender.
func (w *world) transfers(t *testing.T, of span, version uint64) (map[string]apiTransfer, error) {
	t.Helper()
	const query = `query($window: Window, $entity: ID, $after: String) {
		transfers(window: $window, entity: $entity, first: 500, after: $after) {
			edges { node { ` + transferFields + ` } } pageInfo { hasNextPage endCursor } } }`
	found := map[string]apiTransfer{}
	variables := map[string]any{"window": of.window(version), "entity": senderEntity}
	for {
		var answer struct {
			Transfers struct {
				Edges    []struct{ Node apiTransfer }
				PageInfo struct {
					HasNextPage bool
					EndCursor   string
				}
			}
		}
		if err := w.ask(t, query, variables, &answer); err != nil {
			return nil, err
		}
		for _, edge := range answer.Transfers.Edges {
			found[edge.Node.ID] = edge.Node
		}
		if !answer.Transfers.PageInfo.HasNextPage {
			return found, nil
		}
		variables["after"] = answer.Transfers.PageInfo.EndCursor
	}
}
