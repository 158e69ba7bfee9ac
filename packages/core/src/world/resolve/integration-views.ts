import type { Gateway } from '../model/gateway.js';
import type { IntegrationSpec, Spec, TargetSpec } from '../model/spec.js';
import type { Target, TargetRef } from '../model/target.js';
import { InvalidInputError } from '../errors.js';
import { gatewayId, gatewayKind } from './resolve/resolve-gateway.js';
import { placeOf } from '../model/place.js';
import { isMadeOnDemand, targetText } from './resolve/resolve-target.js';
import type { IntegrationView, LinkView, RegionIndex, TargetView, Unresolved } from './views.js';
import { unknownBecause } from './index/look-up.js';
import { targetPorts } from './target-ports.js';

/**
 * The integrations of a spec as checks see them.
 * @throws {InvalidInputError} `UNKNOWN_REFERENCE` where one leads through a link that the spec does not define.
 */
export function integrationViews(wanted: Spec, links: ReadonlyMap<string, LinkView>): readonly IntegrationView[] {
  return Object.entries(wanted.integrations).map(([name, integration]) => {
    const link = links.get(integration.link);
    if (link === undefined) {
      throw new InvalidInputError(
        'UNKNOWN_REFERENCE',
        `integration ${name} uses the link ${integration.link}, which is not defined`,
        { place: placeOf(wanted, `integrations.${name}.link`), remedy: `Define ${integration.link} under links.` },
      );
    }
    const routes = routesByTarget(integration);
    const hosts = ownOf(wanted.assume?.hosts, name);
    const targets = Object.entries(integration.targets).map(([key, spec]): TargetView => {
      const { target, unresolved } = resolve(link, spec);
      return { name: key, spec, target, unresolved, routeKeys: routes.get(key) ?? [], hosts: ownOf(hosts, key) };
    });
    return { name, spec: integration, link, targets, ...resolveGateway(link.region, integration) };
  });
}

/** Names of a spec may be words that every object has. */
function ownOf<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}

function routesByTarget({ routes }: IntegrationSpec): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, string[]>();
  for (const key of Object.keys(routes)) {
    const target = routes[key] ?? '';
    const known = keys.get(target);
    if (known === undefined) keys.set(target, [key]);
    else known.push(key);
  }
  return keys;
}

function resolveGateway(
  region: RegionIndex,
  { gateway: ref }: IntegrationSpec,
): { readonly gateway?: Gateway | undefined; readonly unresolved?: Unresolved | undefined } {
  const id = gatewayId(ref);
  const { region: place, account } = region.region;
  const found = region.find('gateways', id);
  if (found.is === 'unknown') {
    return {
      gateway: undefined,
      unresolved: unknownBecause(found.missing, `nobody can say whether there is a gateway ${id}`),
    };
  }
  if (found.is === 'absent') {
    return {
      gateway: undefined,
      unresolved: {
        verdict: 'fail',
        code: 'NOT_FOUND',
        message: `there is no gateway ${id} in ${place} of account ${account}`,
        remedy: `Write the id of a gateway that exists${someOf(region.region.gateways)}: Postern never creates one.`,
      },
    };
  }
  const gateway = found.value;
  const kind = gatewayKind(ref);
  if (gateway.kind === kind) return { gateway, unresolved: undefined };
  return {
    gateway,
    unresolved: {
      verdict: 'fail',
      code: 'WRONG_KIND',
      message: `gateway ${id} is of kind ${gateway.kind}, not ${kind}`,
      remedy: `Name it as what it is: ${gateway.kind}.`,
    },
  };
}

function someOf(gateways: readonly Gateway[]): string {
  const some = gateways.slice(0, 5).map(({ id, name }) => `${id} (${name})`);
  return some.length === 0 ? '' : `, such as ${some.join(', ')}`;
}

const SERVICE_LISTS = ['targets', 'services'] as const;
const OTHER_LISTS = ['targets', 'listeners', 'loadBalancers'] as const;

