import type { CallContext } from '@postern/core/internal/adapter';
import type { Instance } from '@postern/core/internal/snapshot';
import { listAll, type Listed } from '../client/lists.js';
import { latest } from '../client/pages.js';
import { plain } from '../client/plain.js';
import type { Session } from '../client/session.js';

type Row = Listed<'Ecs', 'DescribeInstances'>;

/** ECS instances: of the region, of one VPC, or those of the ids, or of the private addresses in a VPC, that exist. */
export async function listEcsInstances(
  session: Session,
  ctx: CallContext,
  within: { readonly ids?: readonly string[]; readonly VpcId?: string; readonly addresses?: readonly string[] } = {},
): Promise<readonly Instance[]> {
  const { ids, VpcId, addresses } = within;
  const named = ids ?? addresses;
  if (named?.length === 0) return [];

  const chunks = named === undefined ? [undefined] : chunked([...new Set(named)], 100);
  const filter = ids === undefined ? 'PrivateIpAddresses' : 'InstanceIds';
  const lists: Row[][] = [];
  for (const chunk of chunks) {
    const query = { VpcId, [filter]: chunk && JSON.stringify(chunk) };
    lists.push(await listAll(session, ctx, 'ECS instances', 'Ecs', 'DescribeInstances', query));
  }
  return latest(lists.flat(), ({ InstanceId }) => InstanceId).map(toInstance);
}

function toInstance(row: Row): Instance {
  const { VpcId, VSwitchId, PrivateIpAddress } = row.VpcAttributes ?? {};
  const status = row.Status ?? '';
  return {
    id: row.InstanceId,
    name: row.InstanceName || undefined,
    networkId: VpcId || undefined,
    subnetId: VSwitchId || undefined,
    zone: row.ZoneId || undefined,
    addresses: [...(PrivateIpAddress?.IpAddress ?? [])],
    securityGroupIds: [...(row.SecurityGroupIds?.SecurityGroupId ?? [])],
    state: /^running$/i.test(status) ? 'running' : /^stopped$/i.test(status) ? 'stopped' : 'other',
    nativeState: status,
    raw: plain(row),
  };
}

function chunked<T>(items: readonly T[], size: number): readonly T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
