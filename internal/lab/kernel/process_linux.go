package kernel

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
)

// StartIn starts cmd in the network namespace and in the cgroup folder, which
// it makes if need be. The process is in both from its first instruction: no
// socket of it can belong elsewhere.
func StartIn(n *Netns, cgroup string, cmd *exec.Cmd) error {
	if err := os.MkdirAll(cgroup, 0o755); err != nil {
		return fmt.Errorf("make cgroup: %w", err)
	}
	folder, err := os.Open(cgroup)
	if err != nil {
		return fmt.Errorf("open cgroup: %w", err)
	}
	defer folder.Close()
	// Setpgid keeps the terminal's Ctrl-C from it: its starter ends it.
	cmd.SysProcAttr = &syscall.SysProcAttr{UseCgroupFD: true, CgroupFD: int(folder.Fd()), Setpgid: true}
	if err := n.Run(cmd.Start); err != nil {
		return fmt.Errorf("start %s in %s: %w", cmd.Path, n.Name, err)
	}
	return nil
}
