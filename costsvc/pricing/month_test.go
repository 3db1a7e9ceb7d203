package pricing_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// minutesOf draws a few minutes of one month, in order, around tier borders.
func minutesOf(t *rapid.T) [][]model.EdgeMinute {
	first, _ := pricing.MonthOf(minute)
	minutes := make([][]model.EdgeMinute, rapid.IntRange(1, 6).Draw(t, "minutes"))
	for i := range minutes {
		minutes[i] = edgesOf(t)
		for j := range minutes[i] {
			minutes[i][j].Minute = first + model.Minute(i*1000)
		}
	}
	return minutes
}

// anyBook is the AWS book under any switches.
func anyBook(t *rapid.T, book *pricing.Book) *pricing.Book {
	flag := rapid.Bool()
	return book.WithSwitches(pricing.Switches{
		AllowanceInside: flag.Draw(t, "D1"), TiersOverRegions: flag.Draw(t, "D2"),
		Switches: transferclass.Switches{ServiceSide: flag.Draw(t, "D3"), NATSideFree: flag.Draw(t, "D4"), TransitBothEnds: flag.Draw(t, "D5")},
	})
}

func priceMonth(t interface{ Fatal(...any) }, month *pricing.Month, minutes [][]model.EdgeMinute) (total money.Amount, statements []pricing.Statement) {
	var sum money.Accumulator
	for _, edges := range minutes {
		statement, err := month.Price(edges)
		if err != nil {
			t.Fatal(err)
		}
		var lines money.Accumulator
		for _, line := range statement.Lines {
			lines.Add(line.Amount)
		}
		if got, err := lines.Amount(); err != nil || got != statement.Total {
			t.Fatal(fmt.Sprintf("lines add up to %s, the minute to %s", got, statement.Total))
		}
		sum.Add(statement.Total)
		statement.Lines = append([]pricing.Line(nil), statement.Lines...)
		statements = append(statements, statement)
	}
	total, err := sum.Amount()
	if err != nil {
		t.Fatal(err)
	}
	return total, statements
}

// TestMonthReplaysToTheAtom: pricing a month again from its start, with the
// edges of each minute in another order, gives the same lines, and so the same
// cents; its days add up to it, for they are sums of minutes.
func TestMonthReplaysToTheAtom(t *testing.T) {
	aws := awsBook(t)
	rapid.Check(t, func(t *rapid.T) {
		book, minutes := anyBook(t, aws), minutesOf(t)
		allowance := rapid.Bool().Draw(t, "regional allowance")
		_, want := priceMonth(t, pricing.NewMonth(book, minute, allowance), minutes)
		for i := range minutes {
			minutes[i] = rapid.Permutation(minutes[i]).Draw(t, "shuffled")
		}
		_, got := priceMonth(t, pricing.NewMonth(book, minute, allowance), minutes)
		if diff := cmp.Diff(want, got, compareStatements); diff != "" {
			t.Fatalf("the month was priced otherwise:\n%s", diff)
		}
	})
}

// TestBlendedMonthCostsWhatTheClosedOneDid, exactly, in any order of edges, and
// every byte of a pool costs the same.
func TestBlendedMonthCostsWhatTheClosedOneDid(t *testing.T) {
	aws := awsBook(t)
	rapid.Check(t, func(t *rapid.T) {
		book, minutes := anyBook(t, aws), minutesOf(t)
		month := pricing.NewMonth(book, minute, true)
		want, _ := priceMonth(t, month, minutes)
		closed := month.Close()
		got, statements := priceMonth(t, pricing.NewBlendedMonth(book, minute, closed), minutes)
		if got != want {
			t.Fatalf("blended month is %s, the closed one was %s", got, want)
		}
		for i := range minutes {
			minutes[i] = rapid.Permutation(minutes[i]).Draw(t, "shuffled")
		}
		_, again := priceMonth(t, pricing.NewBlendedMonth(book, minute, closed), minutes)
		if diff := cmp.Diff(statements, again, compareStatements); diff != "" {
			t.Fatalf("order changed the blended month:\n%s", diff)
		}
		for _, statement := range statements {
			for _, line := range statement.Lines {
				checkBlended(t, book, closed, &line)
			}
		}
	})
}

// checkBlended allows two atoms: one of the minute's rounding, one of the line's.
func checkBlended(t *rapid.T, book *pricing.Book, closed pricing.Closed, line *pricing.Line) {
	row := rowByID(book, line.PriceRow)
	if row == nil {
		return
	}
	total, pooled := closed[book.PoolOf(line.Account, row)]
	if !pooled || total.Bytes == 0 || line.Code == "" {
		return
	}
	parts, err := money.Split(total.Cost, []uint64{line.Bytes, total.Bytes - line.Bytes})
	if err != nil {
		t.Fatal(err)
	}
	difference, err := line.Amount.Sub(parts[0])
	if err != nil || difference.Cmp(money.FromAtoms(3)) > 0 || difference.Cmp(money.FromAtoms(-3)) < 0 {
		t.Fatalf("%d of %d bytes cost %s of %s: %s off", line.Bytes, total.Bytes, line.Amount, total.Cost, difference)
	}
}

