package minute

import (
	"bytes"

	"github.com/egressor/egressor/costsvc/pricing"
)

// StatementText is what a statement's digest is over.
func StatementText(statement pricing.Statement) []byte {
	var text bytes.Buffer
	writeStatement(&text, statement)
	return text.Bytes()
}
