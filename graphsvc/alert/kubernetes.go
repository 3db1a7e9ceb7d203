package alert

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/egressor/egressor/internal/kube"
	"github.com/egressor/egressor/internal/model"
)

// Events writes Kubernetes events: kube.EventWriter.
type Events interface {
	Write(ctx context.Context, e kube.Event) error
}

// errNobody is said of an incident that is about no workload alone: a price, an endpoint.
var errNobody = errors.New("it is about no workload, so there is nothing for a Kubernetes event to be about")

// eventOf is the incident as an event on the workload that it speaks of: a warning
// when it begins, under the incident's key, and a normal one when it is over.
func eventOf(i *model.Incident, link string) (kube.Event, error) {
	about, found := workloadOf(i)
	if !found {
		return kube.Event{}, errNobody
	}
	e := kube.Event{
		Workload: about, Key: i.ID, Reason: "EgressorIncident", Action: "Detected", Warning: true, At: i.Detected.Start().Add(time.Minute),
		Note: noteOf(fmt.Sprintf("%s. Since %s UTC. %s.", i.Title, i.Since.Start().Format("2006-01-02 15:04"), i.Conclusion), link),
	}
	if i.Until != 0 {
		e.Key, e.Reason, e.Action, e.Warning, e.At = i.ID+".over", "EgressorIncidentOver", "Resolved", false, i.Until.Start()
		e.Note = noteOf(fmt.Sprintf("Over: %s. It cost %s beyond the expected.", i.Title, shown(i.Impact, i.Currency)), link)
	}
	return e, nil
}

// noteOf is a text and the link, the text cut so that the link is whole.
func noteOf(text, link string) string {
	if room := max(0, kube.MaxNoteBytes-len(link)-1); len(text) > room {
		text = strings.ToValidUTF8(text[:room], "")
	}
	return text + " " + link
}

// workloadOf is who an incident is about: the likeliest cause's workload, or the
// first workload of the costliest series.
func workloadOf(i *model.Incident) (model.Identity, bool) {
	var names []string
	for n := range i.Findings {
		names = append(names, i.Findings[n].Entity)
	}
	for n := range i.Anomalies {
		names = append(names, i.Anomalies[n].Source, i.Anomalies[n].Destination)
	}
	for _, name := range names {
		if id, err := model.ParseIdentity(name); err == nil && id.Kind == model.KindWorkload {
			return id, true
		}
	}
	return model.Identity{}, false
}
