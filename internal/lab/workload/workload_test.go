package workload

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"
)

var quiet = slog.New(slog.DiscardHandler)

// serve binds a listener on a free port and returns its loopback address.
func serve(t *testing.T, protocol Protocol) netip.AddrPort {
	t.Helper()
	addr, err := listen(t.Context(), quiet, "server", Listener{Protocol: protocol})
	if err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		t.Fatal(err)
	}
	return netip.MustParseAddrPort("127.0.0.1:" + port)
}

func TestCallsOfEveryProtocol(t *testing.T) {
	for _, protocol := range []Protocol{HTTP, RPC, Bulk, UDP} {
		for _, perConnection := range []int{0, 1, 2} {
			t.Run(string(protocol)+strconv.Itoa(perConnection), func(t *testing.T) {
				caller, err := newCaller(Call{
					Protocol: protocol, To: serve(t, protocol), RequestBytes: 3000, ResponseBytes: 50_000,
					Every: time.Hour, PerConnection: perConnection,
				})
				if err != nil {
					t.Fatal(err)
				}
				for n := range 5 {
					if err := caller.call(t.Context()); err != nil {
						t.Errorf("call %d: %v", n+1, err)
					}
				}
			})
		}
	}
}

func TestCallsToNobodyFail(t *testing.T) {
	for _, protocol := range []Protocol{HTTP, RPC, Bulk, UDP} {
		caller, err := newCaller(Call{Protocol: protocol, To: netip.MustParseAddrPort("127.0.0.1:1"), Every: time.Hour})
		if err != nil {
			t.Fatal(err)
		}
		if err := caller.call(t.Context()); err == nil {
			t.Errorf("%s: a call to a closed port succeeded", protocol)
		}
	}
}

func TestBadSpecs(t *testing.T) {
	if _, err := newCaller(Call{Protocol: "smoke", Every: time.Second}); err == nil {
		t.Error("a call of an unknown protocol was accepted")
	}
	if _, err := newCaller(Call{Protocol: HTTP}); err == nil {
		t.Error("a call without a pause was accepted")
	}
	if _, err := listen(t.Context(), quiet, "", Listener{Protocol: "smoke"}); err == nil {
		t.Error("a listener of an unknown protocol was accepted")
	}
	for _, args := range [][]string{nil, {"dance"}, {"send"}, {"send", "127.0.0.1:1", "many"}, {"sink", "x"}, {"sink", "-timeout"}} {
		if err := run(args, strings.NewReader(""), io.Discard); err == nil {
			t.Errorf("arguments %q were accepted", args)
		}
	}
	if err := run([]string{"run"}, strings.NewReader("no spec\n"), io.Discard); err == nil {
		t.Error("a broken spec was accepted")
	}
}

// A process serves, says so, calls when it is told to, and ends with its input.
func TestRunFromReadyToEnd(t *testing.T) {
	target, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	in, toProcess := io.Pipe()
	fromProcess, out := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- run([]string{"run"}, in, out) }()

	spec := Spec{Name: "shop/web", Listen: []Listener{{Protocol: HTTP}}, Calls: []Call{{
		Protocol: Bulk, To: addrPort(target.Addr()), RequestBytes: 1, Every: time.Millisecond,
	}}}
	if err := SendSpec(toProcess, spec); err != nil {
		t.Fatal(err)
	}
	if err := AwaitReady(bufio.NewReader(fromProcess)); err != nil {
		t.Fatal(err)
	}
	if err := Go(toProcess); err != nil {
		t.Fatal(err)
	}
	conn, err := target.Accept() // fails the test by its timeout if no call comes
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	toProcess.Close()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestAwaitReadyOfAProcessThatDies(t *testing.T) {
	for _, words := range []string{"", "help\n"} {
		if err := AwaitReady(bufio.NewReader(strings.NewReader(words))); err == nil {
			t.Errorf("%q passed for ready", words)
		}
	}
}

func TestFetch(t *testing.T) {
	address := serve(t, HTTP).String()
	if err := run([]string{"fetch", address, "100000"}, nil, io.Discard); err != nil {
		t.Error(err)
	}
	for _, args := range [][]string{{"fetch", "nowhere", "1"}, {"fetch", address, "x"}, {"fetch", "127.0.0.1:1", "1"}} {
		if err := run(args, nil, io.Discard); err == nil {
			t.Errorf("arguments %q were accepted", args)
		}
	}
}

func TestSendToSink(t *testing.T) {
	for _, payload := range []int64{0, 1, 1 << 20} {
		fromSink, out := io.Pipe()
		ended := make(chan error, 1)
		go func() { ended <- run([]string{"sink"}, nil, out) }()
		decoder := json.NewDecoder(fromSink)
		var opened SinkOpened
		if err := decoder.Decode(&opened); err != nil {
			t.Fatal(err)
		}
		var sent bytes.Buffer
		go func() {
			address := netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), opened.Port).String()
			ended <- run([]string{"send", address, strconv.FormatInt(payload, 10)}, nil, &sent)
		}()
		var received, report Transferred
		if err := decoder.Decode(&received); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := <-ended; err != nil {
				t.Fatal(err)
			}
		}
		if err := json.Unmarshal(sent.Bytes(), &report); err != nil {
			t.Fatal(err)
		}
		if received.Bytes != payload || report.Bytes != payload || received.Remote != report.Local || received.Local != report.Remote {
			t.Errorf("sent %+v, received %+v, want %d bytes", report, received, payload)
		}
	}
}
