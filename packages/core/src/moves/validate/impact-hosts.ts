import type { IntegrationView, TargetView } from '../../do/world/views.js';
import { backendOf, groupsBehind } from '../../check/path/balancers/backend.js';
import type { ImpactEntry } from './migration.js';

/**
 * The ports on which instances see a link's own addresses. Instances behind a load balancer that replaces the
 * client's address do not see them, and have no ports here. Undefined where that cannot be determined.
 */
export function portsOfMachines(integration: IntegrationView, view: TargetView): readonly number[] | undefined {
  const { port } = view.spec.ref;
  const backend = backendOf(integration, view);
  if (backend === undefined) return port === undefined ? undefined : [port];
  if (backend.kind === 'instance' || backend.kind === 'address') return [backend.port];
  if (backend.kind === 'service') {
    const instances = backend.service.is === 'found' ? backend.service.value.instances : undefined;
    return instances && distinct(instances.map(({ port }) => port));
  }
  const { region } = integration.link;
  const listener = backend.listener;
  if (listener.is !== 'found') return undefined;
  const { groups, missing } = groupsBehind(region, listener.value);
  if (missing !== undefined || groups.some(({ found }) => found.is !== 'found')) return undefined;
  return distinct(
    groups.flatMap(({ found }) =>
      found.is === 'found' && found.value.preservesClientAddress !== false
        ? (found.value.targets ?? []).map(({ port }) => port ?? found.value.port)
        : [],
    ),
  );
}

function distinct(ports: readonly (number | undefined)[]): readonly number[] {
  return [...new Set(ports.flatMap((port) => port ?? []))].toSorted((a, b) => a - b);
}

/** Entries for lists outside the cloud: of machines, of data centers. */
export function hostEntries(added: readonly string[], ports: readonly number[] | undefined): readonly ImpactEntry[] {
  if (added.length === 0) return [];
  const at = ports === undefined ? [''] : ports.map((port) => ` --dport ${port}`);
  const tables = added.flatMap((block) =>
    at.map((port) => `${block.includes(':') ? 'ip6tables' : 'iptables'} -I INPUT -p tcp -s ${block}${port} -j ACCEPT`),
  );
  return [
    { form: 'nginx', where: 'nginx', text: added.map((block) => `allow ${block};`).join('\n') },
    ...(tables.length === 0 ? [] : [{ form: 'iptables', where: 'iptables', text: tables.join('\n') } as const]),
  ];
}
