import { describe, expect, it } from 'vitest';
import { machine } from './machine.js';
import { repair, runOnce } from './repaired.js';
import { FOREIGN_API } from './foreign-api.js';
import { alibabaScene } from './scene.js';

describe('a destroy of an instance on which a group has the API of another owner', () => {
  it.each([true, false])(
    'keeps the instance and names the API, as the service would refuse it; published: %s',
    async (isPublished) => {
      const scene = await alibabaScene(7);
      const { by, gatewayId: GroupId, simulation } = scene;
      const next = () => machine(simulation, { random: () => 0.5 });
      await repair(scene, next);
      const [instance = ''] = scene.links();
      const { ApiId } = by('CloudAPI', 'CreateApi', { GroupId, ...FOREIGN_API });
      if (isPublished) by('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName: 'RELEASE', Description: 'x' });
      const { plan, failed } = await runOnce(scene, next(), { destroy: true });
      expect(failed).toEqual([]);
      const steps = plan?.units.flatMap((unit) => unit.steps) ?? [];
      expect(steps.filter(({ kind, resource }) => kind === 'delete' && resource.type === 'link')).toEqual([]);
      const note = expect.stringMatching(
        `^link ${instance} is kept: .*${GroupId} is on it with 1 route \\(GET /theirs\\)`,
      );
      expect(plan?.notes).toContainEqual(note);
      expect(plan?.incomplete).toContainEqual(note);
      expect(scene.links()).toEqual([instance]);

      if (isPublished) by('CloudAPI', 'AbolishApi', { GroupId, ApiId, StageName: 'RELEASE' });
      by('CloudAPI', 'DeleteApi', { GroupId, ApiId });
      expect((await runOnce(scene, next(), { destroy: true })).failed).toEqual([]);
      expect(scene.links()).toEqual([]);
    },
  );
});
