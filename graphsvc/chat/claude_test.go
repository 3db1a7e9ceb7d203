package chat

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/egressor/egressor/internal/testkit"
	"github.com/egressor/egressor/internal/testkit/messages"
)

// TestConversations plays each script against the fake API, and compares what
// the asker saw and what was sent with the golden file beside it.
func TestConversations(t *testing.T) {
	scripts, err := filepath.Glob("testdata/conversations/*.txtar")
	if err != nil || len(scripts) < 60 {
		t.Fatalf("%d scripts, %v", len(scripts), err)
	}
	for _, script := range scripts {
		name := strings.TrimSuffix(filepath.Base(script), ".txtar")
		t.Run(name, func(t *testing.T) {
			archive, err := txtar.ParseFile(script)
			if err != nil {
				t.Fatal(err)
			}
			turns, err := messages.Script(archive)
			if err != nil {
				t.Fatal(err)
			}
			fake := messages.Start(t, turns)
			t.Cleanup(http.DefaultTransport.(*http.Transport).CloseIdleConnections)
			seen := play(t, newInvestigator(t, settingsOf(t, fake, archive), resultsOf(archive)), archive)
			if refused := fake.Refused(); len(refused) > 0 {
				t.Errorf("the API refused: %q", refused)
			}
			samePrefix(t, fake.Requests())
			seen += "\n# what was sent\n" + sentOf(t, fake.Requests())
			testkit.Golden(t, filepath.Join("testdata/conversations", name+".golden"), []byte(seen))
		})
	}
}

func newClaudeAt(t *testing.T, fake *messages.Fake, execute Executor) *Investigator {
	t.Helper()
	return newInvestigator(t, Settings{Key: messages.Key, Model: messages.Model, BaseURL: fake.URL}, execute)
}

// settingsOf are those of a script.
func settingsOf(t *testing.T, fake *messages.Fake, archive *txtar.Archive) Settings {
	t.Helper()
	var given struct {
		QuestionTokens, DayTokens int64
		QuestionUSD               string
		Redact                    bool
	}
	for _, file := range archive.Files {
		if file.Name == "settings" {
			if err := json.Unmarshal(file.Data, &given); err != nil {
				t.Fatal(err)
			}
		}
	}
	return Settings{
		Key: messages.Key, Model: messages.Model, BaseURL: fake.URL, Redact: given.Redact, PseudonymKey: []byte("test"),
		Budget: Budget{QuestionTokens: given.QuestionTokens, DayTokens: given.DayTokens, QuestionUSD: given.QuestionUSD},
		Prices: []ModelPrice{{Model: messages.Model, Input: "2", CacheWrite: "2.5", CacheRead: "0.1", Output: "10"}},
	}
}

func resultsOf(archive *txtar.Archive) Executor {
	for _, file := range archive.Files {
		if file.Name == "results" {
			return fixedAnswers(strings.TrimSpace(string(file.Data)))
		}
	}
	return fixedAnswers("results")
}

// play asks the script's questions in one conversation.
func play(t *testing.T, i *Investigator, archive *txtar.Archive) string {
	t.Helper()
	var seen strings.Builder
	conversation := ""
	for _, file := range archive.Files {
		if !strings.HasPrefix(file.Name, "ask") {
			continue
		}
		text, id := transcript(t, i, strings.TrimSpace(string(file.Data)), conversation)
		seen.WriteString(text)
		if id != "" {
			conversation = id
		}
	}
	return seen.String()
}

// samePrefix checks that what the API caches, tools and system prompt, is the
// same in every request, byte for byte.
func samePrefix(t *testing.T, requests [][]byte) {
	t.Helper()
	var first struct{ Tools, System json.RawMessage }
	for n, request := range requests {
		var prefix struct{ Tools, System json.RawMessage }
		if err := json.Unmarshal(request, &prefix); err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			first = prefix
		}
		if len(prefix.Tools) == 0 || !strings.Contains(string(prefix.System), "cache_control") {
			t.Fatalf("request %d holds no tools or no cache breakpoint: %s", n, request)
		}
		if diff := cmp.Diff(first, prefix); diff != "" {
			t.Errorf("request %d has another prefix than the first (-first +it):\n%s", n, diff)
		}
	}
}

// sentOf writes down what each request adds to the one before, results shortened.
func sentOf(t *testing.T, requests [][]byte) string {
	t.Helper()
	var out strings.Builder
	var before []string
	for n, request := range requests {
		lines := linesOf(t, request)
		same := 0
		for same < min(len(before), len(lines)) && before[same] == lines[same] {
			same++
		}
		fmt.Fprintf(&out, "request %d: %d messages as before, then\n%s", n+1, same, strings.Join(lines[same:], ""))
		before = lines
	}
	return out.String()
}

// linesOf is one line per message of a request.
func linesOf(t *testing.T, request []byte) []string {
	t.Helper()
	var body struct {
		Messages []struct {
			Role    string
			Content []struct {
				Type, Text, Name string
				IsError          bool `json:"is_error"`
				Content          []struct{ Text string }
			}
		}
	}
	if err := json.Unmarshal(request, &body); err != nil {
		t.Fatal(err)
	}
	lines := make([]string, len(body.Messages))
	for i, message := range body.Messages {
		lines[i] = "  " + message.Role + ":"
		for _, block := range message.Content {
			lines[i] += fmt.Sprintf(" [%s %s%s", block.Type, block.Text, block.Name)
			for _, part := range block.Content {
				lines[i] += fmt.Sprintf("%.60s", part.Text)
			}
			lines[i] += map[bool]string{true: ", error]", false: "]"}[block.IsError]
		}
		lines[i] += "\n"
	}
	return lines
}
