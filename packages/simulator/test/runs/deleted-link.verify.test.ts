import type { RunEvent } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../core/test/runs.js';
import { machine } from './machine.js';
import { repair, runOnce } from './repaired.js';
import { CLOUDS, type Scene } from './scene.js';

const random = (): number => 0.5;

/** Deletes the links outside of Postern, at once; the IDs of those that the cloud agreed to delete. */
function deleteByHand({ links, by, creates }: Scene): readonly string[] {
  return links().filter((id) => {
    try {
      if (creates === 'CreateVpcLink') by('apigatewayv2', 'DeleteVpcLink', { VpcLinkId: id });
      else by('CloudAPI', 'DeleteInstance', { InstanceId: id });
      return true;
    } catch {
      return false; // the cloud keeps a link that is in use, or in preparation
    }
  });
}

const routesOf = (scene: Scene): readonly string[] => scene.shape().filter((line) => /route|over link|API/.test(line));

describe.each(CLOUDS)('a link is deleted by hand during an apply, on %s', (_, sceneOf) => {
  it('at every event: the run or the next plan names it, no route is made to it, the next run replaces it', async () => {
    const plain = await sceneOf(7);
    await repair(plain, () => machine(plain.simulation, { random }));
    let deletions = 0;
    let seen = Infinity;
    for (let at = 0; at < seen; at += runs(9, 1)) {
      const scene = await sceneOf(7);
      const { simulation } = scene;
      let events = 0;
      let gone: readonly string[] = [];
      let routes: readonly string[] = [];
      const onEvent = ({ type }: RunEvent): void => {
        events += 1;
        if (events - 1 !== at || type === 'run.done') return;
        gone = deleteByHand(scene);
        routes = routesOf(scene);
      };
      const first = await runOnce(scene, machine(simulation, { random }), { onEvent });
      seen = events;
      if (gone.length > 0) {
        deletions += 1;
        expect([at, routesOf(scene)]).toEqual([at, routes]);
        const next = await runOnce(scene, machine(simulation, { random }));
        const told = JSON.stringify([first.events, first.failed, next.plan?.units, next.plan?.notes]);
        expect([at, told]).toEqual([at, expect.stringContaining(gone[0] ?? 'a link')]);
        await simulation.advance(60_000);
      }
      await repair(scene, () => machine(simulation, { random }));
      await simulation.advance(600_000);
      expect([at, ...scene.shape()]).toEqual([at, ...plain.shape()]);
    }
    expect(deletions).toBeGreaterThan(0);
  });
});
