import type { ResolvedAddress, SourceAccess } from '../../source/source-api.js';
import { defined, isPosternError, type CallContext } from '@postern/core/internal/adapter';
import { eachOf, numberOf, utcText } from '../../../../client/plain.js';
import { getBalancerRow, listEcsInstances } from '../../../../balancers/observe.js';
import { listVpcAccesses } from '../../../instances/vpc-access.js';
import type { GroupRead } from './source-policies.js';
import type { MeasuredPeak } from '../../source/source.js';
import type { Session } from '../../../../client/session.js';

/** The authorizations that are named, each with the address behind it at this instant. */
export async function readAccesses(
  read: GroupRead,
  names: ReadonlySet<string>,
  at: string,
): Promise<readonly SourceAccess[]> {
  const { session, ctx } = read;
  const accesses = (await listVpcAccesses(session, ctx)).filter(({ name }) => names.has(name));
  const resolved = await addressesOf(
    read,
    accesses.map(({ instanceId }) => instanceId),
    at,
  );
  const groups = await groupsAt(read, accesses);
  return accesses.map(({ name, id, vpcId, instanceId, port, hostName }) => ({
    name,
    id,
    vpcId,
    instanceId,
    port,
    ...(hostName === '' ? {} : { hostName }),
    resolved: resolved.get(instanceId) ?? {
      is: 'found',
      address: instanceId,
      at,
      groupIds: groups.get(`${vpcId} ${instanceId}`) ?? [],
    },
  }));
}

const isId = (text: string): boolean => /^(?:i|lb)-/.test(text);

/** The security groups of the servers that have a plain address, by VPC and address. Where they may not be read there are none. */
async function groupsAt(
  { session, ctx }: GroupRead,
  accesses: readonly Pick<SourceAccess, 'vpcId' | 'instanceId'>[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const plain = accesses.filter(({ instanceId }) => !isId(instanceId));
  const found = new Map<string, readonly string[]>();
  for (const VpcId of new Set(plain.map(({ vpcId }) => vpcId))) {
    const addresses = plain.filter(({ vpcId }) => vpcId === VpcId).map(({ instanceId }) => instanceId);
    try {
      for (const row of await listEcsInstances(session, ctx, { VpcId, addresses })) {
        for (const address of row.addresses) found.set(`${VpcId} ${address}`, row.securityGroupIds);
      }
    } catch (error) {
      notRead(error);
    }
  }
  return found;
}

/** Servers in calls of a hundred each, load balancers one by one. What is an address already is not looked up. */
async function addressesOf(
  { session, ctx }: GroupRead,
  ids: readonly string[],
  at: string,
): Promise<ReadonlyMap<string, ResolvedAddress>> {
  const servers = [...new Set(ids.filter((id) => id.startsWith('i-')))];
  const balancers = [...new Set(ids.filter((id) => id.startsWith('lb-')))];
  const found = new Map<string, ResolvedAddress>();
  try {
    const rows = new Map((await listEcsInstances(session, ctx, { ids: servers })).map((row) => [row.id, row]));
    for (const id of servers) {
      const row = rows.get(id);
      const [address] = row?.addresses ?? [];
      if (row === undefined) found.set(id, { is: 'absent', at });
      else if (address === undefined) found.set(id, { is: 'unknown', why: 'it has no private address' });
      else found.set(id, { is: 'found', address, at, groupIds: row.securityGroupIds });
    }
  } catch (error) {
    for (const id of servers) found.set(id, notRead(error));
  }
  const rows = await eachOf(balancers, async (id): Promise<readonly [string, ResolvedAddress]> => {
    try {
      const row = await getBalancerRow(session, id, ctx);
      if (row === undefined) return [id, { is: 'absent', at }];

      return row.Address
        ? [id, { is: 'found', address: row.Address, at, groupIds: [] }]
        : [id, { is: 'unknown', why: 'it has no address' }];
    } catch (error) {
      return [id, notRead(error)];
    }
  });
  for (const [id, one] of rows) found.set(id, one);
  return found;
}

/** What is not allowed is unknown; every other error ends the reading. */
function notRead(error: unknown): ResolvedAddress {
  if (isPosternError(error, 'PERMISSION_DENIED')) return { is: 'unknown', why: error.message };

  throw error;
}

/** A week has the peaks of each of its days. */
const PERIOD_MS = 7 * 86_400_000;
/** Figures of requests are of one stage each, of all groups of an instance. */
const STAGES = ['RELEASE', 'PRE', 'TEST'];

interface Items {
  readonly MonitorItem?:
    readonly { readonly ItemTime?: string | undefined; readonly ItemValue?: string | undefined }[] | undefined;
}

/**
 * The most requests per second of an instance within a week, as sums over its stages, and the most new connections. Undefined where
 * they may not be read, and where the service reports no figure at all: then it is not known whether there were no calls.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describeinstanceqps
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describeinstancenewconnections
 */
export async function readPeak(
  session: Session,
  InstanceId: string,
  ctx: CallContext,
): Promise<MeasuredPeak | undefined> {
  const now = ctx.clock.now();
  const [from, to] = [utcText(now - PERIOD_MS), utcText(now)];
  const period = { InstanceId, StartTime: from, EndTime: to };
  const requestsPerSecond = await mostOf(
    STAGES.map((StageName) => async () => {
      const { InstanceQps } = await session.call(ctx, 'CloudAPI', 'DescribeInstanceQps', { ...period, StageName });
      return InstanceQps;
    }),
  );
  if (requestsPerSecond === undefined) return undefined;

  const newConnections = await mostOf([
    async () => {
      const input = { ...period, SbcName: 'Maximum' };
      const answer = await session.call(ctx, 'CloudAPI', 'DescribeInstanceNewConnections', input);
      return answer.InstanceNewConnections;
    },
  ]);
  return { requestsPerSecond, ...defined({ newConnections }), from, to };
}

/** The largest sum of items of the same time. */
async function mostOf(reads: readonly (() => Promise<Items | undefined>)[]): Promise<number | undefined> {
  const sums = new Map<string, number>();
  try {
    for (const read of reads)
      for (const { ItemTime = '', ItemValue } of (await read())?.MonitorItem ?? [])
        sums.set(ItemTime, (sums.get(ItemTime) ?? 0) + (numberOf(ItemValue) ?? 0));
  } catch (error) {
    if (isPosternError(error, 'PERMISSION_DENIED') || isPosternError(error, 'UNSUPPORTED')) return undefined;

    throw error;
  }
  return sums.size === 0 ? undefined : Math.max(...sums.values());
}
