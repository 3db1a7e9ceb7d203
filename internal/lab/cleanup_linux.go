package lab

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/egressor/egressor/internal/lab/kernel"
)

// claim takes the lab's prefix on this machine: the lock file says whether a
// lab is alive.
func (l *Lab) claim() error {
	run := runFolder(l.config.Prefix)
	if err := os.MkdirAll(run, 0o755); err != nil {
		return err
	}
	lock, err := tryLock(run)
	if err != nil {
		return err
	}
	l.lock = lock
	return nil
}

func (l *Lab) release() error {
	lock := l.lock
	l.lock = nil
	return lock.Close()
}

// findCgroup2 returns the machine's cgroup v2 mount, or the one that this lab
// made, "" where there is neither. Other labs' mounts are not used: they go
// when those labs stop.
func findCgroup2(prefix string) (string, error) {
	mounts, err := kernel.Cgroup2Mounts()
	if err != nil {
		return "", err
	}
	for _, mount := range mounts {
		if !strings.HasPrefix(mount, runFolder("")) || mount == ownMount(prefix) {
			return mount, nil
		}
	}
	return "", nil
}

func ownMount(prefix string) string { return filepath.Join(runFolder(prefix), "cgroup2") }

// openCgroup finds or mounts cgroup v2 and makes the lab's folder there.
func (l *Lab) openCgroup() error {
	mount, err := findCgroup2(l.config.Prefix)
	if err != nil {
		return err
	}
	if mount == "" {
		mount = ownMount(l.config.Prefix)
		if err := kernel.MountCgroup2(mount); err != nil {
			return err
		}
	}
	l.cgroup = cgroupFolder(mount, l.config.Prefix)
	if err := os.Mkdir(l.cgroup, 0o755); err != nil {
		return fmt.Errorf("make the lab's cgroup: %w", err)
	}
	return nil
}

// tryLock takes the lock of a lab, which is free again when its holder dies.
func tryLock(run string) (*os.File, error) {
	lock, err := os.OpenFile(filepath.Join(run, "lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		lock.Close()
		return nil, fmt.Errorf("another lab runs as %s: %w", filepath.Base(run), err)
	}
	return lock, nil
}

// Cleanup removes what a lab with this prefix left on the machine when it was
// killed. It takes a living lab down just as well.
func Cleanup(prefix string) error {
	if !validPrefix.MatchString(prefix) {
		return fmt.Errorf("clean up lab: prefix %q: want 1 to 16 of a-z and 0-9", prefix)
	}
	ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	return cleanup(ctx, prefix)
}

// cleanup finds everything by its name: processes by the cgroup that they are
// in, links and rules by the namespace that they vanish with.
func cleanup(ctx context.Context, prefix string) error {
	var errs []error
	mount, err := findCgroup2(prefix)
	errs = append(errs, err)
	if mount != "" {
		errs = append(errs, kernel.RemoveCgroup(ctx, cgroupFolder(mount, prefix)))
	}
	names, err := kernel.ListNetns(netnsName(prefix, ""))
	errs = append(errs, err)
	for _, name := range names {
		errs = append(errs, kernel.RemoveNetns(name))
	}
	run := runFolder(prefix)
	errs = append(errs, kernel.Unmount(ownMount(prefix)), os.RemoveAll(run))
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("clean up lab %s: %w", prefix, err)
	}
	return nil
}

// Abandoned returns the prefixes of labs that were killed before they could
// clean up.
func Abandoned() ([]string, error) {
	runs, err := filepath.Glob(runFolder("*"))
	if err != nil {
		return nil, err
	}
	var prefixes []string
	for _, run := range runs {
		lock, err := tryLock(run)
		if err != nil {
			continue // alive
		}
		lock.Close()
		prefixes = append(prefixes, strings.TrimPrefix(run, runFolder("")))
	}
	return prefixes, nil
}
