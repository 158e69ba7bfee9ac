import type { CallContext, Target, TargetRef } from '@postern/core/internal/library';
import {
  CloudError,
  inNetwork,
  InvalidInputError,
  type TargetMethods,
  UnsupportedError,
} from '@postern/core/internal/adapter';
import type { Listener, DiscoveryService } from '@postern/core/internal/snapshot';
import {
  protocolErrors,
  misplacedLoadBalancer,
  parseListenerRef,
  wrongKindOfLoadBalancer,
  type ParsedListenerRef,
} from '../cloud/targets/targets.js';
import {
  listListeners,
  listLoadBalancers,
  toListener,
  toLoadBalancer,
  typeOf,
  type ReadBalancer,
  flagOf,
  targetGroupAttributes,
} from './load-balancer.js';
import { type Session, plain, sent } from '../client/session.js';
import { getBalancerLink, networkOfLink } from '../vpc-links/door/links.js';
import { listAll } from '../client/list-all.js';
import type { TargetGroupOutput, ServiceOutput } from '../sdk-types.js';

/** Targets in the form of core's driver. On AWS a target is not a resource: it is found, and never created. */
export function targets(session: Session): TargetMethods {
  const resolve: TargetMethods['resolve'] = async (ref, { networkId, linkId }, ctx) => {
    const [target, network] = await Promise.all([
      resolveTarget(session, ref, ctx),
      networkId ?? (linkId === undefined ? undefined : networkOfLink(session, linkId, ctx)),
    ]);
    return inNetwork(target, network);
  };
  return { resolve };
}

/** What a reference means. @throws {PosternError} `NOT_FOUND`, `WRONG_KIND`, … */
async function resolveTarget(session: Session, ref: TargetRef, ctx: CallContext): Promise<Target> {
  const account = await session.account(ctx);
  const misplaced = misplacedLoadBalancer(ref);
  if (misplaced !== undefined) {
    throw wrongKindOfLoadBalancer(
      misplaced,
      await listListeners(session, misplaced, ctx).then(toListeners, () => undefined),
    );
  }

  const parsed = parseListenerRef(ref, { region: session.region, partition: session.partition, account });
  if (parsed.kind === 'service') {
    return serviceTarget(parsed.arn, await getService(session, parsed.serviceId, ctx));
  }

  const balancers = (await listLoadBalancers(session, ctx)).map(toLoadBalancer);
  const balancer = balancers.find((one) => isNamed(one, parsed));
  if (balancer === undefined) {
    const name = parsed.kind === 'listener' ? parsed.loadBalancerArn : parsed.loadBalancer;
    throw notFound('DescribeLoadBalancers', `load balancer ${name} does not exist in ${session.region}`, {
      loadBalancers: balancers.map((one) => one.name),
    });
  }

  const listeners = toListeners(await listListeners(session, balancer.id, ctx));
  const listener = listeners.find((one) =>
    parsed.kind === 'listener' ? one.id === parsed.arn : one.port === parsed.port,
  );
  if (listener === undefined) {
    const has = listeners.map(({ port, protocol }) => `${protocol} ${port}`).join(', ') || 'none';
    const wanted = parsed.kind === 'listener' ? parsed.arn : `on port ${parsed.port}`;
    throw notFound('DescribeListeners', `${balancer.name} has no listener ${wanted}; it has ${has}`, {
      listeners: listeners.map(({ id, port, protocol }) => ({ listenerArn: id, port, protocol })),
    });
  }

  const target = listenerTarget(listener, balancer);
  const [error] = protocolErrors(target);
  if (error !== undefined) throw error;

  return target;
}

/** A listener and its load balancer as a target. */
export function listenerTarget(listener: Listener, balancer: ReadBalancer | undefined): Target {
  return {
    kind: 'listener',
    id: listener.id,
    name: balancer?.name,
    networkId: balancer?.networkId,
    resourceId: listener.loadBalancerId,
    resourceType: balancer && (balancer.kind ?? typeOf(balancer)),
    port: listener.port,
    protocol: listener.protocol,
    subnetIds: balancer?.subnetIds,
    securityGroupIds: balancer?.securityGroupIds,
    raw: listener.raw,
  };
}

