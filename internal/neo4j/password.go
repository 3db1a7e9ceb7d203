package neo4j

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// passwordFile is the name, inside the data directory, of the embedded server's password.
const passwordFile = "neo4j-password"

// readOrMakePassword returns the password in the data directory, and makes a
// random one of 128 bits or more where there is none. Neo4j takes whatever the
// file holds at its next start, so removing the file changes the password.
func readOrMakePassword(data string) (string, error) {
	path := filepath.Join(data, passwordFile)
	text, err := os.ReadFile(path)
	if err == nil {
		password := strings.TrimSpace(string(text))
		if len(password) < 8 {
			return "", fmt.Errorf("%s: %d characters, Neo4j wants at least 8: remove the file for a new random password", path, len(password))
		}
		return password, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("neo4j password: %w", err)
	}
	password := rand.Text()
	if err := os.WriteFile(path, []byte(password+"\n"), 0o600); err != nil {
		return "", fmt.Errorf("neo4j password: %w", err)
	}
	return password, nil
}
