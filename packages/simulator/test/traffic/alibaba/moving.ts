import { conventional, MINUTE, shop } from './shop.js';

const AT_80 = { IpProtocol: 'tcp', PortRange: '80/80' };

/** The shop on a conventional instance, from which it moves to the VPC integration instance, and calls all the time. */
export async function moving(allowed: (egress: string) => readonly string[]) {
  const world = await shop();
  const { cloud, groupId: GroupId, groups, linkId, sim, host } = world;
  const { id: old, egress } = await conventional(world);
  cloud.cloudapi('ModifyApiGroupInstance', { GroupId, TargetInstanceId: old });
  await sim.advance(20 * MINUTE);
  const own = { SecurityGroupId: groups.server, ...AT_80 };
  cloud.ecs('RevokeSecurityGroup', { ...own, SourceCidrIp: '10.0.0.0/16' });
  for (const SourceCidrIp of allowed(egress)) cloud.ecs('AuthorizeSecurityGroup', { ...own, SourceCidrIp });
  sim.traffic.resetCounters();
  const load = sim.traffic.load({ gateway: host, paths: ['/orders/1'], perSecond: 2, seconds: 20 * 60 });
  cloud.cloudapi('ModifyApiGroupInstance', { GroupId, TargetInstanceId: linkId });
  /** The server lets calls from a block in no longer. */
  const revoke = (SourceCidrIp: string): unknown => cloud.ecs('RevokeSecurityGroup', { ...own, SourceCidrIp });
  return { world, old, egress, load, revoke };
}