/** A Cloud Map service as a target. Its network is not known: namespaces do not name their VPC. */
export function serviceTarget(
  arn: string,
  service: { readonly name?: string | undefined; readonly raw: unknown },
): Target {
  return { kind: 'service', id: arn, name: service.name, resourceType: 'cloud-map', raw: service.raw };
}

/** Whether a load balancer is the one that a reference names, by ARN or by name. */
export function isNamed(
  balancer: Pick<ReadBalancer, 'id' | 'name'>,
  parsed: Exclude<ParsedListenerRef, { kind: 'service' }>,
): boolean {
  if (parsed.kind === 'listener') return balancer.id === parsed.loadBalancerArn;

  return balancer.id === parsed.loadBalancer || balancer.name === parsed.loadBalancer;
}

function toListeners(listeners: readonly Parameters<typeof toListener>[0][]): readonly Listener[] {
  return listeners.map(toListener);
}

function notFound(operation: string, message: string, details: Readonly<Record<string, unknown>>): CloudError {
  return new CloudError('NOT_FOUND', message, {
    operation,
    remedy: 'Check the name, the port and the region.',
    details,
  });
}

/**
 * Targets behind VPC links V1 in the form of core's driver: the listeners of the load balancer that the link
 * was created for.
 */
export function balancerTargets(session: Session): TargetMethods {
  const resolve: TargetMethods['resolve'] = async (ref, { networkId, linkId }, ctx) => {
    if (!('listener' in ref)) {
      throw new UnsupportedError('a VPC link V1 supports only listeners of its Network Load Balancer as targets', {
        remedy: 'Write listener: { loadBalancer: <the NLB of the link>, port: <port> }.',
      });
    }

    const [target, link] = await Promise.all([
      resolveTarget(session, ref, ctx),
      linkId === undefined ? undefined : getBalancerLink(session, linkId, ctx),
    ]);
    const own = link?.targetArns;
    if (own !== undefined && !own.includes(target.resourceId ?? '')) {
      throw new InvalidInputError(
        'WRONG_KIND',
        `${target.id} is not a listener of the load balancer of link ${linkId}`,
        {
          remedy: `Write a listener of ${own.join(', ')}, or use another link: a VPC link V1 leads to one NLB.`,
          details: { loadBalancerId: target.resourceId, expected: own },
        },
      );
    }

    return inNetwork(target, networkId);
  };
  return { resolve };
}

/** All target groups of the region; asking per load balancer would be a call for each. */
export function listTargetGroups(session: Session, ctx: CallContext): Promise<TargetGroupOutput[]> {
  return listAll(session, ctx, 'target groups', 'elasticloadbalancing', 'DescribeTargetGroups');
}

/** Whether a target group keeps the client's address: its attribute, or `undefined` where it has none. */
export async function preservesClientIp(
  session: Session,
  targetGroupArn: string,
  ctx: CallContext,
): Promise<boolean | undefined> {
  return flagOf(await targetGroupAttributes(session, targetGroupArn, ctx), 'preserve_client_ip.enabled');
}

/** A service of AWS Cloud Map. */
export interface CloudMapService {
  readonly arn: string;
  /** `srv-…` */
  readonly serviceId: string;
  readonly name?: string | undefined;
  readonly healthCheck: DiscoveryService['healthCheck'];
  readonly raw: unknown;
}

/** One service by its id (`srv-…`). @throws {CloudError} `NOT_FOUND` */
async function getService(session: Session, id: string, ctx: CallContext): Promise<CloudMapService> {
  const { Service } = await session.call(ctx, 'servicediscovery', 'GetService', { Id: id });
  return toService(sent(Service, 'Service', 'GetService'));
}

/** All services of the region; a page holds a hundred at most. */
export async function listServices(session: Session, ctx: CallContext): Promise<readonly CloudMapService[]> {
  const services = await listAll(session, ctx, 'Cloud Map services', 'servicediscovery', 'ListServices');

  return services.map(toService);
}

function toService(service: ServiceOutput): CloudMapService {
  const { HealthCheckConfig, HealthCheckCustomConfig } = service;
  return {
    arn: service.Arn ?? '',
    serviceId: service.Id ?? '',
    name: service.Name,
    healthCheck: HealthCheckConfig !== undefined ? 'native' : HealthCheckCustomConfig !== undefined ? 'custom' : 'none',
    raw: plain(service),
  };
}
