package statement_test

import (
	"net/netip"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/statement"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

func book(t testing.TB) *pricing.Book {
	t.Helper()
	book, err := pricebooks.Load(pricebooks.Default)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

var region = model.Place{Provider: "aws", Region: "us-east-1", Zone: "use1-az1", Account: "111122223333"}

func cloud() []model.Fact {
	return []model.Fact{
		{Kind: model.FactNode, Key: "node-a", Node: &model.NodeFact{Cluster: "lab", Name: "node-a", Place: region, Subnet: "private-1", Addrs: []netip.Addr{
			netip.MustParseAddr("10.0.1.10"), netip.MustParseAddr("54.1.2.3"),
		}}},
		{Kind: model.FactRoute, Key: "r1", Route: &model.RouteFact{
			Subnet: "private-1", Destination: netip.MustParsePrefix("0.0.0.0/0"), Path: model.Path{Kind: model.PathNAT, Via: "nat-1", ViaZone: "use1-az1"},
		}},
		{Kind: model.FactEndpoint, Key: "e1", Endpoint: &model.EndpointFact{
			Class: "ecr", Name: "ecr", Place: region, CIDRs: []netip.Prefix{netip.MustParsePrefix("10.0.1.9/32"), netip.MustParsePrefix("10.0.2.9/32")},
			Reach: model.Path{Kind: model.PathInterfaceEndpoint, Via: "vpce-1"},
		}},
	}
}

// A day of a NAT gateway is 24 x 0.045, of an interface endpoint in two zones
// 2 x 24 x 0.01, of a public address 24 x 0.005 USD, at list prices of us-east-1.
func TestHoursOfADay(t *testing.T) {
	prices := book(t)
	bookAt := func(model.Minute) *pricing.Book { return prices }
	k := key(web, internet, model.InitiatorSource, "nat-1")
	uses := []statement.Use{{Edge: k.ID(), Key: k, From: day, Bytes: 5}}
	periods, err := statement.PeriodsOf(statement.GatewaysOf(cloud(), uses), nil, bookAt, day, day+24*60, 24*60)
	if err != nil {
		t.Fatal(err)
	}
	charges, costs, err := statement.Allocate(periods, uses, "USD")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, cost := range costs {
		got[cost.Name] = cost.Cost.Amount.Decimal() + " idle " + cost.Idle.Decimal()
	}
	want := map[string]string{"nat-1": "1.08 idle 0", "vpce-1": "0.48 idle 0.48", "54.1.2.3": "0.12 idle 0.12"}
	for name, text := range want {
		if got[name] != text {
			t.Errorf("%s costs %s, want %s", name, got[name], text)
		}
	}
	table, err := statement.Tabulate(charges, statement.Ask{By: []statement.Dimension{statement.Workload}, View: statement.ByCauser})
	if err != nil {
		t.Fatal(err)
	}
	if line := table.Lines[0]; line.Group[0] != web.ID() || line.Standing.Decimal() != "1.08" || !line.Amount.IsZero() {
		t.Errorf("the first line is %v with %s", line.Group, line.Standing.Decimal())
	}
}

// Shares of each bucket add up to its cost, and days to the window's.
func TestSharesAddUpToTheCost(t *testing.T) {
	prices := book(t)
	bookAt := func(model.Minute) *pricing.Book { return prices }
	rapid.Check(t, func(t *rapid.T) {
		from := day + model.Minute(rapid.IntRange(0, 2000).Draw(t, "from"))
		to := from + model.Minute(rapid.IntRange(1, 4000).Draw(t, "length"))
		bucket := model.Minute(rapid.SampledFrom([]int{60, 24 * 60}).Draw(t, "bucket"))
		var uses []statement.Use
		for at := from; at < to; at = at - at%bucket + bucket {
			for n := range rapid.IntRange(0, 3).Draw(t, "users") {
				k := key(workload("shop", string(rune('a'+n))), internet, model.InitiatorSource, "nat-1")
				uses = append(uses, statement.Use{Edge: k.ID(), Key: k, From: at, Bytes: rapid.Uint64Max(1<<40).Draw(t, "bytes")})
			}
		}
		periods, err := statement.PeriodsOf(statement.GatewaysOf(cloud(), uses), nil, bookAt, from, to, bucket)
		if err != nil {
			t.Fatal(err)
		}
		charges, costs, err := statement.Allocate(periods, uses, "USD")
		if err != nil {
			t.Fatal(err)
		}
		var shared, whole money.Accumulator
		for i := range charges {
			shared.Add(charges[i].Line.Amount)
		}
		for i := range costs {
			whole.Add(costs[i].Cost.Amount)
		}
		gateway := pricing.Gateway{Name: "nat-1", Kind: pricing.ZonalNAT, Region: "us-east-1"}
		alone, err := gateway.Standing(prices, from, to)
		if err != nil {
			t.Fatal(err)
		}
		for i := range costs {
			if costs[i].Name == "nat-1" && costs[i].Cost != alone.Cost {
				t.Fatalf("buckets of nat-1 add up to %s, the window costs %s", costs[i].Cost, alone.Cost)
			}
		}
		if shared != whole {
			t.Fatal("the shares do not add up to the costs")
		}
	})
}

func TestAGatewayLivesAsLongAsFactsNameIt(t *testing.T) {
	facts := cloud()
	facts[1].Period = model.Period{From: (day + 60).Start(), To: (day + 120).Start().Add(time.Second)}
	prices := book(t)
	periods, err := statement.PeriodsOf(statement.GatewaysOf(facts[:2], nil), nil, func(model.Minute) *pricing.Book { return prices }, day, day+1440, 1440)
	if err != nil {
		t.Fatal(err)
	}
	for _, period := range periods {
		if period.Name == "nat-1" && period.Units != 1 {
			t.Errorf("nat-1 has %d hours, want 1", period.Units)
		}
	}
}

func TestAGatewayNobodyPlacesHasNoPrice(t *testing.T) {
	facts := []model.Fact{{Kind: model.FactRoute, Route: &model.RouteFact{Subnet: "x", Path: model.Path{Kind: model.PathNAT, Via: "nat-9"}}}}
	prices := book(t)
	periods, err := statement.PeriodsOf(statement.GatewaysOf(facts, nil), nil, func(model.Minute) *pricing.Book { return prices }, day, day+60, 60)
	if err != nil || len(periods) != 1 || periods[0].Unpriced == "" {
		t.Fatalf("%+v, %v: want one period without a price", periods, err)
	}
	charges, costs, err := statement.Allocate(periods, nil, "USD")
	if err != nil || len(charges) != 0 || len(costs) != 1 || costs[0].Unpriced == "" {
		t.Errorf("charges %v, costs %v, %v", charges, costs, err)
	}
}

func TestWhatHasNoPriceIsNamedToWhoUsesIt(t *testing.T) {
	through := func(via string) *model.EdgeKey { return &model.EdgeKey{Path: model.Path{Via: via}} }
	carries := func(via string) func(*model.EdgeKey) bool {
		return func(key *model.EdgeKey) bool { return key.Path.Via == via }
	}
	periods := []statement.Period{
		{Standing: pricing.Standing{Name: "tgw-1", Unpriced: "no price"}, From: 0, Carries: carries("tgw-1")},
		{Standing: pricing.Standing{Name: "tgw-1", Unpriced: "no price"}, From: 60, Carries: carries("tgw-1")},
		{Standing: pricing.Standing{Name: "tgw-2", Unpriced: "no price"}, From: 0, Carries: carries("tgw-2")},
		{Standing: pricing.Standing{Name: "nat-1"}, From: 0, Carries: carries("nat-1")},
	}
	for via, want := range map[string][]string{"tgw-1": {"tgw-1"}, "nat-1": nil, "": nil} {
		uses := []statement.Use{{Key: through(via), From: 0}, {Key: through(via), From: 60}}
		if got := statement.Unpriced(periods, uses); !slices.Equal(got, want) {
			t.Errorf("through %q: %v, want %v", via, got, want)
		}
	}
}
