package testkit

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
)

// Rand returns a source of random numbers. A test that fails prints its seed;
// EGRESSOR_SEED replays it.
func Rand(tb testing.TB) *rand.Rand {
	tb.Helper()
	seed := rand.Uint64()
	if text := os.Getenv("EGRESSOR_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			tb.Fatalf("EGRESSOR_SEED=%q: want a whole number: %v", text, err)
		}
	}
	tb.Logf("replay with EGRESSOR_SEED=%d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}
