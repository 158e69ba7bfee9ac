import { unlessGone, type CallContext } from '@postern/core/internal/adapter';
import { listPublished } from '../groups/api-list.js';
import { targetIdOf, listGroups } from '../groups/api.js';
import { listBackends, listPrivateDns } from '../groups/backend.js';
import { isIn } from './connect-blocks.js';
import { stagesOf } from '../groups/gateway.js';
import type { InstanceOutput } from './instance.js';
import { listLoadBalancers, listEcsInstances } from '../../balancers/observe.js';
import { eachOf } from '../../client/plain.js';
import { listPlugins } from '../groups/plugin.js';
import type { Session } from '../../client/session.js';
import { listVpcAccesses, type VpcAccess } from './vpc-access.js';

/** A resource whose calls go to an address. */
export interface Dependent {
  /** `API GET /orders of 523e8dc7 on RELEASE`. */
  readonly what: string;
  /** The address that it calls. */
  readonly address: string;
}

/**
 * The parts of an instance's groups that call addresses inside blocks to be removed, where no remaining
 * block covers the address: published APIs, whatever backend they have, attached plug-ins, named backends
 * and their registries, private DNS records.
 */
export async function dependentsOf(
  session: Session,
  { InstanceId = '' }: InstanceOutput,
  { gone, kept }: { readonly gone: readonly string[]; readonly kept: readonly string[] },
  ctx: CallContext,
): Promise<readonly Dependent[]> {
  const groups = await listGroups(session, ctx, InstanceId);
  const groupIds = new Set(groups.map(({ GroupId }) => GroupId));
  const [accesses, backends, plugins, domains] = await Promise.all([
    listVpcAccesses(session, ctx),
    listBackends(session, ctx),
    listPlugins(session, ctx),
    listPrivateDns(session, ctx),
  ]);
  const addressOf = await addressBook(session, accesses, ctx);
  const byName = new Map(accesses.map((access) => [access.name, access] as const));
  const records = new Map(
    domains
      .filter(({ instanceIds }) => instanceIds.includes(InstanceId))
      .map((one) => [one.domain, one.records] as const),
  );
  const addressesOf = (targetOrHost: string): readonly string[] => {
    const access = byName.get(targetOrHost);
    if (access !== undefined) return addressOf.get(access.instanceId) ?? [];

    const host = targetOrHost.replace(/:\d+$/, '');
    return records.get(host) ?? [host];
  };

  const published = await eachOf([...groupIds], (groupId) => publishedApis(session, groupId, ctx));
  const found: Dependent[] = [];
  const add = (what: string, targets: readonly string[]): void => {
    for (const address of targets.flatMap(addressesOf)) found.push({ what, address });
  };
  for (const { groupId, stage, api } of published.flat()) {
    const { RequestConfig: request, ServiceConfig: service = {} } = api;
    const named = service.ServiceAddress && /^https?:\/\/([^/:]+)/i.exec(service.ServiceAddress)?.[1];
    const target = targetIdOf(service) ?? named;
    const what = `API ${request?.RequestHttpMethod} ${request?.RequestPath} of ${groupId} on ${stage}`;
    if (target !== undefined && target !== '') add(what, [target]);
  }
  for (const { name, uses, vpcAccessNames, addresses } of plugins) {
    const use = uses.find(({ groupId }) => groupIds.has(groupId));
    if (use !== undefined) add(`plug-in ${name} of ${use.groupId} on ${use.stage}`, [...vpcAccessNames, ...addresses]);
  }
  for (const { name, models } of backends) {
    for (const { stage, vpcAccessName = '', address = '', registry = '' } of models) {
      const hosts = [address, ...registry.split(',')].map(hostOf);
      add(
        `backend ${name} on ${stage}`,
        [vpcAccessName, ...hosts].filter((text) => text !== ''),
      );
    }
  }
  for (const [domain, values] of records) add(`private DNS record ${domain}`, values);
  return found.filter(
    ({ address }) => gone.some((block) => isIn(address, block)) && !kept.some((block) => isIn(address, block)),
  );
}

/** `10.0.0.1` of `http://10.0.0.1:80/x`, of `10.0.0.1:8848`, and of itself. */
function hostOf(text: string): string {
  return /^(?:https?:\/\/)?([^/:]*)/i.exec(text.trim())?.[1] ?? '';
}

async function publishedApis(session: Session, groupId: string, ctx: CallContext) {
  const stages = await stagesOf(session, groupId, ctx);
  const lists = await eachOf(stages, async (stage) => {
    const apis = await listPublished(session, groupId, stage, ctx);
    const full = await eachOf([...apis.keys()], (ApiId) =>
      unlessGone(session.call(ctx, 'CloudAPI', 'DescribeDeployedApi', { GroupId: groupId, ApiId, StageName: stage })),
    );
    return full.flatMap((api) => (api === undefined ? [] : [{ groupId, stage, api }]));
  });
  return lists.flat();
}

/** The addresses behind the instances of authorizations. */
async function addressBook(
  session: Session,
  accesses: readonly VpcAccess[],
  ctx: CallContext,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = [...new Set(accesses.map(({ instanceId }) => instanceId))];
  const machines = ids.filter((id) => id.startsWith('i-'));
  const [ecs, balancers] = await Promise.all([
    listEcsInstances(session, ctx, { ids: machines }),
    ids.some((id) => id.startsWith('lb-')) ? listLoadBalancers(session, ctx) : [],
  ]);
  return new Map<string, readonly string[]>([
    ...ids.filter((id) => /^\d/.test(id)).map((address) => [address, [address]] as const),
    ...ecs.map(({ id, addresses }) => [id, addresses] as const),
    ...balancers.map(({ LoadBalancerId, Address = '' }) => [LoadBalancerId, [Address]] as const),
  ]);
}
