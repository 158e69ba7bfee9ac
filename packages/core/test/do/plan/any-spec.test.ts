import { describe, expect, it } from 'vitest';
import { check } from '../../../src/check/checks/run.js';
import { diff } from '../../../src/do/plan/diff.js';
import type { Step } from '../../../src/do/plan/plan.js';
import { alibabaWorld, awsWorld, type World } from '../../check/checks/world.js';
import { edit } from '../../check/checks/edits.js';
import { CLOUDS } from '../../clouds.js';

/** A spec that only declares a link that does not exist, in these subnets. */
function declares({ spec, linkSpec }: World, subnets: string[], securityGroups: string[]): void {
  delete linkSpec.id;
  Object.assign(linkSpec, { subnets, securityGroups });
  spec.integrations = {};
}

const stepsOf = ({ snapshot, spec }: World): readonly Step[] =>
  diff(snapshot, spec, { clouds: CLOUDS }).units.flatMap(({ steps }) => steps);

describe('a plan for any spec, from a snapshot that was taken for another one', () => {
  const inZone = (zone: string): World =>
    awsWorld((world) => {
      world.the('subnets', 'subnet-b').zone = zone;
      world.region.zones?.push({ id: 'euw3-az2', servesLinks: false });
      declares(world, ['subnet-b'], world.the('links', 'vlink-1').securityGroupIds);
    });

  it('refuses subnets of a zone that does not support links, as a check does, with the place of the subnet', () => {
    const world = inZone('euw3-az2');
    expect(() => stepsOf(world)).toThrow(
      expect.objectContaining({ code: 'ZONE_NOT_SERVED', place: { path: 'links.eu.subnets[0]' } }),
    );
    const { findings } = check(world.snapshot, world.spec, { clouds: CLOUDS });
    expect(findings.find((one) => one.check === 'link/zone-served')).toMatchObject({ verdict: 'fail' });
    expect(stepsOf(inZone('euw1-az2')).map(({ id }) => id)).toEqual(['create link eu']);
  });

  it('refuses a target that is never valid, with its place', () => {
    const world = awsWorld(edit({ 'targetSpec.ref': { service: 'orders' } }));
    expect(() => stepsOf(world)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARN', place: { path: 'integrations.orders.targets.orders' } }),
    );
  });

  it('names the price of an instance', () => {
    const world = alibabaWorld((one) => declares(one, ['vsw-j'], one.the('links', 'apigateway-hz-1').securityGroupIds));
    const [step] = stepsOf(world);
    expect(step).toMatchObject({ id: 'create link eu', purchase: { summary: expect.stringContaining('USD 0.87') } });
  });
});
