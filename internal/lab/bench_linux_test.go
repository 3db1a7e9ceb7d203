package lab_test

import (
	"os"
	"testing"

	"github.com/egressor/egressor/internal/lab"
	"github.com/egressor/egressor/internal/testkit"
)

// BenchmarkStartStop is a whole lab there and gone.
func BenchmarkStartStop(b *testing.B) {
	testkit.Require(b, "lab", lab.Preflight())
	for b.Loop() {
		l, err := lab.New(lab.Config{Binary: os.Args[0]})
		if err != nil {
			b.Fatal(err)
		}
		if err := l.Start(b.Context()); err != nil {
			b.Fatal(err)
		}
		if err := l.Stop(); err != nil {
			b.Fatal(err)
		}
	}
}
