import type { Target, Scope, Gateway, GatewayUse, PrivateDomain } from '@postern/core/internal/library';
import { backendsOf } from '../../balancers/observe-backends.js';
import { addressTarget, isPlainId } from '../../cloud/target-ref.js';
import type { WingBackends } from '../../observe/wing-observation.js';
import { accessTarget, type VpcAccess } from '../instances/vpc-access.js';

/** The authorizations and plain addresses of a scope, and what uses of backends call. */
export function groupBackends(
  scope: Scope,
  accesses: readonly VpcAccess[],
  gateways: readonly Gateway[],
  domains: readonly PrivateDomain[],
): WingBackends {
  return {
    targets: targetsOf(scope, accesses, gateways),
    named: accesses.map(({ instanceId }) => instanceId),
    called: gateways.flatMap(({ uses = [] }) => uses.flatMap((use) => calledBy(use, domains))),
  };
}

function targetsOf(scope: Scope, accesses: readonly VpcAccess[], gateways: readonly Gateway[]): readonly Target[] {
  const refs = backendsOf(scope);
  const isMeant = ({ instanceId, port }: VpcAccess): boolean =>
    refs.some((ref) => ref.port === port && instanceId === (ref.kind === 'address' ? ref.address : ref.instanceId));
  const used = new Set(
    gateways.flatMap(({ routes, uses = [] }) => [...routes, ...uses].flatMap(({ targetId }) => targetId ?? [])),
  );
  // A stage variable may refer to any of them. Its value is known to the user only.
  const any = scope.all === true || [...used].some((id) => id.includes('#'));
  const chosen = accesses.filter(
    (access) =>
      any ||
      (scope.project !== undefined && access.owner?.project === scope.project) ||
      used.has(access.name) ||
      isMeant(access),
  );
  const authorized = new Set(chosen.map(({ instanceId, port }) => `${instanceId}:${port}`));
  const called = [...used].filter(isPlainId).map((id) => {
    const [address = '', port = ''] = id.split(':');
    return { kind: 'address', address, port: Number(port) } as const;
  });
  const addresses = new Map(called.map((ref) => [`${ref.address}:${ref.port}`, ref] as const));
  return [
    ...chosen.map(accessTarget),
    ...[...addresses].filter(([id]) => !authorized.has(id)).map(([, ref]) => addressTarget(ref, undefined)),
  ];
}

/**
 * RFC 1918, and RFC 6598, which the cloud itself uses. An address outside of them is not a private backend.
 */
const PRIVATE = /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;

/** The private addresses that a use calls without an authorization. */
function calledBy({ host }: GatewayUse, domains: readonly PrivateDomain[]): readonly string[] {
  if (host === undefined) return [];

  const addresses = domains.find(({ name }) => name === host)?.addresses ?? [host];
  return addresses.filter((address) => PRIVATE.test(address));
}
