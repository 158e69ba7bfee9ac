import { memoryJournal } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { machine } from './machine.js';
import { repair, runOnce } from './repaired.js';
import { CLOUDS, renameByHand, type Scene } from './scene.js';

const random = (): number => 0.5;

/** Deletes the route, as somebody does whose own rules do not know it. */
function deleteRoute({ creates, by, gatewayId }: Scene): void {
  if (creates === 'CreateVpcLink') {
    const [route] = by('apigatewayv2', 'GetRoutes', { ApiId: gatewayId }).Items;
    by('apigatewayv2', 'DeleteRoute', { ApiId: gatewayId, RouteId: route.RouteId });
    return;
  }
  const [api] = by('CloudAPI', 'DescribeApis', { GroupId: gatewayId }).ApiSummarys.ApiSummary;
  by('CloudAPI', 'AbolishApi', { GroupId: gatewayId, ApiId: api.ApiId, StageName: 'RELEASE' });
  by('CloudAPI', 'DeleteApi', { GroupId: gatewayId, ApiId: api.ApiId });
}

describe.each(CLOUDS)('somebody undoes every apply, on %s', (_cloud, sceneOf) => {
  it.each([
    ['a route that is deleted', deleteRoute],
    ['a link that is renamed', renameByHand],
  ] as const)('%s: each run repairs it, and the last one has nothing left to do', async (_what, undo) => {
    const scene = await sceneOf(7);
    const { simulation } = scene;
    const journal = memoryJournal();
    const next = () => machine(simulation, { random, journal });
    await repair(scene, next);
    const wanted = scene.shape();
    for (let round = 0; round < 4; round += 1) {
      undo(scene);
      await simulation.advance(60_000);
      const { failed } = await runOnce(scene, next());
      expect([round, failed]).toEqual([round, []]);
      expect(scene.shape()).toEqual(wanted);
      await simulation.advance(60_000);
    }

    const last = await runOnce(scene, next());
    expect([last.failed, last.plan?.units]).toEqual([[], []]);
  });
});
