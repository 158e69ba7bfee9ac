import type { CallContext, Owner, Target, TargetRef } from '@postern/core/internal/library';
import {
  CloudError,
  InvalidInputError,
  ownerTags,
  unlessGone,
  type LinkMethods,
  type LinkRequest,
  UnsupportedError,
  type TargetMethods,
} from '@postern/core/internal/adapter';
import { APIG_GATEWAY, DEFAULT_GATEWAY_ACCESS, DEFAULT_GATEWAY_SPEC } from './cloud/index.js';
import { sent } from '../client/plain.js';
import type { Session } from '../client/session.js';
import { vSwitchesById } from '../network/network.js';
import { findByOwner, getGateway, listGateways, tagsOf, toLink, toStatus, requireGateway } from './gateway.js';
import {
  deleteService,
  listServices,
  addressed,
  createService,
  endpointsFor,
  listSources,
  replacedBy,
  serviceIdOf,
  serviceWith,
  toTarget,
  withSource,
  type NewService,
} from './services.js';
import { NACOS, sourceFor, type NacosRef, type Source } from './cloud/sources.js';
import { isService, parseServiceRef, type ServiceRef } from './cloud/targets.js';
import { creationTokens } from '../client/creation-tokens.js';
import { getLoadBalancer, listEcsInstances } from '../balancers/observe.js';

/** Gateways, in the form of links of core's driver. */
export function gatewayLinks(session: Session): LinkMethods {
  return {
    create: (request, ctx) => createGateway(session, request, ctx),
    find: async (by, ctx) => {
      if ('owner' in by) return findByOwner(session, by.owner, ctx);

      const found = await getGateway(session, by.id, ctx);
      return found && toLink(found);
    },
    statuses: async (ids, ctx) =>
      ids.length === 0
        ? []
        : (await listGateways(session, ctx)).filter(({ gatewayId = '' }) => ids.includes(gatewayId)).map(toStatus),
    rename: async (gatewayId, name, ctx) => {
      await session.apig(ctx, 'UpdateGatewayName', { path: { gatewayId }, query: { name } });
    },
    tag: async (id, tags, ctx) => {
      const tag = Object.entries(tags).map(([key, value]) => ({ key, value }));
      if (tag.length === 0) return;

      const body = { resourceType: 'gateway', resourceId: [id], tag };
      await session.apig(ctx, 'TagResources', { body });
    },
    untag: async (id, keys, ctx) => {
      if (keys.length === 0) return;

      // Names in the query begin with capitals, and lists are JSON: UntagResourcesRequest of the vendor's SDK.
      const query = { ResourceType: 'gateway', ResourceId: JSON.stringify([id]), TagKey: JSON.stringify(keys) };
      await session.apig(ctx, 'UntagResources', { query });
    },
    delete: (id, ctx) => deleteGateway(session, id, ctx),
  };
}

/** What CreateGateway calls from where callers reach a gateway. */
const ACCESS: Readonly<Record<string, string>> = {
  internet: 'Internet',
  intranet: 'Intranet',
  both: 'InternetAndIntranet',
};

/**
 * Buys a gateway. The call takes no token, so that it is not safe to repeat: the mark is among the tags of the same
 * call, and the caller looks for it before and after. One vSwitch is `Auto`; two zones are named (`Manual`).
 * @see https://help.aliyun.com/zh/api-gateway/cloud-native-api-gateway/developer-reference/api-apig-2024-03-27-creategateway
 */
async function createGateway(
  session: Session,
  request: LinkRequest,
  ctx: CallContext,
): Promise<{ readonly id: string }> {
  const { subnetIds, native = {}, tags, owner, name } = request;
  const found = await vSwitchesById(session, ctx, subnetIds);
  const missing = subnetIds.find((id) => !found.some((one) => one.id === id));
  if (missing !== undefined || subnetIds.length === 0) {
    throw new InvalidInputError('NOT_FOUND', `vSwitch ${missing ?? '(none)'} does not exist in ${session.region}`, {
      remedy: 'Name vSwitches of the VPC that the backends are in.',
    });
  }

  const subnets = subnetIds.flatMap((id) => found.find((one) => one.id === id) ?? []);
  const [error] = APIG_GATEWAY.requestRefusals(request, {
    region: session.region,
    account: '',
    links: [],
    loadBalancers: [],
    subnets,
    securityGroups: [],
    networks: [],
  });
  if (error !== undefined) throw error;

  const { spec = DEFAULT_GATEWAY_SPEC, access = DEFAULT_GATEWAY_ACCESS } = native;
  const [first] = subnets;
  const zones = subnets.map(({ id, zone }) => ({ zoneId: zone, vSwitchId: id }));
  const body = {
    name,
    gatewayType: 'API',
    gatewayEdition: 'Professional',
    spec,
    chargeType: 'POSTPAY',
    vpcId: first?.networkId,
    zoneConfig:
      zones.length === 1
        ? { selectOption: 'Auto', vSwitchId: first?.id }
        : { selectOption: 'Manual', vSwitchId: first?.id, zones },
    networkAccessConfig: { type: ACCESS[String(access)] },
    tag: Object.entries({ ...tags, ...ownerTags(owner) }).map(([key, value]) => ({ key, value })),
  };
  const { gatewayId } = await session.apig(ctx, 'CreateGateway', { body });
  return { id: sent(gatewayId, 'gatewayId', 'CreateGateway', true) };
}

/**
 * Deletes a gateway with the services that Postern made on it. Whether the service refuses one with other services is
 * not documented [U], so it is refused here: they may be used.
 * @throws {CloudError} `STILL_REFERENCED`
 */
async function deleteGateway(session: Session, gatewayId: string, ctx: CallContext): Promise<void> {
  const gateway = await getGateway(session, gatewayId, ctx);
  if (gateway?.status === 'Deleting') return;

  // Reads may not show yet what a plan has seen: the service decides whether it is gone.
  const project = gateway && (toLink(gateway).owner?.project ?? tagsOf(gateway)['postern:project']);
  const services = (await unlessGone(listServices(session, gatewayId, ctx))) ?? [];
  // A service of a registry has no mark, and nothing of its own. The plan keeps a gateway that other routes use.
  const others = services.filter(
    ({ owner, registered }) => registered === undefined && (owner === undefined || owner.project !== project),
  );
  if (others.length > 0) {
    const names = others.map(({ id, name }) => `${id} (${name})`).join(', ');
    throw new CloudError(
      'STILL_REFERENCED',
      `gateway ${gatewayId} has services that Postern did not create: ${names}`,
      {
        operation: 'DeleteGateway',
        remedy: 'Delete them, and the routes that use them, first.',
        details: { linkId: gatewayId, serviceIds: others.map(({ id }) => id) },
      },
    );
  }

  for (const { id } of services) await deleteService(session, id, ctx);
  await unlessGone(session.apig(ctx, 'DeleteGateway', { path: { gatewayId } }));
}

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
