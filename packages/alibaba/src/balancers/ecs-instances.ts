import { defined, collectPages, type CallContext } from '@postern/core/internal/adapter';
import type { Instance } from '@postern/core/internal/snapshot';
import type { Answer } from '../client/apis/actions.js';
import { latestBy } from '../client/pages.js';
import { plain, type Sent } from '../client/plain.js';
import type { Session } from '../client/session.js';

type Listed = NonNullable<NonNullable<Answer<'Ecs', 'DescribeInstances'>['Instances']>['Instance']>[number];
type Row = Sent<Listed, 'InstanceId'>;

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
  const lists: Listed[][] = [];
  for (const chunk of chunks) {
    lists.push(
      await collectPages(ctx, { what: 'ECS instances', operation: 'DescribeInstances' }, async (token) => {
        const page = await session.call(ctx, 'Ecs', 'DescribeInstances', {
          MaxResults: 100,
          ...defined({ VpcId }),
          ...(chunk === undefined ? {} : { [filter]: JSON.stringify(chunk) }),
          ...defined({ NextToken: token }),
        });
        return { items: page.Instances?.Instance ?? [], next: page.NextToken };
      }),
    );
  }
  return latestBy(lists.flat(), 'DescribeInstances', 'InstanceId').map(toInstance);
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
