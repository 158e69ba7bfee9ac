import { alibaba } from '@postern/alibaba';
import { createContext, type Snapshot, type Spec } from '@postern/core/internal/library';
import { addRule, openWorld, REGION } from './parts.js';
import { ALIBABA_SITUATIONS } from './situations.js';
import { ALIBABA_ROUND, buildTheme } from './themes.js';
import type { Question } from '../question.js';
import { randomOf } from '../random.js';
import { planOf, rowsOf } from '../situation.js';
import { reachAfterMoves } from '../todays-reach.js';

/** A world of Alibaba Cloud: the seed determines the theme and everything else. */
export async function alibabaQuestion(seed: number): Promise<Question> {
  const { theme, added } = planOf(seed, ALIBABA_ROUND, ALIBABA_SITUATIONS);
  const random = randomOf(seed);
  const world = await openWorld(random, theme === 'advanced' ? 'enterprise' : 'normal');
  let called = await buildTheme(world, theme);
  for (const { edit } of added) called = (await edit?.(world, called)) ?? called;
  // A change that is unrelated to the theme, and mostly harmless.
  if (random.chance(0.3)) {
    const direction = random.pick(['in', 'out'] as const);
    addRule(world, direction, random.pick(Object.values(world.groups)), {
      [direction === 'in' ? 'SourceCidrIp' : 'DestCidrIp']: '10.0.0.0/12',
      PortRange: '443/443',
      Policy: random.pick(['accept', 'drop']),
    });
  }
  const { sim } = world.cloud;
  const driver = alibaba({ region: REGION, api: sim.alibaba(REGION) });
  const ctx = createContext({ clock: sim.clock, random: () => 0.5 });
  const ref = { ...called, port: 80 };
  const region = await driver.observe({ checks: true, egress: true, links: [world.linkId], targets: [ref] }, ctx);
  const snapshot: Snapshot = { version: 1, takenAt: '2026-06-01T00:00:00.000Z', regions: [region] };
  const spec: Spec = {
    version: 1,
    project: 'shop',
    spec: 'shop',
    links: { cn: { provider: 'alibaba', region: REGION, id: world.linkId, tags: {} } },
    integrations: { main: { link: 'cn', gateway: { apiGroup: 'group' }, targets: { t: { ref } }, routes: {} } },
    assume: { returnPaths: ['0.0.0.0/0'] },
  };
  const { linkId } = world;
  const to = 'instance' in called ? called.instance : called.address;
  const finished = { region, linkId, target: to };
  const reach = reachAfterMoves(sim, finished, linkId, to, 80);
  const situations = rowsOf(ALIBABA_SITUATIONS, finished);
  return { seed, theme, situations, snapshot, spec, reach, linkId, to, port: 80, world: sim.world };
}
