import type { CallContext, Target, TargetRef } from '@postern/core';
import { CloudError, InvalidInputError, unlessGone, type TargetMethods } from '@postern/core/adapter';
import type { Listener } from '@postern/core/snapshot';
import {
  misplacedLoadBalancer,
  parseListenerRef,
  wrongKindOfLoadBalancer,
  type ParsedListenerRef,
} from '../cloud/vpc-link-v2/target-ref.js';
import { protocolErrors } from '../cloud/vpc-link-v2/targets.js';
import { getService } from './cloud-map.js';
import {
  listListeners,
  listLoadBalancers,
  toListener,
  toLoadBalancer,
  typeOf,
  type ReadBalancer,
} from './load-balancer.js';
import type { Session } from '../client/session.js';
import { networkOfLink } from '../link/vpc-link.js';

/**
 * Targets in the form of core's driver. On AWS a target is not a resource: creating one means finding the
 * listener or service.
 */
export function targets(session: Session): TargetMethods {
  const resolve: TargetMethods['resolve'] = async (ref, { networkId, linkId }, ctx) => {
    const [target, network] = await Promise.all([
      resolveTarget(session, ref, ctx),
      networkId ?? (linkId === undefined ? undefined : networkOfLink(session, linkId, ctx)),
    ]);
    return within(target, network);
  };
  return {
    resolve,
    create: (linkId, ref, _owner, ctx) => resolve(ref, { linkId }, ctx),
    find: (_linkId, ref, ctx) => unlessGone(resolve(ref, {}, ctx)),
    update: (linkId, _id, ref, ctx) => resolve(ref, { linkId }, ctx),
    delete: () => Promise.resolve(),
  };
}

/** What a reference means. @throws {PosternError} `NOT_FOUND`, `WRONG_KIND`, … */
export async function resolveTarget(session: Session, ref: TargetRef, ctx: CallContext): Promise<Target> {
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

/** The target, unless it is in another network. @throws {InvalidInputError} `WRONG_NETWORK` */
export function within(target: Target, networkId: string | undefined): Target {
  if (networkId === undefined || target.networkId === undefined || target.networkId === networkId) return target;
  const message = `${target.name ?? target.id} is in ${target.networkId}, but the link is in ${networkId}`;
  throw new InvalidInputError('WRONG_NETWORK', message, {
    remedy: `Use a link with subnets of ${target.networkId}, or a load balancer in ${networkId}.`,
    details: { networkId: target.networkId, expected: networkId },
  });
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
