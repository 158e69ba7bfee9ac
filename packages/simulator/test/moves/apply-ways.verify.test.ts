import { driversOf, type RunEvent } from '@postern/core/internal/library';
import { aws } from '@postern/aws';
import { judge } from '@postern/core/internal/check';
import { apply, diff, observeSpec } from '@postern/core/internal/plan';
import { describe, expect, it } from 'vitest';
import { httpShop } from '../../../aws/test/world/http-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { MINUTE } from './scene.js';

/** A route of a spec, which is to lead to a second listener, whose group has lost its targets. */
async function retargeting() {
  const shop = await httpShop();
  const { simulation, call, open, specText, contextOf, callGateway } = shop;
  await shop.run(0, open);
  const elb = (operation: string, input: object = {}): any => call('elasticloadbalancingv2', operation, { ...input });
  const [{ LoadBalancerArn, VpcId }] = elb('DescribeLoadBalancers').LoadBalancers;
  const wanted = { Name: 'green', Protocol: 'HTTP', Port: 8080, VpcId, TargetType: 'ip' };
  const [{ TargetGroupArn }] = elb('CreateTargetGroup', wanted).TargetGroups;
  const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
  elb('CreateListener', { LoadBalancerArn, Protocol: 'HTTP', Port: 81, DefaultActions });
  const GroupId = open;
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 81, ToPort: 81, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  call('ec2', 'AuthorizeSecurityGroupIngress', { GroupId, IpPermissions });
  await simulation.advance(10 * MINUTE);
  const spec = parseSpec(specText(0, open).replace('port: 80 }', 'port: 81 }'));
  const applied = async (ignoreFindings: readonly string[]): Promise<RunEvent | undefined> => {
    const drivers = driversOf(aws({ region: REGION, clients: simulation.clients(REGION) }));
    const plan = diff(await observeSpec(spec, drivers, contextOf(), { all: true }), spec, {
      clouds: CLOUDS,
      all: true,
    });
    const how = { spec, drivers, context: contextOf(), callGateway, judge, ignoreFindings: [...ignoreFindings] };
    let last: RunEvent | undefined;
    for await (const event of apply(plan, how)) last = event;
    return last;
  };
  return { applied, load: shop.load };
}

describe('an apply that gives a route to a target that serves nobody', () => {
  it('is refused before it writes, and loses no call', async () => {
    const { applied, load } = await retargeting();
    const end = load('/orders');
    await expect(applied([])).rejects.toMatchObject({
      code: 'FINDINGS_FAILED',
      message: expect.stringContaining('target/healthy'),
    });
    expect(await end()).toMatchObject({ lost: 0, done: true });
  });

  it('loses calls where its operator says that it goes on all the same', async () => {
    const { applied, load } = await retargeting();
    const end = load('/orders');
    await applied(['*']);
    expect((await end()).lost).toBeGreaterThan(100);
  });
});
