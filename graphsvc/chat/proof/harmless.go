package proof

import (
	"fmt"
	"strings"
	"unicode"
)

// maxTextLetters bounds one string from the cluster: names, labels and causes
// are other people's text and are handed on as data only.
const maxTextLetters = 120

// maxIDLetters bounds an id, which must stay whole to be asked about, what a person is
// to copy or to look up whole, and the engine's own sentences, in which names stand.
const maxIDLetters = 600

func lettersOf(key string) int {
	switch key {
	case "id", "source", "destination", "sourceRevision", "destinationRevision", "priceSource", "text", "check",
		"filter", "action", "command", "undo", "undoCommand", "conclusion", "title", "for", "against":
		return maxIDLetters
	default:
		return maxTextLetters
	}
}

// Harmless cuts a text and escapes what could hide or form something in it:
// control, direction and markup characters, and the signs of a reference.
func Harmless(text string, most int) string {
	text = strings.ReplaceAll(text, "{#", "{\\u0023")
	var clean strings.Builder
	letters := 0
	for _, letter := range text {
		if letters++; letters > most {
			clean.WriteString("…")
			break
		}
		if strings.ContainsRune("<>[]`", letter) || unicode.In(letter, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp, unicode.Variation_Selector) {
			fmt.Fprintf(&clean, "\\u%04x", letter)
			continue
		}
		clean.WriteRune(letter)
	}
	return clean.String()
}
