package signin

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"time"

	"github.com/egressor/egressor/graphsvc/access"
)

const (
	// tokenPrefix lets scanners of repositories recognise a token that leaked.
	tokenPrefix = "egr_"
	hashPrefix  = "sha256:"
	secretBytes = 32
)

// NewToken returns a secret of 256 random bits.
func NewToken() string {
	secret := make([]byte, secretBytes)
	_, _ = rand.Read(secret) // crypto/rand never fails: it ends the process
	return tokenPrefix + base64.RawURLEncoding.EncodeToString(secret)
}

// HashToken is how a token stands in the access file. A plain digest is enough:
// nobody guesses 256 bits, slowly or fast.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hashPrefix + hex.EncodeToString(sum[:])
}

func validHash(text string) bool {
	digits, found := strings.CutPrefix(text, hashPrefix)
	decoded, err := hex.DecodeString(digits)
	return found && err == nil && len(decoded) == sha256.Size
}

// byHash finds a token that has not expired. Comparing digests of secrets leaks
// nothing by its time that could be used: they cannot be chosen digit by digit.
func (r *Rules) byHash(hash string, now time.Time) (access.Principal, bool) {
	for i := range r.Tokens {
		token := &r.Tokens[i]
		if token.Hash == hash && (token.Expires.IsZero() || now.Before(token.Expires)) {
			return token.principal, true
		}
	}
	return access.Principal{}, false
}
