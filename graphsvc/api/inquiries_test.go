package api_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/inquiry"
	"github.com/egressor/egressor/graphsvc/query/doubles"
)

func inquiryOf(id string, version uint64) inquiry.Inquiry {
	about, _, _ := foundInsights{}.Incident(context.Background(), id)
	about.Version = version
	return inquiry.Inquiry{Occasion: inquiry.Opened, Incident: about}
}

const kept = `{ incident(id: "i-shop") { investigations { id occasion by engine state version answer steps evidence { tool } incident replay { answer same } } } }`

// TestAnIncidentIsInvestigatedOnce: whoever asks for it and how often; it is on the record
// with its evidence and version, linked to the incident and to what it cites, and asked
// again it says the same.
func TestAnIncidentIsInvestigatedOnce(t *testing.T) {
	s := newService()
	s.chat.events = []api.ChatEvent{
		{ToolCall: &api.ToolCall{ID: "1", Name: "explain_incident"}}, {ToolCall: &api.ToolCall{ID: "1", Name: "explain_incident", Result: "{}"}},
		{Text: "It is checkout."}, {Done: &api.ChatDone{Version: 4}},
	}
	for range 3 {
		if err := s.Inquire(t.Context(), inquiryOf("i-shop", 3)); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.kept.Kept) != 1 || len(s.nodes.saved) != 1 {
		t.Fatalf("%d records and %d nodes of one investigation", len(s.kept.Kept), len(s.nodes.saved))
	}
	node := s.nodes.saved[0]
	if node.Incident != "i-shop" || node.Version != 3 || node.From >= node.To || !strings.Contains(fmt.Sprint(node.Entities), own().Key.Source.ID()) {
		t.Errorf("in the graph it is %+v", node)
	}
	got := s.must(t, kept, nil)
	for field, want := range map[string]string{
		"occasion": "OPENED", "by": "egressor", "engine": "rules", "state": "DONE", "version": "3", "answer": "It is checkout.", "incident": "i-shop",
		"steps": "[explain_incident]", "evidence": "[map[tool:explain_incident]]", "replay": "map[answer:It is checkout. same:true]",
	} {
		if is := fmt.Sprint(got.at("incident", "investigations", 0, field)); is != want {
			t.Errorf("%s is %s, want %s", field, is, want)
		}
	}
	s.chat.events[2].Text = "It is another."
	if again := fmt.Sprint(s.must(t, kept, nil).at("incident", "investigations", 0, "replay")); again != "map[answer:It is another. same:false]" {
		t.Errorf("another answer is told as %s", again)
	}
}

// TestAnInquiryThatFailsLeavesNothing: it is made again as a whole.
func TestAnInquiryThatFailsLeavesNothing(t *testing.T) {
	s := newService()
	s.chat.events = []api.ChatEvent{{Failed: &api.ChatFailed{Message: "the graph store did not answer"}}}
	for version, want := range map[uint64]string{3: "did not answer", 2: "no longer kept"} {
		if err := s.Inquire(t.Context(), inquiryOf("i-shop", version)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("at version %d: %v, want an error that it %s", version, err, want)
		}
	}
	if len(s.kept.Kept)+len(s.nodes.saved) > 0 {
		t.Errorf("on the record: %v, in the graph: %v", s.kept.Kept, s.nodes.saved)
	}
}

// TestAnInquiryIsSeenByWhoSeesAllThatItCites, and by nobody else.
func TestAnInquiryIsSeenByWhoSeesAllThatItCites(t *testing.T) {
	s := newService()
	s.chat.events = []api.ChatEvent{{Text: hiddenName}, {Done: &api.ChatDone{}}}
	plain := inquiryOf("i-shop", 3)
	plain.Incident.Findings = nil
	for _, i := range []inquiry.Inquiry{inquiryOf("i-both", 3), inquiryOf("i-vault", 3), plain} {
		if err := s.Inquire(t.Context(), i); err != nil {
			t.Fatal(err)
		}
	}
	scope, err := access.ParseScope(doubles.Transfer("web", "a", 1, 1).Key.Source.Cluster + "/" + own().Key.Source.Namespace)
	if err != nil {
		t.Fatal(err)
	}
	ctx := access.With(t.Context(), access.Principal{Name: "sam", Method: "token", Role: access.Viewer, Scopes: []access.Scope{scope}})
	seen, err := s.Execute(ctx, `{ investigations { edges { node { incident } } } }`, nil)
	if want := `{"investigations":{"edges":[{"node":{"incident":"i-shop"}}]}}`; err != nil || string(seen) != want {
		t.Errorf("who sees shop sees %s (%v), want %s", seen, err, want)
	}
}
