import { describe, expect, it } from 'vitest';
import { newAccount, newGroup, newVpc, refusal } from './account.js';

describe('groups beyond a peering connection', () => {
  /** The peering connection is not created by calls: a world with one is loaded. */
  const peered = () => {
    const { ec2, sim } = newAccount();
    const VpcId = newVpc(ec2);
    const GroupId = newGroup(ec2, VpcId, 'web');
    const allow = (...IpPermissions: object[]) => ec2('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions });
    const other = newVpc(ec2, '10.9.0.0/16');
    const far = newGroup(ec2, other, 'far');
    const side = (vpcId: string, cidrBlock: string) => ({
      vpcId,
      ownerId: '111122223333',
      region: 'us-east-1',
      cidrBlock,
    });
    const peering = {
      id: 'pcx-0123456789abcdef0',
      requester: side(VpcId, '10.0.0.0/16'),
      accepter: side(other, '10.9.0.0/16'),
      status: 'active',
      tags: {},
    };
    const load = (row: object) => sim.load(withPeering(sim.world(), row));
    load(peering);
    return { ec2, allow, far, other, peering, load };
  };

  it('can be referenced until the peering is deleted', () => {
    const { ec2, allow, far, other, peering, load } = peered();
    const pair = { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: far }] };
    const [rule] = allow(pair).SecurityGroupRules;
    expect(rule.ReferencedGroupInfo).toMatchObject({ GroupId: far, VpcId: other, VpcPeeringConnectionId: peering.id });
    ec2('DeleteSecurityGroup', { GroupId: far });
    load({ ...peering, status: 'deleted' });
    expect(() => allow({ ...pair, UserIdGroupPairs: [{ GroupId: newGroup(ec2, other, 'more') }] })).toThrow(
      refusal('InvalidGroup.NotFound'),
    );
  });

  it('are shown with the peering', () => {
    const { ec2, peering } = peered();
    const { VpcPeeringConnections } = ec2('DescribeVpcPeeringConnections');
    expect(VpcPeeringConnections).toMatchObject([{ VpcPeeringConnectionId: peering.id, Status: { Code: 'active' } }]);
  });
});

/** The world with one more row in the table of peerings, wherever its encoding keeps tables. */
function withPeering(world: unknown, row: object): unknown {
  const copy = structuredClone(world);
  const visit = (node: any): boolean => {
    if (typeof node !== 'object' || node === null) return false;
    if (Object.hasOwn(node, 'peerings')) {
      const table = node.peerings;
      const entries = (Array.isArray(table) ? table : Object.values(table)[0]) as unknown[];
      entries.length = 0;
      entries.push([(row as any).id, row]);
      return true;
    }
    return Object.values(node).some(visit);
  };
  if (!visit(copy)) throw new Error('This world has no table of peerings.');
  return copy;
}
