import type { CallContext } from '@postern/core';
import type { TargetGateway } from '../../assess/target.js';
import { requireGateway, vSwitchesOf } from '../../../apig/gateway.js';
import { snatEntriesOf } from '../../../apig/egress.js';
import { defined } from '../../../client/plain.js';
import type { Session } from '../../../client/session.js';
import { publicSourcesOf } from '../../../network/nat.js';
import { vSwitchesById } from '../../../network/network.js';

/**
 * A gateway that exists, as a target. From where callers reach it is not returned, and follows from its load balancers [I]. It
 * reaches public addresses where each of its vSwitches has an SNAT entry; the route to the NAT gateway is not read.
 * @throws {CloudError} `NOT_FOUND`
 */
export async function readTarget(session: Session, gatewayId: string, ctx: CallContext): Promise<TargetGateway> {
  const row = await requireGateway(session, gatewayId, ctx);
  const ids = vSwitchesOf(row);
  const [subnets, entries] = await Promise.all([vSwitchesById(session, ctx, ids), snatEntriesOf(session, [row], ctx)]);
  const sources = entries && publicSourcesOf(entries, subnets);
  const reachesInternet = sources && ids.every((id) => sources.some(({ subnetId }) => subnetId === id));
  const types = (row.loadBalancers ?? []).map(({ addressType = '' }) => addressType.toLowerCase());
  return {
    id: gatewayId,
    name: row.name ?? gatewayId,
    region: session.region,
    vpcId: row.vpc?.vpcId ?? '',
    vSwitchIds: ids,
    ...defined({ reachesInternet, groupId: row.securityGroup?.securityGroupId, spec: row.spec, version: row.version }),
    status: row.status ?? '',
    type: row.gatewayType ?? 'API',
    access: (['Internet', 'Intranet'] as const).filter((access) => types.includes(access.toLowerCase())),
  };
}
