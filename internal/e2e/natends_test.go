//go:build linux

package e2e_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"

	"github.com/egressor/egressor/internal/lab"
	"github.com/egressor/egressor/internal/lab/workload"
)

// natSink is a server that waits for one connection.
type natSink struct {
	cmd     *exec.Cmd
	out     *bufio.Reader
	port    uint16
	dialled netip.AddrPort
	payload int64
}

// command is the lab's workload program in a place's network namespace.
func (r *natRig) command(t *testing.T, place natPlace, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), "ip", slices.Concat([]string{"netns", "exec", filepath.Base(place.netns), r.binary, lab.Subcommand}, args)...)
	cmd.Stderr = os.Stderr
	return cmd
}

// startIn starts a command in a place's cgroup.
func startIn(t *testing.T, cmd *exec.Cmd, place natPlace) {
	t.Helper()
	if err := os.MkdirAll(place.cgroup, 0o755); err != nil {
		t.Fatal(err)
	}
	cgroup, err := os.Open(place.cgroup)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cgroup.Close() }()
	cmd.SysProcAttr = &syscall.SysProcAttr{UseCgroupFD: true, CgroupFD: int(cgroup.Fd())}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
}

// openSink starts a case's server, on a port that no other case has: cases are told
// apart by it, and the kernel of each namespace chooses on its own.
func (r *natRig) openSink(t *testing.T, number int, test natCase) {
	t.Helper()
	sink := r.listen(t, r.places[test.host])
	for slices.ContainsFunc(r.sinks, func(other natSink) bool { return other.port == sink.port }) {
		_ = sink.cmd.Process.Kill()
		_ = sink.cmd.Wait()
		sink = r.listen(t, r.places[test.host])
	}
	sink.payload = int64(100_000 + 1000*number)
	switch test.dial {
	case "vip":
		sink.dialled = netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 96, 9, byte(number + 1)}), 80)
	case nodeA, nodeB:
		sink.dialled = netip.AddrPortFrom(r.places[test.dial].addr, uint16(30000+number))
	default:
		sink.dialled = netip.AddrPortFrom(r.places[test.host].addr, sink.port)
	}
	r.sinks = append(r.sinks, sink)
}

// listen starts a server on any port.
func (r *natRig) listen(t *testing.T, place natPlace) natSink {
	t.Helper()
	sink := natSink{cmd: r.command(t, place, "sink")}
	pipe, err := sink.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	sink.out = bufio.NewReader(pipe)
	startIn(t, sink.cmd, place)
	var opened workload.SinkOpened
	line, err := sink.out.ReadBytes('\n')
	if err = errors.Join(err, json.Unmarshal(line, &opened)); err != nil {
		t.Fatalf("sink in %s: %v", place.netns, err)
	}
	sink.port = opened.Port
	return sink
}

// heldSender has a connection open and sends when told to.
type heldSender struct {
	cmd *exec.Cmd
	in  io.WriteCloser
}

func (r *natRig) openSender(t *testing.T, client string, to natSink) *heldSender {
	t.Helper()
	s := &heldSender{cmd: r.command(t, r.places[client], "send", "-hold", to.dialled.String(), strconv.FormatInt(to.payload, 10))}
	out, err := s.cmd.StdoutPipe()
	if err == nil {
		s.in, err = s.cmd.StdinPipe()
	}
	if err != nil {
		t.Fatal(err)
	}
	startIn(t, s.cmd, r.places[client])
	if _, err := bufio.NewReader(out).ReadBytes('\n'); err != nil {
		t.Fatalf("%s did not reach %s: %v", client, to.dialled, err)
	}
	return s
}

func (s *heldSender) send() error {
	_, err := io.WriteString(s.in, "go\n")
	return errors.Join(err, s.in.Close(), s.cmd.Wait())
}

func (s natSink) end() error {
	var received workload.Transferred
	err := json.NewDecoder(s.out).Decode(&received)
	if err = errors.Join(err, s.cmd.Wait()); err == nil && received.Bytes != s.payload {
		err = fmt.Errorf("%d bytes arrived of %d", received.Bytes, s.payload)
	}
	return err
}
