package lab_test

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/egressor/egressor/internal/lab"
	"github.com/egressor/egressor/internal/lab/workload"
	"github.com/egressor/egressor/internal/testkit"
)

func inode(t *testing.T, path string) uint64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Sys().(*syscall.Stat_t).Ino
}

func TestStopLeavesNothing(t *testing.T) {
	before := goleak.IgnoreCurrent()
	l := newLab(t, lab.Config{})
	started := time.Now()
	if err := l.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Logf("started in %s", time.Since(started))
	namespaces := namespacesOf(t, l.Prefix())
	if want := len(l.Pods()) + len(l.Nodes()) + len([]string{"vpc", "nat", "cloud"}); len(namespaces) != want {
		t.Fatalf("the running lab has %d namespaces, want %d", len(namespaces), want)
	}
	if len(remains(t, l.Prefix(), namespaces)) <= len(namespaces) {
		t.Fatal("the search for remains does not see a running lab")
	}
	stopped := time.Now()
	if err := l.Stop(); err != nil {
		t.Fatal(err)
	}
	t.Logf("stopped in %s", time.Since(stopped))
	requireNothingLeft(t, l.Prefix(), namespaces)
	if err := l.Stop(); err != nil {
		t.Errorf("second stop: %v", err)
	}
	goleak.VerifyNone(t, before)
}

func TestAFailedStartLeavesNothing(t *testing.T) {
	port := []workload.Listener{{Protocol: workload.HTTP, Port: 8080}}
	twice := lab.ShopPlan()
	last := len(twice.Workloads) - 1
	twice.Workloads[last].Listen = append(port, port...)
	for name, config := range map[string]lab.Config{
		"binary that ends at once":        {Binary: "/bin/true"},
		"binary that is not there":        {Binary: "/none"},
		"last pod cannot bind its port":   {Plan: twice},
		"folder for files does not exist": {Dir: "/none"},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t, config)
			if err := l.Start(t.Context()); err == nil {
				t.Error("the start succeeded")
			} else {
				t.Log(err)
			}
			requireNothingLeft(t, l.Prefix(), nil)
		})
	}
}

func TestACancelledStartLeavesNothing(t *testing.T) {
	l := newLab(t, lab.Config{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.Start(ctx); err == nil {
		t.Error("the start succeeded")
	}
	requireNothingLeft(t, l.Prefix(), nil)
}

func TestCleanupAfterKill(t *testing.T) {
	testkit.Require(t, "lab", lab.Preflight())
	const prefix = "killed"
	starter := exec.Command(os.Args[0])
	starter.Env = append(os.Environ(), starterVariable+"="+prefix)
	stdout, err := starter.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := starter.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := lab.Cleanup(prefix); err != nil {
			t.Error(err)
		}
	})
	if line, err := bufio.NewReader(stdout).ReadString('\n'); line != "started\n" {
		t.Fatalf("starter says %q (%v)", line, err)
	}
	namespaces := namespacesOf(t, prefix)
	if abandoned(t, prefix) {
		t.Error("a living lab is called abandoned")
	}

	if err := starter.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := starter.Wait(); err == nil {
		t.Fatal("the starter was not killed")
	}
	if !abandoned(t, prefix) {
		t.Error("a dead lab is not called abandoned")
	}
	if err := lab.Cleanup(prefix); err != nil {
		t.Fatal(err)
	}
	requireNothingLeft(t, prefix, namespaces)
	if abandoned(t, prefix) {
		t.Error("a lab that was cleaned up is called abandoned")
	}
}

func abandoned(t *testing.T, prefix string) bool {
	t.Helper()
	prefixes, err := lab.Abandoned()
	if err != nil {
		t.Fatal(err)
	}
	return slices.Contains(prefixes, prefix)
}

func TestAPrefixBelongsToOneLab(t *testing.T) {
	first := start(t, lab.Config{})
	second := newLab(t, lab.Config{Prefix: first.Prefix()})
	if err := second.Start(t.Context()); err == nil {
		t.Error("two labs started with one prefix")
	}
	if _, err := os.Stat(filepath.Join("/run", "egressor-lab-"+first.Prefix())); err != nil {
		t.Error("the refused lab took the running one down")
	}
	if _, err := first.Transfer(t.Context(), first.Pods()[0].Key(), first.Pods()[1].Key(), 1); err != nil {
		t.Errorf("the first lab does not work any more: %v", err)
	}
}
