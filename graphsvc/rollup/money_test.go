package rollup_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/graphsvc/terms"
	"github.com/egressor/egressor/graphsvc/verify"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/scenario"
)

// egress is five minutes of two workloads that send to the internet: 60, 45, 30,
// 30 and 1 GiB. The free 100 GiB end in the second minute.
const egress = `Out to the internet, beyond the free allowance

-- inventory.yaml --
cluster: lab
nodes:
  - {name: node-a, addrs: [10.0.1.10], provider: aws, region: us-east-1, zone: use1-az1, subnet: private-1, network: vpc-a, account: "111122223333"}
pods:
  - {uid: shop-webhook-1, namespace: shop, name: webhook-1, node: node-a, addrs: [10.244.1.9], workload: Deployment/webhook}
  - {uid: shop-export-1, namespace: shop, name: export-1, node: node-a, addrs: [10.244.1.8], workload: Deployment/export}
-- cloud.yaml --
endpoints:
  - {class: internet, name: internet, cidrs: [0.0.0.0/0]}
routes:
  - {destination: 0.0.0.0/0, path: internet-gateway, via: igw-1}
-- flows.txt --
on 2026-11-23
10:04 shop/webhook-1 -> internet 443 tcp sent 40GiB received 256MiB connections 300
10:04 shop/export-1 -> internet 443 tcp sent 20GiB received 1MiB connections 3
10:05 shop/webhook-1 -> internet 443 tcp sent 30GiB received 256MiB connections 300
10:05 shop/export-1 -> internet 443 tcp sent 15GiB received 1MiB connections 3
10:06 shop/webhook-1 -> internet 443 tcp sent 29GiB received 256MiB connections 300
10:06 shop/export-1 -> internet 443 tcp sent 1GiB received 1MiB connections 3
10:07 shop/webhook-1 -> internet 443 tcp sent 30GiB received 256MiB connections 300
10:08 shop/webhook-1 -> internet 443 tcp sent 1GiB received 1MiB connections 1
`

var marginal = terms.Settings{Books: []string{pricebooks.Default}, Mode: pricing.Marginal}

// till is a loop over stores that prices by settings.
type till struct {
	*rolluptest.Stores
	clock *rolluptest.Clock
	loop  *rollup.Loop
	terms *terms.Terms
}

