import type { CalledPlace, Misfit, TargetRegion } from '@postern/core/internal/kinds';
import { readArn } from './arn.js';

const LISTENER_WANTED = 'Write a listener of an application or network load balancer.';

/** Why no link can call a listener as it is written: the ARN of another resource in its place. */
export function listenerMisfit(value: unknown, { region }: CalledPlace): Misfit | undefined {
  const text = listenerText(value);
  const expected = typeof value === 'string' ? 'listener' : 'loadbalancer';
  if (expected === 'loadbalancer' && !text.startsWith('arn:')) return undefined;

  const arn = readArn(text);
  if (arn === undefined) return notArn('listener', 'Write the ARN of a listener, or loadBalancer and port.');

  const { service } = arn;
  if (service === 'servicediscovery')
    return { facts: { is: 'service' }, text: 'a Cloud Map service', remedy: 'Write it as service: <this ARN>.' };

  const [kind = '', type = ''] = arn.resource.split('/');
  if (type === 'gwy')
    return {
      code: 'GATEWAY_BALANCER',
      facts: { is: 'gateway balancer' },
      text: 'a resource of a gateway load balancer',
      remedy: 'Use an application or network load balancer.',
    };
  if (service !== 'elasticloadbalancing')
    return { facts: { is: 'other service', service }, text: `a resource of ${service}`, remedy: LISTENER_WANTED };
  if (kind === expected) return undefined;
  if (kind !== 'loadbalancer')
    return {
      facts: { is: 'other kind', kind, expected },
      text: `a ${kind}; expected a ${expected}`,
      remedy: LISTENER_WANTED,
    };

  const listeners = region.listeners
    .filter(({ loadBalancerId }) => loadBalancerId === text)
    .map(({ id, protocol, port }) => ({ id, protocol, port }));
  const names = listeners.map(({ id, protocol, port }) => `${id} (${protocol} ${port})`);
  return {
    facts: { is: 'balancer', listeners },
    text: 'a load balancer; expected a listener',
    remedy:
      names.length === 0
        ? 'Write listener: { loadBalancer: <this ARN>, port: <port> }.'
        : `Write one of its listeners: ${names.join(', ')}.`,
  };
}

/**
 * Why no link can call a service as it is written, or from this gateway.
 * @see https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-abp.html
 */
export function serviceMisfit(value: unknown, { region: { region }, gateway }: CalledPlace): Misfit | undefined {
  if (gateway.refuses?.includes('service') === true)
    return {
      facts: { is: 'REST API service' },
      text: 'a Cloud Map service, which REST APIs cannot call',
      remedy: 'Put a load balancer in front of the service and write its listener, or use an HTTP API.',
    };

  const arn = readArn(String(value));
  if (arn === undefined) return notArn('service', 'Write the ARN of a Cloud Map service.');

  const [path = ''] = arn.resource.split('?');
  if (arn.service !== 'servicediscovery' || !path.startsWith('service/'))
    return {
      facts: { is: 'not a service', service: arn.service },
      text: 'not a Cloud Map service',
      remedy:
        arn.service === 'elasticloadbalancing'
          ? 'Write it as listener: <this ARN>.'
          : 'Write the ARN of a Cloud Map service, not that of its namespace or instance.',
    };
  if (region !== 'us-gov-west-1' || gateway.ref !== 'httpApi') return undefined;

  return {
    facts: { is: 'HTTP API service', region },
    text: `a Cloud Map service, which HTTP APIs of ${region} cannot call`,
    remedy: 'Put a load balancer in front of the service and write its listener.',
  };
}

function notArn(expected: 'listener' | 'service', remedy: string): Misfit {
  return { facts: { is: 'not an ARN', expected }, text: 'not an ARN', remedy };
}

/** The kind of load balancer in the ARN of one, or of its listener. */
export function balancerKind(value: unknown): 'application' | 'network' | 'gateway' | undefined {
  const [, type] = /:(?:loadbalancer|listener)\/(app|net|gwy)\//.exec(listenerText(value)) ?? [];
  return type === undefined ? undefined : TYPES[type];
}

const TYPES: Readonly<Record<string, 'application' | 'network' | 'gateway'>> = {
  app: 'application',
  net: 'network',
  gwy: 'gateway',
};

/** Where the ARN that a value names says that the resource is. */
export function regionOf(value: unknown): TargetRegion | undefined {
  return readArn(listenerText(value));
}

/** The ARN of a listener or a load balancer, or the name of one. */
function listenerText(value: unknown): string {
  const { loadBalancer } = (value ?? {}) as { readonly loadBalancer?: unknown };
  return String(loadBalancer ?? value);
}
