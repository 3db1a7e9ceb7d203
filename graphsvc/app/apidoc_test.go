package app

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"testing"

	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/testkit"
)

const apiDoc = "../../docs/api.md"

// example is one question of docs/api.md with the answer beneath it.
var example = regexp.MustCompile("(?s)```graphql\n(.*?)```\n(?:\n```json\n.*?```\n)?")

// TestTheQuestionsOfTheAPIPage asks every question of docs/api.md of the scenario
// that the page names, and keeps the answers beneath them (-update writes them).
func TestTheQuestionsOfTheAPIPage(t *testing.T) {
	page, err := os.ReadFile(apiDoc)
	if err != nil {
		t.Fatal(err)
	}
	routes, err := scenarioRoutes(DefaultConfig(), doors{}, "../../docs/scenarios/07-rollout-across-zones.txtar", report.Discard())
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	answered := example.ReplaceAllFunc(page, func(block []byte) []byte {
		asked++
		question := example.FindSubmatch(block)[1]
		return []byte("```graphql\n" + string(question) + "```\n\n```json\n" + answerTo(t, routes, string(question)) + "\n```\n")
	})
	if asked < 30 {
		t.Errorf("the page has %d questions, want 30", asked)
	}
	testkit.Golden(t, apiDoc, answered)
}

// answerTo is the data that answers a document, indented.
func answerTo(t *testing.T, routes http.Handler, document string) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": document})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequest(http.MethodPost, "http://127.0.0.1:8080/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	routes.ServeHTTP(recorder, request)
	var answer struct {
		Data   json.RawMessage
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(recorder.Body.Bytes(), &answer); err != nil {
		t.Fatalf("%s\nanswers %d %s", document, recorder.Code, recorder.Body)
	}
	if len(answer.Errors) > 0 {
		t.Errorf("%s\nfails: %s", document, answer.Errors[0].Message)
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, answer.Data, "", "  "); err != nil {
		t.Fatal(err)
	}
	return indented.String()
}
