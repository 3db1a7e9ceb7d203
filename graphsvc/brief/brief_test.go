package brief_test

import (
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/brief"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

func incident(id, source string, perDay int64, until model.Minute) model.Incident {
	return model.Incident{
		ID: id, Kind: "step", Title: "<web> grew", Since: 29_900_000, Until: until, ImpactPerDay: money.FromNano(perDay), Impact: money.FromNano(5_000_000_000), Currency: "USD",
		Conclusion: "rollout: web", Anomalies: []model.Anomaly{{Scope: "flow", Source: source, Kind: "step", Bytes: 9, ExpectedBytes: 3}},
		Findings: []model.Finding{{Kind: "rollout", Subject: "web", Entity: "w/lab/shop/Deployment/web", Confidence: "high", Score: 97, For: []string{"it was there"}, Against: []string{"it was late"}}},
	}
}

func week() *brief.Week {
	return &brief.Week{
		From: 29_890_000, To: 29_900_080, Spent: money.FromNano(100_000_000_000), BytesMoved: 1 << 40, Currency: "USD",
		Incidents: []model.Incident{incident("i1", "w/lab/shop/Deployment/web", 7_000_000_000, 0)},
		Recommendations: []model.Recommendation{{
			ID: "r1", Title: "Use an endpoint", Monthly: money.FromNano(30_000_000_000), Currency: "USD", Check: "look", Why: []string{"NAT"}, Assumptions: []string{"routes"},
			Warnings: []string{"cuts"}, Apply: []model.Patch{{Tool: "terraform", Text: "resource {}\n"}}, Undo: []model.Patch{{Tool: "aws-cli", Text: "aws delete\n"}},
		}},
		Verdicts: []model.Verdict{{Title: "Route to api", State: "partly-effective", Evidence: "Service shop/api says so", Summary: "realised 412.00 USD of 430.00 USD a month"}},
	}
}

// TestAPersonFindsEverything: what, since when, how much, why, what to do, how to
// undo it are all in both forms, and HTML escapes what comes from names.
func TestAPersonFindsEverything(t *testing.T) {
	var markdown, html strings.Builder
	if err := week().Markdown(&markdown); err != nil {
		t.Fatal(err)
	}
	if err := week().HTML(&html); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"100.00 USD", "30.00 USD", "7.00 USD", "rollout", "97 of 100", "it was there", "it was late", "still going on", "Use an endpoint", "resource {}", "aws delete", "cuts", "look", "partly-effective", "Service shop/api says so", "412.00 USD of 430.00", "1.0 TiB", "kubectl -n shop rollout undo deployment/web"} {
		for name, text := range map[string]string{"markdown": markdown.String(), "html": html.String()} {
			if !strings.Contains(text, want) {
				t.Errorf("%s has no %q", name, want)
			}
		}
	}
	if strings.Contains(html.String(), "<web>") {
		t.Error("a name became a tag")
	}
}

// TestNamesArePeoples: who deviates is named by names, and by what of a call it is;
// numbers go with their words.
func TestNamesArePeoples(t *testing.T) {
	w := week()
	w.Incidents[0].Anomalies[0] = model.Anomaly{
		Scope: "flow w/lab/shop/Deployment/api -> w/lab/shop/Deployment/web 8080/tcp destination", Kind: "step",
		Source: "w/lab/shop/Deployment/api", Destination: "w/lab/shop/Deployment/web", Bytes: 9, ExpectedBytes: 3,
	}
	w.Incidents[0].Findings[0].Subject = "w/lab/shop/Deployment/web"
	w.Recommendations[0].Minutes = 3
	var markdown, html strings.Builder
	if err := w.Markdown(&markdown); err != nil {
		t.Fatal(err)
	}
	if err := w.HTML(&html); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"markdown": markdown.String(), "html": html.String()} {
		for _, want := range []string{"shop/api to shop/web, 8080/tcp, answers", "1 incident cost", "1 recommendation would save", "3 minutes alone"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s has no %q", name, want)
			}
		}
		if strings.Contains(text, "w/lab/") {
			t.Errorf("%s shows an id where a name belongs:\n%s", name, text)
		}
	}
}

// TestTheWorstStandsFirst: what lasts before what is over, then by cost a day.
func TestTheWorstStandsFirst(t *testing.T) {
	w := week()
	w.Incidents = []model.Incident{incident("over", "a", 900_000_000_000, 29_900_050), incident("small", "b", 1_000_000_000, 0), incident("large", "c", 9_000_000_000, 0)}
	var text strings.Builder
	if err := w.Markdown(&text); err != nil {
		t.Fatal(err)
	}
	large, small, over := strings.Index(text.String(), "**Id** large"), strings.Index(text.String(), "**Id** small"), strings.Index(text.String(), "**Id** over")
	if large < 0 || large > small || small > over {
		t.Errorf("large at %d, small at %d, over at %d", large, small, over)
	}
}

// TestAmountsAndSizes: a loss has cents like a gain, and bytes have units.
func TestAmountsAndSizes(t *testing.T) {
	for nano, want := range map[int64]string{412_500_000_000: "412.50 USD", -412_500_000_000: "-412.50 USD", 12_300_000: "0.0123 USD"} {
		if got := brief.Amount(money.FromNano(nano), "USD"); got != want {
			t.Errorf("%d nano-units: %q, want %q", nano, got, want)
		}
	}
	for bytes, want := range map[uint64]string{0: "0 B", 1023: "1023 B", 1 << 20: "1.0 MiB", 3 << 29: "1.5 GiB", 1<<64 - 1: "16.0 EiB"} {
		if got := brief.Size(bytes); got != want {
			t.Errorf("%d bytes: %q, want %q", bytes, got, want)
		}
	}
}

func TestUnderstand(t *testing.T) {
	all := []model.Incident{
		incident("over", "w/lab/shop/Deployment/web", 900_000_000_000, 29_900_050), incident("small", "w/lab/shop/Deployment/api", 1_000_000_000, 0),
		incident("large", "w/lab/shop/Deployment/db", 9_000_000_000, 0),
	}
	for question, want := range map[string]string{
		"What happened?":           "large small over",
		"Why did api triple?":      "small",
		"who changed shop/web, db": "large",
	} {
		ask := brief.Understand(question)
		var ids []string
		for _, i := range ask.Incidents(all) {
			ids = append(ids, i.ID)
		}
		if got := strings.Join(ids, " "); got != want || ask.Savings {
			t.Errorf("%q: %s, savings %t; want %s", question, got, ask.Savings, want)
		}
	}
	for _, question := range []string{"How can I cut cost?", "top 5 unnecessary transfers"} {
		if !brief.Understand(question).Savings {
			t.Errorf("%q was not understood as a question about savings", question)
		}
	}
}
