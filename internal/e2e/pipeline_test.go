//go:build linux

package e2e_test

import "testing"

// TestPipeline is one undisturbed service and everything that can be asked of it.
func TestPipeline(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.open(t)
	t.Run("bytes", func(t *testing.T) { testBytes(t, w, s) })
	t.Run("proven", func(t *testing.T) { w.checkProven(t) })
	t.Run("forgery", func(t *testing.T) { testForgery(t, w, s) })
	t.Run("batches", func(t *testing.T) { testBatches(t, w, s) })
	t.Run("refusals", func(t *testing.T) { testRefusals(t, w, s) })
	if text, _, err := w.get(t.Context(), "/readyz"); err != nil {
		t.Errorf("after all of it: %v %s", err, text)
	}
}
