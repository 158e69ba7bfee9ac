import { createContext, type Snapshot, type Spec } from '@postern/core/internal/library';
import { aws } from '@postern/aws';
import type { Question } from '../../question.js';
import { randomOf } from '../../random.js';
import { rowsOf } from '../../situation.js';
import { reachAfterMoves } from '../../todays-reach.js';
import { openWorld, REGION } from '../parts.js';
import { REST_SITUATIONS } from './situations.js';
import { buildRestTheme, REST_THEMES } from './themes.js';

/** A world of AWS with a REST API over a link of either version: the seed determines the theme and everything else. */
export async function restQuestion(seed: number): Promise<Question> {
  const theme = REST_THEMES[seed % REST_THEMES.length] ?? 'ip';
  const world = await openWorld(randomOf(seed));
  const { linkId, restApiId, listenerArn, called, reads } = await buildRestTheme(world, theme);
  const driver = aws({ region: REGION, clients: world.sim.clients(REGION) });
  const ctx = createContext({ clock: world.sim.clock, random: () => 0.5 });
  const targets = [listenerArn, ...reads].map((listener) => ({ listener }));
  const kind = linkId === world.linkId ? 'vpc-link-v2' : 'vpc-link-v1';
  const gateways = [{ restApi: restApiId }];
  const region = await driver.observe({ checks: true, links: [linkId], linkKinds: [kind], gateways, targets }, ctx);
  const snapshot: Snapshot = { version: 1, takenAt: '2026-06-01T00:00:00.000Z', regions: [region] };
  const { route, request, isHostKnown } = called;
  const spec: Spec = {
    version: 1,
    project: 'shop',
    spec: 'shop',
    links: { eu: { provider: 'aws', region: REGION, id: linkId, kind, tags: {} } },
    integrations: {
      main: {
        link: 'eu',
        gateway: { restApi: restApiId, stage: 'prod' },
        targets: { t: { ref: { listener: listenerArn } } },
        routes: { [route]: 't' },
      },
    },
    assume: { returnPaths: ['0.0.0.0/0'], ...(isHostKnown ? { hosts: { main: { t: [request.host] } } } : {}) },
  };
  // A link to another load balancer does not reach the listener that the spec names, whatever its method calls.
  const method = `arn:aws:execute-api:${REGION}:${region.account}:${restApiId}/prod/${route.replace(' /', '/')}`;
  const to = { targetId: theme === 'another' ? listenerArn : method, request };
  const finished = { region, linkId, target: listenerArn };
  const reach = reachAfterMoves(world.sim, finished, linkId, to);
  const situations = rowsOf(REST_SITUATIONS, finished);
  return { seed, theme, situations, snapshot, spec, reach, linkId, to, world: world.sim.world };
}
