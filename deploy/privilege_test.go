package deploy

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/egressor/egressor/internal/testkit"
)

// allowed are the agent's capabilities: those of its file in the image, and the
// most that the DaemonSet's container may have.
var allowed = map[string]uint{"bpf": unix.CAP_BPF, "perfmon": unix.CAP_PERFMON, "net_admin": unix.CAP_NET_ADMIN}

// TestAgentAsTheDaemonSetRunsIt starts the agent as its container does: user
// 65534, the capabilities on its file, no more of them in reach, and no new
// privileges. It counts; with one capability less the kernel does not start it;
// with none on the file it says what it lacks.
func TestAgentAsTheDaemonSetRunsIt(t *testing.T) {
	if os.Geteuid() != 0 {
		testkit.Require(t, "bpf", errors.New("needs root"))
	}
	if _, err := exec.LookPath("setpriv"); err != nil {
		testkit.Require(t, "bpf", err)
	}
	agent := buildAgent(t)
	if said := runAgent(t, agent, "bpf", "perfmon", "net_admin"); !strings.Contains(said, "needs CAP_BPF") {
		t.Errorf("without capabilities on its file the agent says:\n%s", said)
	}
	setCapabilities(t, agent)
	if said := runAgent(t, agent, "bpf", "perfmon", "net_admin"); !strings.Contains(said, "msg=counting") {
		t.Errorf("the agent does not count:\n%s", said)
	}
	if said := runAgent(t, agent, "bpf", "perfmon"); !strings.Contains(said, "not permitted") {
		t.Errorf("with one capability less the agent says:\n%s", said)
	}
}

// buildAgent builds as the Dockerfile does, where nobody may run it.
func buildAgent(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "egressor-agent-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	path := filepath.Join(dir, "egressor-agent")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", path, "../agent")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	if err := errors.Join(os.Chmod(dir, 0o755), os.Mkdir(filepath.Join(dir, "spool"), 0o700)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(filepath.Join(dir, "spool"), 65534, 65534); err != nil {
		t.Fatal(err)
	}
	return path
}

// setCapabilities is setcap cap_bpf,cap_perfmon,cap_net_admin+ep.
func setCapabilities(t *testing.T, path string) {
	t.Helper()
	const revision2, effective = 0x02000000, 1
	var permitted uint64
	for _, bit := range allowed {
		permitted |= 1 << bit
	}
	attribute := make([]byte, 0, 20)
	for _, word := range []uint32{revision2 | effective, uint32(permitted), 0, uint32(permitted >> 32), 0} {
		attribute = binary.LittleEndian.AppendUint32(attribute, word)
	}
	if err := unix.Setxattr(path, "security.capability", attribute, 0); err != nil {
		testkit.Require(t, "bpf", err)
	}
}

// runAgent runs the agent until it counts or ends, and returns what it said.
func runAgent(t *testing.T, path string, within ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs",
		"--inh-caps=-all", "--bounding-set=-all,+"+strings.Join(within, ",+"), path,
		"--cluster=test", "--node=test", "--server=127.0.0.1:1", "--stop-timeout=0s",
		"--map-entries=4096", "--spool-dir="+filepath.Join(filepath.Dir(path), "spool"))
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.WaitDelay = 20 * time.Second // an agent that does not end is killed
	output, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	for lines := bufio.NewScanner(output); lines.Scan(); {
		said.Write(append(lines.Bytes(), '\n'))
		if strings.Contains(lines.Text(), "msg=counting") {
			cancel()
		}
	}
	_ = command.Wait() // how it ends is in what it said
	return said.String()
}
