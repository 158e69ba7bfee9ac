import { InvalidInputError, PosternError } from '../../../errors.js';
import type { Target, TargetRef } from '../../../model/target.js';
import type { RegionSnapshot } from '../../../snapshot/snapshot.js';
import { partitionOf } from '../../cloud/arn.js';
import type { TargetPlace } from '../link-kind.js';
import { misplacedLoadBalancer, parseListenerRef, wrongKindOfLoadBalancer } from './target-ref.js';
import { tlsErrors } from './target-tls.js';

/** Why a reference is never valid, from a snapshot alone. */
export function listenerRefusals(
  ref: TargetRef,
  { use, target }: TargetPlace,
  region: RegionSnapshot,
): readonly PosternError[] {
  const misplaced = misplacedLoadBalancer(ref);
  const home = { region: region.region, partition: partitionOf(region.region), account: region.account };
  try {
    parseListenerRef(ref, home);
    if (target === undefined) return [];
    return [...protocolErrors(target), ...(use === undefined ? [] : tlsErrors(target, use))];
  } catch (error) {
    if (!(error instanceof PosternError)) throw error;
    if (error.code !== 'WRONG_KIND' || misplaced === undefined) return [error];
    const known = region.loadBalancers.some(({ id }) => id === misplaced);
    const listeners = region.listeners.filter(({ loadBalancerId }) => loadBalancerId === misplaced);
    return [wrongKindOfLoadBalancer(misplaced, known ? listeners : undefined)];
  }
}

/** API Gateway calls a backend with HTTP over TCP. */
export function protocolErrors(target: Target): readonly PosternError[] {
  if (
    target.protocol === undefined ||
    ['HTTP', 'HTTPS', 'TCP', 'TLS', 'TCP_UDP', 'TCP_QUIC'].includes(target.protocol)
  ) {
    return [];
  }
  return [
    new InvalidInputError(
      'WRONG_KIND',
      `the protocol of ${target.id} is ${target.protocol}, which does not carry HTTP`,
      {
        remedy: 'Use a listener for HTTP, HTTPS, TCP or TLS.',
        details: { protocol: target.protocol },
      },
    ),
  ];
}
