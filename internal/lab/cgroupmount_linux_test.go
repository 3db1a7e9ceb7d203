package lab_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/egressor/egressor/internal/lab"
	"github.com/egressor/egressor/internal/lab/kernel"
	"github.com/egressor/egressor/internal/testkit"
)

// noCgroupVariable makes the test binary unmount cgroup v2, which it may only
// do in a mount namespace of its own, and run a lab there.
const noCgroupVariable = "EGRESSOR_TEST_LAB_NO_CGROUP2"

func TestALabMountsCgroup2WhereItIsMissing(t *testing.T) {
	testkit.Require(t, "lab", lab.Preflight())
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), noCgroupVariable+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	if output, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, output)
	}
}

func startWithoutCgroup2() int {
	if err := runWithoutCgroup2(); err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

func runWithoutCgroup2() error {
	mounts, err := kernel.Cgroup2Mounts()
	for _, mount := range mounts {
		err = errors.Join(err, unix.Unmount(mount, unix.MNT_DETACH))
	}
	if err == nil {
		err = lab.Preflight()
	}
	if err != nil {
		return err
	}
	l, err := lab.New(lab.Config{Binary: os.Args[0]})
	if err != nil {
		return err
	}
	if err := l.Start(context.Background()); err != nil {
		return err
	}
	root := l.Nodes()[0].CgroupRoot
	if err := l.Stop(); err != nil {
		return err
	}
	if !strings.HasPrefix(root, "/run/egressor-lab-"+l.Prefix()+"/cgroup2/") {
		return fmt.Errorf("the node's cgroup root is %s", root)
	}
	if mounts, err := kernel.Cgroup2Mounts(); err != nil || len(mounts) != 0 {
		return fmt.Errorf("cgroup v2 is still mounted at %v (%w)", mounts, err)
	}
	return nil
}
