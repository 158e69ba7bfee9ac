import type { CallContext } from '@postern/core';
import type { TargetGateway } from '@postern/core/handover';
import { requireGateway, vSwitchesOf } from '../apig/gateway.js';
import { defined } from '../client/plain.js';
import type { Session } from '../client/session.js';

/**
 * A gateway that exists, as a target. From where callers reach it is not returned, and follows from its load balancers [I].
 * @throws {CloudError} `NOT_FOUND`
 */
export async function readTarget(session: Session, gatewayId: string, ctx: CallContext): Promise<TargetGateway> {
  const row = await requireGateway(session, gatewayId, ctx);
  const types = (row.loadBalancers ?? []).map(({ addressType = '' }) => addressType.toLowerCase());
  return {
    id: gatewayId,
    name: row.name ?? gatewayId,
    region: session.region,
    vpcId: row.vpc?.vpcId ?? '',
    vSwitchIds: vSwitchesOf(row),
    ...defined({ groupId: row.securityGroup?.securityGroupId, spec: row.spec, version: row.version }),
    status: row.status ?? '',
    type: row.gatewayType ?? 'API',
    access: (['Internet', 'Intranet'] as const).filter((access) => types.includes(access.toLowerCase())),
  };
}
