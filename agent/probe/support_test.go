package probe

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/egressor/egressor/internal/model"
)

func TestGuessServer(t *testing.T) {
	for _, c := range []struct {
		local, remote, port uint16
		role                model.Role
	}{
		{40000, 53, 53, model.RoleClient},
		{53, 40000, 53, model.RoleServer},
		{40000, 50000, 40000, model.RoleServer},
		{50000, 40000, 40000, model.RoleClient},
		{8080, 443, 443, model.RoleClient},
		{123, 123, 123, model.RoleUnknown},
		{0, 0, 0, model.RoleUnknown},
		{0, 53, 53, model.RoleClient},
		{53, 0, 53, model.RoleServer},
		{0, 50000, 50000, model.RoleClient},
		{50000, 0, 50000, model.RoleServer},
	} {
		if port, role := guessServer(c.local, c.remote); port != c.port || role != c.role {
			t.Errorf("local %d, remote %d: port %d %s, want %d %s", c.local, c.remote, port, role, c.port, c.role)
		}
	}
}

func TestServerPort(t *testing.T) {
	for _, c := range []struct {
		role                model.Role
		local, remote, port uint16
	}{
		{model.RoleClient, 10, 20, 20},
		{model.RoleServer, 20, 10, 20},
		{model.RoleUnknown, 40000, 443, 443},
		{model.RoleUnknown, 443, 40000, 443},
		{model.RoleUnknown, 40000, 50000, 50000},
		{model.RoleUnknown, 443, 8080, 8080},
	} {
		if port := serverPort(c.role, c.local, c.remote); port != c.port {
			t.Errorf("%s, local %d, remote %d: port %d, want %d", c.role, c.local, c.remote, port, c.port)
		}
	}
}

func TestChooseMode(t *testing.T) {
	noBTF := &UnsupportedError{Feature: "BTF", Err: errors.New("no such file")}
	for _, c := range []struct {
		wanted      Mode
		unsupported error
		mode        model.CaptureMode
		why         string
	}{
		{ModeAuto, nil, model.CaptureSockets, ""},
		{"", nil, model.CaptureSockets, ""},
		{ModeAuto, noBTF, model.CapturePackets, "kernel without BTF: no such file"},
		{ModePackets, nil, model.CapturePackets, "packets mode was asked for"},
		{ModeSockets, nil, model.CaptureSockets, ""},
	} {
		mode, why, err := chooseMode(c.wanted, c.unsupported)
		if mode != c.mode || why != c.why || err != nil {
			t.Errorf("%q: %s, %q, %v; want %s, %q", c.wanted, mode, why, err, c.mode, c.why)
		}
	}
	if _, _, err := chooseMode(ModeSockets, noBTF); !errors.Is(err, error(noBTF)) {
		t.Errorf("sockets mode that was asked for and is not to be had: %v", err)
	}
	if _, _, err := chooseMode("fast", nil); err == nil {
		t.Error("an unknown mode is accepted")
	}
}

func TestMissingCapabilities(t *testing.T) {
	for effective, missing := range map[string][]string{
		"000001ffffffffff": nil,
		"000000c000001000": nil, // BPF, PERFMON, NET_ADMIN
		"0000000000201000": nil, // SYS_ADMIN and NET_ADMIN
		"000000c000000000": {"CAP_NET_ADMIN"},
		"0000008000001000": {"CAP_PERFMON"},
		"0000000000000000": {"CAP_BPF", "CAP_PERFMON", "CAP_NET_ADMIN"},
	} {
		status := filepath.Join(t.TempDir(), "status")
		check(t, os.WriteFile(status, []byte("Name:\tx\nCapEff:\t"+effective+"\n"), 0o600))
		err := missingCapabilities(status)
		if (err == nil) != (missing == nil) {
			t.Errorf("capabilities %s: %v, want %v missing", effective, err, missing)
		}
		for _, name := range missing {
			if err != nil && !strings.Contains(err.Error(), name) {
				t.Errorf("capabilities %s: %v does not name %s", effective, err, name)
			}
		}
	}
	if err := missingCapabilities(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("no status file, and no error")
	}
}

func TestFindCgroupRoot(t *testing.T) {
	mount := t.TempDir()
	check(t, os.MkdirAll(filepath.Join(mount, "node-a", "kubepods"), 0o755))
	mounts := filepath.Join(t.TempDir(), "mounts")
	table := "tmpfs /sys/fs/cgroup tmpfs rw 0 0\ncgroup /sys/fs/cgroup/cpu cgroup rw 0 0\ncgroup2 " + mount + " cgroup2 rw 0 0\n"
	check(t, os.WriteFile(mounts, []byte(table), 0o600))

	for subtree, dir := range map[string]string{
		"":                              mount,
		mount:                           mount,
		"/node-a":                       filepath.Join(mount, "node-a"),
		"node-a/kubepods":               filepath.Join(mount, "node-a", "kubepods"),
		filepath.Join(mount, "node-a/"): filepath.Join(mount, "node-a"),
	} {
		root, err := findCgroupRoot(mounts, subtree)
		if err != nil || root.dir != dir || (root.id == 0) != (dir == mount) {
			t.Errorf("subtree %q: %+v, %v; want %s", subtree, root, err, dir)
		}
	}
	if _, err := findCgroupRoot(mounts, "/absent"); err == nil || !strings.Contains(err.Error(), mount) {
		t.Errorf("absent subtree: %v, want an error that names the hierarchy", err)
	}
	check(t, os.WriteFile(mounts, []byte("cgroup /sys/fs/cgroup/cpu cgroup rw 0 0\n"), 0o600))
	if _, err := findCgroupRoot(mounts, ""); err == nil || !strings.Contains(err.Error(), "mount -t cgroup2") {
		t.Errorf("no cgroup2 mount: %v, want an error that says how to mount it", err)
	}
}

func TestOwnersKnowFolders(t *testing.T) {
	mount := t.TempDir()
	pod := filepath.Join(mount, "kubepods", "pod"+clientUID)
	check(t, os.MkdirAll(pod, 0o755))
	info, err := os.Stat(pod)
	check(t, err)
	owners := newOwners(mount)
	if got := owners.of(inode(info)); got.Kind != model.LocalPod || got.ID != clientUID {
		t.Errorf("owner of %s is %+v", pod, got)
	}
	if got := owners.of(1 << 60); got.Kind != model.LocalUnknown || got.ID == "" {
		t.Errorf("owner of an absent cgroup is %+v, want unknown with the id", got)
	}
	// Gone, and still known.
	check(t, os.Remove(pod))
	owners.refresh()
	if got := owners.of(inode(info)); got.ID != clientUID {
		t.Errorf("owner of a removed cgroup is %+v", got)
	}
}
