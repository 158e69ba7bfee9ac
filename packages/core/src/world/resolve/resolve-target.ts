import type { CheckedUse } from '../../model/target-use.js';
import { InvalidInputError, type SourcePlace } from '../../errors.js';
import type { Target, TargetRef } from '../../model/target.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { requireComplete } from './gaps.js';
import { refusalError, refusalsOf, targetSubject } from './refusals.js';

/** A reference in words: `listener arn:…`, `listener orders-alb:443`, `instance lb-1:8080`. */
export function targetText(ref: TargetRef): string {
  if ('service' in ref) return `service ${ref.service}`;
  if ('instance' in ref) return `instance ${ref.instance}:${ref.port}`;
  if ('address' in ref) return `address ${ref.address}:${ref.port}`;
  return `listener ${typeof ref.listener === 'string' ? ref.listener : `${ref.listener.loadBalancer}:${ref.listener.port}`}`;
}

/** Whether a reference means a resource that is made on demand (an authorization), not one that must exist. */
export function isMadeOnDemand(ref: TargetRef): boolean {
  return 'instance' in ref || 'address' in ref;
}

/**
 * The target that a reference means; undefined for one that is made on demand and is not there yet.
 * @throws {InvalidInputError} `NOT_FOUND`, `AMBIGUOUS`, or what the adapter refuses it for: `WRONG_KIND`, `WRONG_REGION`, `INVALID_ARN`, …
 * @throws {CloudError} the code of a gap.
 */
export function resolveTarget(
  region: RegionSnapshot,
  ref: TargetRef,
  place: SourcePlace,
  use?: CheckedUse,
  networkId?: string,
): Target | undefined {
  const [refusal] = refusalsOf(region, targetSubject(ref, use));
  if (refusal !== undefined) throw refusalError(refusal, place);
  // One private address may stand in several networks; an instance stands in one, which is checked elsewhere.
  const found = candidates(region, ref).filter(
    (target) => !('address' in ref) || networkId === undefined || (target.networkId ?? networkId) === networkId,
  );
  const [target, ...others] = found;
  if (others.length > 0) {
    const ids = found.map(({ id }) => id);
    throw new InvalidInputError('AMBIGUOUS', `${targetText(ref)} fits ${found.length} targets: ${ids.join(', ')}`, {
      place,
      remedy: `Write the one that is meant: ${ids.join(' or ')}.`,
      details: { candidates: ids },
    });
  }
  if (target !== undefined) return target;
  for (const list of ['targets', 'listeners', 'loadBalancers'] as const) requireComplete(region, list, { place });
  if (isMadeOnDemand(ref)) return undefined;
  throw new InvalidInputError('NOT_FOUND', `there is no ${targetText(ref)} in ${region.region}`, {
    place,
    remedy: remedyFor(region, ref),
  });
}

function candidates(region: RegionSnapshot, ref: TargetRef): readonly Target[] {
  if ('service' in ref) {
    const services = region.targets.filter(({ kind }) => kind === 'service');
    const exact = services.filter(({ id }) => id === ref.service);
    return exact.length > 0 ? exact : services.filter(({ name }) => name === ref.service);
  }
  if ('instance' in ref || 'address' in ref) {
    const resource = 'instance' in ref ? ref.instance : ref.address;
    return region.targets.filter(({ resourceId, port }) => resourceId === resource && port === ref.port);
  }
  const { listener } = ref;
  if (typeof listener === 'string') return region.targets.filter(({ id }) => id === listener);
  const balancers = new Set(
    region.loadBalancers.filter(({ id, name }) => [id, name].includes(listener.loadBalancer)).map(({ id }) => id),
  );
  return region.targets.filter(
    ({ kind, resourceId, name, port }) =>
      kind === 'listener' &&
      port === listener.port &&
      ((resourceId !== undefined && (balancers.has(resourceId) || resourceId === listener.loadBalancer)) ||
        name === listener.loadBalancer),
  );
}

function remedyFor(region: RegionSnapshot, ref: TargetRef): string {
  if (!('listener' in ref) || typeof ref.listener === 'string') return 'Create it first, or correct the reference.';
  const { loadBalancer } = ref.listener;
  const balancer = region.loadBalancers.find(({ id, name }) => id === loadBalancer || name === loadBalancer);
  if (balancer === undefined) return `Create the load balancer ${loadBalancer} first, or correct its name.`;
  const ports = region.listeners.filter(({ loadBalancerId }) => loadBalancerId === balancer.id).map(({ port }) => port);
  return ports.length === 0
    ? `Give ${balancer.name} a listener: it has none.`
    : `Write a port that ${balancer.name} listens on: ${ports.toSorted((a, b) => a - b).join(', ')}.`;
}
