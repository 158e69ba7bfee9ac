import { CLOUDS } from '../../../clouds.js';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/do/findings/finding.js';
import { check } from '../../../../src/check/checks/run.js';
import type { SecurityGroupRule } from '../../../../src/do/model/network.js';
import { createWorld } from '../../../../src/check/path/create-world.js';
import { afterApply } from '../../../../src/check/path/groups/kept-group.js';
import { indexRegion } from '../../../../src/do/world/index/region-index.js';
import { awsRegion } from '../../checks/aws-region.js';
import { awsWorld, type World } from '../../checks/world.js';
import { edit } from '../../checks/edits.js';

/** The link's only group is managed by this project and has no rules; the spec declares some blocks. */
function scene(allowlist: string[] | undefined, change: (world: World) => void = () => undefined): World {
  return awsWorld((world) => {
    world.region.allowlists = [{ linkId: 'vlink-1', owned: true, securityGroupId: 'sg-link', entries: [], wider: [] }];
    world.the('securityGroups', 'sg-link').rules = [];
    if (allowlist !== undefined) world.linkSpec.allowlist = allowlist;
    change(world);
  });
}

function findingsOf({ snapshot, spec }: World): readonly Finding[] {
  const { findings } = check(snapshot, spec, { clouds: CLOUDS, passes: false });
  return findings.filter((one) => one.check === 'path/security-group');
}

function remediesOf(world: World): readonly (string | undefined)[] {
  return findingsOf(world).map(({ remedy }) => remedy);
}

describe('the remedy of a group that holds an allowlist of this project', () => {
  it('is to apply the spec again, where the spec declares the target', () => {
    const again = 'Run `postern apply`: it restores the rules of sg-link that links.eu.allowlist declares.';
    expect(remediesOf(scene(['10.0.0.0/16']))).toEqual([again]);
    // verdict P8: a current address of the load balancer is not a lasting entry
    expect(remediesOf(scene(['10.0.11.0/24', '10.0.12.5/32'])).join(' ')).toContain('Add 10.0.12.0/24 to');
  });

  it.each<[string, string[] | undefined]>([
    ['declares others', ['10.9.0.0/16']],
    ['declares none', undefined],
  ])('is to declare the target’s blocks first, where the spec %s', (_, allowlist) => {
    const remedies = remediesOf(scene(allowlist)).join(' ');
    for (const block of ['10.0.11.0/24', '10.0.12.0/24']) {
      const add = `Add ${block} to links.eu.allowlist in the spec and run \`postern apply\`, which manages the rules of sg-link.`;
      expect(remedies).toContain(add);
    }
    expect(remedies).not.toContain('outbound rule');
  });

  it('is to add a rule, where the group is unmanaged, or is a group of the backend', () => {
    const unmanaged = scene(['10.0.0.0/16'], edit({ 'allowlists.0.owned': false }));
    expect(remediesOf(unmanaged).join(' ')).toContain('Add an outbound rule to sg-link: tcp 443 to sg-lb.');
    const backend = scene(
      ['10.0.0.0/16'],
      edit({
        'securityGroups.sg-link.rules.+': {
          direction: 'out',
          protocol: 'all',
          fromPort: 0,
          toPort: 65_535,
          cidrBlock: '10.0.0.0/16',
        },
        'securityGroups.sg-lb.rules': [],
      }),
    );
    expect(remediesOf(backend).join(' ')).toContain('Add an inbound rule to sg-lb: tcp 443 from sg-link.');
  });
});

describe('an allowlist that is to become narrower', () => {
  const out = (cidrBlock: string, id?: string): SecurityGroupRule => ({
    ...(id === undefined ? {} : { id }),
    direction: 'out',
    protocol: 'tcp',
    fromPort: 443,
    toPort: 443,
    cidrBlock,
  });
  const narrowed = (allowlist: string[] | undefined, change: (world: World) => void = () => undefined) =>
    findingsOf(
      scene(allowlist, (world) => {
        world.the('securityGroups', 'sg-link').rules = [out('10.0.0.0/16', 'sgr-wide')];
        change(world);
      }),
    );

  it.each<[string, string[] | undefined]>([
    ['still contains the backend', ['10.0.0.0/16']],
    ['has other blocks, which also contain it', ['10.0.11.0/24', '10.0.12.0/24']],
    ['is wider than the current rules', ['10.0.0.0/8']],
    ['is not declared', undefined],
  ])('allows calls where it %s', (_, allowlist) => {
    expect(narrowed(allowlist)).toEqual([]);
  });

  it('allows calls on its ports, and stops others', () => {
    const onPorts = (fromPort: number, toPort: number) =>
      narrowed(['10.0.0.0/16'], edit({ 'linkSpec.allowPorts': { '10.0.0.0/16': [{ fromPort, toPort }] } }));
    expect(onPorts(443, 443)).toEqual([]);
    expect(onPorts(80, 8443)).toEqual([]);
    const [finding] = onPorts(8443, 8443);
    expect(finding).toMatchObject({
      verdict: 'fail',
      remedy: expect.stringContaining('Add port 443 to the entry 10.0.0.0/16 of links.eu.allowlist in the spec'),
    });
  });

  it('stops calls that depend on a rule that apply removes, and reports them before', () => {
    const [finding, ...more] = narrowed(['10.0.3.0/24']);
    expect(finding).toMatchObject({
      verdict: 'fail',
      message: expect.stringMatching(
        /`postern apply` removes "out tcp 443 to 10\.0\.0\.0\/16" of sg-link.*links\.eu\.allowlist does not declare it/,
      ),
      remedy: expect.stringContaining('to links.eu.allowlist in the spec'),
    });
    expect(finding?.evidence).toContainEqual(expect.objectContaining({ id: 'sgr-wide' }));
    expect(more).toEqual([]);
  });

  it('does not affect an external link', () => {
    expect(narrowed(['10.0.3.0/24'], edit({ 'linkSpec.owner': 'external' }))).toEqual([]);
  });
});

it('the groups of two interfaces of a link are two sets after an apply', () => {
  const world = createWorld(indexRegion(awsRegion(), CLOUDS));
  const group = { ...awsRegion().securityGroups[0]!, rules: [] };
  const kept = { id: 'sg-link', declared: {}, path: 'links.eu.allowlist', narrowed: { group, leaving: [] } };
  const sets = [['sg-link'], ['sg-link', 'sg-app'], ['sg-link']].map((ids) => world.groupSet(ids));
  expect(sets.map((set) => afterApply(world, set, kept).ids)).toEqual(sets.map(({ ids }) => ids));
});
