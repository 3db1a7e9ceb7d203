package deploytest

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
)

const nobody = 65534

// capabilities are all that any container has, as docs/install.md lists them.
var capabilities = map[string][]corev1.Capability{
	"agent":       {"BPF", "PERFMON", "NET_ADMIN"},
	"spool-owner": {"CHOWN"},
}

// hostPaths are all that any pod sees of its node.
var hostPaths = map[string]bool{"/sys/fs/cgroup": true, "/var/lib/egressor/spool": true}

// eachInstallation decodes every rendered installation.
func eachInstallation(t *testing.T, check func(t *testing.T, found objects)) {
	t.Helper()
	loaded := loadChart(t)
	for name, values := range cases(t) {
		t.Run(name, func(t *testing.T) {
			files, err := render(loaded, values)
			if err != nil {
				t.Fatal(err)
			}
			found := decode(t, manifests(files))
			if len(found.pods) == 0 {
				t.Fatal("nothing would run")
			}
			check(t, found)
		})
	}
}

func TestLeastPrivilege(t *testing.T) {
	eachInstallation(t, func(t *testing.T, found objects) {
		for _, p := range found.pods {
			checkPod(t, p)
			for _, container := range slices.Concat(p.spec.InitContainers, p.spec.Containers) {
				checkContainer(t, p, container)
			}
		}
	})
}

func checkPod(t *testing.T, p pod) {
	t.Helper()
	agent := strings.HasSuffix(p.name, "-agent")
	security := p.spec.SecurityContext
	switch {
	case security == nil || security.RunAsUser == nil || *security.RunAsUser != nobody || security.RunAsNonRoot == nil || !*security.RunAsNonRoot:
		t.Errorf("%s: the pod may run as root", p.name)
	case security.SeccompProfile == nil || security.SeccompProfile.Type != corev1.SeccompProfileTypeRuntimeDefault:
		t.Errorf("%s: no seccomp profile", p.name)
	}
	if p.spec.AutomountServiceAccountToken == nil || *p.spec.AutomountServiceAccountToken {
		t.Errorf("%s: mounts a token that nothing uses", p.name)
	}
	if p.spec.EnableServiceLinks == nil || *p.spec.EnableServiceLinks {
		t.Errorf("%s: Services' variables could be taken for settings (EGRESSOR_*)", p.name)
	}
	if !agent && (p.spec.HostNetwork || p.spec.HostPID) || p.spec.HostIPC {
		t.Errorf("%s: shares the host's namespaces", p.name)
	}
	for _, volume := range p.spec.Volumes {
		if volume.HostPath != nil && (!agent || !hostPaths[volume.HostPath.Path]) {
			t.Errorf("%s: sees the node's %s", p.name, volume.HostPath.Path)
		}
	}
}

func checkContainer(t *testing.T, p pod, container corev1.Container) {
	t.Helper()
	name := p.name + "/" + container.Name
	security := container.SecurityContext
	if security == nil || security.Capabilities == nil {
		t.Fatalf("%s has no security context", name)
	}
	if security.Privileged != nil && *security.Privileged {
		t.Errorf("%s is privileged", name)
	}
	if security.AllowPrivilegeEscalation == nil || *security.AllowPrivilegeEscalation {
		t.Errorf("%s may gain privileges", name)
	}
	if security.ReadOnlyRootFilesystem == nil || !*security.ReadOnlyRootFilesystem {
		t.Errorf("%s may write its root file system", name)
	}
	if diff := cmp.Diff([]corev1.Capability{"ALL"}, security.Capabilities.Drop); diff != "" {
		t.Errorf("%s drops (-want +got):\n%s", name, diff)
	}
	if diff := cmp.Diff(capabilities[container.Name], security.Capabilities.Add); diff != "" {
		t.Errorf("%s adds capabilities (-want +got):\n%s", name, diff)
	}
	if security.RunAsUser != nil && *security.RunAsUser == 0 && container.Name != "spool-owner" {
		t.Errorf("%s runs as root", name)
	}
	for _, mount := range container.VolumeMounts {
		if mount.MountPath == "/sys/fs/cgroup" && !mount.ReadOnly {
			t.Errorf("%s may write cgroups", name)
		}
	}
	if container.Resources.Limits.Memory().IsZero() || container.Resources.Requests.Cpu().IsZero() {
		t.Errorf("%s has no memory limit or no CPU request", name)
	}
	checkImage(t, name, container.Image)
}

// checkImage wants a registry, and a tag that stays or a digest.
func checkImage(t *testing.T, name, image string) {
	t.Helper()
	repository, digest, _ := strings.Cut(image, "@")
	_, tag, _ := strings.Cut(repository[strings.LastIndex(repository, "/"):], ":")
	if digest == "" && (tag == "" || tag == "latest") {
		t.Errorf("%s: image %q is not pinned", name, image)
	}
	if registry, _, _ := strings.Cut(repository, "/"); !strings.Contains(registry, ".") {
		t.Errorf("%s: image %q names no registry", name, image)
	}
}

// No password, key or key's value may stand in a manifest: they come from Secrets.
func TestSecretsStayInSecrets(t *testing.T) {
	eachInstallation(t, func(t *testing.T, found objects) {
		for _, p := range found.pods {
			for _, container := range p.spec.Containers {
				for _, variable := range container.Env {
					secret := strings.Contains(variable.Name, "KEY") || strings.Contains(variable.Name, "PASSWORD")
					if secret && (variable.Value != "" || variable.ValueFrom == nil || variable.ValueFrom.SecretKeyRef == nil) {
						t.Errorf("%s: %s does not come from a Secret", p.name, variable.Name)
					}
				}
			}
		}
	})
}

// The only role lists, watches and, for the workloads that events are about, gets;
// it writes nothing but events, and nothing in it holds a secret; only graphsvc has it.
func TestTheRoleOnlyReads(t *testing.T) {
	eachInstallation(t, func(t *testing.T, found objects) {
		for _, role := range found.roles {
			for _, rule := range role.Rules {
				verbs := strings.Join(rule.Verbs, " ")
				events := slices.Equal(rule.Resources, []string{"events"}) && slices.Equal(rule.APIGroups, []string{"events.k8s.io"})
				if verbs != "list watch" && verbs != "get" && !(events && verbs == "create get update") {
					t.Errorf("%s may %s %v", role.Name, verbs, rule.Resources)
				}
				for _, resource := range slices.Concat(rule.Resources, rule.APIGroups) {
					if strings.Contains(resource, "*") || resource == "secrets" || resource == "configmaps" || strings.Contains(resource, "/") {
						t.Errorf("%s reads %s", role.Name, resource)
					}
				}
			}
		}
		for _, binding := range found.bindings {
			for _, subject := range binding.Subjects {
				if !strings.HasSuffix(subject.Name, "-graphsvc") || !slices.Contains(found.accounts, subject.Name) {
					t.Errorf("%s gives its role to %s", binding.Name, subject.Name)
				}
			}
		}
	})
}
