//go:build linux

package e2e_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/egressor/egressor/agent/probe"
	"github.com/egressor/egressor/internal/clickhouse/embedded"
	"github.com/egressor/egressor/internal/lab"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/testkit"
)

// scratch holds the binary for the life of the test program.
var scratch string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	var err error
	if scratch, err = os.MkdirTemp("", "egressor-e2e-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	return m.Run()
}

// built builds the program once per test program, as a user would.
var built = sync.OnceValues(func() (string, error) {
	binary := filepath.Join(scratch, "bin", "egressor")
	build := exec.Command("go", "build", "-o", binary, "github.com/egressor/egressor/cmd/egressor")
	if output, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the program: %w: %s", err, output)
	}
	return binary, nil
})

func binaryOf(tb testing.TB) string {
	tb.Helper()
	binary, err := built()
	if err != nil {
		tb.Fatal(err)
	}
	return binary
}

// requireStores skips the test where an embedded database is missing.
func requireStores(tb testing.TB) {
	tb.Helper()
	_, err := embedded.FindLibrary("")
	testkit.Require(tb, "clickhouse", err)
	testkit.Require(tb, "neo4j", missingNeo4j())
}

// requireAll skips the test where any part of the pipeline is missing.
func requireAll(tb testing.TB) {
	tb.Helper()
	requireStores(tb)
	testkit.Require(tb, "lab", lab.Preflight())
	testkit.Require(tb, "bpf", probeWorks())
}

func missingNeo4j() error {
	if neo4j.FindDeps() == "" {
		return errors.New("its jars are not there: run make deps")
	}
	_, err := exec.LookPath("java")
	return err
}

// probeWorks loads the capture once and unloads it.
var probeWorks = sync.OnceValue(func() error {
	capture, err := probe.Open(probe.Config{})
	if err != nil {
		return err
	}
	return capture.Close()
})
