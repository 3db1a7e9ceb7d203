package kernel

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// Cgroup2Mounts returns where the cgroup v2 hierarchy is mounted, in the order
// of mounting. With both hierarchies (hybrid) it is usually
// /sys/fs/cgroup/unified, else /sys/fs/cgroup.
func Cgroup2Mounts() ([]string, error) {
	file, err := os.Open("/proc/self/mountinfo")
	if err != nil {
		return nil, fmt.Errorf("find cgroup v2: %w", err)
	}
	defer file.Close()
	var mounts []string
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		// id parent major:minor root mountpoint options [tags] - type source options
		fields := strings.Fields(lines.Text())
		dash := slices.Index(fields, "-")
		if dash > 5 && dash+1 < len(fields) && fields[dash+1] == "cgroup2" && fields[3] == "/" {
			mounts = append(mounts, fields[4])
		}
	}
	return mounts, lines.Err()
}

// MountCgroup2 mounts the cgroup v2 hierarchy at dir, which it makes.
func MountCgroup2(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("mount cgroup v2: %w", err)
	}
	if err := unix.Mount("none", dir, "cgroup2", 0, ""); err != nil {
		return fmt.Errorf("mount cgroup v2 at %s: %w", dir, err)
	}
	return nil
}

// Unmount takes a mount away. A place without one is no error.
func Unmount(dir string) error {
	err := unix.Unmount(dir, unix.MNT_DETACH)
	if err != nil && !errors.Is(err, unix.EINVAL) && !errors.Is(err, unix.ENOENT) {
		return fmt.Errorf("unmount %s: %w", dir, err)
	}
	return nil
}

// RemoveCgroup kills every process below the cgroup folder dir, waits until
// they are gone, and removes it with all folders in it. A folder that is not
// there is no error.
func RemoveCgroup(ctx context.Context, dir string) error {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := killCgroup(dir); err != nil {
		return err
	}
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for {
		err := removeFolders(dir)
		if err == nil || !errors.Is(err, unix.EBUSY) {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("processes do not end after being killed (%w): %w", ctx.Err(), err)
		case <-tick.C:
		}
	}
}

// killCgroup kills all processes below dir: at once where the kernel can
// (5.14), one by one where it cannot.
func killCgroup(dir string) error {
	err := os.WriteFile(filepath.Join(dir, "cgroup.kill"), []byte("1"), 0)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		pids, err := CgroupProcesses(path)
		for _, pid := range pids {
			if err := unix.Kill(pid, unix.SIGKILL); err != nil && !errors.Is(err, unix.ESRCH) {
				return fmt.Errorf("kill process %d of cgroup %s: %w", pid, path, err)
			}
		}
		return err
	})
}

// CgroupProcesses returns the ids of the processes in the one folder dir.
func CgroupProcesses(dir string) ([]int, error) {
	text, err := os.ReadFile(filepath.Join(dir, "cgroup.procs"))
	if err != nil {
		return nil, fmt.Errorf("list processes of cgroup %s: %w", dir, err)
	}
	var pids []int
	for _, field := range strings.Fields(string(text)) {
		pid, err := strconv.Atoi(field)
		if err != nil {
			return nil, fmt.Errorf("list processes of cgroup %s: %w", dir, err)
		}
		pids = append(pids, pid)
	}
	return pids, nil
}

// removeFolders removes dir and the folders in it, the deepest first. The
// files of a cgroup folder vanish with it.
func removeFolders(dir string) error {
	var folders []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			folders = append(folders, path)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("remove cgroup: %w", err)
	}
	for _, folder := range slices.Backward(folders) {
		if err := unix.Rmdir(folder); err != nil && !errors.Is(err, unix.ENOENT) {
			return fmt.Errorf("remove cgroup %s: %w", folder, err)
		}
	}
	return nil
}

// ProbeCgroup2 reports why the kernel cannot mount cgroup v2, nil if it can.
func ProbeCgroup2() error {
	text, err := os.ReadFile("/proc/filesystems")
	if err != nil {
		return fmt.Errorf("find cgroup v2: %w", err)
	}
	if !slices.Contains(strings.Fields(string(text)), "cgroup2") {
		return errors.New("the kernel has no cgroup v2")
	}
	return nil
}
