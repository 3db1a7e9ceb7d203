package brief

import (
	"strconv"
	"strings"

	"github.com/egressor/egressor/internal/model"
)

// series says of a deviating series who and what it is: "shop/web to shop/api,
// 8080/tcp, answers".
func series(a *model.Anomaly) string {
	if a.Source == "" || a.Destination == "" {
		kind, id, cut := strings.Cut(a.Scope, " ")
		if !cut {
			return a.Scope
		}
		return "all of " + kind + " " + name(id)
	}
	text := name(a.Source) + " to " + name(a.Destination)
	// The scope of a flow ends with its port and with which end began.
	words := strings.Fields(a.Scope)
	if len(words) < 2 || words[0] != "flow" {
		return text
	}
	text += ", " + words[len(words)-2]
	switch model.Initiator(words[len(words)-1]) {
	case model.InitiatorSource:
		text += ", requests"
	case model.InitiatorDestination:
		text += ", answers"
	case model.InitiatorUnknown:
	}
	return text
}

// name is an id as people say it: NAMESPACE/NAME, or the name alone.
func name(id string) string {
	identity, err := model.ParseIdentity(id)
	if err != nil {
		return id
	}
	if identity.Namespace != "" {
		return identity.Namespace + "/" + identity.Name
	}
	return identity.Name
}

// people is a text with the ids in it as people say them.
func people(text string) string {
	words := strings.Split(text, " ")
	for i := range words {
		words[i] = name(words[i])
	}
	return strings.Join(words, " ")
}

// counted is a number of things with the thing in its number.
func counted(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + one + "s"
}

// soFar says what an amount since the beginning is: all of it once it is over.
func soFar(i *model.Incident) string {
	if i.Until == 0 {
		return "so far"
	}
	return "in all"
}

// young warns of a saving that was seen for less than a day: a month is reckoned
// from what may be an hour's work.
func young(r *model.Recommendation) []string {
	const day = 24 * 60
	if r.Minutes >= day {
		return nil
	}
	return []string{"the month is reckoned from " + counted(int(r.Minutes), "minute") + " alone: look again when a day has been seen"}
}
