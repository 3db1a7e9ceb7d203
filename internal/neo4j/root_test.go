package neo4j_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/neo4j/neo4jtest"
	"github.com/egressor/egressor/internal/report"
)

// parentVariable turns this test binary into a parent that starts a child,
// says its PID, and waits to be killed.
const parentVariable = "EGRESSOR_TEST_NEO4J_PARENT"

func TestMain(m *testing.M) {
	if dir := os.Getenv(parentVariable); dir != "" {
		if err := beParent(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	neo4jtest.Main(m)
}

func beParent(dir string) error {
	child, err := neo4j.NewChild(report.Discard(), neo4jtest.ChildConfig(dir))
	if err != nil {
		return err
	}
	if err := child.Start(context.Background()); err != nil {
		return err
	}
	fmt.Println(child.PID())
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
	return errors.New("the parent was to be killed, not left")
}

// eventually polls until done holds, and fails the test after the limit.
func eventually(t *testing.T, limit time.Duration, what string, done func() bool) {
	t.Helper()
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	deadline := time.After(limit)
	for !done() {
		select {
		case <-ticker.C:
		case <-deadline:
			t.Fatalf("after %v still not: %s", limit, what)
		}
	}
}
