package kube

import (
	"cmp"
	"net/netip"
	"slices"

	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/egressor/egressor/internal/model"
)

func ingressFact(cluster string, ingress *networkingv1.Ingress) model.Fact {
	fact := &model.GatewayFact{
		Cluster: cluster, Class: deref(ingress.Spec.IngressClassName),
		Object: model.WorkloadRef{Namespace: ingress.Namespace, Kind: "Ingress", Name: ingress.Name},
	}
	leads := func(backend *networkingv1.IngressBackend) {
		if backend != nil && backend.Service != nil {
			fact.Services = append(fact.Services, ingress.Namespace+"/"+backend.Service.Name)
		}
	}
	leads(ingress.Spec.DefaultBackend)
	for _, rule := range ingress.Spec.Rules {
		if rule.Host != "" {
			fact.Hosts = append(fact.Hosts, rule.Host)
		}
		if rule.HTTP == nil {
			continue
		}
		for i := range rule.HTTP.Paths {
			leads(&rule.HTTP.Paths[i].Backend)
		}
	}
	for _, reached := range ingress.Status.LoadBalancer.Ingress {
		reach(fact, reached.IP)
		reach(fact, reached.Hostname)
	}
	return gateway(fact)
}

// gatewayFact reads a Gateway or a route of the Gateway API.
func gatewayFact(cluster string, object *unstructured.Unstructured) model.Fact {
	fact := &model.GatewayFact{
		Cluster: cluster, Object: model.WorkloadRef{Namespace: object.GetNamespace(), Kind: object.GetKind(), Name: object.GetName()},
	}
	fact.Class = textAt(object.Object, "spec", "gatewayClassName")
	fact.Hosts, _, _ = unstructured.NestedStringSlice(object.Object, "spec", "hostnames")
	for _, listener := range listAt(object.Object, "spec", "listeners") {
		if host := textAt(listener, "hostname"); host != "" {
			fact.Hosts = append(fact.Hosts, host)
		}
	}
	for _, parent := range listAt(object.Object, "spec", "parentRefs") {
		fact.Parents = append(fact.Parents, cmp.Or(textAt(parent, "namespace"), object.GetNamespace())+"/"+textAt(parent, "name"))
	}
	for _, rule := range listAt(object.Object, "spec", "rules") {
		for _, backend := range listAt(rule, "backendRefs") {
			if kind := textAt(backend, "kind"); kind == "" || kind == "Service" {
				fact.Services = append(fact.Services, cmp.Or(textAt(backend, "namespace"), object.GetNamespace())+"/"+textAt(backend, "name"))
			}
		}
	}
	for _, address := range listAt(object.Object, "status", "addresses") {
		reach(fact, textAt(address, "value"))
	}
	return gateway(fact)
}

// gateway is the fact with its lists in order and without repeats.
func gateway(fact *model.GatewayFact) model.Fact {
	for _, list := range []*[]string{&fact.Hosts, &fact.Services, &fact.Parents, &fact.Names} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return model.Fact{Kind: model.FactGateway, Gateway: fact}
}

// reach adds where a way in is reached: an address or a name.
func reach(fact *model.GatewayFact, text string) {
	if addr, err := netip.ParseAddr(text); err == nil {
		fact.Addrs = append(fact.Addrs, addr.Unmap())
	} else if text != "" {
		fact.Names = append(fact.Names, text)
	}
}

func textAt(object map[string]any, path ...string) string {
	text, _, _ := unstructured.NestedString(object, path...)
	return text
}

// listAt are the objects of a list; what is no object is left out.
func listAt(object map[string]any, path ...string) []map[string]any {
	list, _, _ := unstructured.NestedSlice(object, path...)
	var objects []map[string]any
	for _, item := range list {
		if o, ok := item.(map[string]any); ok {
			objects = append(objects, o)
		}
	}
	return objects
}
