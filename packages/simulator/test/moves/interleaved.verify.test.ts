import { parseSpec } from '../../../core/test/clouds.js';
import { aws } from '@postern/aws';
import {
  createContext,
  isPosternError,
  memoryJournal,
  PrivateIntegrations,
  type Clock,
  type Spec,
} from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { Moves } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { restShop } from '../../../aws/test/rest-apis/rest-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import { PROVE, seeds } from '../../../core/test/runs.js';
import { machine } from '../runs/machine.js';
import { seeded } from '../../../core/test/drive.js';
import { ended } from './scene.js';

const HOUR = 3_600_000;
const MOST_TRIES = 15;

type Row = Readonly<Record<string, any>>;

/** Errors and lost calls of one trial, in which three writers of one stage interleave at every call of theirs. */
async function trial(seed: number) {
  const random = seeded(seed);
  const shop = await restShop();
  const { simulation, rest, restApiId, v1, v2 } = shop;
  const ec2 = (operation: string, input: object = {}): any =>
    simulation.call({ service: 'ec2', operation, region: REGION }, input as never);
  const subnets: Row[] = ec2('DescribeSubnets').Subnets;
  const [{ GroupId: open }] = ec2('DescribeSecurityGroups').SecurityGroups;
  const closed: string = ec2('CreateSecurityGroup', {
    GroupName: 'closed',
    Description: 'no load balancer allows it',
    VpcId: subnets[0]?.['VpcId'],
  }).GroupId;
  const specOf = (name: string, subnet: number, group: string, more: readonly string[] = []): Spec =>
    parseSpec(`version: 1
project: shop
spec: spec-${name}
links:
  ${name}: { provider: aws, region: ${REGION}, subnets: [${subnets[subnet]?.['SubnetId']}], securityGroups: [${group}] }
integrations:
  ${name}:
    link: ${name}
    gateway: { restApi: ${restApiId}, stage: prod }
    targets: { t: { listener: { loadBalancer: orders-alb, port: 80 } } }
    routes: { ${['x', ...more].map((part) => `'GET /${name}/${part}': t`).join(', ')} }
`);

  /** A machine whose clock is off, and whose calls take a moment, or much longer. */
  const process = (offMs: number) => {
    const { clients, clock } = machine(simulation, {
      random,
      around: async (_, send) => {
        if (random() < 0.2) await simulation.clock.sleep(Math.floor(random() * 20_000));
        return send();
      },
    });
    const own: Clock = { ...clock, now: () => clock.now() + offMs };
    const context = createContext({ clock: own, random });
    return { context, driver: aws({ region: REGION, clients: clients(REGION) }) };
  };

  /** Applies a spec until its run has no failure. The codes of failures on the way. */
  const applied = async (spec: Spec, offMs: number, most = MOST_TRIES): Promise<readonly string[]> => {
    const codes: string[] = [];
    for (let tries = 0; tries < most; tries += 1) {
      const { context, driver } = process(offMs);
      const gate = new PrivateIntegrations(driver, { judge, ...context, project: 'shop', journal: memoryJournal() });
      const before = codes.length;
      try {
        const plan = await gate.plan(spec, { all: true });
        for await (const event of gate.apply(plan, { ignoreFindings: ['*'] })) {
          if (event.type === 'step.failed') codes.push(event.error.code);
        }
      } catch (error) {
        if (!isPosternError(error)) throw error;
        codes.push(error.code);
      }
      if (codes.length === before) return codes;
      await simulation.clock.sleep(30_000 + Math.floor(random() * 60_000));
    }
    return [...codes, 'never'];
  };

  const moved = async (): Promise<readonly string[]> => {
    const codes: string[] = [];
    const journal = memoryJournal();
    await simulation.clock.sleep(Math.floor(random() * 180_000));
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const { context, driver } = process(0);
      const moves = new Moves({ driver, context, journal });
      try {
        const request = { restApi: restApiId, stage: 'prod', from: v1, to: v2, targetBalancer: 'orders-alb' };
        const plan = await moves.plan(request);
        const canary = random() < 0.5 ? { canary: { percent: 10 } } : {};
        // The first one may return after its switch.
        const analysis = () => Promise.resolve({ ok: tries > 0 || random() < 0.5, because: 'asked for' });
        const how = { ...canary, analysis, pauseMs: Math.floor(random() * 60_000), drainMs: 60_000, finish: true };
        const { result } = await ended(moves.run(plan, how));
        codes.push(...result.failures.map(({ code }) => code));
        if (result.state === 'finished') return codes;
      } catch (error) {
        if (!isPosternError(error)) throw error;
        codes.push(error.code);
      }
      await simulation.clock.sleep(20_000 + Math.floor(random() * 60_000));
    }
    return [...codes, 'never'];
  };

  for (const name of ['a', 'b']) expect(await applied(specOf(name, 0, open), 0)).toEqual([]);
  await simulation.advance(60_000);
  const job = simulation.traffic.load({
    gateway: `${restApiId}.execute-api.${REGION}.amazonaws.com`,
    paths: ['orders', 'carts', 'a/x', 'b/x'].map((path) => `/prod/${path}`),
    perSecond: 10,
    seconds: 0,
  });
  const first = async (): Promise<readonly string[]> => {
    const codes: string[] = [];
    for (const spec of [specOf('a', 1, open), specOf('a', 1, open, ['y']), specOf('a', 0, open)]) {
      await simulation.clock.sleep(Math.floor(random() * 60_000));
      codes.push(...(await applied(spec, HOUR)));
    }
    return codes;
  };
  const second = async (): Promise<readonly string[]> => {
    await simulation.clock.sleep(Math.floor(random() * 60_000));
    // Its backend is not reached, however often it is tried.
    const codes = (await applied(specOf('b', 0, closed), 0, 2)).filter((code) => code !== 'never');
    codes.push(...(await applied(specOf('b', 0, open), 0)));
    return codes;
  };
  const [ofMove, ofFirst, ofSecond] = await Promise.all([moved(), first(), second()]);
  await simulation.advance(120_000);
  job.end();
  await simulation.advance(60_000);
  const { lost, firstLost } = job.status();
  const keys: string[] = rest('GetResources', { embed: ['methods'] }).items.flatMap(
    ({ path, resourceMethods = {} }: Row) => Object.keys(resourceMethods).map((verb) => `${verb} ${path}`),
  );
  const links: string[] = shop.drafts().map(({ connectionId }) => connectionId);
  return { lost, firstLost, keys, links, v2, ofMove, ofFirst, ofSecond };
}

describe('a move and two specs on one stage, whose calls interleave, with clocks that are an hour apart', () => {
  it.runIf(PROVE)('lose no call, and each comes to its end', async () => {
    for (const seed of seeds(1, 300)) {
      const { lost, firstLost, keys, links, v2, ofMove, ofFirst, ofSecond } = await trial(seed);
      const told = `seed ${seed}: ${JSON.stringify({ firstLost, ofMove, ofFirst, ofSecond })}`;
      expect(lost, told).toBe(0);
      expect(keys.toSorted(), told).toEqual(['GET /a/x', 'GET /b/x', 'GET /carts', 'GET /orders']);
      expect(links, told).toEqual([v2, v2]);
      expect([ofMove, ofFirst, ofSecond].flat(), told).not.toContain('never');
      expect(ofSecond, told).toContain('PROBE_FAILED');
    }
  });
});
