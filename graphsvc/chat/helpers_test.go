package chat

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, ignoreCensus, goleak.Cleanup(func(code int) {
		http.DefaultTransport.(*http.Transport).CloseIdleConnections()
		os.Exit(code)
	}))
}

// theSchema is the one that the service serves, read once.
func theSchema(t *testing.T) *ast.Schema {
	t.Helper()
	schema, err := readSchema()
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

var readSchema = sync.OnceValues(func() (*ast.Schema, error) {
	text, err := os.ReadFile("../../schema.graphqls")
	if err != nil {
		return nil, err
	}
	return gqlparser.LoadSchema(&ast.Source{Name: "schema.graphqls", Input: string(text)})
})

var operationName = regexp.MustCompile(`(?m)^query (\w+)`)

// fixedAnswers is an executor that answers each operation with the file of its
// name in a folder; an operation without a file fails.
func fixedAnswers(folder string) Executor {
	return func(_ context.Context, document string, _ map[string]any) (json.RawMessage, error) {
		name := operationName.FindStringSubmatch(document)[1]
		text, err := os.ReadFile(filepath.Join("testdata", folder, name+".json"))
		if err != nil {
			return nil, errors.New("the graph store did not answer")
		}
		return text, nil
	}
}

func newInvestigator(t *testing.T, settings Settings, execute Executor) *Investigator {
	t.Helper()
	i, err := New(settings, theSchema(t), execute, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// transcript asks, and writes down all that the asker sees. The conversation's
// id is returned beside it, for it is random.
func transcript(t *testing.T, i *Investigator, question, conversation string) (text, id string) {
	t.Helper()
	var out strings.Builder
	fmt.Fprintf(&out, "? %s\n", question)
	inText := false
	for event := range i.Ask(t.Context(), "ann", question, conversation) {
		isText := event.Call == nil && event.Done == nil && event.Failed == nil
		if !isText && inText {
			out.WriteString("\n")
		}
		inText = isText
		out.WriteString(lineOf(event))
		if event.Done != nil {
			id = event.Done.Conversation
		}
	}
	return out.String(), id
}

func lineOf(event Event) string {
	switch {
	case event.Call != nil && event.Call.Error != "":
		return fmt.Sprintf("* %s %s failed: %s\n", event.Call.ID, event.Call.Name, event.Call.Error)
	case event.Call != nil && event.Call.Result != "":
		return fmt.Sprintf("* %s %s = %s\n", event.Call.ID, event.Call.Name, event.Call.Result)
	case event.Call != nil:
		return fmt.Sprintf("* %s %s(%s)\n", event.Call.ID, event.Call.Name, event.Call.Input)
	case event.Done != nil:
		d := event.Done
		return fmt.Sprintf("= version %d, unproven %q, %d turns, %d calls, tokens %d in (%d cached), %d out\n", d.Version, d.Unproven, d.Turns, d.Calls, d.InputTokens, d.CachedTokens, d.OutputTokens)
	case event.Figure != nil:
		return fmt.Sprintf("⟦%s %s⟧", event.Figure.Text, cmp.Or(event.Figure.Reference, event.Figure.By))
	case event.Cause != nil:
		return fmt.Sprintf("⟦%s %s⟧", event.Cause.Text, event.Cause.Reference)
	case event.Unproven != nil:
		return fmt.Sprintf("⟦%s UNPROVEN: %s⟧", event.Unproven.Text, event.Unproven.Why)
	case event.Failed != nil:
		return fmt.Sprintf("! %s %s; %s\n", event.Failed.Code, event.Failed.Message, event.Failed.Hint)
	default:
		return event.Text
	}
}

// ignoreCensus: Google's client starts this worker when it is linked in, and never
// ends it.
var ignoreCensus = goleak.IgnoreTopFunction("go.opencensus.io/stats/view.(*worker).start")
