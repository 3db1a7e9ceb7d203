package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"github.com/egressor/egressor/internal/lab"
)

// agents are the demo's agents, one process per node. One that dies is started
// again, as a DaemonSet would.
type agents struct {
	demo     *demo
	ingest   interface{ IngestAddress() string }
	binary   string
	stopping chan struct{}
	kept     []chan error // why the agent of each node could not be kept, nil once stopped in order
}

func newAgents(d *demo, ingest interface{ IngestAddress() string }, binary string) *agents {
	return &agents{demo: d, ingest: ingest, binary: binary, stopping: make(chan struct{})}
}

const (
	// agentStop is how long an agent may take for its last reading.
	agentStop = 8 * time.Second
	// agentPause is the wait before an agent that died is started again.
	agentPause = time.Second
)

// Start starts one agent per node.
func (a *agents) Start(ctx context.Context) error {
	for _, node := range a.demo.lab.Nodes() {
		cmd := a.command(node)
		ended, err := startKept(cmd)
		if err != nil {
			return errors.Join(fmt.Errorf("starting the agent of %s: %w", node.Name, err), a.Stop(ctx))
		}
		kept := make(chan error, 1)
		a.kept = append(a.kept, kept)
		go func() { kept <- a.keep(node, cmd, ended) }()
	}
	a.demo.say("%d agents count, one per node, by eBPF", len(a.kept))
	return nil
}

func (a *agents) command(node lab.Node) *exec.Cmd {
	cmd := exec.Command(a.binary, "agent",
		"--cluster", "lab", "--node", node.Name, "--cgroup-root", node.CgroupRoot, "--node-netns", node.NetnsPath,
		"--server", a.ingest.IngestAddress(), "--window", demoWindow.String(), "--log-level", "warn",
		"--spool-dir", filepath.Join(a.demo.service.DataDir, "spool-"+node.Name))
	cmd.Stderr = os.Stderr
	// A group of its own: Ctrl-C is for the demo, which stops the agents in order.
	// Should the demo be killed, the kernel ends them.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
	return cmd
}

// keep waits for a node's agent, starts it again when it dies, and ends it in
// order when the demo stops: it reads a last time and waits for the answer.
func (a *agents) keep(node lab.Node, cmd *exec.Cmd, ended <-chan error) error {
	for {
		select {
		case <-a.stopping:
			return endAgent(node, cmd, ended)
		case err := <-ended:
			a.demo.say("the agent of %s ended (%v): starting it again; what was not counted is told as lost", node.Name, err)
		}
		select {
		case <-a.stopping:
			return nil
		case <-time.After(agentPause):
		}
		cmd = a.command(node)
		var err error
		if ended, err = startKept(cmd); err != nil {
			return fmt.Errorf("the agent of %s could not be started again: %w", node.Name, err)
		}
	}
}

// startKept starts a process and delivers how it ended. The kernel sends the
// parent death signal when the thread that forked ends, and the lab ends threads
// of ours at a rollout: this one is kept for as long as the process lives.
func startKept(cmd *exec.Cmd) (<-chan error, error) {
	started, ended := make(chan error), make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			ended <- cmd.Wait()
		}
	}()
	return ended, <-started
}

func endAgent(node lab.Node, cmd *exec.Cmd, ended <-chan error) error {
	_ = cmd.Process.Signal(syscall.SIGTERM) // it may have ended already
	select {
	case err := <-ended:
		return err
	case <-time.After(agentStop):
		_ = cmd.Process.Kill()
		return errors.Join(fmt.Errorf("the agent of %s did not end in %s and was killed", node.Name, agentStop), <-ended)
	}
}

// Stop ends the agents.
func (a *agents) Stop(context.Context) error {
	close(a.stopping)
	var failed error
	for _, kept := range a.kept {
		failed = errors.Join(failed, <-kept)
	}
	return failed
}
