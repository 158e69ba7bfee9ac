import { memoryJournal, type RunEvent } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { machine } from './machine.js';
import { runOnce } from './repaired.js';
import { awsScene } from './scene.js';

const notesOf = (events: readonly RunEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === 'run.started' ? (event.notes ?? []) : []));

describe('a link whose region is edited after a run that was killed', () => {
  it('is created in the new region, and the region of the killed run is named until a run has changed it', async () => {
    const scene = await awsScene(7);
    const { simulation, spec } = scene;
    const journal = memoryJournal();
    const next = (killAfter?: string) => machine(simulation, { random: () => 0.5, journal, killAfter });
    expect((await runOnce(scene, next('CreateVpcLink'))).failed).toEqual(['killed']);
    expect(scene.links()).toHaveLength(1);

    const { eu } = spec.links;
    if (eu === undefined) throw new Error('the scene has a link');
    const others = simulation.call({ service: 'ec2', operation: 'DescribeSubnets', region: 'eu-central-1' }, {}) as any;
    const groups = simulation.call(
      { service: 'ec2', operation: 'DescribeSecurityGroups', region: 'eu-central-1' },
      {},
    ) as any;
    const link = {
      ...eu,
      region: 'eu-central-1',
      subnets: others.Subnets.slice(0, 2).map(({ SubnetId }: any) => SubnetId),
      securityGroups: [groups.SecurityGroups[0].GroupId],
    };
    const moved = { ...spec, links: { eu: link }, integrations: {} };
    const there = { ...scene, driver: (by: ReturnType<typeof next>) => scene.driver(by, 'eu-central-1') };
    const second = await runOnce(there, next(), { spec: moved });
    expect(second.failed).toEqual([]);
    expect(notesOf(second.events)).toEqual([
      expect.stringMatching(/^the run of \S+ changed aws eu-west-1 of account \d+ and did not end: /),
    ]);
    expect(notesOf((await runOnce(there, next(), { spec: moved, destroy: true })).events)).toHaveLength(1);

    expect((await runOnce(scene, next(), { destroy: true })).failed).toEqual([]);
    expect(scene.links()).toEqual([]);
    expect(notesOf((await runOnce(there, next(), { spec: moved })).events)).toEqual([]);
  });
});
