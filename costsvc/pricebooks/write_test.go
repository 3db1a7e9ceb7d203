package pricebooks

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWriteIsTheInverseOfParse(t *testing.T) {
	for _, name := range Names() {
		want, err := embedded.ReadFile("books/" + name + ".ndjson")
		if err != nil {
			t.Fatal(err)
		}
		book, err := Parse(name, want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Write(book)
		if diff := cmp.Diff(string(want), string(got)); err != nil || diff != "" {
			t.Errorf("book %s: %v\n%s", name, err, diff)
		}
	}
	if _, err := Write(mustOverlay(t, acme)); err == nil {
		t.Error("a customer's terms were written as a book")
	}
}

func TestDiffNamesPrices(t *testing.T) {
	before, err := Load("aws")
	if err != nil {
		t.Fatal(err)
	}
	terms := mustOverlay(t, "overlay: a\nbook: aws\nrates:\n  - {name: n, row: nat/us-east-1, rate: 0.04, from: 2026-06-01}\n  - {name: n, row: nat/eu-central-2, rate: 0.05}\n")
	changes, err := Diff(before, terms)
	want := []Change{
		{"nat/eu-central-2", "", "0.05 per GiB"},
		{"nat/us-east-1", "0.045 per GiB", "0.045 per GiB, until 2026-06-01"},
		{"nat/us-east-1@2026-06-01", "", "0.04 per GiB, from 2026-06-01"},
	}
	if diff := cmp.Diff(want, changes); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	china, err := Load("aws-cn")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Diff(before, china); err == nil {
		t.Error("USD and CNY were compared")
	}
}
