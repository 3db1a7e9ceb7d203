package remedy

import (
	"fmt"

	"github.com/egressor/egressor/graphsvc/diagnosis"
	"github.com/egressor/egressor/internal/model"
)

// Remedy is one thing to do.
type Remedy struct {
	// Action says what to do first, Undo how to go back.
	Action, Undo string
	// Command and UndoCommand do so for a shell, "" where no one command does.
	Command, UndoCommand string
}

// Of is what to do about an incident: about its likeliest cause, or, where no
// cause was found, about its kind.
func Of(i *model.Incident) Remedy {
	if len(i.Findings) == 0 {
		return unexplained(i)
	}
	f := &i.Findings[0]
	w, known := parse(f.Entity)
	if r, ok := placed[diagnosis.CauseKind(f.Kind)]; ok {
		return r
	}
	if !known {
		return Remedy{
			Action: "ask the owner of " + f.Subject + " whether the change was meant; if not, take it back",
			Undo:   "make the change again",
		}
	}
	if make, ok := ofWorkload[diagnosis.CauseKind(f.Kind)]; ok {
		return make(w)
	}
	return Remedy{Action: "ask the owner of " + w.String() + " whether this was meant", Undo: "nothing is changed by asking"}
}

// placed are the causes that are no workload's.
var placed = map[diagnosis.CauseKind]Remedy{
	diagnosis.CauseNodes: {
		Action: "let the pods come back to the zone of what they talk to: nodes of that zone in the pool, or a topology spread constraint or affinity on the workload",
		Undo:   "take the constraint out again", Command: "kubectl get nodes -L topology.kubernetes.io/zone",
	},
	diagnosis.CauseRoute: {
		Action: "put the route back: associate the endpoint with the route table of the subnet; `egressor recommend --full` has the patch once it has seen five minutes of it",
		Undo:   "dissociate the endpoint from that route table again", Command: "egressor recommend --full",
	},
	diagnosis.CausePrice: {
		Action: "compare the price book with the provider's bill; if the price is wrong, correct the book and price the minutes again",
		Undo:   "price them again by the book before: versions are kept", Command: "egressor reconcile --help",
	},
	diagnosis.CauseTier: {
		Action: "nothing broke: the month's volume has come into another tier, and begins anew with the next month",
		Undo:   "there is nothing to undo",
	},
}

// unexplained is for what no change of the time and no pattern explains.
func unexplained(i *model.Incident) Remedy {
	from, known := sourceOf(i)
	if !known {
		return Remedy{Action: "compare the window with the one before and ask the owners of the largest transfers", Undo: "nothing is changed by asking", Command: "egressor flows --since 15m"}
	}
	r := Remedy{
		Action: "ask the owner of " + from.String() + " what it sends; see its processes and its last deployment",
		Undo:   "nothing is changed by asking", Command: "kubectl " + from.in() + " describe " + from.named(),
	}
	switch i.Kind {
	case "leak-like", "new-destination":
		r.Action = "ask the owner of " + from.String() + " whether the destination is meant. If nobody knows it, keep the pods for forensics and cut them off with a NetworkPolicy that has egress to the cluster alone"
		r.Undo = "delete the NetworkPolicy"
	case "slow-burn":
		r.Action = "it grows by the hour: ask the owner of " + from.String() + " what accumulates (retries, a queue, a growing answer without pages), and set a limit before it doubles again"
	}
	return r
}

func sourceOf(i *model.Incident) (workload, bool) {
	for n := range i.Anomalies {
		for _, id := range []string{i.Anomalies[n].Source, i.Anomalies[n].Destination} {
			if w, ok := parse(id); ok {
				return w, true
			}
		}
	}
	return workload{}, false
}

