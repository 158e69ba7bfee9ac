import { collectPages, type CallContext } from '@postern/core';
import type { Answer } from './actions.js';
import type { Session } from './session.js';

type Row = NonNullable<NonNullable<Answer<'Ecs', 'DescribeInstances'>['Instances']>['Instance']>[number];

/** An ECS instance, as far as a gateway has to know it; plain JSON. */
export interface EcsInstance {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly networkId: string | undefined;
  readonly subnetId: string | undefined;
  readonly addresses: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/** ECS instances: of the region, of one VPC, or those of the ids that exist. */
export async function listEcsInstances(
  session: Session,
  ctx: CallContext,
  within: { readonly ids?: readonly string[]; readonly VpcId?: string } = {},
): Promise<readonly EcsInstance[]> {
  const { ids, VpcId } = within;
  if (ids?.length === 0) return [];
  const chunks = ids === undefined ? [undefined] : chunked([...new Set(ids)], 100);
  const lists: Row[][] = [];
  for (const chunk of chunks) {
    lists.push(
      await collectPages(ctx, { what: 'ECS instances', operation: 'DescribeInstances' }, async (token) => {
        const page = await session.send(ctx, 'Ecs', 'DescribeInstances', {
          MaxResults: 100,
          ...(VpcId === undefined ? {} : { VpcId }),
          ...(chunk === undefined ? {} : { InstanceIds: JSON.stringify(chunk) }),
          ...(token === undefined ? {} : { NextToken: token }),
        });
        return { items: page.Instances?.Instance ?? [], next: page.NextToken };
      }),
    );
  }
  return lists.flat().map((row) => ({
    id: row.InstanceId ?? '',
    name: row.InstanceName ?? '',
    status: row.Status ?? '',
    networkId: row.VpcAttributes?.VpcId || undefined,
    subnetId: row.VpcAttributes?.VSwitchId || undefined,
    addresses: [...(row.VpcAttributes?.PrivateIpAddress?.IpAddress ?? [])],
    securityGroupIds: [...(row.SecurityGroupIds?.SecurityGroupId ?? [])],
  }));
}

function chunked<T>(items: readonly T[], size: number): readonly T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
