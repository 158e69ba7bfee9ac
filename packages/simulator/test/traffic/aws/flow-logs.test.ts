import { describe, expect, it } from 'vitest';
import { newAccount, newVpc, refusal } from '../../aws/ec2/account.js';
import { shop } from './http-api/shop.js';

const MINUTE_MS = 60_000;
const LOG = {
  ResourceType: 'VPC',
  TrafficType: 'ALL',
  LogGroupName: 'flows',
  DeliverLogsPermissionArn: 'arn:aws:iam::111122223333:role/flow-logs',
};

/** An API with a route, and a flow log of its VPC. */
async function logged(more: object = {}) {
  const world = await shop();
  world.route('$default', world.integration());
  world.stage();
  const [vpc] = world.ec2('DescribeVpcs').Vpcs;
  world.ec2('CreateFlowLogs', { ...LOG, ResourceIds: [vpc.VpcId], ...more });
  const events = (input: object = {}): any[] =>
    world.call('logs', 'FilterLogEvents', { logGroupName: 'flows', ...input }).events;
  /** Time passes while a call waits for an answer. */
  const get = async () => {
    const [answer] = await Promise.all([world.get(), world.sim.advance(MINUTE_MS)]);
    return answer;
  };
  return { ...world, get, events };
}

describe('flow logs of what a link sends', () => {
  const fields = (event: any): string[] => event.message.split(' ');

  it('show the call and its answer, when the interval is over', async () => {
    const { get, events, sim } = await logged({ MaxAggregationInterval: 60 });
    await get();
    await sim.advance(2 * MINUTE_MS);
    const [out, back] = events().map(fields);
    expect(events()).toHaveLength(2);
    expect([out?.[0], out?.[6], out?.[7], out?.[12], out?.[13]]).toEqual(['2', '80', '6', 'ACCEPT', 'OK']);
    expect([back?.[3], back?.[4], back?.[5]]).toEqual([out?.[4], out?.[3], '80']);
    expect(events()[0].logStreamName).toBe(`${out?.[2]}-all`);
    expect(events({ startTime: sim.clock.now() })).toEqual([]);
    expect(events({ logStreamNamePrefix: 'eni-none' })).toEqual([]);
  });

  it('come after ten minutes by default', async () => {
    const { get, events, sim } = await logged();
    await get();
    await sim.advance(2 * MINUTE_MS);
    expect(events()).toEqual([]);
    await sim.advance(10 * MINUTE_MS);
    expect(events()).toHaveLength(2);
  });

  it.each([
    ['the group of the link has no outbound rule', 'ALL', ['REJECT']],
    ['only accepted traffic is logged', 'ACCEPT', []],
  ])('show what the interface refuses: %s', async (_, TrafficType, actions) => {
    const { get, events, sim, ec2, groupId } = await logged({ MaxAggregationInterval: 60, TrafficType });
    const all = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    ec2('RevokeSecurityGroupEgress', { GroupId: groupId, IpPermissions: [all] });
    expect((await get()).status).toBe(503);
    await sim.advance(2 * MINUTE_MS);
    expect(events().map((event) => fields(event)[12])).toEqual(actions);
  });

  it('show no answer where the load balancer does not admit the call', async () => {
    const { get, events, sim, ec2, groupId } = await logged({ MaxAggregationInterval: 60 });
    const self = { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: groupId }] };
    ec2('RevokeSecurityGroupIngress', { GroupId: groupId, IpPermissions: [self] });
    expect((await get()).status).toBe(503);
    await sim.advance(2 * MINUTE_MS);
    expect(events().map((event) => fields(event)[12])).toEqual(['ACCEPT']);
  });

  it('have the format that was given, and a dash for what is not simulated', async () => {
    const LogFormat = '${dstport} ${flow-direction} ${traffic-path} ${vpc-id}';
    const { get, events, sim } = await logged({ MaxAggregationInterval: 60, LogFormat });
    await get();
    await sim.advance(2 * MINUTE_MS);
    expect(events()[0].message).toMatch(/^80 egress - vpc-/);
  });

  it('are not written to S3, nor after they are deleted', async () => {
    const { get, sim, call, ec2 } = await logged({
      LogDestinationType: 's3',
      LogDestination: 'arn:aws:s3:::logs',
      LogGroupName: undefined,
    });
    await get();
    await sim.advance(20 * MINUTE_MS);
    expect(() => call('logs', 'FilterLogEvents', { logGroupName: 'flows' })).toThrow(
      refusal('ResourceNotFoundException'),
    );
    const FlowLogIds = ec2('DescribeFlowLogs').FlowLogs.map((row: any) => row.FlowLogId);
    expect(ec2('DeleteFlowLogs', { FlowLogIds: [...FlowLogIds, 'fl-1'] }).Unsuccessful).toMatchObject([
      { ResourceId: 'fl-1' },
    ]);
    expect(ec2('DescribeFlowLogs').FlowLogs).toEqual([]);
  });
});

it.each<readonly [string, object, string, string]>([
  ['no role', { DeliverLogsPermissionArn: undefined }, 'InvalidParameter', 'DeliverLogsPermissionArn'],
  ['no destination', { LogGroupName: undefined }, 'InvalidParameter', 'LogGroupName is required'],
  ['no kind of traffic', { TrafficType: undefined }, 'InvalidParameter', 'TrafficType'],
  ['another interval', { MaxAggregationInterval: 300 }, 'InvalidParameter', '60 or 600'],
  ['a VPC that does not exist', { ResourceIds: ['vpc-0a'] }, 'InvalidVpcID.NotFound', ''],
  ['the same flow log again', {}, 'FlowLogAlreadyExists', 'existing Flow Log'],
  ['a transit gateway', { ResourceType: 'TransitGateway' }, 'UnsupportedOperation', 'TransitGateway'],
])('CreateFlowLogs refuses %s', (_, more, code, message) => {
  const { ec2 } = newAccount();
  const ResourceIds = [newVpc(ec2)];
  ec2('CreateFlowLogs', { ...LOG, ResourceIds });
  expect(() => ec2('CreateFlowLogs', { ...LOG, ResourceIds, ...more })).toThrow(refusal(code, message));
  expect(ec2('DescribeFlowLogs', { Filter: [{ Name: 'resource-id', Values: ResourceIds }] }).FlowLogs).toHaveLength(1);
  expect(ec2('DescribeFlowLogs', { Filter: [{ Name: 'resource-id', Values: ['vpc-1'] }] }).FlowLogs).toEqual([]);
});
