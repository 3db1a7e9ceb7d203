package graphstore

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/egressor/egressor/internal/model"
)

// parseEdgeID is the inverse of model.EdgeID.String.
func parseEdgeID(text string) (model.EdgeID, error) {
	digits, ok := strings.CutPrefix(text, "t")
	number, err := strconv.ParseUint(digits, 16, 64)
	if !ok || err != nil || model.EdgeID(number).String() != text {
		return 0, fmt.Errorf("edge id %q: want t and 16 hexadecimal digits", text)
	}
	return model.EdgeID(number), nil
}
