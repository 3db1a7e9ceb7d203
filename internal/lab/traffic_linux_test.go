package lab_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os"
	"runtime"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/egressor/egressor/internal/lab"
	"github.com/egressor/egressor/internal/lab/workload"
)

// dialIn connects from within a network namespace. A socket stays in the
// namespace that it was made in.
func dialIn(ctx context.Context, netnsPath, network, address string) (conn net.Conn, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // the thread ends with the goroutine
		var file *os.File
		if file, err = os.Open(netnsPath); err != nil {
			return
		}
		defer file.Close()
		if err = unix.Setns(int(file.Fd()), unix.CLONE_NEWNET); err != nil {
			return
		}
		dialer := net.Dialer{Timeout: patience}
		conn, err = dialer.DialContext(ctx, network, address)
	}()
	<-done
	return conn, err
}

// who asks an address from within a pod, on a new connection.
func who(t *testing.T, from lab.Pod, address string) workload.Who {
	t.Helper()
	client := http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return dialIn(ctx, from.NetnsPath, network, address)
		},
	}}
	response, err := client.Get("http://" + address + "/who")
	if err != nil {
		t.Fatalf("from %s: %v", from.Key(), err)
	}
	defer response.Body.Close()
	var answer workload.Who
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

func TestAServiceReachesAllItsPods(t *testing.T) {
	l := start(t, lab.Config{})
	web := podsOf(l, "shop/web")
	for _, client := range append(podsOf(l, "data/cache"), podsOf(l, "shop/checkout")...) {
		answers := map[string]int{}
		// The lab's own traffic turns the round robin as well, so the shares are not
		// exactly even; on a busy machine they are as good as drawn.
		const rounds = 40
		for asked := 0; asked < rounds*len(web) && len(answers) < len(web); asked++ {
			answer := who(t, client, "10.96.1.10:8080")
			if answer.Asker != client.Addr.String() {
				t.Fatalf("%s was asked by %s, want the pod's own address %s", answer.Name, answer.Asker, client.Addr)
			}
			answers[answer.Name]++
		}
		for _, pod := range web {
			if answers[pod.Key()] == 0 {
				t.Errorf("from %s on %s: pod %s was never reached: %v", client.Key(), client.Node, pod.Key(), answers)
			}
		}
	}
}

func TestAUDPServiceAnswers(t *testing.T) {
	l := start(t, lab.Config{})
	for _, client := range podsOf(l, "shop/web") { // one on each node
		conn, err := dialIn(t.Context(), client.NetnsPath, "udp4", "10.96.0.10:53")
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if n, err := ask(conn, []byte{0, 180, 0, 0}); err != nil || n != 180 {
			t.Errorf("from %s: answer of %d bytes (%v), want 180", client.Node, n, err)
		}
	}
}

// ask sends a question and returns the length of its answer. UDP promises neither, so
// that it is asked again every second, as a resolver does.
func ask(conn net.Conn, question []byte) (n int, err error) {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		if err = conn.SetDeadline(time.Now().Add(time.Second)); err != nil {
			return 0, err
		}
		if _, err = conn.Write(question); err != nil {
			return 0, err
		}
		if n, err = conn.Read(make([]byte, 1000)); !errors.Is(err, os.ErrDeadlineExceeded) {
			return n, err
		}
	}
	return 0, err
}

func TestTheNATMasqueradesAndGatewayEndpointsDoNot(t *testing.T) {
	l := start(t, lab.Config{})
	const nat = "198.18.255.10"
	for _, client := range podsOf(l, "shop/web") {
		s3 := nat
		if client.Node == "node-a" { // the one subnet that the S3 endpoint is associated with
			s3 = client.Addr.String()
		}
		for address, want := range map[string]string{
			"198.19.1.10:443":  nat,                  // the internet
			"198.18.16.10:443": s3,                   // S3
			"198.18.32.10:443": client.Addr.String(), // DynamoDB
		} {
			answer := who(t, client, address)
			if answer.Asker != want || answer.Name != "cloud" {
				t.Errorf("from %s to %s: %s was asked by %s, want by %s", client.Node, address, answer.Name, answer.Asker, want)
			}
		}
	}
}

