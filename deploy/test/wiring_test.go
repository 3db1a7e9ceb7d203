package deploytest

import (
	"slices"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// Every Service leads to a pod, by a port that a container has; so do probes and
// network policies, and every mount has its volume.
func TestWiring(t *testing.T) {
	eachInstallation(t, func(t *testing.T, found objects) {
		for _, service := range found.services {
			p := podOf(t, found, service.Name, service.Spec.Selector)
			for _, port := range service.Spec.Ports {
				mustHavePort(t, service.Name, p, port.TargetPort)
			}
		}
		for _, policy := range found.policies {
			p := podOf(t, found, policy.Name, policy.Spec.PodSelector.MatchLabels)
			for _, rule := range policy.Spec.Ingress {
				for _, port := range rule.Ports {
					mustHavePort(t, policy.Name, p, *port.Port)
				}
			}
		}
		for _, p := range found.pods {
			checkProbes(t, p)
			checkMounts(t, p)
			if p.kind != "Pod" && !slices.Contains(found.accounts, p.spec.ServiceAccountName) {
				t.Errorf("%s: there is no service account %q", p.name, p.spec.ServiceAccountName)
			}
		}
	})
}

func podOf(t *testing.T, found objects, name string, selector map[string]string) pod {
	t.Helper()
	var selected []pod
	for _, p := range found.pods {
		if selects(selector, p.labels) {
			selected = append(selected, p)
		}
	}
	if len(selected) != 1 {
		t.Fatalf("%s selects %d kinds of pods, want one", name, len(selected))
	}
	return selected[0]
}

func mustHavePort(t *testing.T, name string, p pod, port intstr.IntOrString) {
	t.Helper()
	for _, container := range p.spec.Containers {
		for _, has := range container.Ports {
			if port.StrVal != "" && has.Name == port.StrVal || port.StrVal == "" && has.ContainerPort == port.IntVal {
				return
			}
		}
	}
	t.Errorf("%s: %s has no port %s", name, p.name, port.String())
}

func checkProbes(t *testing.T, p pod) {
	t.Helper()
	if p.kind == "Pod" {
		return
	}
	for _, container := range p.spec.Containers {
		for what, probe := range map[string]*corev1.Probe{"liveness": container.LivenessProbe, "readiness": container.ReadinessProbe} {
			switch {
			case probe == nil:
				t.Errorf("%s/%s has no %s probe", p.name, container.Name, what)
			case probe.HTTPGet != nil:
				mustHavePort(t, what+" probe", p, probe.HTTPGet.Port)
				if want := map[string]string{"liveness": "/healthz", "readiness": "/readyz"}[what]; probe.HTTPGet.Path != want {
					t.Errorf("%s: %s probe asks %s, want %s", p.name, what, probe.HTTPGet.Path, want)
				}
			case probe.TCPSocket != nil:
				mustHavePort(t, what+" probe", p, probe.TCPSocket.Port)
			}
		}
	}
}

func checkMounts(t *testing.T, p pod) {
	t.Helper()
	mounted := map[string]bool{}
	for _, container := range slices.Concat(p.spec.InitContainers, p.spec.Containers) {
		for _, mount := range container.VolumeMounts {
			mounted[mount.Name] = true
			if !slices.ContainsFunc(p.spec.Volumes, func(v corev1.Volume) bool { return v.Name == mount.Name }) {
				t.Errorf("%s/%s mounts %s, which is no volume", p.name, container.Name, mount.Name)
			}
		}
	}
	for _, volume := range p.spec.Volumes {
		if !mounted[volume.Name] {
			t.Errorf("%s: nothing mounts volume %s", p.name, volume.Name)
		}
	}
}

// The API must be closed to every pod that nobody named: it has no sign-in.
func TestAPIIsClosed(t *testing.T) {
	loaded := loadChart(t)
	files, err := render(loaded, nil)
	if err != nil {
		t.Fatal(err)
	}
	policies := decode(t, manifests(files)).policies
	if len(policies) != 1 {
		t.Fatalf("%d network policies, want graphsvc's", len(policies))
	}
	for _, rule := range policies[0].Spec.Ingress {
		for _, port := range rule.Ports {
			open := len(rule.From) == 0
			if port.Port == nil || port.Port.StrVal == "http" && open {
				t.Errorf("everyone reaches %v", rule.Ports)
			}
			for _, peer := range rule.From {
				if peer.PodSelector == nil || peer.PodSelector.MatchLabels["app.kubernetes.io/component"] != "test" {
					t.Errorf("the API is open to %v", peer)
				}
			}
		}
	}
}
