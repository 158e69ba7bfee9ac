import {
  PROJECT_TAG,
  UnsupportedError,
  type CallContext,
  type Gateway,
  type Json,
  type Link,
  type RegionSnapshot,
  type Scope,
  createGaps,
  type Gaps,
} from '@postern/core';
import { listGroups } from './api-group.js';
import { listBackends, listPrivateDns } from './backend.js';
import { toAllowlist } from './connect-blocks.js';
import { counting } from './counting.js';
import { ownerOf, seenByRows, toEgress } from './egress.js';
import { readGroup } from './gateway.js';
import { getInstance, isDedicated, isIntegration, listInstances, toLink, type InstanceOutput } from './instance.js';
import { listInterfaces, toInterface } from './network.js';
import { observeBackends } from './observe-backends.js';
import { observeNetworks } from './observe-network.js';
import { closingNote } from './observe-note.js';
import { eachOf } from './parallel.js';
import { plain } from './plain.js';
import { listPlugins } from './plugin.js';
import type { Session } from './session.js';
import { listVpcAccesses, type VpcAccess } from './vpc-access.js';

/**
 * Reads what `scope` asks for. Nothing is read twice: authorisations, plug-in bodies and named backends once for all groups.
 * What the credentials do not allow is a gap; a list that is cut short is one, or an error.
 * @throws {UnsupportedError} for gateways of another cloud. {CloudError} what keeps a whole observation from being made.
 */
export async function observe(to: Session, scope: Scope, ctx: CallContext): Promise<RegionSnapshot> {
  const account = await to.account(ctx);
  const { session, counts } = counting(to);
  const gaps = createGaps();
  const needsTargets = scope.all === true || (scope.gateways ?? []).length > 0 || (scope.targets ?? []).length > 0;
  const reading =
    needsTargets || scope.project !== undefined
      ? gaps.attempt({ what: 'VPC access authorisations', of: 'targets' }, () => listVpcAccesses(session, ctx))
      : Promise.resolve<readonly VpcAccess[]>([]);
  const byName = reading.then((rows) => new Map((rows ?? []).map((access) => [access.name, access] as const)));
  // Of a failure `reading` tells; a group that cannot be read never asks for the names, and would leave it unheard.
  byName.catch(() => undefined);
  const [instances = [], accesses = [], gateways, parts] = await Promise.all([
    gaps.attempt({ what: 'API Gateway instances', of: 'links' }, () => readInstances(session, scope, gaps, ctx)),
    reading,
    observeGroups(session, scope, byName, gaps, ctx),
    scope.all ? observeParts(session, gaps, ctx) : {},
  ]);
  const dedicated = instances.filter(isDedicated);
  const links = dedicated.map(toLink);
  const [backends, networks, egress] = await Promise.all([
    observeBackends(session, scope, { accesses, gateways, plain: callsAddresses(scope, links) }, gaps, ctx),
    observeNetworks(session, scope, links, gaps, ctx),
    observeEgress(session, scope, dedicated, accesses, gaps, ctx),
  ]);
  const { missing, ecsInstances, ...rest } = backends;
  if (scope.all) ctx.log?.(closingNote(session.region, gateways, parts, counts));
  return {
    provider: 'alibaba',
    region: session.region,
    account,
    links,
    gateways,
    ...rest,
    allowlists: dedicated.filter(isIntegration).flatMap((instance) => allowlistOf(instance, gaps)),
    ...egress,
    networks: networks.networks,
    subnets: networks.subnets,
    securityGroups: networks.securityGroups,
    gaps: gaps.list,
    native: {
      ...networks.native,
      ...(missing.length === 0 ? {} : { missing: [...missing] }),
      ...(scope.all ? { ecsInstances: plain(ecsInstances) as Json, ...(plain(parts) as object) } : {}),
    },
  };
}

/** Whether a link of the scope calls addresses without an authorisation: an integration instance, and whatever is made, is one. */
function callsAddresses({ links: wanted = [], declared = [] }: Scope, links: readonly Link[]): boolean {
  const ids = wanted.filter((one) => typeof one === 'string');
  const open = links.filter(({ kind }) => kind === 'integration-instance');
  return declared.length > 0 || open.some(({ id }) => ids.length === 0 || ids.includes(id));
}