func TestThereIsNoWayOut(t *testing.T) {
	l := start(t, lab.Config{})
	for _, address := range []string{"192.0.2.1:80", "1.1.1.1:443"} {
		conn, err := dialIn(t.Context(), l.Pods()[0].NetnsPath, "tcp4", address)
		if err == nil {
			conn.Close()
		}
		if !errors.Is(err, syscall.EHOSTUNREACH) && !errors.Is(err, syscall.ENETUNREACH) {
			t.Errorf("dial %s from a pod: %v, want that it is unreachable", address, err)
		}
	}
}

func TestTransferIsExact(t *testing.T) {
	l := start(t, lab.Config{OneSegment: true})
	from, to := podsOf(l, "shop/catalog")[0], podsOf(l, "shop/search")[0]
	for _, payload := range []int64{0, 1, 1448, 1449, 5_000_000} {
		t.Run(fmt.Sprint(payload), func(t *testing.T) {
			capture, err := l.Capture(from.Key())
			if err != nil {
				t.Fatal(err)
			}
			done, err := l.Transfer(t.Context(), from.Key(), to.Key(), payload)
			if err != nil {
				t.Fatal(err)
			}
			seen, err := capture.Stop()
			if err != nil {
				t.Fatal(err)
			}
			if done.Client.Addr() != from.Addr || done.Server.Addr() != to.Addr || done.Bytes != payload {
				t.Errorf("transferred %+v, want %d bytes from %s to %s", done, payload, from.Addr, to.Addr)
			}
			checkWire(t, seen, done)
		})
	}
}

// checkWire compares a capture with the arithmetic: 52 bytes of IPv4 and TCP
// header per packet (timestamps on), and 8 more for the options of the SYN.
func checkWire(t *testing.T, seen map[lab.Tuple]lab.Seen, done lab.Transferred) {
	t.Helper()
	sent := seen[lab.Tuple{Source: done.Client, Destination: done.Server, Protocol: unix.IPPROTO_TCP}]
	want := uint64(done.Bytes+done.ResentBytes) + 52*sent.Packets + 8
	if sent.Packets < 3 || sent.Bytes != want {
		t.Errorf("captured %+v from client to server, want %d bytes (%d of them sent again)", sent, want, done.ResentBytes)
	}
	// Packets that overtake each other make the receiver add 12 to 36 bytes of
	// SACK options to some of its answers: a lower and an upper bound.
	back := seen[lab.Tuple{Source: done.Server, Destination: done.Client, Protocol: unix.IPPROTO_TCP}]
	least := 52*back.Packets + 8
	if back.Packets < 2 || back.Bytes < least || back.Bytes > least+36*back.Packets {
		t.Errorf("captured %+v from server to client, want %d bytes of headers, or a little more", back, least)
	}
}

func TestTransferToNobody(t *testing.T) {
	l := start(t, lab.Config{})
	if _, err := l.Transfer(t.Context(), l.Pods()[0].Key(), "shop/none", 1); err == nil {
		t.Error("a transfer to no pod succeeded")
	}
	if _, err := l.Transfer(t.Context(), "shop/none", l.Pods()[0].Key(), 1); err == nil {
		t.Error("a transfer from no pod succeeded")
	}
}

func TestProcessesAreInTheirPodsCgroup(t *testing.T) {
	l := start(t, lab.Config{})
	for _, p := range l.Pods() {
		checkCgroup(t, l, p)
	}
	if p, q := l.Pods()[0].Addr, netip.MustParsePrefix("10.244.0.0/16"); !q.Contains(p) {
		t.Errorf("pod address %s is not in %s", p, q)
	}
}
