package pricing_test

import (
	"testing"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
)

func TestAMinuteIsPricedByTheBookValidThen(t *testing.T) {
	whole := awsBook(t)
	dated := func(version string, from, until model.Minute) *pricing.Book {
		book := *whole
		book.Version, book.From, book.Until = version, from, until
		return &book
	}
	calendar, err := pricing.NewCalendar(dated("second", 100, 300), dated("first", 0, 200))
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[model.Minute]string{50: "first", 100: "second", 150: "second", 199: "second", 299: "second"} {
		if got := calendar.At(at).Version; got != want {
			t.Errorf("minute %d is priced by %s, want %s", at, got, want)
		}
	}
	if calendar.At(300).Covers(300) {
		t.Error("a book covers minute 300, which none was said to")
	}
}

// Minutes beyond every book are folded all the same: their prices are a gap.
func TestAnEmptyBookLeavesGapsAndWhatIsFree(t *testing.T) {
	edges := []model.EdgeMinute{edge(0, 1000), edge(1, 500)} // another zone; the same zone
	empty := awsBook(t).Empty()
	for _, mode := range []pricing.Mode{pricing.List, pricing.Marginal} {
		statement, _ := mustPrice(t, empty, mode, edges, nil)
		if !statement.Total.IsZero() || statement.UnpricedBytes != 1000 || statement.BookDigest != awsBook(t).Digest {
			t.Errorf("%s: total %s, unpriced %d of %d bytes", mode, statement.Total.Decimal(), statement.UnpricedBytes, statement.Bytes)
		}
	}
}

func TestBooksOfTwoCurrenciesMakeNoCalendar(t *testing.T) {
	other := *awsBook(t)
	other.Currency = "CNY"
	if _, err := pricing.NewCalendar(awsBook(t), &other); err == nil {
		t.Error("USD and CNY follow on each other")
	}
	if _, err := pricing.NewCalendar(); err == nil {
		t.Error("a calendar without a book")
	}
}
