package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/chat"
	"github.com/egressor/egressor/internal/incidentgen"
	"github.com/egressor/egressor/internal/report"
)

// liveQuestions are what the real model is asked.
var liveQuestions = []string{
	"What is going on?",
	"Which transfers cost the most, and what share of the total are they?",
	"Why did the cost jump, and who did it?",
	"What would the costliest transfer cost in a month at this rate?",
	"What goes through NAT, and what does that cost?",
	"Who is hit when S3 is gone?",
	"What changed in the second half of the hour?",
	"What would save the most?",
	"What does the workload no-such-thing cost?",
	"Is anything wrong in namespace team-0?",
}

// TestChatLive asks the real Messages API about a generated cluster and writes the
// transcripts to the directory that EGRESSOR_CHAT_LIVE names. It judges nothing but
// that there are answers: `make chat-live`, not part of CI.
func TestChatLive(t *testing.T) {
	out := os.Getenv("EGRESSOR_CHAT_LIVE")
	if out == "" || os.Getenv("ANTHROPIC_API_KEY") == "" {
		t.Skip("EGRESSOR_CHAT_LIVE and ANTHROPIC_API_KEY are not set: this asks the real API")
	}
	asking := defaultAsking()
	if model := os.Getenv("EGRESSOR_CHAT_MODEL"); model != "" {
		asking.Model = model
	}
	settings, err := asking.settings()
	if err != nil {
		t.Fatal(err)
	}
	g := newAskedGraph(t, askedSeeds[0], incidentgen.Rollout)
	i, err := chat.New(settings, g.server.Schema(), g.server.Execute, report.Discard().Log("chat"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		t.Fatal(err)
	}
	for n, question := range liveQuestions {
		var text strings.Builder
		fmt.Fprintf(&text, "# %s\n\n", question)
		for event := range i.Ask(t.Context(), "live", question, "") {
			text.WriteString(lineOfTranscript(event))
			if event.Failed != nil {
				t.Errorf("%q: %+v", question, *event.Failed)
			}
		}
		if err := os.WriteFile(filepath.Join(out, fmt.Sprintf("%02d.md", n+1)), []byte(text.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func lineOfTranscript(event chat.Event) string {
	switch {
	case event.Figure != nil:
		return fmt.Sprintf("%s[%s]", event.Figure.Text, event.Figure.Reference)
	case event.Cause != nil:
		return fmt.Sprintf("%s[%s]", event.Cause.Text, event.Cause.Reference)
	case event.Unproven != nil:
		return fmt.Sprintf("%s[UNPROVEN: %s]", event.Unproven.Text, event.Unproven.Why)
	case event.Call != nil && event.Call.Result+event.Call.Error != "":
		return fmt.Sprintf("\n    %s(%s) = %s%s\n\n", event.Call.Name, event.Call.Input, event.Call.Result, event.Call.Error)
	case event.Done != nil:
		return fmt.Sprintf("\n\n%+v\n", *event.Done)
	case event.Failed != nil:
		return fmt.Sprintf("\n\nFAILED %+v\n", *event.Failed)
	default:
		return event.Text
	}
}
