import { followed } from '../../do/kinds/id-kinds.js';
import { moveTextsOf } from '../../do/kinds/cloud/clouds.js';
import type { LinkView, TargetView, IntegrationView } from '../../do/world/views.js';
import { listChangesFor } from '../../check/checks/path/outcomes.js';
import { sourceOf } from '../../check/path/sources/link-source.js';
import { aclNumbers, listEntries, terraformOf } from './impact-lists.js';
import type { Impact, ImpactEntry, MigrationInput } from './migration.js';
import type { MovedBackend } from '../../do/world/uses/gateway-uses.js';
import { publicEgressOf } from './exit-networks.js';
import { backendOf, groupsBehind } from '../../check/path/balancers/backend.js';

/**
 * What a move changes for each backend: the source addresses before and after, and the entries to add, ready
 * to paste. A list of the cloud needs an entry if it stops, or may stop, the path from the new link to the
 * backend or the return path. All other lists need the new blocks.
 */
export function impactOf(input: MigrationInput): readonly Impact[] {
  const { region } = input;
  const next = blocksOf(input.to);
  const old = input.from === undefined ? [] : blocksOf(input.from);
  const added = next.filter((block) => !old.includes(block));
  const numbers = aclNumbers(region);
  const terraform = terraformOf(moveTextsOf(region.clouds, region.region.provider).terraform);
  const rowOf = (view: TargetView): Impact => {
    const backend = nameOf(view);
    const resources = terraform(backend);
    const lists = listEntries(region, listChangesFor(input.check, view), numbers, resources);
    const text = resources.text();
    return {
      backend,
      old,
      new: next,
      entries: [
        ...lists,
        ...hostEntries(added, portsOfMachines(input.future, view)),
        ...(text === '' ? [] : [{ form: 'terraform', where: 'terraform', text } as const]),
        ...jsonEntry(added),
      ],
    };
  };
  return [
    ...input.backends.flatMap((backend) => {
      const views = input.future.targets.filter(({ name }) => backend.targets.includes(name));
      if (views.length > 0) return views.map(rowOf);

      // Where its address is unknown, its own list needs the new blocks as well.
      const port = portOf(backend);
      const hosts = hostEntries(added, port === undefined ? undefined : [port]);
      return [{ backend: backend.name, old, new: next, entries: [...hosts, ...jsonEntry(added)] }];
    }),
    ...outside(input),
  ];
}

/** Backends on the public internet are called from the public address of a link. */
function outside({ from, to, open }: MigrationInput): readonly Impact[] {
  const [old, next] = [publicEgressOf(from), publicEgressOf(to)];
  const added = next.filter((block) => !old.includes(block));
  return open.map((backend) => {
    const port = portOf(backend);
    const hosts = hostEntries(added, port === undefined ? undefined : [port]);
    return { backend: backend.name, old, new: next, entries: [...hosts, ...jsonEntry(added)] };
  });
}

function nameOf({ name, spec }: TargetView): string {
  const ref = followed(spec.ref);
  const at =
    'instance' in ref
      ? `${ref.instance}:${ref.port}`
      : 'address' in ref
        ? `${hostText(ref.address)}:${ref.port}`
        : undefined;
  return at === undefined || at === name ? name : `${at} (${name})`;
}

/** An address as it is written before a port. */
function hostText(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

function portOf({ uses: [use] }: MovedBackend): number | undefined {
  return use?.port ?? (use?.host === undefined ? undefined : use.scheme === 'https' ? 443 : 80);
}

function jsonEntry(added: readonly string[]): readonly ImpactEntry[] {
  return added.length === 0 ? [] : [{ form: 'json', where: 'json', text: JSON.stringify(added) }];
}

function blocksOf(link: LinkView): readonly string[] {
  return [...new Set(sourceOf(link).blocks.map(({ text }) => text))].toSorted();
}

/**
 * The ports on which instances see a link's own addresses. Instances behind a load balancer that replaces the
 * client's address do not see them, and have no ports here. Undefined where that cannot be determined.
 */
function portsOfMachines(integration: IntegrationView, view: TargetView): readonly number[] | undefined {
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
function hostEntries(added: readonly string[], ports: readonly number[] | undefined): readonly ImpactEntry[] {
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
