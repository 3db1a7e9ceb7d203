//go:build linux

package e2e_test

import (
	"fmt"
	"net/netip"
	"strings"
)

// natRule is one Service as a node translates it, in the words of kube-proxy.
type natRule struct {
	// dialled is the ClusterIP and port; of a NodePort the address is zero and any
	// of the node's own will do.
	dialled netip.AddrPort
	backend netip.AddrPort
	// local is externalTrafficPolicy Local: what comes from outside of the node keeps
	// its source address. Otherwise a NodePort masquerades it.
	local bool
}

func (r natRule) nodePort() bool { return r.dialled.Addr().IsUnspecified() }

// masqueradeMark is the mark by which kube-proxy masquerades.
const masqueradeMark = "0x4000"

// iptablesRules is what kube-proxy's iptables mode writes, for iptables-restore.
// What leaves podRange for outside is masqueraded, as an ip-masq-agent does it.
func iptablesRules(rules []natRule, podRange netip.Prefix) string {
	var head, body strings.Builder
	head.WriteString("*nat\n:KUBE-SERVICES - [0:0]\n:KUBE-NODEPORTS - [0:0]\n:KUBE-MARK-MASQ - [0:0]\n:KUBE-POSTROUTING - [0:0]\n")
	fmt.Fprintf(&body, "-A PREROUTING -j KUBE-SERVICES\n-A OUTPUT -j KUBE-SERVICES\n-A POSTROUTING -j KUBE-POSTROUTING\n")
	fmt.Fprintf(&body, "-A KUBE-MARK-MASQ -j MARK --or-mark %s\n", masqueradeMark)
	for i, r := range rules {
		endpoint := fmt.Sprintf("KUBE-SEP-%d", i)
		fmt.Fprintf(&head, ":%s - [0:0]\n", endpoint)
		if r.nodePort() {
			if !r.local {
				fmt.Fprintf(&body, "-A KUBE-NODEPORTS -p tcp --dport %d -j KUBE-MARK-MASQ\n", r.dialled.Port())
			}
			fmt.Fprintf(&body, "-A KUBE-NODEPORTS -p tcp --dport %d -j %s\n", r.dialled.Port(), endpoint)
		} else {
			fmt.Fprintf(&body, "-A KUBE-SERVICES -d %s/32 -p tcp --dport %d -j %s\n", r.dialled.Addr(), r.dialled.Port(), endpoint)
		}
		// A hairpin: the pod is its own server.
		fmt.Fprintf(&body, "-A %s -s %s/32 -j KUBE-MARK-MASQ\n", endpoint, r.backend.Addr())
		fmt.Fprintf(&body, "-A %s -p tcp -j DNAT --to-destination %s\n", endpoint, r.backend)
	}
	body.WriteString("-A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS\n")
	fmt.Fprintf(&body, "-A KUBE-POSTROUTING -m mark --mark %s/%s -j MASQUERADE\n", masqueradeMark, masqueradeMark)
	fmt.Fprintf(&body, "-A KUBE-POSTROUTING -s %s ! -d 10.0.0.0/8 -j MASQUERADE\n", podRange)
	return head.String() + body.String() + "COMMIT\n"
}

// nftRules is what kube-proxy's nftables mode writes, for nft -f: verdict maps
// for Services and NodePorts, a chain for each endpoint.
func nftRules(rules []natRule, podRange netip.Prefix) string {
	var chains, services, ports strings.Builder
	for i, r := range rules {
		fmt.Fprintf(&chains, "  chain endpoint-%d {\n    ip saddr %s meta mark set mark or %s\n    meta l4proto tcp dnat to %s\n  }\n",
			i, r.backend.Addr(), masqueradeMark, r.backend)
		switch {
		case !r.nodePort():
			fmt.Fprintf(&services, "%s . tcp . %d : goto endpoint-%d, ", r.dialled.Addr(), r.dialled.Port(), i)
		case r.local:
			fmt.Fprintf(&ports, "tcp . %d : goto endpoint-%d, ", r.dialled.Port(), i)
		default:
			fmt.Fprintf(&chains, "  chain external-%d {\n    meta mark set mark or %s\n    goto endpoint-%d\n  }\n", i, masqueradeMark, i)
			fmt.Fprintf(&ports, "tcp . %d : goto external-%d, ", r.dialled.Port(), i)
		}
	}
	elements := func(list string) string {
		if list == "" {
			return ""
		}
		return "elements = { " + strings.TrimSuffix(list, ", ") + " }"
	}
	return fmt.Sprintf(`table ip kube-proxy {
%s  map service-ips {
    type ipv4_addr . inet_proto . inet_service : verdict
    %s
  }
  map service-nodeports {
    type inet_proto . inet_service : verdict
    %s
  }
  chain services {
    ip daddr . meta l4proto . th dport vmap @service-ips
    fib daddr type local meta l4proto . th dport vmap @service-nodeports
  }
  chain nat-prerouting {
    type nat hook prerouting priority dstnat; policy accept;
    jump services
  }
  chain nat-output {
    type nat hook output priority -100; policy accept;
    jump services
  }
  chain nat-postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    meta mark and %s == %s masquerade
    ip saddr %s ip daddr != 10.0.0.0/8 masquerade
  }
}
`, chains.String(), elements(services.String()), elements(ports.String()), masqueradeMark, masqueradeMark, podRange)
}
