package app

import (
	"slices"
	"testing"
	"time"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/graphsvc/statement"
	"github.com/egressor/egressor/graphsvc/terms"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
)

// folded is scenario 05, webhook sending 1 GiB to the internet through a NAT
// gateway and getting 256 MiB back, folded into both stores at list prices.
func folded(t *testing.T) *Stores {
	t.Helper()
	live := rolluptest.Open(t)
	clock := rolluptest.NewClock((rolluptest.First + 2).Start())
	live.Append(t, clock.Now(), rolluptest.Scenario(t, "05-internet-egress").Batches()...)
	loop := rolluptest.Loop(t, live.Flows, live.Graph, clock, rollup.DefaultRules(), rollup.NewHub())
	if err := loop.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := loop.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	return &Stores{Flows: live.Flows, Graph: live.Graph}
}

func pricesOf(t *testing.T, stores *Stores, mode pricing.Mode) *terms.Terms {
	t.Helper()
	config := DefaultConfig()
	config.Prices = terms.Settings{Books: []string{pricebooks.Default}, Mode: mode}
	prices, err := stores.Prices(config)
	if err != nil {
		t.Fatal(err)
	}
	return prices
}

// statementFor asks for the hour of the scenario, by workload.
func statementFor(t *testing.T, stores *Stores, prices *terms.Terms, view statement.View) *query.Statement {
	t.Helper()
	from := rolluptest.First.Start().Truncate(time.Hour)
	found, err := stores.PricedExplorer(prices).Statement(t.Context(), query.StatementAsk{
		Ask: query.Ask{From: from, To: from.Add(time.Hour)}, By: []statement.Dimension{statement.Workload}, View: view, Limit: 10,
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func linesOf(s *query.Statement) []string {
	var lines []string
	for _, line := range s.Lines {
		lines = append(lines, line.Group[0]+" "+line.Amount.Decimal()+" + "+line.Standing.Decimal())
	}
	return lines
}

// The bytes cost 0.14625 USD as the scenario works out, and an hour of the NAT
// gateway 0.045; all of it is billed to the gateway and caused by webhook. In
// marginal mode the internet's 0.09 are within the free allowance.
func TestAStatementOfLiveStoresBeforeAndAfterRepricing(t *testing.T) {
	stores := folded(t)
	list, marginal := pricesOf(t, stores, pricing.List), pricesOf(t, stores, pricing.Marginal)
	const webhook, internet = "w/lab/shop/Deployment/webhook", "e/internet//internet"
	check := func(when string, view statement.View, prices *terms.Terms, want ...string) {
		t.Helper()
		if got := linesOf(statementFor(t, stores, prices, view)); !slices.Equal(got, want) {
			t.Errorf("%s, by %s: %q, want %q", when, view, got, want)
		}
	}
	check("at list prices", statement.ByPayer, list, "g/nat-a 0.14625 + 0.045", internet+" 0 + 0")
	check("at list prices", statement.ByCauser, list, webhook+" 0.14625 + 0.045")

	var told []int
	first, end := pricing.MonthOf(rolluptest.First)
	config := DefaultConfig()
	config.Rules = rolluptest.Rules() // nothing is compacted meanwhile
	err := stores.Reprice(t.Context(), config, marginal, first, end, report.Discard(), func(left int) { told = append(told, left) })
	if err != nil || !slices.Equal(told, []int{1, 0}) {
		t.Fatalf("repricing told %v, %v; want 1 minute, then none", told, err)
	}
	check("after repricing", statement.ByPayer, marginal, "g/nat-a 0.05625 + 0.045", internet+" 0 + 0")
	check("after repricing", statement.ByCauser, marginal, webhook+" 0.05625 + 0.045")
	if head, _, err := stores.Graph.Head(t.Context()); err != nil || head.Number != 2 || head.Kind != model.VersionReprice || head.PricingMode != "marginal" {
		t.Errorf("the newest version is %d, a %s in mode %q (%v)", head.Number, head.Kind, head.PricingMode, err)
	}
	told = nil
	if err := stores.Reprice(t.Context(), config, marginal, first, end, report.Discard(), func(left int) { told = append(told, left) }); err != nil || !slices.Equal(told, []int{0}) {
		t.Errorf("again it told %v, %v; want nothing to do", told, err)
	}
}
