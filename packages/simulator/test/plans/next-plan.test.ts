import { CLOUDS } from '../../../core/test/clouds.js';
import {
  driversOf,
  isPosternError,
  type CallContext,
  type Driver,
  type GatewaySpec,
  type Plan,
  type Spec,
  type TargetRef,
} from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { apply, diff, observeSpec, planForget } from '@postern/core/internal/plan';
import { expect, it } from 'vitest';
import { simulated as alibabaWorld } from '../../../alibaba/test/world/simulated.js';
import { simulated as awsWorld } from '../../../aws/test/world/simulated.js';
import { runs, seeds } from '../../../core/test/runs.js';
import { randomOf, type Random } from '../agreement/random.js';

/** An account with one link and one gateway, and what specs name in it. */
interface Account {
  readonly driver: Driver;
  readonly ctx: CallContext;
  readonly provider: 'aws' | 'alibaba';
  readonly region: string;
  readonly linkId: string;
  readonly gateway: GatewaySpec;
  readonly refs: readonly TargetRef[];
}

/** Names of targets in specs, which are the names of authorizations that others made, too. */
const NAMES = ['orders', 'stock'];

const ACCOUNTS: Readonly<Record<'aws' | 'alibaba', (random: Random) => Promise<Account>>> = {
  aws: async () => {
    const { driver, ctx, world, link, settle } = await awsWorld();
    const { id: linkId } = await link({ owner: { project: 'network', spec: 'network', integration: 'main' } });
    await settle();
    const gateway = { httpApi: world.gateway.id };
    const refs = [80, 443, 8080].flatMap((port): TargetRef[] => [{ listener: { loadBalancer: 'orders-alb', port } }]);
    return { driver, ctx, provider: 'aws', region: 'eu-west-1', linkId, gateway, refs };
  },
  alibaba: async (random) => {
    const { driver, ctx, world, link, call } = await alibabaWorld();
    const linkId = await link({ owner: { project: 'network', spec: 'network', integration: 'main' } });
    const [balancer, machine] = world.targets as unknown as readonly { readonly instance: string }[];
    const backends = [
      { instance: balancer!.instance, port: 80 },
      { instance: balancer!.instance, port: 443 },
      ...[8080, 8081, 8082, 9090].map((port) => ({ instance: machine!.instance, port })),
    ];
    for (const Name of random.some(NAMES, 2)) {
      const { instance: InstanceId, port: Port } = random.pick(backends);
      try {
        call('CloudAPI', 'SetVpcAccess', { Name, VpcId: world.networkId, InstanceId, Port });
      } catch {
        // Another name leads there.
      }
    }
    const gateway = { apiGroup: world.gateway.id, stages: ['RELEASE'] };
    const refs = [...backends, { address: '10.10.1.77', port: 8080 }];
    return { driver, ctx, provider: 'alibaba', region: 'cn-hangzhou', linkId, gateway, refs };
  },
};

function randomSpec(random: Random, { provider, region, linkId, gateway, refs }: Account): Spec {
  const targets = Object.fromEntries(random.some(NAMES, 2).map((name) => [name, { ref: random.pick(refs) }]));
  const keys = random.some(['GET /a', 'GET /b', 'GET /c'], 3);
  const [project, spec] = random.pick([
    ['shop', 'one'],
    ['shop', 'two'],
    ['pay', 'one'],
  ]) as [string, string];
  return {
    version: 1,
    project,
    spec,
    links: { main: { provider, region, id: linkId, owner: 'external', tags: {} } },
    integrations: {
      orders: {
        link: 'main',
        gateway,
        targets,
        routes: Object.fromEntries(keys.map((key) => [key, random.pick(Object.keys(targets))])),
        ...(random.chance(0.5) ? { adopt: true } : {}),
        // API groups have no settings.
        ...(provider === 'aws' && random.chance(0.3)
          ? { settings: { [keys[0] ?? '']: { timeoutMs: random.pick([5_000, 9_000]) } } }
          : {}),
      },
    },
  };
}

const observed = ({ driver, ctx }: Account, spec: Spec) => observeSpec(spec, driversOf(driver), ctx, { all: true });

async function run({ driver, ctx }: Account, spec: Spec, plan: Plan): Promise<void> {
  const options = { spec, drivers: driversOf(driver), context: ctx, ignoreFindings: ['*'], maxDeletes: 99 };
  for await (const event of apply(plan, { ...options, judge })) {
    if (event.type === 'step.failed') expect.fail(`${event.step}: ${event.error.message}`);
  }
}

/** The plan, or undefined where it is refused. */
async function planned(account: Account, spec: Spec): Promise<Plan | undefined> {
  try {
    return diff(await observed(account, spec), spec, { clouds: CLOUDS });
  } catch (error) {
    if (!isPosternError(error)) throw error;
    return undefined;
  }
}

it.each(['aws', 'alibaba'] as const)(
  'after a plan was applied, the next one is neither refused nor has anything to change: %s',
  async (cloud) => {
    const seen = { applied: 0, refused: 0 };
    for (const seed of seeds(2, 300)) {
      const random = randomOf(seed);
      const account = await ACCOUNTS[cloud](random);
      for (let turn = 0; turn < 5; turn += 1) {
        const spec = randomSpec(random, account);
        const plan = await planned(account, spec);
        seen[plan === undefined ? 'refused' : 'applied'] += 1;
        if (plan === undefined) continue;
        await run(account, spec, plan);
        const next = diff(await observed(account, spec), spec, { clouds: CLOUDS });
        const steps = next.units.flatMap((unit) => unit.steps.map(({ id }) => id));
        expect({ seed, turn, spec, steps }).toEqual({ seed, turn, spec, steps: [] });
        // Routes that nobody manages.
        if (random.chance(0.7))
          await run(account, spec, planForget(await observed(account, spec), spec, { clouds: CLOUDS }));
      }
    }
    expect(Math.min(seen.applied, seen.refused)).toBeGreaterThan(runs(1, 5));
  },
);
