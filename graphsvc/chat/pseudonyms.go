package chat

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"regexp"
	"strings"
	"sync"

	"github.com/egressor/egressor/graphsvc/chat/proof"
)

// pseudonyms put other names in the place of those of the cluster before a text
// leaves, and the names back when one comes. The same key gives a name the same
// pseudonym in every conversation. A nil pointer changes nothing.
type pseudonyms struct {
	key []byte

	mu   sync.Mutex
	back map[string]string // pseudonym to name
}

func newPseudonyms(key []byte) *pseudonyms { return &pseudonyms{key: key, back: map[string]string{}} }

var (
	hideable  = regexp.MustCompile(`[\p{L}\p{Nd}_](?:[\p{L}\p{Nd}_.:-]*[\p{L}\p{Nd}_])?`)
	pseudonym = regexp.MustCompile(`\bn-[a-z2-7]{10}\b`)
)

// hide replaces each name that the ledger has learnt.
func (p *pseudonyms) hide(ledger *proof.Ledger, text string) string {
	if p == nil {
		return text
	}
	return hideable.ReplaceAllStringFunc(text, func(word string) string {
		if !ledger.IsPrivate(word) {
			return word
		}
		return p.of(word)
	})
}

func (p *pseudonyms) of(name string) string {
	mac := hmac.New(sha256.New, p.key)
	mac.Write([]byte(name))
	const letters = 10
	made := "n-" + strings.ToLower(base32.StdEncoding.EncodeToString(mac.Sum(nil)))[:letters]
	p.mu.Lock()
	defer p.mu.Unlock()
	p.back[made] = name
	return made
}

// restore puts the names back.
func (p *pseudonyms) restore(text string) string {
	if p == nil {
		return text
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return pseudonym.ReplaceAllStringFunc(text, func(made string) string {
		if name, known := p.back[made]; known {
			return name
		}
		return made
	})
}
