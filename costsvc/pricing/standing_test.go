package pricing_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

func eur(units int64) money.Money {
	return money.Money{Amount: money.FromNano(units * 1_000_000_000), Currency: "EUR"}
}

var line = pricing.Network{Name: "dc-line", Monthly: eur(900), Endpoints: []string{"dc-frankfurt"}}

// TestOwnLineIsSharedByBytes: 900 EUR a month, a day of November is a thirtieth.
func TestOwnLineIsSharedByBytes(t *testing.T) {
	first, end := pricing.MonthOf(minute)
	standing, err := line.Standing(first, first+24*60)
	if err != nil || standing.Cost != eur(30) || standing.Units != 1440 {
		t.Fatalf("a day costs %v of %d %s, %v", standing.Cost, standing.Units, standing.UnitName, err)
	}
	shares, err := standing.Allocate([]pricing.Use{{Edge: 2, Bytes: 200}, {Edge: 1, Bytes: 50}, {Edge: 1, Bytes: 50}, {Edge: 3}})
	want := []pricing.StandingShare{
		{Edge: 1, Bytes: 100, Amount: eur(10).Amount}, {Edge: 2, Bytes: 200, Amount: eur(20).Amount},
	}
	if diff := cmp.Diff(want, shares, compareStatements); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	idle, err := standing.Allocate(nil)
	if err != nil || len(idle) != 1 || !idle[0].Idle || idle[0].Amount != eur(30).Amount {
		t.Errorf("nobody used it: %+v, %v", idle, err)
	}
	whole, err := line.Standing(first-1, end+1)
	if err != nil || whole.Cost.Amount.Cmp(eur(900).Amount) <= 0 {
		t.Errorf("a month and two minutes cost %v, %v", whole.Cost, err)
	}
}

func TestOwnLineAddsUpOverAnyParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first, end := pricing.MonthOf(minute)
		at := first
		var sum money.Accumulator
		for at < end {
			next := min(end, at+model.Minute(rapid.IntRange(1, 20_000).Draw(t, "minutes")))
			part, err := line.Standing(at, next)
			if err != nil {
				t.Fatal(err)
			}
			uses := rapid.SliceOf(rapid.Custom(func(t *rapid.T) pricing.Use {
				return pricing.Use{Edge: model.EdgeID(rapid.Uint64Max(5).Draw(t, "edge")), Bytes: rapid.Uint64Max(1<<40).Draw(t, "bytes")}
			})).Draw(t, "uses")
			shares, err := part.Allocate(uses)
			if err != nil {
				t.Fatal(err)
			}
			again, err := part.Allocate(rapid.Permutation(uses).Draw(t, "shuffled"))
			if diff := cmp.Diff(shares, again, compareStatements); err != nil || diff != "" {
				t.Fatalf("order changed the shares: %v\n%s", err, diff)
			}
			for _, share := range shares {
				sum.Add(share.Amount)
			}
			at = next
		}
		if total, err := sum.Amount(); err != nil || total != eur(900).Amount {
			t.Fatalf("the month's shares are %s, %v", total, err)
		}
	})
}

func TestCurrenciesStayApart(t *testing.T) {
	usd := money.Money{Amount: money.FromNano(5), Currency: money.USD}
	sums, unpriced, err := pricing.SumStanding([]pricing.Standing{{Cost: usd}, {Cost: eur(1)}, {Cost: usd}, {Unpriced: "no price"}})
	if diff := cmp.Diff([]money.Money{eur(1), {Amount: money.FromNano(10), Currency: money.USD}}, sums, compareStatements); err != nil || unpriced != 1 || diff != "" {
		t.Errorf("%v, %d unpriced\n%s", err, unpriced, diff)
	}
}

// TestBytesOnTheOwnLineAreFree where no cloud is at either end; a cloud's own
// charge at its end stays a gap.
func TestBytesOnTheOwnLineAreFree(t *testing.T) {
	book, err := awsBook(t).Apply(&pricing.Overlay{Name: "o", Digest: "d", Networks: []pricing.Network{line}})
	if err != nil {
		t.Fatal(err)
	}
	key := edgeKey(0)
	key.Destination = model.Identity{Kind: model.KindCloudEndpoint, Type: "on-premises", Name: "dc-frankfurt"}
	key.SourcePlace, key.DestinationPlace = model.Place{}, model.Place{}
	edges := []model.EdgeMinute{{Minute: minute, Key: key, Sent: model.Counts{WireBytes: 7}}}
	statement, _ := mustPrice(t, book, pricing.List, edges, nil)
	if len(statement.Lines) != 1 || statement.Lines[0].Rule != "N1" || statement.UnpricedBytes != 0 {
		t.Errorf("between own machines: %+v", statement.Lines)
	}
	edges[0].Key.SourcePlace = place("us-east-1", "use1-az1")
	statement, _ = mustPrice(t, book, pricing.List, edges, nil)
	if statement.UnpricedBytes != 7 {
		t.Errorf("from a cloud: %+v", statement.Lines)
	}
	edges[0].Key.Destination.Name, edges[0].Key.SourcePlace = "elsewhere", model.Place{}
	statement, _ = mustPrice(t, book, pricing.List, edges, nil)
	if statement.UnpricedBytes != 7 {
		t.Errorf("beside the line: %+v", statement.Lines)
	}
}

// TestAccountsOfOnePayerShareMeters: the second account's bytes find the
// allowance used up by the first.
func TestAccountsOfOnePayerShareMeters(t *testing.T) {
	alone := awsBook(t)
	together, err := alone.Apply(&pricing.Overlay{Name: "o", Payers: map[string]string{"a": "p", "b": "p"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		book *pricing.Book
		want string
	}{{alone, "0"}, {together, "9"}} { // 200 GB, 100 of them free once or twice
		meters := pricing.Meters(nil)
		var total money.Amount
		for i, account := range []string{"a", "b"} {
			var run pricing.Run
			if err := run.Reset(c.book, pricing.Marginal, minute+model.Minute(i), meters); err != nil {
				t.Fatal(err)
			}
			transfer := pricing.Transfer{Bytes: 100 * gib}
			key := toInternet("us-east-1", 0)[0].Key
			transfer.Facts = factsOf(&key)
			transfer.Facts.Source.Account = account
			run.Add(&transfer)
			statement, after, err := run.Finish()
			if err != nil {
				t.Fatal(err)
			}
			meters = after
			if total, err = total.Add(statement.Total); err != nil {
				t.Fatal(err)
			}
		}
		if total.Decimal() != c.want {
			t.Errorf("200 GB of two accounts cost %s, want %s", total, c.want)
		}
	}
}
