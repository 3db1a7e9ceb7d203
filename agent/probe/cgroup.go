package probe

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/egressor/egressor/internal/model"
)

// cgroupRoot is the subtree that a probe counts.
type cgroupRoot struct {
	// mount is where the cgroup v2 hierarchy is mounted, dir the subtree's folder.
	mount, dir string
	// id is the subtree's cgroup id, 0 for the whole hierarchy.
	id uint64
}

// findCgroupRoot finds the cgroup v2 mount and the subtree in it. The subtree
// may be given as a folder or as a path from the hierarchy's root.
func findCgroupRoot(mounts, subtree string) (cgroupRoot, error) {
	mount, err := cgroup2Mount(mounts)
	if err != nil {
		return cgroupRoot{}, err
	}
	dir := filepath.Clean(subtree)
	if subtree == "" {
		dir = mount
	} else if dir != mount && !strings.HasPrefix(dir, mount+"/") {
		dir = filepath.Join(mount, subtree)
	}
	info, err := os.Stat(dir)
	if err != nil {
		return cgroupRoot{}, fmt.Errorf("cgroup root %q: %w (want a folder of the cgroup v2 hierarchy at %s)", subtree, err, mount)
	}
	root := cgroupRoot{mount: mount, dir: dir}
	if dir != mount {
		root.id = inode(info)
	}
	return root, nil
}

// cgroup2Mount is the first cgroup2 mount in a mounts table such as
// /proc/self/mounts. On a hybrid machine it is not /sys/fs/cgroup.
func cgroup2Mount(mounts string) (string, error) {
	file, err := os.Open(mounts)
	if err != nil {
		return "", fmt.Errorf("list of mounts: %w", err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) >= 3 && fields[2] == "cgroup2" {
			return fields[1], nil
		}
	}
	if err := lines.Err(); err != nil {
		return "", fmt.Errorf("list of mounts %s: %w", mounts, err)
	}
	return "", fmt.Errorf("no cgroup2 mount in %s: mount the cgroup v2 hierarchy (mount -t cgroup2 none /sys/fs/cgroup/unified)", mounts)
}

// A cgroup's id is its folder's inode number.
func inode(info fs.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return stat.Ino
	}
	return 0
}

// maxKnownCgroups bounds the memory of owners; ids are never reused.
const maxKnownCgroups = 65536

// owners knows whose each cgroup is. It remembers cgroups that are gone.
type owners struct {
	mount string
	known map[uint64]model.LocalEnd
	// scanned says that the file system was walked since the last refresh.
	scanned bool
}

func newOwners(mount string) *owners {
	return &owners{mount: mount, known: map[uint64]model.LocalEnd{}}
}

// refresh allows one more walk of the file system.
func (o *owners) refresh() { o.scanned = false }

// learn records a cgroup's path as the kernel told it.
func (o *owners) learn(id uint64, path string) {
	if len(o.known) >= maxKnownCgroups {
		clear(o.known)
	}
	o.known[id] = localEnd(path)
}

// of returns the owner of a cgroup. An id that neither the kernel nor the file
// system knows has an unknown owner, named by the id.
func (o *owners) of(id uint64) model.LocalEnd {
	if end, ok := o.known[id]; ok {
		return end
	}
	if !o.scanned {
		o.scan()
		if end, ok := o.known[id]; ok {
			return end
		}
	}
	return model.LocalEnd{Kind: model.LocalUnknown, ID: fmt.Sprintf("cgroup-%d", id)}
}

// scan learns every cgroup there is. Folders that vanish meanwhile are left out.
func (o *owners) scan() {
	o.scanned = true
	_ = filepath.WalkDir(o.mount, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
				return nil
			}
			return err
		}
		if !entry.IsDir() {
			return nil
		}
		if info, err := entry.Info(); err == nil {
			o.learn(inode(info), strings.TrimPrefix(path, o.mount))
		}
		return nil
	})
}
