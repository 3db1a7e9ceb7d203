package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// agents are the demo's agents, one process per node.
type agents struct {
	demo    *demo
	ingest  interface{ IngestAddress() string }
	binary  string
	running []*exec.Cmd
	ended   []chan error
	dead    chan error
}

func newAgents(d *demo, ingest interface{ IngestAddress() string }, binary string) *agents {
	return &agents{demo: d, ingest: ingest, binary: binary, dead: make(chan error, 1)}
}

// agentStop is how long an agent may take for its last reading.
const agentStop = 8 * time.Second

// Start starts one agent per node.
func (a *agents) Start(ctx context.Context) error {
	for _, node := range a.demo.lab.Nodes() {
		cmd := exec.Command(a.binary, "agent",
			"--cluster", "lab", "--node", node.Name, "--cgroup-root", node.CgroupRoot, "--node-netns", node.NetnsPath,
			"--server", a.ingest.IngestAddress(), "--window", demoWindow.String(), "--log-level", "warn",
			"--spool-dir", filepath.Join(a.demo.service.DataDir, "spool-"+node.Name))
		cmd.Stderr = os.Stderr
		// A group of its own: Ctrl-C is for the demo, which stops the agents in
		// order. The kernel ends them should the demo be killed.
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
		if err := cmd.Start(); err != nil {
			return errors.Join(fmt.Errorf("starting the agent of %s: %w", node.Name, err), a.Stop(ctx))
		}
		ended := make(chan error, 1)
		go func() {
			ended <- cmd.Wait()
			close(ended)
		}()
		a.running, a.ended = append(a.running, cmd), append(a.ended, ended)
	}
	a.demo.say("%d agents count, one per node, by eBPF", len(a.running))
	return nil
}

// Stop ends the agents: each reads a last time and waits for the answer.
func (a *agents) Stop(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, agentStop)
	defer cancel()
	for _, cmd := range a.running {
		_ = cmd.Process.Signal(syscall.SIGTERM) // it may have ended already
	}
	var failed error
	for i, ended := range a.ended {
		select {
		case err := <-ended:
			failed = errors.Join(failed, err)
		case <-ctx.Done():
			_ = a.running[i].Process.Kill()
			failed = errors.Join(failed, fmt.Errorf("agent %d did not end in %s and was killed", i+1, agentStop), <-ended)
		}
	}
	a.running, a.ended = nil, nil
	return failed
}
