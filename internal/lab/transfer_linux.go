package lab

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/netip"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/egressor/egressor/internal/lab/kernel"
	"github.com/egressor/egressor/internal/lab/workload"
)

type (
	// Capture counts the IP bytes of one link per Tuple.
	Capture = kernel.Capture
	// Tuple is one direction of one connection.
	Tuple = kernel.Tuple
	// Seen is what a Capture counted for one Tuple.
	Seen = kernel.Seen
)

// Exec starts a command in a pod ("shop/web-...") or on a node ("node-a"): in
// its network namespace and in its cgroup. The caller waits for it.
func (l *Lab) Exec(target string, cmd *exec.Cmd) error {
	ns, cgroup, err := l.find(target)
	if err != nil {
		return fmt.Errorf("exec: %w", err)
	}
	return kernel.StartIn(ns, cgroup, cmd)
}

// Capture counts, until its Stop, what passes the uplink of a pod, or of a
// node (only what leaves or enters the node).
func (l *Lab) Capture(target string) (*Capture, error) {
	ns, _, err := l.find(target)
	if err != nil {
		return nil, fmt.Errorf("capture: %w", err)
	}
	return ns.StartCapture(uplink)
}

// find returns where a target's processes belong. On a node they belong to a
// system service's cgroup.
func (l *Lab) find(target string) (*kernel.Netns, string, error) {
	if n := l.nodes[target]; n != nil {
		return n.netns, filepath.Join(n.cgroup, "system.slice", "lab-exec.service"), nil
	}
	for _, p := range l.allPods() {
		if p.public().Key() == target {
			return p.netns, p.cgroup, nil
		}
	}
	return nil, "", fmt.Errorf("lab %s has no node and no running pod called %q", l.config.Prefix, target)
}

// Transfer sends exactly that many bytes of TCP payload from one pod or node
// to another, on one connection to a port of its own, in processes that have
// ended when it returns.
func (l *Lab) Transfer(ctx context.Context, from, to string, payload int64) (Transferred, error) {
	fail := func(err error) (Transferred, error) {
		return Transferred{}, fmt.Errorf("transfer from %s to %s: %w", from, to, err)
	}
	addr, err := l.addrOf(to)
	if err != nil {
		return fail(err)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends the sink if the sender fails
	sink, err := l.openSink(ctx, to)
	if err != nil {
		return fail(err)
	}
	server := netip.AddrPortFrom(addr, sink.port)
	sender := l.oneShot(ctx, "send", server.String(), strconv.FormatInt(payload, 10))
	var sent bytes.Buffer
	sender.Stdout = &sent
	if err := l.Exec(from, sender); err != nil {
		return fail(err)
	}
	if err := sender.Wait(); err != nil {
		cancel()
		return fail(fmt.Errorf("sender: %w (sink: %w)", err, sink.cmd.Wait()))
	}
	received, err := sink.result()
	if err != nil {
		return fail(err)
	}
	if received.Bytes != payload {
		return fail(fmt.Errorf("%d bytes arrived of %d", received.Bytes, payload))
	}
	var report workload.Transferred
	if err := json.Unmarshal(sent.Bytes(), &report); err != nil {
		return fail(fmt.Errorf("sender's report: %w", err))
	}
	return Transferred{
		Client: received.Remote, Server: received.Local, Bytes: payload, ResentBytes: report.ResentBytes,
	}, nil
}

func (l *Lab) addrOf(target string) (netip.Addr, error) {
	if n := l.nodes[target]; n != nil {
		return nodeAddr(n.number), nil
	}
	for _, p := range l.allPods() {
		if p.public().Key() == target {
			return p.addr, nil
		}
	}
	return netip.Addr{}, fmt.Errorf("lab %s has no node and no running pod called %q", l.config.Prefix, target)
}

// oneShot is a command of the workload program whose errors are in Wait's.
func (l *Lab) oneShot(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, l.config.Binary, append([]string{Subcommand}, args...)...)
	cmd.Env = environment()
	cmd.Stderr = &logWriter{log: l.log}
	return cmd
}

type openSink struct {
	cmd  *exec.Cmd
	out  *bufio.Reader
	port uint16
}

func (l *Lab) openSink(ctx context.Context, target string) (*openSink, error) {
	cmd := l.oneShot(ctx, "sink")
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := l.Exec(target, cmd); err != nil {
		return nil, err
	}
	s := &openSink{cmd: cmd, out: bufio.NewReader(stdout)}
	line, err := s.out.ReadBytes('\n')
	var opened workload.SinkOpened
	if err == nil {
		err = json.Unmarshal(line, &opened)
	}
	if err != nil {
		return nil, fmt.Errorf("sink: %w (it ended: %w)", err, cmd.Wait())
	}
	s.port = opened.Port
	return s, nil
}

func (s *openSink) result() (workload.Transferred, error) {
	var received workload.Transferred
	err := json.NewDecoder(s.out).Decode(&received)
	if ended := s.cmd.Wait(); ended != nil {
		err = ended
	}
	if err != nil {
		return received, fmt.Errorf("sink: %w", err)
	}
	return received, nil
}
