package lab_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/lab/kernel"
)

// remains lists what there is on this machine of a lab: namespace names,
// namespaces that this process still holds, cgroup folders, mounts, processes
// and files under /run.
func remains(t *testing.T, prefix string, namespaces []string) []string {
	t.Helper()
	var found []string
	names, err := kernel.ListNetns("egr-" + prefix + "-")
	if err != nil {
		t.Fatal(err)
	}
	found = append(found, names...)
	cgroups, err := kernel.Cgroup2Mounts()
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range append(cgroups, "/run") {
		folder = filepath.Join(folder, "egressor-lab-"+prefix)
		if _, err := os.Stat(folder); err == nil {
			found = append(found, folder)
		}
	}
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(mounts) {
		if bytes.Contains(line, []byte("-"+prefix)) {
			found = append(found, "mount "+string(line))
		}
	}
	return append(found, processRemains(t, prefix, namespaces)...)
}

// processRemains looks at every process for one in a cgroup of the lab, and at
// this process's descriptors for one of its namespaces ("net:[4026532000]").
// The numbers are used again at once, so other processes' are not looked at.
func processRemains(t *testing.T, prefix string, namespaces []string) []string {
	t.Helper()
	var found []string
	cgroups, err := filepath.Glob("/proc/[0-9]*/cgroup")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range cgroups {
		// An error means that the process ended meanwhile.
		if cgroup, err := os.ReadFile(path); err == nil && bytes.Contains(cgroup, []byte("egressor-lab-"+prefix)) {
			found = append(found, path+" is in a cgroup of the lab")
		}
	}
	links, err := filepath.Glob("/proc/self/fd/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range links {
		if target, err := os.Readlink(link); err == nil && slices.Contains(namespaces, target) {
			found = append(found, link+" holds "+target)
		}
	}
	return found
}

// namespacesOf returns the inodes of a running lab's namespaces as
// /proc/PID/ns/net shows them.
func namespacesOf(t *testing.T, prefix string) []string {
	t.Helper()
	names, err := kernel.ListNetns("egr-" + prefix + "-")
	if err != nil {
		t.Fatal(err)
	}
	var namespaces []string
	for _, name := range names {
		namespaces = append(namespaces, fmt.Sprintf("net:[%d]", inode(t, filepath.Join(kernel.NetnsDir, name))))
	}
	return namespaces
}

// requireNothingLeft polls for a short time: the kernel buries dead processes
// at its own pace.
func requireNothingLeft(t *testing.T, prefix string, namespaces []string) {
	t.Helper()
	eventually(t, func() error {
		if left := remains(t, prefix, namespaces); len(left) > 0 {
			return fmt.Errorf("the lab left behind:\n%s", strings.Join(left, "\n"))
		}
		return nil
	})
}

// patience is long enough for a busy machine, and short enough for what would come
// by itself one day not to pass for what a test waits for.
const patience = 25 * time.Second

// eventually calls check until it returns nil, and fails the test when it
// never does.
func eventually(t *testing.T, check func() error) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(patience)
	for {
		err := check()
		if err == nil {
			return
		}
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal(err)
		}
	}
}
