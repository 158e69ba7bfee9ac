import { InvalidInputError, PosternError, type TargetPlace } from '@postern/core/kinds';
import type { Target, TargetRef, RegionSnapshot } from '@postern/core';
import { parseBackendRef, type ParsedBackendRef } from './target-ref.js';

/** A private address that is called without an authorization: `10.0.0.5:8080`. */
export function addressTarget(
  { address, port }: { readonly address: string; readonly port: number },
  networkId: string | undefined,
): Target {
  return { kind: 'address', id: `${address}:${port}`, networkId, resourceId: address, port, raw: null };
}

/** Why a reference is never valid, from a snapshot alone. */
export function backendRefusals(
  ref: TargetRef,
  { networkId }: TargetPlace,
  region: RegionSnapshot,
): readonly PosternError[] {
  try {
    const parsed = parseBackendRef(ref);
    if (parsed.kind === 'address') return [];
    const { missing: gone } = region.native ?? {};
    if (Array.isArray(gone) && gone.includes(parsed.instanceId)) {
      const remedy = 'Check the ID, the region and the account.';
      const details = { instance: parsed.instanceId };
      return [
        new InvalidInputError('NOT_FOUND', `${parsed.instanceId} does not exist in ${region.region}`, {
          remedy,
          details,
        }),
      ];
    }
    if (parsed.kind !== 'clb') return [];
    const balancer = region.loadBalancers.find(({ id }) => id === parsed.instanceId);
    if (balancer === undefined) return [];
    return [
      ...(balancer.scheme === 'internet-facing' ? [notInternal(parsed.instanceId)] : []),
      ...wrongNetwork(parsed.instanceId, balancer.networkId, networkId),
      ...withoutListener(parsed, region),
    ];
  } catch (error) {
    if (error instanceof PosternError) return [error];
    throw error;
  }
}

/** A CLB instance answers on the ports of its listeners only. */
function withoutListener(
  { instanceId, port }: Exclude<ParsedBackendRef, { kind: 'address' }>,
  { listeners, gaps }: RegionSnapshot,
): readonly PosternError[] {
  // What was not read may be the listener.
  if (gaps.some(({ of }) => of === undefined || of === 'listeners')) return [];
  const own = listeners.filter(({ loadBalancerId }) => loadBalancerId === instanceId);
  if (own.some((listener) => listener.port === port)) return [];
  const has = own.map((listener) => `${listener.protocol} ${listener.port}`).join(', ') || 'none';
  return [
    new InvalidInputError('NOT_FOUND', `${instanceId} has no listener on port ${port}; it has ${has}`, {
      remedy:
        own.length === 0 ? `Create a listener of ${instanceId} first.` : `Write a port that ${instanceId} listens on.`,
      details: { instance: instanceId, port, ports: own.map((listener) => listener.port) },
    }),
  ];
}

/** A backend has to be in the network of the link. */
export function wrongNetwork(id: string, is: string | undefined, due: string | undefined): readonly PosternError[] {
  if (is === undefined || due === undefined || is === due) return [];
  return [
    new InvalidInputError('WRONG_NETWORK', `${id} is in ${is}, the link is in ${due}`, {
      remedy: `Use a link in ${is}, or a backend in ${due}.`,
      details: { networkId: is, expected: due },
    }),
  ];
}

/** The refusal of an internet-facing load balancer. */
export function notInternal(id: string): PosternError {
  return new InvalidInputError('WRONG_KIND', `expected an internal load balancer, got an internet-facing one (${id})`, {
    remedy: 'Write an internal CLB instance of the VPC.',
    details: { instance: id },
  });
}
