package awsapi

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/egressor/egressor/internal/testkit"
)

// startMoto runs a server of Amazon's API on loopback, without state, and points
// the SDK at it by its own environment variables.
func startMoto(t *testing.T) {
	t.Helper()
	python, err := findMoto()
	testkit.Require(t, "moto", err)
	server := exec.Command(python, filepath.Join("testdata", "serve.py"), "-H", "127.0.0.1", "-p", "0")
	lines, err := server.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	address := regexp.MustCompile(`Running on (http://\S+)`)
	scanner := bufio.NewScanner(lines)
	for scanner.Scan() {
		if m := address.FindStringSubmatch(scanner.Text()); m != nil {
			go func() { // the pipe must not fill up
				for scanner.Scan() {
				}
			}()
			for name, value := range map[string]string{
				"AWS_ENDPOINT_URL": m[1], "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
				"AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull, "AWS_EC2_METADATA_DISABLED": "true",
			} {
				t.Setenv(name, value)
			}
			return
		}
	}
	t.Fatalf("moto ended without saying where it listens: %v", scanner.Err())
}

// findMoto looks for .deps in this folder and above.
func findMoto() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; ; dir = filepath.Dir(dir) {
		binary := filepath.Join(dir, ".deps", "moto", "bin", "python")
		if _, err := os.Stat(binary); err == nil {
			return binary, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("no .deps/moto: run deploy/deps/moto.sh")
		}
	}
}
