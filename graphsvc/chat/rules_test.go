package chat

import (
	"strings"
	"testing"

	"github.com/egressor/egressor/internal/testkit"
)

func TestRules(t *testing.T) {
	for _, folder := range []string{"results", "empty"} {
		i := newInvestigator(t, Settings{}, fixedAnswers(folder))
		var golden strings.Builder
		for _, question := range i.Status(t.Context()).Suggestions {
			text, _ := transcript(t, i, question, "")
			if !strings.Contains(text, "unproven []") {
				t.Errorf("a rule's own answer is not proven:\n%s", text)
			}
			golden.WriteString(text + "\n")
		}
		testkit.Golden(t, "testdata/rules_"+folder+".golden", []byte(golden.String()))
	}
}

func TestRulesSayWhatFailed(t *testing.T) {
	i := newInvestigator(t, Settings{}, fixedAnswers("nowhere"))
	text, _ := transcript(t, i, "what is going on?", "")
	if !strings.Contains(text, "* rule-overview overview failed: the graph store did not answer") || !strings.Contains(text, "! UNAVAILABLE") {
		t.Fatal(text)
	}
}

func TestStatusSaysWhoAnswers(t *testing.T) {
	byRule := newInvestigator(t, Settings{}, fixedAnswers("results")).Status(t.Context())
	if byRule.Engine != "rules" || byRule.Model != "" || !strings.Contains(byRule.Notice, "ANTHROPIC_API_KEY") {
		t.Errorf("without a key: %+v", byRule)
	}
	byModel := newInvestigator(t, Settings{Key: "k", Model: "m"}, fixedAnswers("results")).Status(t.Context())
	if byModel.Engine != "claude" || byModel.Model != "m" || !strings.Contains(byModel.Notice, "sent to the model's provider") {
		t.Errorf("with a key: %+v", byModel)
	}
}

func TestRulesExplainATransferByItsID(t *testing.T) {
	i := newInvestigator(t, Settings{}, fixedAnswers("results"))
	text, _ := transcript(t, i, "Why does transfer t00000000000f0412 cost what it costs?", "")
	if !strings.Contains(text, `explain_cost({"id":"t00000000000f0412"})`) || strings.Contains(text, "top_transfers") {
		t.Error(text)
	}
}

func TestRulesExplainAnIncidentByItsID(t *testing.T) {
	const question = "Why did incident i0123456789abcdef happen, from 2026-11-23T10:34:00Z to 2026-11-23T10:41:00Z?"
	i := newInvestigator(t, Settings{}, fixedAnswers("results"))
	text, _ := transcript(t, i, question, "")
	if !strings.Contains(text, "unproven []") {
		t.Errorf("a rule's own answer is not proven:\n%s", text)
	}
	testkit.Golden(t, "testdata/rules_incident.golden", []byte(text))
}

// The same is asked by rule where there is a model, and not a word of it is sent away.
func TestWhatIsAskedByRuleIsNotSentAway(t *testing.T) {
	i := newInvestigator(t, Settings{Key: "k", Model: "m", BaseURL: "http://127.0.0.1:1"}, fixedAnswers("results"))
	var text strings.Builder
	for event := range i.AskByRule(t.Context(), "Why did incident i0123456789abcdef happen?") {
		text.WriteString(lineOf(event))
	}
	if !strings.Contains(text.String(), "explain_incident") || strings.Contains(text.String(), "\n! ") {
		t.Error(text.String())
	}
}
