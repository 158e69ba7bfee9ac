import { describe, expect, it } from 'vitest';
import { machine } from './machine.js';
import { repair, runOnce } from './repaired.js';
import { groupRule, publishedApi, routeOverLink } from './foreign-use.js';
import { alibabaScene, awsScene, type Scene } from './scene.js';

const random = (): number => 0.5;
const removal = (scene: Scene) => runOnce(scene, machine(scene.simulation, { random }), { destroy: true });

describe('a removal that a reference of others blocks', () => {
  it.each([
    ['AWS: a rule of a group', awsScene, groupRule],
    ['AWS: a route over the link', awsScene, routeOverLink],
    ['Alibaba Cloud: a published API', alibabaScene, publishedApi],
  ] as const)(
    '%s: is named, the rest is deleted, and the removal can be repeated and ends when the reference does',
    async (_what, sceneOf, plant) => {
      const scene = await sceneOf(7, { allowlist: true });
      const { simulation } = scene;
      const empty = scene.shape();
      await repair(scene, () => machine(simulation, { random }));
      const { name, kept, unplant } = plant(scene);
      await simulation.advance(600_000);
      const used = scene.shape().filter((line) => kept.test(line) && !/^\d integrations/.test(line));

      const first = await removal(scene);
      expect(JSON.stringify([first.plan?.notes, first.events, first.plan?.incomplete])).toContain(name);
      await simulation.advance(600_000);
      const left = scene.shape();
      expect(left.filter((line) => !empty.includes(line) && !kept.test(line))).toEqual([]);
      expect([used.length > 0, used.filter((line) => !left.includes(line))]).toEqual([true, []]);
      expect(left.join()).not.toMatch(/\/orders/);

      const again = await removal(scene);
      expect(JSON.stringify([again.plan?.notes, again.events, again.plan?.incomplete])).toContain(name);
      await simulation.advance(600_000);
      expect(scene.shape()).toEqual(left);

      unplant();
      await simulation.advance(600_000);
      await repair(scene, () => machine(simulation, { random }), { destroy: true });
      await simulation.advance(600_000);
      expect(scene.shape()).toEqual(empty);
    },
  );
});