func rowByID(book *pricing.Book, id string) *pricing.Row {
	for i := range book.Rows {
		if book.Rows[i].ID == id {
			return &book.Rows[i]
		}
	}
	return nil
}

// TestBlendedByHand: 100 GB are free and 300 cost 0.09: a blended rate of 27/400
// = 0.0675.
func TestBlendedByHand(t *testing.T) {
	book := awsBook(t)
	month := pricing.NewMonth(book, minute, true)
	if _, err := month.Price(toInternet("us-east-1", 400*gib)); err != nil {
		t.Fatal(err)
	}
	statement, err := pricing.NewBlendedMonth(book, minute, month.Close()).Price(toInternet("us-east-1", 40*gib))
	if err != nil {
		t.Fatal(err)
	}
	if line := statement.Lines[0]; line.RateNanoPerUnit != 67_500_000 || statement.Total.Decimal() != "2.7" || statement.Mode != pricing.Blended {
		t.Errorf("40 GB of 400: %+v", line)
	}
	blended := pricing.NewBlendedMonth(book, minute, month.Close())
	if _, err := blended.Price(toInternet("us-east-1", 401*gib)); err == nil {
		t.Error("more bytes than the closed month had were priced")
	}
	if _, err := pricing.NewBlendedMonth(book, minute, pricing.Closed{}).Price(toInternet("us-east-1", 1)); err == nil {
		t.Error("a pool that was never closed was priced")
	}
}

func TestMonthTakesItsMinutesInOrder(t *testing.T) {
	first, end := pricing.MonthOf(minute)
	if got := first.Start().Format(time.DateTime) + " " + end.Start().Format(time.DateTime); got != "2026-11-01 00:00:00 2026-12-01 00:00:00" {
		t.Fatalf("month is %s", got)
	}
	month := pricing.NewMonth(awsBook(t), minute, false)
	if _, err := month.Begin(minute); err != nil {
		t.Fatal(err)
	}
	if _, err := month.Begin(minute + 1); err == nil {
		t.Error("a minute began within another")
	}
	if _, err := month.Finish(); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []model.Minute{minute, minute - 1, end, first - 1} {
		if _, err := month.Begin(bad); err == nil {
			t.Errorf("minute %s was priced after %s", bad, minute)
		}
	}
}

// TestTenExabytesAMonthFit: a month of 10 EB over any edges, at the prices of
// every book, fits 64 bits of nano-units, and more edges or minutes do not
// change that.
func TestTenExabytesAMonthFit(t *testing.T) {
	const tenExabytes = 10_000_000_000_000_000_000
	for _, name := range pricebooks.Names() {
		book, err := pricebooks.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		highest := &book.Rows[0]
		for i := range book.Rows {
			if row := &book.Rows[i]; row.UnitBytes != 0 && row.Tiers[0].RateNano > highest.Tiers[0].RateNano {
				highest = row
			}
		}
		amount, err := money.FromBytes(tenExabytes, highest.Tiers[0].RateNano, highest.UnitBytes)
		nano, fits := amount.Nano()
		if err != nil || !fits || nano > math.MaxInt64/2 {
			t.Errorf("book %s, row %s: 10 EB are %s", name, highest.ID, amount)
		}
	}
	aws := awsBook(t)
	rapid.Check(t, func(t *rapid.T) {
		month := pricing.NewMonth(anyBook(t, aws), minute, true)
		minutes := make([][]model.EdgeMinute, 5)
		first, _ := pricing.MonthOf(minute)
		for i := range minutes {
			minutes[i] = edgesOf(t)
			left := tenExabytes / uint64(len(minutes))
			for j := range minutes[i] {
				part := rapid.Uint64Max(left).Draw(t, "bytes")
				minutes[i][j] = edge(j, part)
				minutes[i][j].Minute = first + model.Minute(i)
				left -= part
			}
			minutes[i][0].Sent.WireBytes += left
		}
		total, _ := priceMonth(t, month, minutes)
		if nano, fits := total.Nano(); !fits || nano < 0 {
			t.Fatalf("10 EB cost %s", total)
		}
	})
}

// TestMoreBytesInAMonthNeverCostLess adds bytes to any edge of any minute.
func TestMoreBytesInAMonthNeverCostLess(t *testing.T) {
	aws := awsBook(t)
	rapid.Check(t, func(t *rapid.T) {
		book, minutes := aws, minutesOf(t)
		before, _ := priceMonth(t, pricing.NewMonth(book, minute, true), minutes)
		edges := minutes[rapid.IntRange(0, len(minutes)-1).Draw(t, "minute")]
		edges[rapid.IntRange(0, len(edges)-1).Draw(t, "edge")].Sent.WireBytes += rapid.Uint64Max(20_000*gib).Draw(t, "more")
		after, _ := priceMonth(t, pricing.NewMonth(book, minute, true), minutes)
		if after.Cmp(before) < 0 {
			t.Fatalf("%s before, %s with more bytes", before, after)
		}
	})
}
