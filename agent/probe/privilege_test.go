package probe

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"

	"go.uber.org/goleak"
	"golang.org/x/sys/unix"
)

// unprivilegedRoot makes a copy of the test binary open a probe there, read it
// once and end.
const unprivilegedRoot = "EGRESSOR_TEST_PROBE_ROOT"

func TestMain(m *testing.M) {
	if root := os.Getenv(unprivilegedRoot); root != "" {
		os.Exit(openAndRead(root))
	}
	goleak.VerifyTestMain(m)
}

func openAndRead(root string) int {
	probe, err := Open(Config{CgroupRoot: root})
	if err == nil {
		_, err = probe.Read(context.Background())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println(probe.Mode())
	return 0
}

// The probe runs as nobody with three capabilities, and names each that it lacks.
func TestLeastPrivilege(t *testing.T) {
	b := newBench(t)
	program := copyOfTestBinary(t)
	all := []uintptr{unix.CAP_BPF, unix.CAP_PERFMON, unix.CAP_NET_ADMIN}
	if said, err := runAsNobody(t, program, b.root, all); err != nil || strings.TrimSpace(said) != "sockets" {
		t.Errorf("with all three capabilities: %v: %s", err, said)
	}
	for _, needed := range neededCapabilities {
		rest := slices.DeleteFunc(slices.Clone(all), func(c uintptr) bool { return c == uintptr(needed.bit) })
		said, err := runAsNobody(t, program, b.root, rest)
		if err == nil || !strings.Contains(said, "needs "+needed.name) {
			t.Errorf("without %s: %v: %q, want an error that names it", needed.name, err, said)
		}
	}
}

func runAsNobody(t *testing.T, program, root string, capabilities []uintptr) (said string, err error) {
	t.Helper()
	const nobody = 65534
	command := exec.CommandContext(t.Context(), program)
	command.Env = []string{unprivilegedRoot + "=" + root}
	command.Dir = "/"
	command.SysProcAttr = &syscall.SysProcAttr{
		Credential:  &syscall.Credential{Uid: nobody, Gid: nobody},
		AmbientCaps: capabilities,
	}
	output, err := command.CombinedOutput()
	return string(output), err
}

// copyOfTestBinary puts the test binary where nobody may run it.
func copyOfTestBinary(t *testing.T) string {
	t.Helper()
	self, err := os.Open("/proc/self/exe")
	check(t, err)
	defer self.Close()
	copied, err := os.CreateTemp("", "egressor-probe-test-")
	check(t, err)
	t.Cleanup(func() { _ = os.Remove(copied.Name()) })
	_, err = io.Copy(copied, self)
	check(t, err)
	check(t, copied.Chmod(0o755))
	check(t, copied.Close())
	return copied.Name()
}
