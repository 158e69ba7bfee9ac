import {
  InvalidInputError,
  PosternError,
  UnsupportedError,
  type TargetPlace,
  checkPort,
} from '@postern/core/internal/kinds';
import { partitionOf, parseArn, parseListenerArn, type Arn } from '../arn.js';
import type { Target, TargetRef, RegionSnapshot, CheckedUse } from '@postern/core/internal/library';
import type { Listener } from '@postern/core/internal/snapshot';
import type { AwsTypes } from '../types.js';

/** The place that a target must be in. */
interface ListenerHome {
  readonly region: string;
  readonly partition: string;
  readonly account: string;
}

/** A valid reference, by the kind of its target. */
export type ParsedListenerRef =
  | { readonly kind: 'listener'; readonly arn: string; readonly loadBalancerArn: string }
  | { readonly kind: 'port'; readonly loadBalancer: string; readonly port: number }
  | { readonly kind: 'service'; readonly arn: string; readonly serviceId: string };

/**
 * Reads a reference to a target: the ARN of a listener, a load balancer and a port, or the ARN of a Cloud Map service, which
 * may carry a query (`…?stage=blue`).
 * @throws {InvalidInputError} `INVALID_ARN`, `WRONG_KIND`, `WRONG_REGION`, `WRONG_ACCOUNT`. {UnsupportedError} for a backend
 *   that AWS does not support.
 */
export function parseListenerRef(given: TargetRef, home: ListenerHome): ParsedListenerRef {
  const ref = given as AwsTypes['target'];
  if ('service' in ref) return serviceRef(ref.service, home);
  if (!('listener' in ref)) {
    throw new UnsupportedError('a VPC link V2 supports only listeners and Cloud Map services as targets', {
      remedy:
        'Put a load balancer in front of the backend and write its listener, or register the backend in AWS Cloud Map.',
    });
  }
  if (typeof ref.listener === 'string') return listenerRef(ref.listener, home);

  const { loadBalancer, port } = ref.listener;
  checkPort(port);

  if (loadBalancer.startsWith('arn:')) loadBalancerRef(loadBalancer, home);
  return { kind: 'port', loadBalancer, port };
}

/** The load balancer whose ARN is given instead of a listener ARN: the remedy lists its listeners. */
export function misplacedLoadBalancer({ listener }: TargetRef): string | undefined {
  if (typeof listener !== 'string') return undefined;

  return /^arn:[^:]+:elasticloadbalancing:[^:]+:\d{12}:loadbalancer\/[!-~]+$/.test(listener) ? listener : undefined;
}

/** The refusal of a load balancer's ARN, naming the listeners it has where they are known. */
export function wrongKindOfLoadBalancer(
  loadBalancerArn: string,
  listeners: readonly Listener[] | undefined,
): PosternError {
  const known = (listeners ?? []).map(({ id, port, protocol }) => ({ listenerArn: id, port, protocol }));
  const names = known.map(({ listenerArn, port, protocol }) => `${listenerArn} (${protocol} ${port})`);
  return new InvalidInputError('WRONG_KIND', `expected a listener ARN, got a load balancer (${loadBalancerArn})`, {
    remedy:
      names.length > 0
        ? `Write one of its listeners: ${names.join(', ')}.`
        : listeners === undefined
          ? 'Write one of its listeners, or listener: { loadBalancer: <this ARN>, port: <port> }.'
          : 'Create a listener of this load balancer, and write its ARN.',
    details: { loadBalancerArn, listeners: known },
  });
}

function listenerRef(text: string, home: ListenerHome): ParsedListenerRef {
  const arn = parseArn(text);
  const kind = arn.resource.split('/')[0];
  if (arn.service === 'servicediscovery') {
    throw wrongKind(text, 'a Cloud Map service', 'Write it as service: <this ARN>.');
  }
  if (arn.service !== 'elasticloadbalancing') throw wrongKind(text, `a resource of ${arn.service}`, LISTENER_DUE);
  if (kind === 'loadbalancer') throw wrongKindOfLoadBalancer(text, undefined);
  if (kind === 'listener-rule')
    throw wrongKind(text, 'a listener rule', `Write its listener: ${listenerOfRule(text)}.`);
  if (kind === 'targetgroup') throw wrongKind(text, 'a target group', LISTENER_DUE);

  const listener = parseListenerArn(text);
  if (listener === undefined) throw wrongKind(text, 'not a listener', LISTENER_DUE);
  if (listener.type === 'gwy') {
    throw wrongKind(text, 'a listener of a gateway load balancer', 'Use an application or network load balancer.');
  }

  checkHome(text, arn, home);
  return { kind: 'listener', arn: text, loadBalancerArn: listener.loadBalancerArn };
}

const LISTENER_DUE = 'Write a listener of an application or network load balancer.';

function loadBalancerRef(text: string, home: ListenerHome): void {
  const arn = parseArn(text);
  if (arn.service !== 'elasticloadbalancing' || !/^loadbalancer\/(?:app|net)\/[^/]+\/[^/]+$/.test(arn.resource)) {
    throw wrongKind(
      text,
      'not an application or network load balancer',
      'Write a load balancer, or listener: <listener ARN>.',
    );
  }

  checkHome(text, arn, home);
}

function serviceRef(text: string, home: ListenerHome): ParsedListenerRef {
  const arn = parseArn(text);
  const [path = ''] = arn.resource.split('?');
  const [, serviceId] = /^service\/([^/]+)$/.exec(path) ?? [];
  if (arn.service !== 'servicediscovery' || serviceId === undefined) {
    const remedy = parseListenerArn(text)
      ? 'Write it as listener: <this ARN>.'
      : 'Write the ARN of an AWS Cloud Map service.';
    throw wrongKind(text, 'not a Cloud Map service', remedy);
  }

  checkHome(text, arn, home);
  if (home.partition === 'aws-us-gov') {
    throw new UnsupportedError('AWS GovCloud (US) does not support private integrations with Cloud Map', {
      remedy: 'Put a load balancer in front of the service and write its listener.',
    });
  }

  return { kind: 'service', arn: text, serviceId };
}

/** Link, API and backend are in one account and region: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html */
function checkHome(text: string, arn: Arn, home: ListenerHome): void {
  if (arn.partition !== home.partition || arn.region !== home.region) {
    const place = arn.partition === home.partition ? arn.region : `${arn.region} (partition ${arn.partition})`;
    throw new InvalidInputError('WRONG_REGION', `${text} is in ${place}, the link in ${home.region}`, {
      remedy: `Use a backend in ${home.region}, or a link in ${arn.region}.`,
      details: { region: arn.region, partition: arn.partition, expected: home.region },
    });
  }
  if (arn.account !== home.account) {
    throw new InvalidInputError(
      'WRONG_ACCOUNT',
      `${text} belongs to account ${arn.account}, the link to ${home.account}`,
      {
        remedy: 'Use a backend of the same account; a VPC link cannot reach another account.',
        details: { account: arn.account, expected: home.account },
      },
    );
  }
}

/** The ARN of the listener of a rule, of the default one too. */
export function listenerOfRule(text: string): string {
  return text.replace(':listener-rule/', ':listener/').split('/').slice(0, -1).join('/');
}

function wrongKind(text: string, is: string, remedy: string): PosternError {
  return new InvalidInputError('WRONG_KIND', `${text} is ${is}`, { remedy, details: { arn: text } });
}

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
