import type { CallContext, Owner, Target, TargetRef } from '@postern/core/internal/library';
import { CloudError, UnsupportedError, type TargetMethods } from '@postern/core/internal/adapter';
import { NACOS, sourceFor, type NacosRef, type Source } from './cloud/sources.js';
import { isService, parseServiceRef, type ServiceRef } from './cloud/targets.js';
import { creationTokens } from '../client/creation-tokens.js';
import type { Session } from '../client/session.js';
import { getLoadBalancer } from '../balancers/load-balancer.js';
import { requireGateway } from './gateway.js';
import {
  addressed,
  createService,
  deleteService,
  endpointsFor,
  listServices,
  listSources,
  replacedBy,
  serviceIdOf,
  serviceWith,
  toTarget,
  withSource,
  type NewService,
} from './services.js';
import { listEcsInstances } from '../balancers/ecs-instances.js';

/** Services of gateways, in the form of targets of core's driver. */
export function serviceTargets(session: Session): TargetMethods {
  const tokens = creationTokens(1);
  return {
    resolve: async (ref, { networkId, linkId }, ctx) => {
      const found = linkId === undefined ? undefined : await findTarget(session, linkId, ref, ctx);
      return found ?? planned(ref, await endpointsOfRef(session, ref, ctx), networkId);
    },
    find: (linkId, ref, ctx) => findTarget(session, linkId, ref, ctx),
    create: async (linkId, ref, owner, ctx) => {
      const { found, parsed, gateway, endpoints, sources, listed } = await lookUp(session, linkId, ref, ctx, owner);
      const wanted =
        parsed.kind === 'nacos'
          ? registered(parsed, sources ?? [], linkId)
          : addressed(owner, endpoints, parsed.kind === 'dnsName');
      const service =
        found ?? (await createService(session, linkId, wanted, ctx, { tokens, replaces: replacedBy(listed, owner) }));
      return toTarget(service, parsed.port, gateway.vpc?.vpcId, resourceOf(parsed));
    },
    // Fixed addresses are not followed by the gateway; routes are led to another service instead.
    update: () =>
      Promise.reject(
        new UnsupportedError('the addresses of a service are not changed: its routes are led to another service', {
          remedy: 'Declare the target with its new addresses.',
        }),
      ),
    delete: (id, ctx) => deleteService(session, serviceIdOf(id), ctx),
  };
}

/** What creates a service of a registry. @throws {PosternError} `NOT_FOUND`, `AMBIGUOUS` for its source */
function registered(ref: NacosRef, sources: readonly Source[], gatewayId: string): NewService {
  const found = sourceFor(ref, sources, gatewayId);
  if ('fault' in found) throw found.fault;

  const { service: name, namespace, group: groupName } = ref;
  return { sourceType: NACOS, name, namespace, groupName, sourceId: found.source.id };
}

async function findTarget(
  session: Session,
  linkId: string,
  ref: TargetRef,
  ctx: CallContext,
): Promise<Target | undefined> {
  const { found, parsed, gateway } = await lookUp(session, linkId, ref, ctx);
  return found && toTarget(found, parsed.port, gateway.vpc?.vpcId, resourceOf(parsed));
}

/** A gateway with what a reference means on it, and its service where it has one: the owner's first. */
async function lookUp(session: Session, linkId: string, ref: TargetRef, ctx: CallContext, owner?: Owner) {
  const parsed = parseServiceRef(ref);
  const [gateway, endpoints, listed, sources] = await Promise.all([
    requireGateway(session, linkId, ctx),
    endpointsOfRef(session, ref, ctx),
    listServices(session, linkId, ctx),
    parsed.kind === 'nacos' ? listSources(session, linkId, ctx) : undefined,
  ]);
  const found =
    sources === undefined
      ? serviceWith(listed, endpoints, owner)
      : withSource(listed, sources).find((one) => isService(one, parsed as NacosRef, sources));
  return { parsed, gateway, endpoints, sources, listed, found };
}

/** A target whose service does not exist yet. */
function planned(ref: TargetRef, endpoints: readonly string[], networkId: string | undefined): Target {
  const parsed = parseServiceRef(ref);
  const { port } = parsed;
  const common = { kind: 'apig-service', networkId, resourceId: resourceOf(parsed), port, raw: null };
  if (parsed.kind !== 'nacos') return { ...common, id: endpoints.join(','), endpoints };

  const { service, group, namespace } = parsed;
  return { ...common, id: `${group}/${service}`, registered: { service, group, namespace } };
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
