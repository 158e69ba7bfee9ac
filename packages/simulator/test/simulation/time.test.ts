import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../core/test/runs.js';
import { simulate } from '../../src/index.js';
import { TimerQueue } from '../../src/simulation/time/time.js';

const REGION = 'eu-west-1';

describe('the timer queue', () => {
  it('returns timers in the order of their due times, and those with the same time in the order of creation', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (times) => {
        const queue = new TimerQueue();
        for (const at of times) queue.add({ at, cloud: 'aws', region: REGION, kind: 'x', data: {} });
        const copy = new TimerQueue();
        copy.load(queue.save());
        for (const each of [queue, copy]) {
          const taken = [];
          for (let timer = each.takeDue(Infinity); timer; timer = each.takeDue(Infinity)) taken.push(timer);
          const expected = times.map((at, index) => ({ at, sequence: index + 1 }));
          expected.sort((a, b) => a.at - b.at || a.sequence - b.sequence);
          expect(taken.map(({ at, sequence }) => ({ at, sequence }))).toEqual(expected);
        }
      }),
      { numRuns: runs(25, 100) },
    );
  });

  it('returns no timer before its time', () => {
    const queue = new TimerQueue();
    queue.add({ at: 5, cloud: 'aws', region: REGION, kind: 'x', data: {} });
    expect(queue.takeDue(4)).toBeUndefined();
    expect(queue.takeDue(5)?.at).toBe(5);
  });
});

describe('real time × speed', () => {
  it('runs automatically, and advance adds to it', async () => {
    const sim = simulate({ clock: { speed: 1000 } });
    const start = sim.clock.now();
    await sim.clock.sleep(5000); // five real milliseconds
    expect(sim.clock.now() - start).toBeGreaterThanOrEqual(5000);
    const before = sim.clock.now();
    await sim.advance(86_400_000);
    expect(sim.clock.now() - before).toBeGreaterThanOrEqual(86_400_000);
  });

  it('resolves sleeps that end during an advance', async () => {
    const sim = simulate({ clock: { speed: 1 } });
    const slept = sim.clock.sleep(3_600_000);
    await sim.advance(3_600_000);
    await slept;
  });

  it('runs due timers without a call', async () => {
    const sim = simulate({ clock: { speed: 100_000 } });
    const { apiGatewayV2, ec2 } = sim.clients(REGION);
    const { Subnets = [] } = await ec2.describeSubnets({});
    const { VpcLinkId } = await apiGatewayV2.createVpcLink({ Name: 'a', SubnetIds: [Subnets[0]?.SubnetId ?? ''] });
    await sim.clock.sleep(600_000);
    expect((await apiGatewayV2.getVpcLink({ VpcLinkId })).VpcLinkStatus).toBe('AVAILABLE');
  });
});

describe('auto time', () => {
  it('waits for a link within real milliseconds', async () => {
    const sim = simulate({ clock: 'auto' });
    const { apiGatewayV2, ec2 } = sim.clients(REGION);
    const { Subnets = [] } = await ec2.describeSubnets({});
    const { VpcLinkId } = await apiGatewayV2.createVpcLink({ Name: 'a', SubnetIds: [Subnets[0]?.SubnetId ?? ''] });
    let polls = 0;
    for (;;) {
      polls += 1;
      const { VpcLinkStatus } = await apiGatewayV2.getVpcLink({ VpcLinkId });
      if (VpcLinkStatus === 'AVAILABLE') break;
      expect(VpcLinkStatus).toBe('PENDING');
      await sim.clock.sleep(5000);
    }
    expect(polls).toBeGreaterThan(2);
  });

  it('does not jump while a call is in progress', async () => {
    const sim = simulate({ clock: 'auto' });
    sim.faults.add({ kind: 'slow', ms: 1000, operation: 'GetCallerIdentity' });
    const start = sim.clock.now();
    const order: string[] = [];
    await Promise.all([
      sim
        .clients(REGION)
        .sts.getCallerIdentity({})
        .then(() => order.push(`answer ${sim.clock.now() - start}`)),
      sim.clock.sleep(5000).then(() => order.push(`slept ${sim.clock.now() - start}`)),
    ]);
    expect(order).toEqual(['answer 1000', 'slept 5000']);
  });

  it('does not change when no caller waits', async () => {
    const sim = simulate({ clock: 'auto' });
    const start = sim.clock.now();
    await pause(5);
    expect(sim.clock.now()).toBe(start);
  });
});

it('a saved world: continues: a link that was pending becomes available', async () => {
  const sim = simulate({ seed: 5 });
  const { apiGatewayV2, ec2 } = sim.clients(REGION);
  const { Subnets = [] } = await ec2.describeSubnets({});
  const { VpcLinkId } = await apiGatewayV2.createVpcLink({ Name: 'a', SubnetIds: [Subnets[0]?.SubnetId ?? ''] });
  const saved: unknown = JSON.parse(JSON.stringify(sim.world()));
  const other = simulate({ seed: 99 });
  other.load(saved);
  expect(other.world()).toEqual(saved);
  await other.advance(600_000);
  const link = await other.clients(REGION).apiGatewayV2.getVpcLink({ VpcLinkId });
  expect(link.VpcLinkStatus).toBe('AVAILABLE');
  await sim.advance(600_000);
  expect(other.world()).toEqual(sim.world());
});

it('one seed: gives one history, whatever the load of the machine', async () => {
  const run = async () => {
    const sim = simulate({ seed: 42, throttle: false });
    sim.faults.add({ kind: 'error', probability: 0.3 });
    const { apiGatewayV2 } = sim.clients(REGION);
    for (let index = 0; index < 20; index += 1) {
      await apiGatewayV2.createApi({ Name: `a${index}`, ProtocolType: 'HTTP' }).catch(() => undefined);
      await sim.advance(1000);
    }
    return { world: sim.world(), journal: sim.journal() };
  };
  expect(await run()).toEqual(await run());
});
