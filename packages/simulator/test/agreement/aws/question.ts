import { createContext, type Snapshot, type Spec } from '@postern/core/internal/library';
import { aws } from '@postern/aws';
import { addRoute, addRule, openWorld, REGION } from './parts.js';
import { AWS_SITUATIONS } from './situations.js';
import { AWS_THEMES, buildTheme } from './themes.js';
import type { Question } from '../question.js';
import { randomOf } from '../random.js';
import { planOf, rowsOf } from '../situation.js';
import { reachAfterMoves } from '../todays-reach.js';

/** A world of AWS: the seed determines the theme and everything else. */
export async function awsQuestion(seed: number): Promise<Question> {
  const { theme, added } = planOf(seed, AWS_THEMES, AWS_SITUATIONS);
  const random = randomOf(seed);
  const world = await openWorld(random);
  let built = await buildTheme(world, theme);
  for (const { edit } of added) built = (await edit?.(world, built)) ?? built;
  const { targetId, called, reads = [] } = built;
  // A change that is unrelated to the theme, and mostly harmless.
  if (random.chance(0.3))
    addRule(
      world,
      random.pick(['in', 'out']),
      random.pick(Object.values(world.groups)),
      { IpRanges: [{ CidrIp: '10.0.0.0/12' }] },
      [443, 443],
    );
  if (random.chance(0.1)) addRoute(world, world.vpcId, '10.64.0.0/10', { NetworkInterfaceId: world.spare() });
  const driver = aws({ region: REGION, clients: world.sim.clients(REGION) });
  const ctx = createContext({ clock: world.sim.clock, random: () => 0.5 });
  const routes: Readonly<Record<string, string>> = called === undefined ? {} : { [called.route]: 't' };
  const hosts = called?.isHostKnown === true ? { hosts: { main: { t: [called.request.host] } } } : {};
  const ref = targetId.includes(':servicediscovery:') ? { service: targetId } : { listener: targetId };
  const targets = [ref, ...reads.map((listener) => ({ listener }))];
  const region = await driver.observe({ checks: true, links: [world.linkId], targets }, ctx);
  const snapshot: Snapshot = { version: 1, takenAt: '2026-06-01T00:00:00.000Z', regions: [region] };
  const spec: Spec = {
    version: 1,
    project: 'shop',
    spec: 'shop',
    links: { eu: { provider: 'aws', region: REGION, id: world.linkId, tags: {} } },
    integrations: { main: { link: 'eu', gateway: { httpApi: 'api' }, targets: { t: { ref } }, routes } },
    // The simulated network assumes that destinations outside of it answer.
    assume: { returnPaths: ['0.0.0.0/0'], ...hosts },
  };
  const { sim, linkId } = world;
  const to = { targetId, request: called?.request };
  const finished = { region, linkId, target: targetId };
  const reach = reachAfterMoves(sim, finished, linkId, to);
  const situations = rowsOf(AWS_SITUATIONS, finished);
  return { seed, theme, situations, snapshot, spec, reach, linkId, to, world: sim.world };
}
