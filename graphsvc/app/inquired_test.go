package app

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/inquiry"
	"github.com/egressor/egressor/graphsvc/insight"
	"github.com/egressor/egressor/internal/incidentgen"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// TestAnInvestigationIsReplayed: an incident is investigated at the version in which it was
// sure, on real stores and by the real tools. Later versions and a later look at the
// incident change neither what is on the record nor what is answered again.
func TestAnInvestigationIsReplayed(t *testing.T) {
	g := newAskedGraph(t, askedSeeds[0], incidentgen.Rollout)
	raised := &g.story.Raised[0]
	number := uint64(raised.Detected-g.story.From) + 1 // of the minute in which it was sure
	record := insight.Record(raised, &g.story.Findings[0], model.GraphVersion{Number: number, Currency: "USD"})
	record.Impact, record.ImpactPerDay = money.FromNano(12_000_000_000), money.FromNano(34_000_000_000) // as of then: the record in the graph is newer
	begun := time.Now()
	if err := g.server.Inquire(t.Context(), inquiry.Inquiry{Occasion: inquiry.Opened, Incident: record}); err != nil {
		t.Fatal(err)
	}
	t.Logf("asked and answered in %s", time.Since(begun))
	answer := g.inquired(t, record.ID)
	if len(answer.Incident.Investigations) != 1 {
		t.Fatalf("%d investigations", len(answer.Incident.Investigations))
	}
	made := answer.Incident.Investigations[0]
	if made.Version != number || len(made.Unproven) > 0 || len(made.Evidence) != 3 || !made.Replay.Same || made.Replay.Answer != made.Answer {
		t.Errorf("it is %+v, at version %d", made, number)
	}
	for _, want := range []string{record.Title, "$34.00", "## Why", "## What moved otherwise", "## What to do", "To undo it", record.Since.Start().Format(time.RFC3339)} {
		if !strings.Contains(made.Answer, want) {
			t.Errorf("the answer has no %q:\n%s", want, made.Answer)
		}
	}
	if strings.Contains(made.Answer, g.story.From.Start().Add(2*askedMinutes*time.Minute).Format(time.RFC3339)) {
		t.Errorf("the answer knows a minute after its version:\n%s", made.Answer)
	}
}

type inquiredAnswer struct {
	Incident struct {
		Investigations []struct {
			Version  uint64
			Answer   string
			Unproven []string
			Evidence []struct{ Tool, Error string }
			Replay   struct {
				Answer string
				Same   bool
			}
		}
	}
}

func (g *askedGraph) inquired(t *testing.T, id string) (answer inquiredAnswer) {
	t.Helper()
	const document = `query($id: ID!) { incident(id: $id) { investigations { version answer unproven evidence { tool error } replay { answer same } } } }`
	data, err := g.server.Execute(context.WithoutCancel(t.Context()), document, map[string]any{"id": id})
	if err == nil {
		err = json.Unmarshal(data, &answer)
	}
	if err != nil {
		t.Fatal(err)
	}
	return answer
}
