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
}
