package inquiry

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Occasion is what an investigation by rule is made at.
type Occasion string

// Occasions.
const (
	// Opened is when the incident is first worth one.
	Opened Occasion = "opened"
	// Recaused is when its likeliest cause became another.
	Recaused Occasion = "cause-changed"
	// Ended is when it is over.
	Ended Occasion = "ended"
)

// Inquiry is one investigation that is to be made.
type Inquiry struct {
	Occasion Occasion
	// Incident is as it was known at its version.
	Incident model.Incident
	// Through is the end of the minute that the version was made for.
	Through model.Minute
}

// ID is the same for the same incident, occasion and likeliest cause, whoever makes
// the investigation and however often: so it is on the record once.
func (i *Inquiry) ID() string {
	text := i.Incident.ID + " " + string(i.Occasion)
	if i.Occasion == Recaused {
		text += " " + CauseOf(&i.Incident)
	}
	sum := sha256.Sum256([]byte(text))
	const digits = 16
	return "q" + hex.EncodeToString(sum[:])[:digits]
}

// risks are the kinds of anomaly that no money measures.
var risks = []string{"leak-like", "new-destination"}

// IsRisk reports whether an incident has something in it that matters whatever it costs.
func IsRisk(i *model.Incident) bool {
	return slices.Contains(risks, i.Kind) || slices.ContainsFunc(i.Anomalies, func(a model.Anomaly) bool { return slices.Contains(risks, a.Kind) })
}

// Worth reports whether an incident is investigated by itself: where it costs at least
// so much a day, or is a risk.
func Worth(i *model.Incident, least money.Amount) bool {
	return IsRisk(i) || i.ImpactPerDay.Cmp(least) >= 0
}

// CauseOf names the likeliest cause of an incident, "" where none was found.
func CauseOf(i *model.Incident) string {
	if len(i.Findings) == 0 {
		return ""
	}
	return i.Findings[0].Kind + " " + i.Findings[0].Subject
}
