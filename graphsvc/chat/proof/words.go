package proof

import "strings"

// ordinaryWords may stand where a name could, without being one.
var ordinaryWords = wordSet(`
it they this that these those which who what each every all any some none both one two three another other others
the a an its their our your his her there here now then later before after today yesterday
we you nothing something everything everyone nobody itself themselves
traffic bytes data requests responses answers connections transfers transfer workload workloads deployment deployments pods pod node nodes
service services gateway endpoint endpoints cluster zone zones region regions internet cloud nat vpc unknown outside inside team teams namespace
egressor agent agents clients client servers server source destination sources destinations minute hour day week month
egress ingress storage database cache outage change changes version versions window total rest bill provider aws azure gcp google amazon
prices price cost costs spend spending money savings saving incident incidents cause causes volume path paths way hop hops
public private same cross several many most more less few much zero only just also still never already
rollout rollouts revision revisions image images replica replicas kubernetes s3 ipv4 ipv6 tcp udp dns http https tls
preferclose trafficdistribution source_namespace payer causer list marginal high medium low
`)

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(text) {
		set[word] = true
	}
	return set
}

// compoundParts make a word with hyphens one of the language.
var compoundParts = wordSet(`
cross same round per one two three four non pre re post self well long short high low in out on off up down to by of
read write only zone region list hour day minute month first last half full new old day-to-day so end top
cost price node pod wide based side level term free less more most much trip way time like ish
`)
