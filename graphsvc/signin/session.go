package signin

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	sessionLife = 8 * time.Hour
	loginLife   = 10 * time.Minute
	keyBytes    = 32
)

// session is what a browser's cookie says. It holds who somebody is, never what
// they may do: that is looked up in the access file at each request.
type session struct {
	// TokenHash is set for a session begun with a token.
	TokenHash string `json:"t,omitempty"`
	// Name and Groups are set for one begun at the OpenID provider.
	Name    string    `json:"n,omitempty"`
	Groups  []string  `json:"g,omitempty"`
	Expires time.Time `json:"e"`
}

// login is what a browser keeps while its person is at the provider.
type login struct {
	State    string    `json:"s"`
	Nonce    string    `json:"n"`
	Verifier string    `json:"v"`
	To       string    `json:"to"`
	Expires  time.Time `json:"e"`
}

var errSeal = errors.New("the cookie was not made by this service")

// seal writes a value so that open can tell that this service wrote it, under
// one purpose: a login's cookie is no session.
func seal(key []byte, purpose string, value any) (string, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return "", err
	}
	body := base64.RawURLEncoding.EncodeToString(text)
	return body + "." + base64.RawURLEncoding.EncodeToString(mac(key, purpose, body)), nil
}

func unseal(key []byte, purpose, sealed string, value any) error {
	body, tag, _ := strings.Cut(sealed, ".")
	given, err := base64.RawURLEncoding.DecodeString(tag)
	if err != nil || !hmac.Equal(given, mac(key, purpose, body)) {
		return errSeal
	}
	text, err := base64.RawURLEncoding.DecodeString(body)
	if err != nil {
		return errSeal
	}
	return json.Unmarshal(text, value)
}

func mac(key []byte, purpose, body string) []byte {
	hash := hmac.New(sha256.New, key)
	hash.Write([]byte(purpose + "\x00" + body))
	return hash.Sum(nil)
}

// loadKey reads the key of the sessions, or makes one where there is none yet.
func loadKey(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKey(path)
	}
	if err != nil {
		return nil, fmt.Errorf("session key: %w", err)
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != keyBytes {
		return nil, fmt.Errorf("session key %s: want %d bytes in base64: remove the file to have one made, which ends all sessions", path, keyBytes)
	}
	return key, nil
}

func makeKey(path string) ([]byte, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("session key: %w", err)
	}
	key := make([]byte, keyBytes)
	_, _ = rand.Read(key) // crypto/rand never fails: it ends the process
	text := base64.StdEncoding.EncodeToString(key) + "\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return nil, fmt.Errorf("session key: %w", err)
	}
	return key, nil
}
