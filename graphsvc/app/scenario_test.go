package app

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"github.com/egressor/egressor/costsvc/pricebooks"
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
	book, err := pricebooks.Load(told.Book)
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
