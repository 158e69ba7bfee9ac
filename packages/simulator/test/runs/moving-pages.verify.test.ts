import { describe, expect, it } from 'vitest';
import { runs, seeds, sample } from '../../../core/test/runs.js';
import { SeededRandom } from '../../src/simulation/time/seeded-random.js';
import { publishedApi, routeOverLink } from './foreign-use.js';
import { machine, type Around, type MachineCall } from './machine.js';
import { repair, runOnce } from './repaired.js';
import { CLOUDS, type Scene } from './scene.js';
import { requestConfig } from '../alibaba/request-config.js';

const MOST_DUMMIES = 6;

/** Adds and deletes routes or APIs of others, which nothing depends on. */
function dummies({ creates, by, gatewayId }: Scene) {
  const isAws = creates === 'CreateVpcLink';
  const ids: string[] = [];
  let made = 0;
  return {
    count: () => ids.length,
    add: (): void => {
      made += 1;
      if (isAws) {
        ids.push(by('apigatewayv2', 'CreateRoute', { ApiId: gatewayId, RouteKey: `GET /dummy/${made}` }).RouteId);
        return;
      }
      const { ApiId } = by('CloudAPI', 'CreateApi', {
        GroupId: gatewayId,
        ApiName: `dummy_${made}`,
        Visibility: 'PRIVATE',
        AuthType: 'ANONYMOUS',
        RequestConfig: requestConfig(`/dummy/${made}`),
        ServiceConfig: JSON.stringify({ Mock: 'TRUE', MockResult: 'ok', ServiceProtocol: 'HTTP' }),
      });
      ids.push(ApiId);
    },
    remove: (at: number): void => {
      const [id] = ids.splice(at % Math.max(1, ids.length), 1);
      if (id === undefined) return;
      if (isAws) by('apigatewayv2', 'DeleteRoute', { ApiId: gatewayId, RouteId: id });
      else by('CloudAPI', 'DeleteApi', { GroupId: gatewayId, ApiId: id });
    },
  };
}

/** Whether a call asks for a later page. */
const continues = ({ input }: MachineCall): boolean =>
  Number(input['PageNumber'] ?? 1) > 1 || input['NextToken'] !== undefined || input['Marker'] !== undefined;

/** Pages of few items. */
function shrink({ input }: MachineCall, size: number): void {
  if (input['MaxResults'] !== undefined && input['MaxResults'] !== null) {
    input['MaxResults'] = typeof input['MaxResults'] === 'string' ? String(size) : input['MaxResults'];
  }
  if (input['PageSize'] !== undefined && input['PageNumber'] !== undefined) input['PageSize'] = size;
}

describe.each(sample(CLOUDS, 2))('items appear and disappear between the pages of a list, on %s', (_, sceneOf) => {
  it('while a project is removed: what others use stays, and what is deleted was owned and unused', async () => {
    let edits = 0;
    for (const seed of seeds(1, 150)) {
      const chances = new SeededRandom(seed, 21);
      const random = (): number => chances.next();
      const scene = await sceneOf(seed);
      const { simulation } = scene;
      const before = scene.shape();
      await repair(scene, () => machine(simulation, { random: () => 0.5 }));
      const own = dummies(scene);
      for (let count = 0; count < 2; count += 1) own.add();
      const { kept, unplant } = scene.creates === 'CreateVpcLink' ? routeOverLink(scene) : publishedApi(scene);
      for (let count = 0; count < 2; count += 1) own.add();
      await simulation.advance(600_000);
      const used = scene.shape().filter((line) => kept.test(line));

      const size = 1 + (seed % 3);
      const around: Around = (call, send) => {
        shrink(call, size);
        if (continues(call) && random() < 0.7) {
          edits += 1;
          if (own.count() === 0 || (own.count() < MOST_DUMMIES && random() < 0.5)) own.add();
          else own.remove(Math.floor(random() * MOST_DUMMIES));
        }
        return send();
      };
      for (let round = 0; round < 2; round += 1) {
        await runOnce(scene, machine(simulation, { random, around }), { destroy: true });
        await simulation.advance(600_000);
        const left = scene.shape();
        expect([seed, used.filter((line) => !left.includes(line) && !/^\d integrations/.test(line))]).toEqual([
          seed,
          [],
        ]);
        expect([seed, scene.links().length]).toEqual([seed, 1]);
      }

      unplant();
      while (own.count() > 0) own.remove(0);
      await simulation.advance(600_000);
      await repair(scene, () => machine(simulation, { random }), { destroy: true });
      await simulation.advance(600_000);
      expect([seed, ...scene.shape()]).toEqual([seed, ...before]);
    }
    expect(edits).toBeGreaterThan(runs(2, 20));
  });
});
