import { expect, it } from 'vitest';
import { forwarding } from '../../aws/forwarding.js';
import { openShop } from './http-api/shop.js';

const DELAY = 'deregistration_delay.timeout_seconds';
const CLOSE = 'deregistration_delay.connection_termination.enabled';

/** The shop of which calls go to a network load balancer that has the server as its target. */
async function behindNetworkBalancer() {
  const world = await openShop();
  const { sim, elb, ec2, gateway, server, ApiId, integrationId } = world;
  const [{ VpcId }] = ec2('DescribeSubnets').Subnets;
  const Subnets = ec2('DescribeSubnets').Subnets.map((row: any) => row.SubnetId);
  const SecurityGroups = [world.groupId];
  const front = forwarding(elb, {
    Type: 'network',
    names: ['front', 'raw'],
    VpcId,
    Subnets,
    SecurityGroups,
    Port: 8080,
    Targets: [server],
    isCrossZone: true,
  });
  gateway('UpdateIntegration', {
    ApiId,
    IntegrationId: integrationId,
    IntegrationUri: front.ListenerArn,
  });
  await sim.advance(600_000);
  return { ...world, targetGroupArn: front.TargetGroupArn };
}

it.each([
  ['an ALB answers it when the delay is over', openShop, { [DELAY]: '3' }, 502, 'reset'],
  ['an ALB answers it where there is no delay', openShop, { [DELAY]: '0' }, 502, 'reset'],
  ['a delay that is long enough', openShop, { [DELAY]: '5' }, 200, 'delivered'],
  ['an NLB keeps the connection', behindNetworkBalancer, { [DELAY]: '3' }, 200, 'delivered'],
  [
    'an NLB with connection termination closes it',
    behindNetworkBalancer,
    { [DELAY]: '3', [CLOSE]: 'true' },
    503,
    'reset',
  ],
] as const)(
  'a call of 5 s to a target that is deregistered after 1 s: %s',
  async (_, build, attributes, status, outcome) => {
    const { sim, elb, get, server, targetGroupArn: TargetGroupArn } = await build();
    const Attributes = Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }));
    elb('ModifyTargetGroupAttributes', { TargetGroupArn, Attributes });
    sim.backends.add({ address: server, port: 8080, behavior: { delayMs: 5_000 } });
    const call = get('/slow');
    await sim.advance(1_000);
    elb('DeregisterTargets', { TargetGroupArn, Targets: [{ Id: server }] });
    await sim.advance(4_000);
    const { because, ...answer } = await call;
    expect(answer).toMatchObject({ status, outcome });
    if (outcome === 'reset') expect(because).toContain('its deregistration delay is over');
  },
);
