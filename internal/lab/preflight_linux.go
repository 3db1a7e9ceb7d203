package lab

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"

	"github.com/egressor/egressor/internal/lab/kernel"
)

// Preflight says in one sentence why a lab cannot run here, nil if it can. It
// leaves nothing behind.
func Preflight() error {
	if os.Geteuid() != 0 {
		return errors.New("the lab needs root: run it with sudo")
	}
	if err := kernel.ProbeNAT(); err != nil {
		return fmt.Errorf("the lab cannot run here: %w", err)
	}
	if err := probeCgroup(); err != nil {
		return fmt.Errorf("the lab cannot run here: %w", err)
	}
	return nil
}

// probeCgroup makes a cgroup folder and removes it, or looks whether the
// kernel has cgroup v2 to mount.
func probeCgroup() error {
	mount, err := findCgroup2("")
	if err != nil {
		return err
	}
	if mount == "" {
		return kernel.ProbeCgroup2()
	}
	folder := cgroupFolder(mount, "probe"+randomHex(3))
	if err := os.Mkdir(folder, 0o755); err != nil {
		return fmt.Errorf("this process may not make cgroups (in a container, run it with the host's cgroup namespace): %w", err)
	}
	return unix.Rmdir(folder)
}