func (s *till) restart(t *testing.T, settings terms.Settings) {
	t.Helper()
	if s.loop != nil {
		if err := s.loop.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	s.Stores = s.Again()
	d := rolluptest.Dependencies(t, s.Flows, s.Graph, s.clock, rolluptest.Rules(), rollup.NewHub())
	s.terms = rolluptest.Terms(t, s.Flows, settings)
	d.Terms = s.terms
	s.loop = rollup.New(d)
}

// stepUntilQuiet steps on until a step commits nothing.
func (s *till) stepUntilQuiet(t *testing.T) model.GraphVersion {
	t.Helper()
	for {
		before, _, err := s.Graph.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		s.clock.Set(s.clock.Now().Add(11 * time.Second))
		if err := s.loop.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
		if head, _, err := s.Graph.Head(t.Context()); err != nil || head.Number == before.Number {
			return head
		}
	}
}

func (s *till) costs(t *testing.T, asOf uint64) map[model.Minute]string {
	t.Helper()
	costs := map[model.Minute]string{}
	for _, total := range s.Totals(t, asOf) {
		costs[total.Minute-rolluptest.First] = total.Cost.Decimal()
	}
	return costs
}

func (s *till) kinds(t *testing.T) []string {
	t.Helper()
	versions, err := s.Flows.Versions(t.Context(), rolluptest.First, rolluptest.First+60, 1000)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, v := range versions {
		kinds = append(kinds, fmt.Sprintf("%s %d", v.Kind, v.From-rolluptest.First))
	}
	return kinds
}

// checkProven wants verify to find every version proven and settled.
func (s *till) checkProven(t *testing.T) {
	t.Helper()
	verifier := verify.Verifier{Flows: s.Flows, Graph: s.Graph, Terms: s.terms, Clock: s.clock}
	err := verifier.Run(t.Context(), rolluptest.First, rolluptest.First+60, func(checked verify.Checked) {
		if len(checked.Problems) > 0 || checked.Note != "" {
			t.Errorf("version %d, a %s of %s: problems %q, note %q", checked.Version.Number, checked.Version.Kind, checked.Version.From, checked.Problems, checked.Note)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

// inOrder is what the minutes cost when the engine prices them in order, from
// the start of the month.
func inOrder(t *testing.T, minutes []scenario.Minute, book *pricing.Book) map[model.Minute]string {
	t.Helper()
	month := pricing.NewMonth(book, rolluptest.First, false)
	costs := map[model.Minute]string{}
	for _, m := range minutes {
		var edges []model.EdgeMinute
		for _, edge := range m.Edges {
			edges = append(edges, edge.EdgeMinute)
		}
		statement, err := month.Price(edges)
		if err != nil {
			t.Fatal(err)
		}
		costs[m.Minute-rolluptest.First] = statement.Total.Decimal()
	}
	return costs
}

func egressStory(t *testing.T) ([]model.Batch, []scenario.Minute, *pricing.Book) {
	t.Helper()
	told, err := scenario.Parse("egress", []byte(egress))
	if err != nil {
		t.Fatal(err)
	}
	book, err := pricebooks.Load(pricebooks.Default)
	if err != nil {
		t.Fatal(err)
	}
	outcome, err := told.Run(book)
	if err != nil {
		t.Fatal(err)
	}
	return told.Batches(), outcome.Minutes, book
}

func TestTheMonthsMetersRunInTheLoopAndSettleAfterALateMinute(t *testing.T) {
	batches, minutes, book := egressStory(t)
	s := &till{Stores: rolluptest.Open(t), clock: rolluptest.NewClock((rolluptest.First + 6).Start())}
	s.restart(t, marginal)

	// The first minute is late: the others are priced without it.
	if err := s.Flows.RecordFacts(t.Context(), batches[0].Facts, s.clock.Now()); err != nil {
		t.Fatal(err)
	}
	s.Append(t, s.clock.Now(), batches[1:]...)
	before := s.stepUntilQuiet(t)
	want := inOrder(t, minutes[1:], book)
	if diff := cmp.Diff(want, s.costs(t, before.Number)); diff != "" {
		t.Fatalf("without the late minute (-engine +loop):\n%s", diff)
	}
	s.checkProven(t)

	// Then it comes, and the service dies right after it is folded.
	late := batches[0]
	late.Facts = nil
	s.Append(t, s.clock.Now(), late)
	s.clock.Set(s.clock.Now().Add(time.Minute))
	if err := s.loop.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.restart(t, marginal)
	after := s.stepUntilQuiet(t)
	if diff := cmp.Diff(inOrder(t, minutes, book), s.costs(t, after.Number)); diff != "" {
		t.Fatalf("as if the late minute had come in time (-engine +loop):\n%s", diff)
	}
	if diff := cmp.Diff(want, s.costs(t, before.Number)); diff != "" {
		t.Fatalf("as of version %d it was otherwise (-then +now):\n%s", before.Number, diff)
	}
	// Only minutes that a border moved into or out of are priced again: without the
	// first one the allowance lasted into the fourth.
	kinds := s.kinds(t)
	settled := kinds[slices.Index(kinds, "fold 0")+1:]
	if diff := cmp.Diff([]string{"reprice 1", "reprice 2", "reprice 3"}, settled); diff != "" {
		t.Errorf("settled (-want +got):\n%s", diff)
	}
	s.checkProven(t)

	// A byte more on one meter behind our back is found, and so is what it unsettles.
	err := s.ClickHouse.Exec(t.Context(), "ALTER TABLE meter_minutes UPDATE bytes = bytes + 1 WHERE version = 1 SETTINGS mutations_sync = 2")
	if err != nil {
		t.Fatal(err)
	}
	if problems := strings.Join(s.verify(t), "\n"); !strings.Contains(problems, "meter_minutes: internet") {
		t.Errorf("a meter was changed and verify says %q", problems)
	}
}

// verify returns the problems of every version.
func (s *till) verify(t *testing.T) []string {
	t.Helper()
	var problems []string
	verifier := verify.Verifier{Flows: s.Flows, Graph: s.Graph, Terms: s.terms, Clock: s.clock}
	err := verifier.Run(t.Context(), rolluptest.First, rolluptest.First+60, func(checked verify.Checked) { problems = append(problems, checked.Problems...) })
	if err != nil {
		t.Fatal(err)
	}
	return problems
}

func TestAMonthIsRepricedWhenTheTermsChange(t *testing.T) {
	batches, minutes, book := egressStory(t)
	s := &till{Stores: rolluptest.Open(t), clock: rolluptest.NewClock((rolluptest.First + 6).Start())}
	s.restart(t, terms.Settings{Books: []string{pricebooks.Default}, Mode: pricing.List})
	s.Append(t, s.clock.Now(), batches...)
	list := s.stepUntilQuiet(t)
	listCosts := s.costs(t, list.Number)

	overlay := filepath.Join(t.TempDir(), "acme.yaml")
	text := "overlay: acme\nbook: aws\ndiscounts:\n  - {name: EDP, percent: 10, from: 2026-11-01}\n"
	if err := os.WriteFile(overlay, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	discounted := marginal
	discounted.Overlay = overlay
	s.restart(t, discounted)
	repriced := s.stepUntilQuiet(t)
	terms, err := pricebooks.Load(pricebooks.Default + "+" + overlay)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(inOrder(t, minutes, terms), s.costs(t, repriced.Number)); diff != "" {
		t.Errorf("under the overlay (-engine +loop):\n%s", diff)
	}
	if repriced.Number != 10 || repriced.Kind != model.VersionReprice {
		t.Errorf("the newest version is %d, a %s; want 5 folds and 5 reprices", repriced.Number, repriced.Kind)
	}
	if diff := cmp.Diff(listCosts, s.costs(t, list.Number)); diff != "" {
		t.Errorf("as of version %d (-then +now):\n%s", list.Number, diff)
	}
	// The first terms are proven too, although they are not in force any more.
	s.checkProven(t)
	checkConserved(t, s)

	// A month later the terms end, and November stays as it is until asked for.
	s.clock.Set(s.clock.Now().AddDate(0, 1, 0))
	s.restart(t, marginal)
	if head := s.stepUntilQuiet(t); head.Number != 10 {
		t.Fatalf("version %d was made of a month that is over", head.Number)
	}
	request := flowstore.RepriceRequest{RequestedAt: s.clock.Now(), From: rolluptest.First, To: rolluptest.First + 60}
	if err := s.Flows.RequestReprice(t.Context(), request); err != nil {
		t.Fatal(err)
	}
	head := s.stepUntilQuiet(t)
	if diff := cmp.Diff(inOrder(t, minutes, book), s.costs(t, head.Number)); diff != "" {
		t.Errorf("repriced on request (-engine +loop):\n%s", diff)
	}
}

// checkConserved wants every version of a minute to hold the same bytes.
func checkConserved(t *testing.T, s *till) {
	t.Helper()
	versions, err := s.Flows.Versions(t.Context(), rolluptest.First, rolluptest.First+60, 1000)
	if err != nil {
		t.Fatal(err)
	}
	bytes := map[model.Minute]model.Counts{}
	for _, v := range versions {
		if known, ok := bytes[v.From]; ok && known != v.Totals.Sent {
			t.Errorf("version %d of %s has %+v, the one before %+v", v.Number, v.From, v.Totals.Sent, known)
		}
		bytes[v.From] = v.Totals.Sent
	}
}

// A reprice reads edges back from the series: the same to the last count.
func TestStoredEdgesAreThoseThatWereFolded(t *testing.T) {
	batches, minutes, _ := egressStory(t)
	s := &till{Stores: rolluptest.Open(t), clock: rolluptest.NewClock((rolluptest.First + 6).Start())}
	s.restart(t, marginal)
	s.Append(t, s.clock.Now(), batches...)
	s.stepUntilQuiet(t)
	versions, err := s.Flows.Versions(t.Context(), rolluptest.First, rolluptest.First+1, 1000)
	if err != nil {
		t.Fatal(err)
	}
	stored, err := s.Flows.EdgesOf(t.Context(), versions[0])
	if err != nil {
		t.Fatal(err)
	}
	var folded []model.EdgeMinute
	for _, edge := range minutes[0].Edges {
		folded = append(folded, edge.EdgeMinute)
	}
	byID := func(a, b model.EdgeMinute) int { return int(int64(a.Key.ID()>>1) - int64(b.Key.ID()>>1)) }
	slices.SortFunc(stored, byID)
	slices.SortFunc(folded, byID)
	if diff := cmp.Diff(folded, stored); diff != "" {
		t.Errorf("(-folded +stored):\n%s", diff)
	}
}
