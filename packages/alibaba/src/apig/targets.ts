import type { CallContext, Target, TargetRef } from '@postern/core';
import { CloudError, UnsupportedError, type TargetMethods } from '@postern/core/adapter';
import { parseServiceRef, type ServiceRef } from '../cloud/apig-gateway/targets.js';
import type { Session } from '../client/session.js';
import { listEcsInstances } from '../target/target.js';
import { getLoadBalancer } from '../target/load-balancer.js';
import { requireGateway } from './gateway.js';
import {
  createService,
  deleteService,
  endpointsFor,
  listServices,
  serviceIdOf,
  serviceWith,
  toTarget,
} from './services.js';

/** Services of gateways, in the form of targets of core's driver. */
export function serviceTargets(session: Session): TargetMethods {
  return {
    resolve: async (ref, { networkId, linkId }, ctx) => {
      const found = linkId === undefined ? undefined : await findTarget(session, linkId, ref, ctx);
      return found ?? planned(ref, await endpointsOfRef(session, ref, ctx), networkId);
    },
    find: (linkId, ref, ctx) => findTarget(session, linkId, ref, ctx),
    create: async (linkId, ref, owner, ctx) => {
      const parsed = parseServiceRef(ref);
      const [gateway, endpoints, services] = await Promise.all([
        requireGateway(session, linkId, ctx),
        endpointsOfRef(session, ref, ctx),
        listServices(session, linkId, ctx),
      ]);
      const service =
        serviceWith(services, endpoints, owner) ??
        (await createService(session, { gatewayId: linkId, endpoints, isName: parsed.kind === 'dnsName', owner }, ctx));
      return toTarget(service, parsed.port, gateway.vpc?.vpcId, resourceOf(parsed));
    },
    // Fixed addresses are not followed by the gateway; routes are led to another service instead.
    update: () =>
      Promise.reject(
        new UnsupportedError('the addresses of a service are not changed: its routes are led to another service', {
          remedy: 'Declare the target with its new addresses.',
        }),
      ),
    delete: (_linkId, id, ctx) => deleteService(session, serviceIdOf(id), ctx),
  };
}

async function findTarget(
  session: Session,
  linkId: string,
  ref: TargetRef,
  ctx: CallContext,
): Promise<Target | undefined> {
  const parsed = parseServiceRef(ref);
  const [gateway, endpoints, services] = await Promise.all([
    requireGateway(session, linkId, ctx),
    endpointsOfRef(session, ref, ctx),
    listServices(session, linkId, ctx),
  ]);
  const service = serviceWith(services, endpoints);
  return service && toTarget(service, parsed.port, gateway.vpc?.vpcId, resourceOf(parsed));
}

/** A target whose service does not exist yet. */
function planned(ref: TargetRef, endpoints: readonly string[], networkId: string | undefined): Target {
  const { port, ...parsed } = parseServiceRef(ref);
  return {
    kind: 'apig-service',
    id: endpoints.join(','),
    networkId,
    resourceId: resourceOf({ port, ...parsed } as ServiceRef),
    port,
    endpoints,
    raw: null,
  };
}

/** The machine or load balancer that a reference names. */
export function resourceOf(ref: ServiceRef): string | undefined {
  return ref.kind === 'instance' ? ref.instanceId : undefined;
}

/** The endpoints of a reference. The address of a machine or load balancer is looked up. @throws {CloudError} `NOT_FOUND` */
export async function endpointsOfRef(session: Session, ref: TargetRef, ctx: CallContext): Promise<readonly string[]> {
  const parsed = parseServiceRef(ref);
  if (parsed.kind !== 'instance') return endpointsFor(ref, undefined);
  const address = await addressOf(session, parsed.instanceId, ctx);
  if (address === undefined) {
    throw new CloudError('NOT_FOUND', `${parsed.instanceId} has no private address in ${session.region}`, {
      operation: 'DescribeInstances',
      remedy: 'Check the ID, the region and the account.',
    });
  }
  return endpointsFor(ref, address);
}

async function addressOf(session: Session, id: string, ctx: CallContext): Promise<string | undefined> {
  if (id.startsWith('lb-')) return (await getLoadBalancer(session, id, ctx))?.loadBalancer.addresses?.[0];
  const [instance] = await listEcsInstances(session, ctx, { ids: [id] });
  return instance?.addresses[0];
}
