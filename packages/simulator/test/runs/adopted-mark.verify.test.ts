import type { Spec } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import { once, TROUBLES } from './faulty-calls.js';
import { machine } from './machine.js';
import { repair, runOnce } from './repaired.js';
import { CLOUDS, created, type Scene } from './scene.js';

const random = (): number => 0.5;

/** A link that was created outside of Postern, and a spec that names it by ID. */
async function adopting(scene: Scene): Promise<{ readonly id: string; readonly spec: Spec }> {
  const { spec, simulation } = scene;
  const [name = '', link] = Object.entries(spec.links)[0] ?? [];
  if (link === undefined) throw new Error('the scene has a link');
  await repair(scene, () => machine(simulation, { random }), { spec: { ...spec, integrations: {} } });
  const [id = ''] = scene.links();
  untag(scene, id);
  const { subnets: _subnets, securityGroups: _groups, native: _native, ...rest } = link;
  return { id, spec: { ...spec, links: { [name]: { ...rest, id } } } };
}

function tagsOf({ creates, by }: Scene, id: string): readonly string[] {
  if (creates === 'CreateVpcLink') return Object.keys(by('apigatewayv2', 'GetVpcLink', { VpcLinkId: id }).Tags ?? {});
  const { Instances } = by('CloudAPI', 'DescribeInstances', { InstanceId: id });
  const tags = Instances.InstanceAttribute[0]?.Tags?.TagInfo ?? [];
  return (tags as readonly { readonly Key: string }[]).map(({ Key }) => Key);
}

function untag(scene: Scene, id: string): void {
  const { creates, by } = scene;
  const keys = tagsOf(scene, id);
  if (creates === 'CreateVpcLink') {
    const ResourceArn = `arn:aws:apigateway:eu-west-1::/vpclinks/${id}`;
    by('apigatewayv2', 'UntagResource', { ResourceArn, TagKeys: keys });
  } else {
    by('CloudAPI', 'UntagResources', { ResourceType: 'instance', ResourceId: [id], TagKey: keys });
  }
}

describe.each(sample(CLOUDS, 2))('marks that are written by a call of their own, on %s', (_, sceneOf) => {
  it.each(sample(Object.entries(TROUBLES), 6))(
    'a link is adopted by ID, and %s, at every write: it is recognized, and nothing is made twice',
    async (_what, trouble) => {
      const plain = await sceneOf(7);
      const { spec } = await adopting(plain);
      await repair(plain, () => machine(plain.simulation, { random }), { spec });
      const wanted = plain.shape();
      const hits: string[] = [];
      for (let at = 0; ; at += 1) {
        const scene = await sceneOf(7);
        const { simulation } = scene;
        const adopted = await adopting(scene);
        const before = created(scene);
        const { around, hit } = once(
          (call) => call.isWrite && call.writes === at && hits.push(call.operation) > 0,
          trouble,
        );
        await runOnce(scene, machine(simulation, { random, around }), { spec: adopted.spec });
        if (!hit()) break;
        await repair(scene, () => machine(simulation, { random }), { spec: adopted.spec });
        expect([at, scene.links(), created(scene)]).toEqual([at, [adopted.id], before]);
        expect([at, tagsOf(scene, adopted.id)]).toEqual([at, expect.arrayContaining(['postern:project'])]);
        expect([at, ...scene.shape()]).toEqual([at, ...wanted]);
      }
      expect(hits.some((operation) => operation.startsWith('TagResource'))).toBe(true);
      expect(hits.length).toBeGreaterThan(2);
    },
  );
});
