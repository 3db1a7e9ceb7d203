package clickhouse

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// KeyFile is where the key of the embedded engine over dataDir is: beside the
// directory, since everything in it is the engine's.
func KeyFile(dataDir string) string { return filepath.Clean(dataDir) + "-key" }

// minKeyLength keeps out a file whose writing was cut off.
const minKeyLength = 16

// readOrMakeKey returns the key in the file, and makes a random one of 128 bits
// or more where there is none. Who can read the file can do in the engine, and
// through it, what the service's user can.
func readOrMakeKey(path string) (string, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", fmt.Errorf("key of the embedded clickhouse: %w", err)
	}
	key, err := makeKey(path)
	if errors.Is(err, fs.ErrExist) {
		key, err = readKey(path)
	}
	if err != nil {
		return "", fmt.Errorf("key of the embedded clickhouse: %w", err)
	}
	return key, nil
}

// makeKey writes a file that must not be there yet: neither another process's
// key is replaced, nor a link followed.
func makeKey(path string) (string, error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	key := rand.Text()
	_, err = file.WriteString(key + "\n")
	if err = errors.Join(err, file.Close()); err != nil {
		return "", errors.Join(err, os.Remove(path))
	}
	return key, nil
}

func readKey(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if mode := info.Mode().Perm(); mode&0o007 != 0 {
		return "", fmt.Errorf("%s has mode %04o, so that other users may know it: remove the file for a new random key", path, mode)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	key := strings.TrimSpace(string(text))
	if len(key) < minKeyLength {
		return "", fmt.Errorf("%s: %d characters, want at least %d: remove the file for a new random key", path, len(key), minKeyLength)
	}
	return key, nil
}
