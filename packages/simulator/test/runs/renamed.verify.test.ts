import type { Spec } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { machine } from './machine.js';
import { repair, runOnce } from './repaired.js';
import { CLOUDS, type Scene } from './scene.js';

const random = (): number => 0.5;

/** The spec with its integration under another name, and `moved` that says so. */
function renamed(spec: Spec): Spec {
  const { orders } = spec.integrations;
  if (orders === undefined) throw new Error('the scene declares orders');
  return {
    ...spec,
    integrations: { sales: orders },
    moved: [{ kind: 'integration', from: 'orders', to: 'sales', path: 'moved[0]' }],
  };
}

function withLink({ spec }: Pick<Scene, 'spec'>, members: object): Spec {
  return {
    ...spec,
    links: Object.fromEntries(Object.entries(spec.links).map(([name, link]) => [name, { ...link, ...members }])),
  };
}

describe.each(CLOUDS)('an integration is renamed with `moved`, on %s', (_, sceneOf) => {
  it('a block that the same edit removes from the allowlist is revoked', async () => {
    const scene = await sceneOf(7, { allowlist: true });
    const next = () => machine(scene.simulation, { random });
    await repair(scene, next, { spec: withLink(scene, { allowlist: ['10.10.0.0/17', '10.10.128.0/24'] }) });
    expect(scene.shape().join()).toContain('10.10.128.0/24');

    await repair(scene, next, { spec: renamed(withLink(scene, { allowlist: ['10.10.0.0/17'] })) });
    expect(scene.shape().join()).toContain('10.10.0.0/17');
    expect(scene.shape().join()).not.toContain('10.10.128.0/24');
  });

  it('the link that the same edit replaces is deleted', async () => {
    const scene = await sceneOf(7, { allowlist: true });
    const next = () => machine(scene.simulation, { random });
    await repair(scene, next);
    const [former = ''] = scene.links();
    const [{ subnets = [] } = {}] = Object.values(scene.spec.links);
    const spec = withLink({ spec: renamed(scene.spec) }, { subnets: subnets.slice(0, 1) });
    // The backends of these scenes have no servers.
    const how = { spec, deleteInstances: true, probe: false };
    const runs = [];
    for (let run = 0; run < 3; run += 1) {
      const { plan, failed } = await runOnce(scene, next(), how);
      runs.push({ notes: plan?.notes.filter((note) => /other gateways were not read/.test(note)), failed });
      await scene.simulation.advance(60_000);
    }
    expect(runs.at(-1)).toEqual({ notes: [], failed: [] });
    expect(scene.links()).toHaveLength(1);
    expect(scene.links()).not.toContain(former);
  });
});
