import { CLOUDS, parseSpec } from '../../../clouds.js';
import { expect, it } from 'vitest';
import { createContext, driversOf } from '../../../../src/do/context.js';
import { isPosternError } from '../../../../src/ground/errors.js';
import { observeSpec } from '../../../../src/do/observe/observe-spec.js';
import { diff } from '../../../../src/do/plan/diff.js';
import { refuseDeletions } from '../../../../src/do/plan/guard/deletions.js';
import { refuseAllRoutes } from '../../../../src/do/plan/removal/remove-routes.js';
import { drive, seeded } from '../../../drive.js';
import { FakeCloud } from '../../../fake-cloud.js';
import { runSpec } from '../../../fake-run.js';

const integration = (name: string): string => `  ${name}:
    link: eu
    gateway: { httpApi: a1b2c3d4e5 }
    targets:
      main: { listener: { loadBalancer: orders, port: 443 } }
    routes:
      'GET /${name}': main
      'POST /${name}': main
      'DELETE /${name}/{id}': main
`;

const TEXT = `version: 1
project: shop
spec: shop-7f3k2q
links:
  spare: { provider: aws, region: eu-west-1, subnets: [subnet-1a] }
  eu:
    provider: aws
    region: eu-west-1
    subnets: [subnet-1a, subnet-1b]
integrations:
${['orders', 'bills', 'users'].map(integration).join('')}`;

/** What was refused, or how many links and routes would be deleted. */
function outcomeOf(text: string, snapshot: Awaited<ReturnType<typeof observeSpec>>): string | number {
  try {
    const spec = parseSpec(text);
    const plan = diff(snapshot, spec, { clouds: CLOUDS });
    refuseAllRoutes(plan, spec);
    refuseDeletions(plan);
    return plan.units.flatMap(({ steps }) => steps).filter(({ kind }) => kind === 'delete').length;
  } catch (error) {
    if (isPosternError(error)) return error.code;
    throw error;
  }
}

it('a spec that is cut off at any byte is refused, or deletes at most a fifth of what it owns', async () => {
  const cloud = new FakeCloud();
  cloud.gateway('a1b2c3d4e5');
  cloud.listener('orders', 443);
  const whole = parseSpec(TEXT);
  await runSpec(cloud, whole);
  const context = createContext({ clock: cloud.clock, random: seeded(1) });
  const drivers = driversOf(cloud.driver());
  const snapshot = await drive(cloud.clock, observeSpec(whole, drivers, context, { all: true }));
  const outcomes = new Map<string | number, number>();
  for (let end = 0; end < TEXT.length; end += 1) {
    const outcome = outcomeOf(TEXT.slice(0, end), snapshot);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  expect(outcomeOf(TEXT, snapshot)).toBe(0);
  // Eleven are owned: two links and nine routes.
  for (const outcome of outcomes.keys()) if (typeof outcome === 'number') expect(outcome).toBeLessThanOrEqual(2);
  expect([...outcomes.keys()]).toEqual(
    expect.arrayContaining([0, 1, 2, 'INVALID_SPEC', 'INVALID_YAML', 'EMPTY_SPEC', 'TOO_MANY_DELETIONS']),
  );
  expect([...outcomes.keys()]).toContain('DELETES_ALL_ROUTES');
});
