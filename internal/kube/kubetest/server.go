// Package kubetest runs a real Kubernetes API server over a real etcd, built from
// Go modules by deploy/deps/kube.sh, and plays what a cluster has beside them:
// controllers and kubelets, which record what really happened.
package kubetest

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/testkit"
)

// Server is a running control plane of one test.
type Server struct {
	tb                testing.TB
	dir, bin          string
	etcdPort, apiPort int
	etcd, api         *exec.Cmd
	// proxy stands before the API server, so that a watch can be cut.
	proxy *proxy
}

// Start runs a control plane until the test ends. Without the binaries the test
// is skipped, or fails where EGRESSOR_REQUIRE names kube.
func Start(tb testing.TB) *Server {
	tb.Helper()
	bin, err := binaries()
	testkit.Require(tb, "kube", err)
	s := &Server{tb: tb, dir: tb.TempDir(), bin: bin, etcdPort: freePort(tb), apiPort: freePort(tb)}
	s.files()
	s.proxy = newProxy(tb, fmt.Sprintf("127.0.0.1:%d", s.apiPort))
	s.etcd = s.start("etcd", "--data-dir="+filepath.Join(s.dir, "etcd"), "--unsafe-no-fsync", "--log-level=error",
		"--listen-client-urls="+s.etcdURL(), "--advertise-client-urls="+s.etcdURL(),
		fmt.Sprintf("--listen-peer-urls=http://127.0.0.1:%d", freePort(tb)))
	tb.Cleanup(func() { stop(s.api); stop(s.etcd) })
	s.StartAPI()
	return s
}

// binaries finds what deploy/deps/kube.sh built, from any folder of the repository.
func binaries() (string, error) {
	dir, err := os.Getwd()
	for ; err == nil && dir != "/"; dir = filepath.Dir(dir) {
		bin := filepath.Join(dir, ".deps", "kube", "bin")
		if _, missing := os.Stat(filepath.Join(bin, "kube-apiserver")); missing == nil {
			return bin, nil
		}
	}
	return "", fmt.Errorf("no kube-apiserver in .deps/kube/bin: run deploy/deps/kube.sh (%w)", os.ErrNotExist)
}

func (s *Server) etcdURL() string { return fmt.Sprintf("http://127.0.0.1:%d", s.etcdPort) }

// tokens are the users: an administrator, and one who may read what RBAC says.
const tokens = "admin,admin,1,system:masters\nreader,reader,2,readers\n"

// files writes the keys and tokens of the API server.
func (s *Server) files() {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		s.tb.Fatal(err)
	}
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		s.tb.Fatal(err)
	}
	s.write("sa.key", string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der})))
	s.write("tokens.csv", tokens)
}

func (s *Server) write(name, text string) string {
	path := filepath.Join(s.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		s.tb.Fatal(err)
	}
	return path
}

// StartAPI starts the API server and waits until it is ready.
func (s *Server) StartAPI() {
	s.tb.Helper()
	s.api = s.start("kube-apiserver", "--etcd-servers="+s.etcdURL(), "--bind-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%d", s.apiPort), "--cert-dir="+filepath.Join(s.dir, "certs"),
		"--service-account-issuer=https://kubernetes.default.svc", "--service-account-key-file="+filepath.Join(s.dir, "sa.key"),
		"--service-account-signing-key-file="+filepath.Join(s.dir, "sa.key"), "--service-cluster-ip-range=10.96.0.0/16",
		"--token-auth-file="+filepath.Join(s.dir, "tokens.csv"), "--authorization-mode=RBAC",
		"--disable-admission-plugins=ServiceAccount,TaintNodesByCondition,Priority", "--max-requests-inflight=2000",
		"--max-mutating-requests-inflight=2000", "-v=0")
	ready := fmt.Sprintf("https://127.0.0.1:%d/readyz", s.apiPort)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}} //nolint:gosec // a certificate of its own making, on loopback
	defer client.CloseIdleConnections()
	deadline := time.Now().Add(2 * time.Minute)
	for time.Now().Before(deadline) {
		ctx, cancel := context.WithTimeout(s.tb.Context(), 2*time.Second)
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, ready, nil)
		if err != nil {
			s.tb.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer admin")
		answer, err := client.Do(request)
		if err == nil {
			_ = answer.Body.Close()
		}
		cancel()
		if err == nil && answer.StatusCode == http.StatusOK {
			return
		}
		<-time.After(100 * time.Millisecond)
	}
	s.tb.Fatal("kube-apiserver is not ready after 2 minutes; its log is " + filepath.Join(s.dir, "kube-apiserver.log"))
}

// StopAPI kills the API server: connections break, nothing is said goodbye to.
func (s *Server) StopAPI() { stop(s.api) }

// Cut breaks every connection to the API server and refuses new ones until Mend.
func (s *Server) Cut() { s.proxy.cut() }

// Mend lets connections through again.
func (s *Server) Mend() {
	if err := s.proxy.mend(); err != nil {
		s.tb.Errorf("kubetest: %v", err)
	}
}

// Kubeconfig writes a kubeconfig of a user, through the connection that can be
// cut, and returns its path. The context is called "lab".
func (s *Server) Kubeconfig(user string) string {
	return s.write(user+".kubeconfig", fmt.Sprintf(`apiVersion: v1
kind: Config
current-context: lab
clusters: [{name: lab, cluster: {server: "https://%s", insecure-skip-tls-verify: true}}]
users: [{name: user, user: {token: %s}}]
contexts: [{name: lab, context: {cluster: lab, user: user}}]
`, s.proxy.address(), user))
}

func (s *Server) start(name string, args ...string) *exec.Cmd {
	s.tb.Helper()
	log, err := os.OpenFile(filepath.Join(s.dir, name+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		s.tb.Fatal(err)
	}
	defer log.Close()
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		s.tb.Fatal(err)
	}
	return cmd
}

func stop(cmd *exec.Cmd) {
	if cmd != nil && cmd.ProcessState == nil {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
}

func freePort(tb testing.TB) int {
	tb.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}
