package app

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"github.com/egressor/egressor/internal/money"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/scenario"
)

// What the API says of a scenario is what its file expects: same transfers,
// same bytes, same money to the last digit, and receipts that add up.
func TestTheAPISaysOfEachScenarioWhatItsFileExpects(t *testing.T) {
	files, err := filepath.Glob("../../docs/scenarios/*.txtar")
	if err != nil || len(files) < 10 {
		t.Fatalf("found %d scenarios, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) { checkScenario(t, file) })
	}
}

func checkScenario(t *testing.T, file string) {
	told, err := scenario.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	book, err := told.LoadBook()
	if err != nil {
		t.Fatal(err)
	}
	outcome, err := told.Run(book)
	if err != nil {
		t.Fatal(err)
	}
	var wantBytes uint64
	var wantCost money.Amount
	for i := range outcome.Minutes {
		totals := outcome.Minutes[i].Version.Totals
		wantBytes += totals.Sent.WireBytes
		if wantCost, err = wantCost.Add(totals.Cost); err != nil {
			t.Fatal(err)
		}
	}
	routes, err := scenarioRoutes(DefaultConfig(), doors{}, file, report.Discard())
	if err != nil {
		t.Fatal(err)
	}
	if len(outcome.Minutes) > 60 { // longer than what a question without a window is about
		checkInsights(t, routes)
		return
	}
	var graph struct {
		Total struct {
			Bytes uint64
			Cost  struct{ Amount string }
		}
		Transfers []struct{ ID string }
	}
	ask(t, routes, `{ graph { total { bytes cost { amount } } transfers { id } } }`, "graph", &graph)
	if graph.Total.Bytes != wantBytes || graph.Total.Cost.Amount != wantCost.Decimal() {
		t.Errorf("the API says %d bytes and %s, the fold %d and %s", graph.Total.Bytes, graph.Total.Cost.Amount, wantBytes, wantCost.Decimal())
	}
	checkStatements(t, routes, wantCost)
	for _, transfer := range graph.Transfers {
		checkReceipt(t, routes, transfer.ID)
		checkExplanation(t, routes, transfer.ID)
	}
	var coverage []struct {
		Node    string
		Minutes []struct {
			CoveredSeconds float64
			Full           bool
		}
	}
	ask(t, routes, `{ coverage { node minutes { coveredSeconds full } } }`, "coverage", &coverage)
	if len(coverage) == 0 || len(coverage[0].Minutes) == 0 || coverage[0].Minutes[0].CoveredSeconds == 0 {
		t.Errorf("coverage %+v: want what each agent reported on", coverage)
	}
}

// checkInsights wants what was found by following a story of hours.
func checkInsights(t *testing.T, routes http.Handler) {
	t.Helper()
	var incidents struct {
		Edges []struct{ Node struct{ Title string } }
	}
	ask(t, routes, `{ incidents { edges { node { title } } } }`, "incidents", &incidents)
	var verdicts []struct{ Summary string }
	ask(t, routes, `{ verdicts { summary } }`, "verdicts", &verdicts)
	if len(incidents.Edges) == 0 && len(verdicts) == 0 {
		t.Error("neither an incident nor a verdict was found")
	}
}

// checkExplanation wants the reports that were taken to add up to the transfer,
// each with a raw row, two named ends and the facts behind them.
func checkExplanation(t *testing.T, routes http.Handler, id string) {
	t.Helper()
	var explained struct {
		Transfer struct {
			Bytes               uint64
			Source, Destination string
		}
		Minutes []struct {
			Bytes uint64
			Pairs []struct {
				ChoiceText string
				Reports    []struct {
					Taken               bool
					Bytes               uint64
					Flow                struct{ Batch string }
					Source, Destination struct{ Entity, RuleText string }
					PathText            string
				}
			}
			Facts []struct{ Text, RecordedAt string }
		}
	}
	ask(t, routes, `{ explain(transfer: "`+id+`", minutes: 10) { transfer { bytes source destination } minutes { bytes pairs { choiceText reports {
		taken bytes flow { batch } source { entity ruleText } destination { entity ruleText } pathText } } facts { text recordedAt } } } }`, "explain", &explained)
	var whole uint64
	for _, minute := range explained.Minutes {
		var taken uint64
		for _, pair := range minute.Pairs {
			for _, report := range pair.Reports {
				if report.Flow.Batch == "" || report.Source.RuleText == "" || report.Destination.RuleText == "" || report.PathText == "" || pair.ChoiceText == "" {
					t.Errorf("transfer %s: a report without a batch or with a rule without words: %+v", id, report)
				}
				if !report.Taken {
					continue
				}
				taken += report.Bytes
				if report.Source.Entity != explained.Transfer.Source || report.Destination.Entity != explained.Transfer.Destination {
					t.Errorf("transfer %s: a report of %s to %s was taken for it", id, report.Source.Entity, report.Destination.Entity)
				}
			}
		}
		if taken != minute.Bytes || len(minute.Facts) == 0 {
			t.Errorf("transfer %s: the reports taken hold %d bytes, the minute %d; %d facts", id, taken, minute.Bytes, len(minute.Facts))
		}
		whole += minute.Bytes
	}
	if whole != explained.Transfer.Bytes {
		t.Errorf("transfer %s: its minutes are explained with %d bytes of %d", id, whole, explained.Transfer.Bytes)
	}
}

func checkReceipt(t *testing.T, routes http.Handler, id string) {
	t.Helper()
	var detail struct {
		Transfer struct{ Cost struct{ Amount string } }
		Charges  []struct{ Amount struct{ Amount string } }
		Flows    []struct{ Agent string }
	}
	ask(t, routes, `{ transfer(id: "`+id+`") { transfer { cost { amount } } charges { amount { amount } } flows { agent } } }`, "transfer", &detail)
	var sum money.Amount
	for _, charge := range detail.Charges {
		amount, err := money.ParseDecimal(charge.Amount.Amount)
		if err != nil {
			t.Fatal(err)
		}
		if sum, err = sum.Add(amount); err != nil {
			t.Fatal(err)
		}
	}
	if sum.Decimal() != detail.Transfer.Cost.Amount {
		t.Errorf("transfer %s: lines add up to %s, the total is %s", id, sum.Decimal(), detail.Transfer.Cost.Amount)
	}
	if len(detail.Flows) == 0 {
		t.Errorf("transfer %s has no raw rows behind it", id)
	}
}

// ask posts a query and decodes one field of the answer.
func ask(t *testing.T, routes http.Handler, query, field string, into any) {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	routes.ServeHTTP(recorder, request)
	var answer struct {
		Data   map[string]json.RawMessage
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(recorder.Body.Bytes(), &answer); err != nil || len(answer.Errors) > 0 {
		t.Fatalf("%s: %v %v", query, err, answer.Errors)
	}
	if err := json.Unmarshal(answer.Data[field], into); err != nil {
		t.Fatalf("%s: %v in %s", query, err, answer.Data[field])
	}
}
