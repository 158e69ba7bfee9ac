import { CloudError, unlessGone } from '@postern/core/adapter';
import type { CallContext } from '@postern/core';
import type { TargetGateway } from '@postern/core/handover';
import { defined } from '../client/plain.js';
import type { Session } from '../client/session.js';

/**
 * A gateway that exists, as a target. From where callers reach it is not returned, and follows from its load balancers [I].
 * @throws {CloudError} `NOT_FOUND`
 */
export async function readTarget(session: Session, gatewayId: string, ctx: CallContext): Promise<TargetGateway> {
  const row = await unlessGone(session.apig(ctx, 'GetGateway', { path: { gatewayId } }));
  if (row === undefined) {
    throw new CloudError('NOT_FOUND', `gateway ${gatewayId} does not exist in ${session.region}`, {
      operation: 'GetGateway',
      remedy: 'Check the ID, the region and the account.',
    });
  }
  const types = (row.loadBalancers ?? []).flatMap(({ addressType = '' }) => addressType);
  const zones = (row.zones ?? []).flatMap((zone) => zone.vSwitch?.vSwitchId ?? []);
  return {
    id: gatewayId,
    name: row.name ?? gatewayId,
    region: session.region,
    vpcId: row.vpc?.vpcId ?? '',
    vSwitchIds: [...new Set([...zones, ...(row.vSwitch?.vSwitchId === undefined ? [] : [row.vSwitch.vSwitchId])])],
    ...defined({ groupId: row.securityGroup?.securityGroupId, spec: row.spec, version: row.version }),
    status: row.status ?? '',
    type: row.gatewayType ?? 'API',
    access: (['Internet', 'Intranet'] as const).filter((access) =>
      types.some((type) => type.toLowerCase() === access.toLowerCase()),
    ),
  };
}
