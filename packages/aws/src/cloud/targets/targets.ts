import { InvalidInputError, PosternError, UnsupportedError, type TargetPlace } from '@postern/core/internal/kinds';
import { partitionOf } from '../arn.js';
import type { Target, TargetRef, RegionSnapshot, CheckedUse } from '@postern/core/internal/library';
import { misplacedLoadBalancer, parseListenerRef, wrongKindOfLoadBalancer } from './target-ref.js';

/** Why a reference is never valid, from a snapshot alone. */
export function listenerRefusals(
  ref: TargetRef,
  { use, target, gateway }: TargetPlace,
  region: RegionSnapshot,
): readonly PosternError[] {
  if ('service' in ref && gateway?.refuses?.includes('service') === true) return [noServices(gateway.title)];

  const misplaced = misplacedLoadBalancer(ref);
  const home = { region: region.region, partition: partitionOf(region.region), account: region.account };
  try {
    parseListenerRef(ref, home);
    if (target === undefined) return [];

    return protocolErrors(target).concat(use === undefined ? [] : tlsErrors(target, use));
  } catch (error) {
    if (!(error instanceof PosternError)) throw error;
    if (error.code !== 'WRONG_KIND' || misplaced === undefined) return [error];

    const known = region.loadBalancers.some(({ id }) => id === misplaced);
    const listeners = region.listeners.filter(({ loadBalancerId }) => loadBalancerId === misplaced);
    return [wrongKindOfLoadBalancer(misplaced, known ? listeners : undefined)];
  }
}

function noServices(title: string): PosternError {
  return new UnsupportedError(`${title} does not support Cloud Map services as targets`, {
    remedy: 'Put a load balancer in front of the service and write its listener, or use an HTTP API.',
  });
}

/**
 * Protocols of listeners that do not carry HTTP over TCP, with which API Gateway calls a backend. One that is in no table may carry it.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Listener.html
 */
const WITHOUT_TCP: ReadonlySet<string | undefined> = new Set(['UDP', 'QUIC', 'GENEVE']);

/** Refuses a listener that API Gateway cannot call. */
export function protocolErrors(target: Target): readonly PosternError[] {
  if (!WITHOUT_TCP.has(target.protocol)) return [];

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

/**
 * Whether a listener and the target's `tls` go together. A target of a listener that terminates TLS needs `tls`, or API
 * Gateway sends plain HTTP. A target of an HTTP listener must not have it. TCP listeners forward both: whether it suits what
 * listens behind them is decided by `target/protocol`, whose errors stop `apply`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
export function tlsErrors({ id, protocol }: Target, { tls }: CheckedUse): readonly PosternError[] {
  if ((protocol === 'HTTPS' || protocol === 'TLS') && tls === undefined) {
    return [
      new InvalidInputError('INVALID_INPUT', `the protocol of ${id} is ${protocol}, and the target has no tls`, {
        remedy: "Add tls: { serverName: <a name on the listener's certificate> } to the target.",
        details: { protocol },
      }),
    ];
  }
  if (protocol === 'HTTP' && tls !== undefined) {
    return [
      new InvalidInputError('INVALID_INPUT', `the protocol of ${id} is HTTP, and the target has tls`, {
        remedy: 'Remove tls from the target, or use an HTTPS listener.',
        details: { protocol },
      }),
    ];
  }

  return [];
}