function resolve(
  { region, networkId }: LinkView,
  { ref }: TargetSpec,
): { readonly target?: Target | undefined; readonly unresolved?: Unresolved | undefined } {
  // One private address may stand in several networks; an instance stands in one, which is checked elsewhere.
  const all = candidates(region, ref);
  const found =
    'address' in ref && networkId !== undefined
      ? all.filter((target) => (target.networkId ?? networkId) === networkId)
      : all;
  const [target, ...others] = found;
  if (others.length > 0) {
    const ids = found.map(({ id }) => id).slice(0, 10);
    const message = `${targetText(ref)} fits ${found.length} targets: ${ids.join(', ')}`;
    const remedy = `Write the one that is meant: ${ids.join(' or ')}.`;
    return { target: undefined, unresolved: { verdict: 'fail', code: 'AMBIGUOUS', message, remedy } };
  }
  if (target !== undefined) return { target, unresolved: undefined };
  const id =
    'service' in ref ? ref.service : 'listener' in ref && typeof ref.listener === 'string' ? ref.listener : undefined;
  for (const list of 'service' in ref ? SERVICE_LISTS : OTHER_LISTS) {
    const missing = region.missing(list, list === 'loadBalancers' ? undefined : id);
    // Targets are the list that answers; of the others only what failed to be read keeps a target from being there.
    if (missing === undefined || (list !== 'targets' && missing.failed !== true)) continue;
    return {
      target: undefined,
      unresolved: unknownBecause(missing, `nobody can say whether there is ${article(ref)} ${targetText(ref)}`),
    };
  }
  if (isMadeOnDemand(ref)) return { target: undefined, unresolved: undefined };
  return {
    target: undefined,
    unresolved: {
      verdict: 'fail',
      code: 'NOT_FOUND',
      message: `there is no ${targetText(ref)} in ${region.region.region}`,
      remedy: remedyFor(region, ref),
    },
  };
}

function candidates(region: RegionIndex, ref: TargetRef): readonly Target[] {
  if ('service' in ref) {
    const exact = byId(region, ref.service).filter(({ kind }) => kind === 'service');
    if (exact.length > 0) return exact;
    const named = region.group('targets', 'service name', ({ kind, name }) => (kind === 'service' ? [name] : []));
    return named.get(ref.service) ?? [];
  }
  if ('instance' in ref || 'address' in ref) {
    return (
      targetPorts(region)
        .byResource.get('instance' in ref ? ref.instance : ref.address)
        ?.get(ref.port) ?? []
    );
  }
  const { listener } = ref;
  if (typeof listener === 'string') return byId(region, listener);
  const { loadBalancer, port } = listener;
  const { byResource, byName } = targetPorts(region);
  const found: Target[] = [];
  const add = (some: readonly Target[] | undefined): void => {
    if (some === undefined) return;
    for (const target of some) if (target.kind === 'listener' && !found.includes(target)) found.push(target);
  };
  add(byResource.get(loadBalancer)?.get(port));
  for (const id of balancersOf(region, loadBalancer)) add(byResource.get(id)?.get(port));
  add(byName.get(loadBalancer)?.get(port));
  return found;
}

function byId(region: RegionIndex, id: string): readonly Target[] {
  const found = region.find('targets', id);
  return found.is === 'found' ? [found.value] : [];
}

/** The ids of the load balancers that an id or name means. */
function balancersOf(region: RegionIndex, idOrName: string): readonly string[] {
  const named = region.group('loadBalancers', 'id or name', ({ id, name }) => [id, name]);
  return (named.get(idOrName) ?? []).map(({ id }) => id);
}

function remedyFor(region: RegionIndex, ref: TargetRef): string {
  if (!('listener' in ref) || typeof ref.listener === 'string') return 'Create it first, or correct the reference.';
  const { loadBalancer } = ref.listener;
  const [balancer] = region.group('loadBalancers', 'id or name', ({ id, name }) => [id, name]).get(loadBalancer) ?? [];
  if (balancer === undefined) return `Create the load balancer ${loadBalancer} first, or correct its name.`;
  const listeners = region.group('listeners', 'load balancer', ({ loadBalancerId }) => [loadBalancerId]);
  const ports = (listeners.get(balancer.id) ?? []).map(({ port }) => port);
  return ports.length === 0
    ? `Give ${balancer.name} a listener: it has none.`
    : `Write a port that ${balancer.name} listens on: ${ports.toSorted((a, b) => a - b).join(', ')}.`;
}

/** `an instance`, `an address`; `a listener`, `a service`. */
function article(ref: TargetRef): string {
  return /^[ai]/.test(targetText(ref)) ? 'an' : 'a';
}
