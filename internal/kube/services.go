package kube

import (
	"net/netip"
	"strings"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"

	"github.com/egressor/egressor/internal/model"
)

func serviceFact(cluster string, service *corev1.Service) model.Fact {
	fact := &model.ServiceFact{
		Cluster: cluster, Namespace: service.Namespace, Name: service.Name, Type: string(service.Spec.Type),
		ExternalTrafficPolicy: string(service.Spec.ExternalTrafficPolicy),
	}
	if service.Spec.TrafficDistribution != nil {
		fact.TrafficDistribution = *service.Spec.TrafficDistribution
	}
	add := func(text string) {
		if addr, err := netip.ParseAddr(text); err == nil {
			fact.Addrs = append(fact.Addrs, addr.Unmap())
		}
	}
	for _, text := range service.Spec.ClusterIPs {
		add(text) // "None" of a headless service is no address
	}
	for _, text := range service.Spec.ExternalIPs {
		add(text)
	}
	for _, ingress := range service.Status.LoadBalancer.Ingress {
		add(ingress.IP)
		if ingress.Hostname != "" {
			fact.Hosts = append(fact.Hosts, ingress.Hostname)
		}
	}
	for _, port := range service.Spec.Ports {
		protocol, err := model.ParseProtocol(strings.ToLower(string(port.Protocol)))
		if err != nil {
			protocol = sctp
		}
		fact.Ports = append(fact.Ports, model.ServicePort{
			Port: uint16(port.Port), NodePort: uint16(port.NodePort), Protocol: protocol, Target: port.TargetPort.String(),
		})
	}
	return model.Fact{Kind: model.FactService, Service: fact}
}

// sctp is the third protocol that a Service can have.
const sctp model.Protocol = 132

func sliceFact(cluster string, slice *discoveryv1.EndpointSlice) model.Fact {
	fact := &model.EndpointSliceFact{
		Cluster: cluster, Namespace: slice.Namespace, Service: slice.Labels[discoveryv1.LabelServiceName],
	}
	for i := range slice.Endpoints {
		endpoint := &slice.Endpoints[i]
		behind := model.SliceEndpoint{
			Node: deref(endpoint.NodeName), Zone: deref(endpoint.Zone),
			Ready: endpoint.Conditions.Ready == nil || *endpoint.Conditions.Ready,
		}
		if endpoint.TargetRef != nil && endpoint.TargetRef.Kind == "Pod" {
			behind.Pod = string(endpoint.TargetRef.UID)
		}
		if endpoint.Hints != nil {
			for _, zone := range endpoint.Hints.ForZones {
				behind.Hints = append(behind.Hints, zone.Name)
			}
		}
		for _, text := range endpoint.Addresses {
			if addr, err := netip.ParseAddr(text); err == nil {
				behind.Addr = addr.Unmap()
				fact.Endpoints = append(fact.Endpoints, behind)
			}
		}
	}
	return model.Fact{Kind: model.FactEndpointSlice, EndpointSlice: fact}
}

func deref(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}
