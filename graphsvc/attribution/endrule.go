package attribution

import "github.com/egressor/egressor/internal/model"

// EndRule is the rule by which an end was named. Its text is what an
// explanation says.
type EndRule string

// End rules.
const (
	RuleCgroupPod      EndRule = "socket-of-pod"
	RuleCgroupUnit     EndRule = "socket-of-unit"
	RulePodAddress     EndRule = "address-of-pod"
	RuleHostPodAddress EndRule = "address-of-host-network-pod"
	RuleNodeAddress    EndRule = "address-of-node"
	RuleEndpointRange  EndRule = "range-of-endpoint"
	RuleSameHost       EndRule = "same-host"
	RuleFarAgent       EndRule = "named-by-its-own-agent"
	RuleTranslation    EndRule = "translation-seen-by-its-agent"
	RuleContested      EndRule = "several-owners"
	RuleNoPodFact      EndRule = "no-fact-of-pod"
	RuleNoOwner        EndRule = "no-owner-at-that-time"
	RuleNoFact         EndRule = "no-fact-of-address"
	RuleServiceOnly    EndRule = "service-without-backend"
	RuleNobodysSocket  EndRule = "socket-of-nobody-known"
)

var unknownRules = map[model.UnknownReason]EndRule{
	model.UnknownNoOwner: RuleNoOwner, model.UnknownAddress: RuleNoFact, model.UnknownPod: RuleNoPodFact,
	model.UnknownAmbiguous: RuleContested, model.UnknownUntranslated: RuleServiceOnly, model.UnknownLocalProcess: RuleNobodysSocket,
}

var endRuleTexts = map[EndRule]string{
	RuleCgroupPod:      "the kernel says that the socket is the pod's: its cgroup has the pod's UID",
	RuleCgroupUnit:     "the kernel says that the socket is no pod's: its cgroup is a unit of the node",
	RulePodAddress:     "the pod held the address in the row's window",
	RuleHostPodAddress: "the address is a node's, and this pod in the node's network is its one known owner",
	RuleNodeAddress:    "the address is the node's; which of its processes it was, no agent there said",
	RuleEndpointRange:  "nobody in a cluster held the address, and it is in a range of the endpoint",
	RuleSameHost:       "the address needs no network: loopback, link-local, or the end's own",
	RuleFarAgent:       "the address leaves it open, and the agent of the end's own node says whose socket it was",
	RuleTranslation:    "the address that was dialled is translated, and the server's agent saw to what in its node's conntrack",
	RuleContested:      "several owners claim the address in the row's window and no report says which",
	RuleNoPodFact:      "the socket is a pod's of which no fact is known",
	RuleNoOwner:        "the address is a cluster's, but nobody held it in the row's window",
	RuleNoFact:         "no fact speaks of the address",
	RuleServiceOnly:    "the address is a Service's, and the backend behind it is not known",
	RuleNobodysSocket:  "the kernel did not say whose socket it was, and nobody held its address",
}

// Text says in words what the rule is.
func (r EndRule) Text() string { return endRuleTexts[r] }

// ChoiceRule is the rule by which one of two reports was taken.
type ChoiceRule string

// Choice rules.
const (
	ChoiceOnlySender     ChoiceRule = "only-sender"
	ChoiceOnlyReceiver   ChoiceRule = "only-receiver"
	ChoiceSender         ChoiceRule = "sender-covered"
	ChoiceReceiver       ChoiceRule = "sender-not-covered"
	ChoiceReceiverKnows  ChoiceRule = "receiver-knows-the-owner"
	ChoiceLargerSender   ChoiceRule = "neither-covered-sender"
	ChoiceLargerReceiver ChoiceRule = "neither-covered-receiver"
)

var choiceTexts = map[ChoiceRule]string{
	ChoiceOnlySender:     "only the sender's agent reported it",
	ChoiceOnlyReceiver:   "only the receiver's agent reported it",
	ChoiceSender:         "the sender's node was covered for the whole minute: it knows what it sent, retransmissions included",
	ChoiceReceiver:       "the sender's node was not covered for the whole minute, the receiver's was",
	ChoiceReceiverKnows:  "the sender cannot say to whom the address belonged, and the receiver, fully covered, can",
	ChoiceLargerSender:   "neither node was covered for the whole minute: the larger part, the sender's",
	ChoiceLargerReceiver: "neither node was covered for the whole minute: the larger part, the receiver's",
}

// Text says in words what the rule is.
func (r ChoiceRule) Text() string { return choiceTexts[r] }
