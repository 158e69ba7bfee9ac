import { parseSpec } from '../../../core/test/clouds.js';
import { describe, expect, it } from 'vitest';
import { servedShop } from '../world/deployed-shop.js';

const SUBNETS = '172.31.0.0/16';

/** A link with an allowlist, whose load balancer has a second listener on port 8080. */
async function listed(dataPathDelay?: number) {
  const shop = await servedShop(50, { settings: dataPathDelay === undefined ? {} : { dataPathDelay } });
  const { call, simulation, host } = shop;
  const elb = (operation: string, input: object): any => call('elasticloadbalancingv2', operation, input);
  const [{ GroupId }] = call('ec2', 'DescribeSecurityGroups').SecurityGroups;
  const rule = { IpProtocol: 'tcp', FromPort: 80, ToPort: 8080, IpRanges: [{ CidrIp: SUBNETS }] };
  call('ec2', 'AuthorizeSecurityGroupIngress', { GroupId, IpPermissions: [rule] });
  const [{ LoadBalancerArn }] = elb('DescribeLoadBalancers', { Names: ['orders'] }).LoadBalancers;
  const [{ TargetGroupArn }] = elb('DescribeTargetGroups', { Names: ['orders'] }).TargetGroups;
  const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
  elb('CreateListener', { LoadBalancerArn, Protocol: 'HTTP', Port: 8080, DefaultActions });
  await simulation.advance(600_000);
  const ids: string[] = call('ec2', 'DescribeSubnets').Subnets.map((row: { SubnetId: string }) => row.SubnetId);
  const specOf = (port: number, blocks = SUBNETS) =>
    parseSpec(`version: 1
project: shop
spec: shop-7f3k2q
links:
  eu: { provider: aws, region: eu-west-1, subnets: [${ids[0]}, ${ids[1]}], allowlist: [${blocks}] }
integrations:
  orders:
    link: eu
    gateway: { httpApi: ${host.split('.')[0]} }
    targets: { t: { listener: { loadBalancer: orders, port: ${port} } } }
    routes: { 'ANY /orders': t }
`);
  /** The calls that are lost while a spec is applied. */
  const lostIn = async (edit: () => Promise<unknown>): Promise<number> => {
    const load = simulation.traffic.load({ gateway: host, paths: ['/orders'], perSecond: 20, seconds: 0 });
    await simulation.advance(30_000);
    await edit();
    await simulation.advance(60_000);
    load.end();
    await simulation.advance(60_000);
    return load.status().lost;
  };
  /** The ports that the group of the link allows. */
  const ports = (): readonly number[] => {
    const groups: any[] = call('ec2', 'DescribeSecurityGroups').SecurityGroups;
    const own = groups.find(({ Tags = [] }) => Tags.some(({ Key }: { Key: string }) => Key === 'postern:project'));
    return own.IpPermissionsEgress.map(({ FromPort }: { FromPort: number }) => FromPort).toSorted();
  };
  return { ...shop, specOf, lostIn, ports };
}

describe('an allowlist that is narrowed', () => {
  it('loses no call where the port of its target changes', async () => {
    const { applied, specOf, lostIn, ports } = await listed();
    await applied(specOf(80));
    expect(ports()).toEqual([80]);
    expect(await lostIn(() => applied(specOf(8080)))).toBe(0);
    expect(ports()).toEqual([8080]);
  });

  it('loses calls without the wait', async () => {
    const { applied, specOf, lostIn } = await listed();
    await applied(specOf(80));
    expect(await lostIn(() => applied(specOf(8080), { drain: 0 }))).toBeGreaterThan(0);
  });

  it('waits as well in a later run, and shows it in the plan', async () => {
    const { applied, specOf, lostIn } = await listed();
    await applied(specOf(80, `${SUBNETS}, 10.0.0.0/8`));
    const events = await applied(specOf(80));
    expect(events).toContainEqual(expect.objectContaining({ message: 'waits 35 s for calls in flight' }));
    expect(await lostIn(() => applied(specOf(80, `172.31.0.0/17, 172.31.128.0/17`)))).toBe(0);
  });

  it('does not wait where other entries allow all that is removed', async () => {
    const { applied, specOf } = await listed();
    await applied(specOf(80, `${SUBNETS}, 10.0.0.0/8`));
    await applied(specOf(80, `${SUBNETS}, 10.0.0.0/8, 10.1.0.0/16`));
    const events = await applied(specOf(80, `${SUBNETS}, 10.0.0.0/8`));
    expect(events.filter((one) => 'message' in one && String(one.message).startsWith('waits '))).toEqual([]);
  });
});