/** The list has no second page: what it lacks is looked for by the project's tag and by the ids of the scope. */
async function readInstances(
  session: Session,
  scope: Scope,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly InstanceOutput[]> {
  const { instances, complete } = await listInstances(session, ctx);
  if (complete) return instances;
  const found = new Map(instances.map((one) => [one.InstanceId ?? '', one] as const));
  const ours =
    scope.project === undefined ? undefined : await listInstances(session, ctx, { [PROJECT_TAG]: scope.project });
  for (const one of ours?.instances ?? []) found.set(one.InstanceId ?? '', one);
  const ids = (scope.links ?? []).flatMap((by) => (typeof by === 'string' && !found.has(by) ? [by] : []));
  for (const one of await eachOf(ids, (id) => getInstance(session, id, ctx))) {
    if (one !== undefined) found.set(one.InstanceId ?? '', one);
  }
  const byLook = (scope.links ?? []).some((by) => typeof by !== 'string');
  if (scope.all || byLook || ours?.complete === false) {
    const what = 'API Gateway instances beyond the tenth: the service lists no more at once';
    gaps.list.push({ what, operation: 'DescribeInstances', code: 'INCOMPLETE_LIST', of: 'links' });
  }
  return [...found.values()];
}

async function observeGroups(
  session: Session,
  scope: Scope,
  accesses: Promise<ReadonlyMap<string, VpcAccess>>,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Gateway[]> {
  const named = (scope.gateways ?? []).map((ref) => {
    if ('apiGroup' in ref) return ref.apiGroup;
    throw new UnsupportedError('Alibaba Cloud has API groups, no APIs of AWS', {
      remedy: 'Write gateway: { apiGroup: <its id> }.',
    });
  });
  const all = scope.all
    ? await gaps.attempt({ what: 'API groups', of: 'gateways' }, () => listGroups(session, ctx))
    : [];
  const ids = [...new Set([...(all ?? []).flatMap(({ GroupId }) => GroupId ?? []), ...named])];
  let done = 0;
  const gateways = await eachOf(
    ids,
    async (id) => {
      const how = { accesses, publications: scope.all === true };
      const group = await gaps.attempt({ what: `API group ${id}`, of: 'gateways', id }, () =>
        readGroup(session, id, how, ctx),
      );
      done += 1;
      ctx.log?.(`observed API group ${done} of ${ids.length}: ${group?.routes.length ?? 0} APIs`);
      return group;
    },
    // Each group reads several APIs at once already.
    2,
  );
  return gateways.flatMap((gateway) => gateway ?? []);
}

/** Plug-ins, named backends and private domains, of which plans do not speak. */
export interface Parts {
  readonly plugins?: Awaited<ReturnType<typeof listPlugins>> | undefined;
  readonly backends?: Awaited<ReturnType<typeof listBackends>> | undefined;
  readonly privateDns?: Awaited<ReturnType<typeof listPrivateDns>> | undefined;
}

async function observeParts(session: Session, gaps: Gaps, ctx: CallContext): Promise<Parts> {
  const [plugins, backends, privateDns] = await Promise.all([
    gaps.attempt({ what: 'plug-ins', of: 'gateways' }, () => listPlugins(session, ctx)),
    gaps.attempt({ what: 'named backends', of: 'gateways' }, () => listBackends(session, ctx)),
    gaps.attempt({ what: 'private domains', of: 'gateways' }, () => listPrivateDns(session, ctx)),
  ]);
  return { plugins, backends, privateDns };
}

function allowlistOf(instance: InstanceOutput, gaps: Gaps) {
  try {
    return [toAllowlist(instance)];
  } catch {
    const what = `accessible blocks of ${instance.InstanceId}`;
    gaps.list.push({ what, operation: 'DescribeInstances', code: 'BAD_RESPONSE', of: 'allowlists' });
    return [];
  }
}

async function observeEgress(
  session: Session,
  scope: Scope,
  instances: readonly InstanceOutput[],
  accesses: readonly VpcAccess[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<Pick<RegionSnapshot, 'egress' | 'interfaces'>> {
  if ((scope.egress !== true && scope.all !== true) || instances.length === 0) return { egress: [], interfaces: [] };
  const vpcIds = [...new Set(instances.flatMap(({ ConnectVpcId }) => ConnectVpcId || []))];
  const wanted = { what: 'network interfaces of instances', of: 'interfaces' } as const;
  const interfaces = await gaps.attempt(wanted, () => listInterfaces(session, vpcIds, ctx));
  if (interfaces === undefined) return { egress: [], interfaces: [] };
  return {
    interfaces: interfaces.map((row) => toInterface(row, ownerOf(row, instances)?.id)),
    egress: instances.map((instance) => ({
      ...toEgress(instance, instances, interfaces),
      seenBy: seenByRows(accesses.filter(({ vpcId }) => !isIntegration(instance) || vpcId === instance.ConnectVpcId)),
    })),
  };
}
