import { memoryJournal, PrivateIntegrations, type LinkSpec, type RunEvent } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { describe, expect, it } from 'vitest';
import { machine } from './machine.js';
import { runOnce } from './repaired.js';
import { awsScene, contextOf } from './scene.js';
import type { Simulation } from '../../src/index.js';

/** The link of a spec, in the default VPC of another region. */
function linkIn(simulation: Simulation, region: string, link: LinkSpec): LinkSpec {
  const list = (operation: string): any => simulation.call({ service: 'ec2', operation, region }, {});
  const subnets = list('DescribeSubnets').Subnets.slice(0, 2);
  const [{ GroupId }] = list('DescribeSecurityGroups').SecurityGroups;
  return { ...link, region, subnets: subnets.map(({ SubnetId }: any) => SubnetId), securityGroups: [GroupId] };
}

function linksIn(simulation: Simulation, region: string): readonly unknown[] {
  const { Items } = simulation.call({ service: 'apigatewayv2', operation: 'GetVpcLinks', region }, {}) as any;
  return Items.filter(({ VpcLinkStatus }: any) => VpcLinkStatus !== 'DELETING');
}

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
    const link = linkIn(simulation, 'eu-central-1', eu);
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

describe('a program that made links in two regions', () => {
  it('releases both in a process of another time, and names one that cannot be read', async () => {
    const scene = await awsScene(8);
    const { simulation, spec, driver } = scene;
    const journal = memoryJournal();
    const regions = ['eu-west-1', 'eu-central-1'];
    const links = () => regions.map((region) => linksIn(simulation, region).length);
    const gateIn = (...places: readonly string[]) => {
      const by = machine(simulation, { random: () => 0.5, journal });
      const [first, ...others] = places.map((region) => driver(by, region));
      return new PrivateIntegrations(first!, {
        ...contextOf(by),
        project: 'shop',
        spec: 'shop-1',
        others,
        journal,
        judge,
      });
    };
    const { eu } = spec.links;
    const there = linkIn(simulation, 'eu-central-1', eu!);
    await gateIn(...regions).ensure({ ...spec, spec: 'shop-1', links: { eu: eu!, there } });
    expect(links()).toEqual([1, 1]);
    expect((await gateIn('eu-west-1').release()).notes).toContainEqual(
      expect.stringMatching(/^aws eu-central-1 of account \d+ \(NO_DRIVER\) could not be read/),
    );
    expect(links()).toEqual([0, 1]);
    await gateIn(...regions).release();
    expect(links()).toEqual([0, 0]);
  });
});