// ofWorkload are the causes that a workload is.
var ofWorkload = map[diagnosis.CauseKind]func(workload) Remedy{
	diagnosis.CauseRollout: rollBack, diagnosis.CauseConfig: rollBack, diagnosis.CauseCompression: rollBack,
	diagnosis.CauseScaling: func(w workload) Remedy {
		return Remedy{
			Action:  "ask whether " + w.String() + " needs that many pods; if not, scale back or lower the maximum of its autoscaler",
			Undo:    "scale up again to the number that the evidence names",
			Command: "kubectl " + w.in() + " get hpa,deploy,rs", UndoCommand: "kubectl " + w.in() + " scale " + w.named() + " --replicas=NUMBER",
		}
	},
	diagnosis.CauseRescheduling: func(w workload) Remedy {
		return Remedy{
			Action: "bring " + w.String() + " back to the zone of what it talks to, with a topology spread constraint or zone affinity, or let its Service prefer the same zone (`egressor recommend`)",
			Undo:   "take the constraint out again", Command: "kubectl " + w.in() + " get pods -o wide",
		}
	},
	diagnosis.CauseService: func(w workload) Remedy {
		return Remedy{
			Action: "point the clients back to the server they had: the Service's selector or the address in their configuration; or place " + w.String() + " in their zone",
			Undo:   "point them to " + w.String() + " again", Command: "kubectl " + w.in() + " get service,endpointslices -o wide",
		}
	},
	diagnosis.CauseRenamed: func(w workload) Remedy {
		return Remedy{
			Action: "nothing costs more: where " + w.String() + " was not meant to take that place, ask its owner; what names the old one (policies, budgets, dashboards) names nobody now",
			Undo:   "nothing is changed by asking", Command: "kubectl " + w.in() + " describe " + w.named(),
		}
	},
	diagnosis.CauseNewConsumer: func(w workload) Remedy {
		return Remedy{
			Action: "ask the owner of " + w.String() + " what it reads and how often; let it read changes instead of everything, or run it in the server's zone",
			Undo:   "let it read as before", Command: "kubectl " + w.in() + " describe " + w.named(),
		}
	},
	diagnosis.CauseRetries: func(w workload) Remedy {
		return Remedy{
			Action: "look why " + w.String() + " fails its clients (errors, time-outs, memory), and give the clients a retry budget with back-off",
			Undo:   "take the budget out of the clients again", Command: "kubectl " + w.in() + " logs " + w.named() + " --since=30m",
		}
	},
	diagnosis.CauseBatch: func(w workload) Remedy {
		r := Remedy{Action: "ask why " + w.String() + " runs at this time; move it to its hour, and to a subnet whose endpoint it can use", Undo: "let it run again"}
		if w.kind == "CronJob" {
			r.Command = "kubectl " + w.in() + " patch " + w.named() + ` -p '{"spec":{"suspend":true}}'`
			r.UndoCommand = "kubectl " + w.in() + " patch " + w.named() + ` -p '{"spec":{"suspend":false}}'`
		}
		return r
	},
	diagnosis.CauseCache: func(w workload) Remedy {
		return Remedy{
			Action: "look why the cache " + w.String() + " is empty (restart, eviction, memory limit, key change) and warm it up",
			Undo:   "nothing is changed by looking", Command: "kubectl " + w.in() + " describe " + w.named(),
		}
	},
	diagnosis.CauseRestarts: func(w workload) Remedy {
		return Remedy{
			Action: "stop the crash loop of " + w.String() + ", and let nodes keep its image (imagePullPolicy IfNotPresent, a tag that does not move, a registry endpoint or mirror)",
			Undo:   "roll the change of the policy back", Command: "kubectl " + w.in() + " logs " + w.named() + " --previous", UndoCommand: w.undo(),
		}
	},
	diagnosis.CauseDemand: func(w workload) Remedy {
		return Remedy{
			Action: "it is asked more: see who asks " + w.String() + " in the map's drawer; if the demand is wanted, resolve the incident with a note, and see `egressor recommend` for cheaper ways",
			Undo:   "reopen the incident",
		}
	},
}

func rollBack(w workload) Remedy {
	return Remedy{
		Action:  fmt.Sprintf("if the change was not meant to move this much, roll %s back; where a repository applies it, revert the commit instead", w),
		Undo:    "roll back once more: that brings the newer revision again",
		Command: w.undo(), UndoCommand: w.undo(),
	}
}
