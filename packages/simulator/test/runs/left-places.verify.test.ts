import {
  memoryJournal,
  PrivateIntegrations,
  type Clock,
  type Drivers,
  type LinkSpec,
  type RunEvent,
} from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { apply, observePlan, recordedReach } from '@postern/core/internal/plan';
import { describe, expect, it } from 'vitest';
import { CLOUDS } from '../../../core/test/clouds.js';
import { machine, type Machine } from './machine.js';
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

describe('a link whose profile is edited to one of another account', () => {
  it('is created there, and the same plan deletes its routes in the former account', async () => {
    const scenes = { old: await awsScene(7), new: await awsScene(9, { account: '444455556666' }) };
    const [by, other] = [scenes.old, scenes.new].map(({ simulation }) =>
      machine(simulation, { random: () => 0.5 }),
    ) as [Machine, Machine];
    const sleep: Clock['sleep'] = async (ms, signal) =>
      void (await Promise.all([by.clock.sleep(ms, signal), scenes.new.simulation.advance(ms)]));
    const context = contextOf({ ...by, clock: { ...by.clock, sleep } });
    const drivers: Drivers = ({ profile }) => (profile === 'new' ? scenes.new.driver(other) : scenes.old.driver(by));
    const run = async (profile: keyof typeof scenes) => {
      const { links, ...spec } = scenes[profile].spec;
      const given = { ...spec, links: { eu: { ...links['eu']!, profile } } };
      const elsewhere = recordedReach(await by.journal.read(), given);
      const { plan } = await observePlan(given, drivers, context, { elsewhere, clouds: CLOUDS });
      const how = { spec: given, drivers, context, journal: by.journal, ignoreFindings: ['*'], judge, clouds: CLOUDS };
      for await (const event of apply(plan, how)) if (event.type === 'step.failed') throw event.error;
    };
    const routes = () =>
      [scenes.old, scenes.new].map(({ shape }) => shape().filter((one) => one.startsWith('ANY')).length);
    await run('old');
    expect(routes()).toEqual([1, 0]);
    await run('new');
    expect(routes()).toEqual([0, 1]);
  });
});
