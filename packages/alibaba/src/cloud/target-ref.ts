import type { AlibabaTarget } from './target-types.js';
import {
  checkPort,
  parseAddress,
  contains,
  parsePrefix,
  prefixOf,
  InvalidInputError,
  UnsupportedError,
  PosternError,
  type TargetPlace,
} from '@postern/core/internal/kinds';
import type { TargetRef, Target, RegionSnapshot } from '@postern/core/internal/library';

/** A valid reference. */
export type ParsedBackendRef =
  | { readonly kind: 'ecs' | 'clb'; readonly instanceId: string; readonly port: number }
  | { readonly kind: 'address'; readonly address: string; readonly port: number };

/** Blocks of private networks: https://www.rfc-editor.org/rfc/rfc1918 */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((text) => parsePrefix(text));

/**
 * Reads a reference to a backend: an ECS instance (`i-…`) or an internal CLB instance (`lb-…`) with a port, or a private
 * address with a port.
 * @throws {InvalidInputError} `WRONG_KIND`, `INVALID_INPUT`, `INVALID_ADDRESS`, `CIDR_RESERVED`. {UnsupportedError} for a backend
 *   that this cloud does not support.
 */
export function parseBackendRef(given: TargetRef): ParsedBackendRef {
  const ref = given as AlibabaTarget;
  if (!('instance' in ref || 'address' in ref)) {
    throw new UnsupportedError(
      'API Gateway of Alibaba Cloud supports only ECS instances, CLB instances and private addresses as targets',
      { remedy: 'Write instance: i-… or lb-…, or address: …, with a port.' },
    );
  }
  checkPort(ref.port);
  if ('address' in ref) return { kind: 'address', address: privateAddress(ref.address), port: ref.port };

  const { instance, port } = ref;
  if (/^i-[0-9a-z]+$/.test(instance)) return { kind: 'ecs', instanceId: instance, port };
  if (/^lb-[0-9a-z]+$/.test(instance)) return { kind: 'clb', instanceId: instance, port };

  throw new InvalidInputError('WRONG_KIND', `${instance} is not an ECS or CLB instance${kindText(instance)}`, {
    remedy: 'Write the ID of an ECS instance (i-…) or of an internal CLB instance (lb-…), or an address.',
    details: { instance },
  });
}

const KINDS: readonly (readonly [string, string])[] = [
  ['vsw-', 'a vSwitch'],
  ['vpc-', 'a VPC'],
  ['sg-', 'a security group'],
  ['eni-', 'a network interface'],
  ['alb-', 'an ALB instance, whose addresses change'],
  ['nlb-', 'an NLB instance'],
  ['apigateway-', 'an API Gateway instance'],
  ['arn:', 'a resource of AWS'],
];

function kindText(text: string): string {
  const known = KINDS.find(([prefix]) => text.startsWith(prefix));
  return known === undefined ? '' : `: it is ${known[1]}`;
}

function privateAddress(text: string): string {
  const address = parseAddress(text);
  const block = prefixOf(address, address.family === 4 ? 32 : 128);
  if (PRIVATE.some((one) => contains(one, block))) return text;

  throw new InvalidInputError('CIDR_RESERVED', `${text} is not a private address`, {
    remedy: 'Write an address of the VPC, or of a network that is connected to it.',
    details: { address: text },
  });
}

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

/** Whether a target's id is that of a plain address, not an authorization's name. */
export function isPlainId(id: string): boolean {
  return /^\d+(?:\.\d+){3}:\d+$/.test(id);
}
