package app

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/incidentgen"
	"github.com/egressor/egressor/internal/testkit"
)

// oncallQuestion is one of a person on call, with the calls of tools that answer it and
// what the answer is in truth.
type oncallQuestion struct {
	text string
	// none is true where the right answer is "nothing is wrong" or "not known".
	none bool
	plan func(a *asking)
}

// asking carries out one plan.
type asking struct {
	*askedGraph
	t      *testing.T
	turns  int
	tokens []int
	result string
	known  int // figures that the ledger had before the last call
	wrong  []string
}

// lettersPerToken is how many letters of JSON make a token, as an approximation.
const lettersPerToken = 3.6

func (a *asking) call(name string, input map[string]any) {
	text, err := json.Marshal(input)
	if err != nil {
		a.t.Fatal(err)
	}
	a.known = len(a.desk.Ledger(a.t.Context()).References())
	a.turns++
	if a.result, err = a.desk.Run(a.t.Context(), name, string(text)); err != nil {
		a.wrong = append(a.wrong, fmt.Sprintf("%s(%s): %v", name, text, err))
		a.result = ""
		return
	}
	a.tokens = append(a.tokens, int(float64(len(a.result))/lettersPerToken))
}

// figure wants a figure of the last result, by its place, to be exactly this.
func (a *asking) figure(path, exact string) {
	ledger := a.desk.Ledger(a.t.Context())
	for _, ref := range ledger.References()[a.known:] {
		if f := ledger.Figure(ref); f.Path == path {
			if f.Exact() != exact {
				a.wrong = append(a.wrong, fmt.Sprintf("%s is %s, in truth %s", path, f.Exact(), exact))
			}
			return
		}
	}
	a.wrong = append(a.wrong, fmt.Sprintf("no figure at %s in %.300s", path, a.result))
}

// ref is the reference of a figure of the last result.
func (a *asking) ref(path string) string {
	ledger := a.desk.Ledger(a.t.Context())
	for _, ref := range ledger.References()[a.known:] {
		if ledger.Figure(ref).Path == path {
			return ref
		}
	}
	return "f0"
}

// says wants the last result to have these texts.
func (a *asking) says(texts ...string) {
	for _, text := range texts {
		if !strings.Contains(a.result, text) {
			a.wrong = append(a.wrong, fmt.Sprintf("%q is not in %.300s", text, a.result))
		}
	}
}

func (a *asking) at(minutes int) string {
	return a.story.From.Start().Add(time.Duration(minutes) * time.Minute).Format(time.RFC3339)
}

// halves are the windows before and after the middle of the hour.
func (a *asking) halves() map[string]any {
	return map[string]any{
		"beforeFrom": a.at(0), "beforeTo": a.at(askedMinutes), "afterFrom": a.at(askedMinutes), "afterTo": a.at(2 * askedMinutes), "limit": 4,
	}
}

// TestQuestions asks what people on call ask of three generated clusters in real
// stores: one where a rollout did it, one where nobody knows, one where all is well.
func TestQuestions(t *testing.T) {
	var tokens []int
	count, none, mostTurns := 0, 0, 0
	var written strings.Builder
	for _, graph := range []struct {
		seed uint64
		kind incidentgen.Kind
		what string
	}{
		{askedSeeds[0], incidentgen.Rollout, "a rollout makes a workload send more"},
		{askedSeeds[1], incidentgen.Leak, "bulk to a new destination outside; no fact tells why"},
		{askedSeeds[2], "", "nothing happens"},
	} {
		g := newAskedGraph(t, graph.seed, graph.kind)
		fmt.Fprintf(&written, "\n## A cluster in which %s\n\n", graph.what)
		for _, q := range questionsOf(g) {
			a := &asking{askedGraph: g, t: t}
			q.plan(a)
			count++
			if q.none {
				none++
			}
			answer := "answered"
			if q.none {
				answer = "nothing is wrong, or not known"
			}
			fmt.Fprintf(&written, "- %s (%s, turns: %d)\n", q.text, answer, a.turns+1)
			mostTurns = max(mostTurns, a.turns+1) // and one to answer
			tokens = append(tokens, a.tokens...)
			for _, wrong := range a.wrong {
				t.Errorf("%s: %q: %s", graph.what, q.text, wrong)
			}
		}
	}
	slices.Sort(tokens)
	median, p95 := tokens[len(tokens)/2], tokens[len(tokens)*95/100]
	t.Logf("%d questions, %d of them with nothing wrong or not known; results of tools: median %d tokens, p95 %d, most %d; at most %d turns",
		count, none, median, p95, tokens[len(tokens)-1], mostTurns)
	const wanted, fifth, medianBar, p95Bar, turnsBar = 100, 5, 1000, 3000, 8
	if count < wanted || none*fifth < count || median >= medianBar || p95 >= p95Bar || mostTurns > turnsBar {
		t.Error("want 100 questions, a fifth without a finding, a median below 1,000 tokens, p95 below 3,000, at most 8 turns")
	}
	about, err := os.ReadFile("testdata/questions.head")
	if err != nil {
		t.Fatal(err)
	}
	testkit.Golden(t, "../../docs/questions.md", append(about, written.String()...))
}
