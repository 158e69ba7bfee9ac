import { describe, expect, it } from 'vitest';
import { diff } from '../../../../src/do/plan/diff.js';
import type { PlanOptions } from '../../../../src/do/plan/plan.js';
import { linkHash } from '../../../../src/do/world/resolve/link-identity.js';
import { alibabaWorld, awsWorld, type World, withhold } from '../../../check/checks/world.js';
import { CLOUDS } from '../../../clouds.js';

const stepsOf = ({ snapshot, spec }: World, options: PlanOptions = {}): readonly string[] =>
  diff(snapshot, spec, { clouds: CLOUDS, prune: false, ...options }).units.flatMap(({ steps }) =>
    steps.map(({ id }) => id),
  );

it('a listener that could not be read is not reported as missing', () => {
  const world = alibabaWorld(withhold('listeners', 'slb:DescribeLoadBalancerListeners'));
  expect(() => stepsOf(world)).not.toThrow();
});

describe('a declared link in a list of links with a gap', () => {
  const declared = (state: 'ready' | 'failed'): World =>
    awsWorld(({ region, spec, linkSpec }) => {
      const [link] = region.links;
      if (link === undefined) throw new Error('the world has no link');
      const owner = { project: 'shop', spec: 'shop', integration: 'eu' };
      Object.assign(link, {
        state,
        nativeState: state.toUpperCase(),
        owner: { ...owner, specHash: linkHash(owner, link) },
      });
      delete linkSpec.id;
      Object.assign(linkSpec, { subnets: link.subnetIds, securityGroups: link.securityGroupIds });
      spec.integrations = {};
      region.gaps.push({ what: 'VPC links', operation: 'GetVpcLinks', code: 'INCOMPLETE_LIST', of: 'links' });
    });

  it('is kept where it is ready', () => {
    expect(stepsOf(declared('ready')).filter((id) => /create|replace/.test(id))).toEqual([]);
  });

  it('is not replaced where it failed: a ready one may be in the part that was not read', () => {
    for (const options of [{}, { replaceFailed: true }]) {
      expect(() => stepsOf(declared('failed'), options)).toThrow(expect.objectContaining({ code: 'INCOMPLETE_LIST' }));
    }
  });
});

it('the first link of an account is created from a snapshot of everything', () => {
  const world = awsWorld(({ region, spec, linkSpec }) => {
    const [link] = region.links;
    delete linkSpec.id;
    Object.assign(linkSpec, { subnets: link?.subnetIds, securityGroups: link?.securityGroupIds });
    Object.assign(region, { links: [], whole: ['networks', 'subnets', 'securityGroups'] });
    spec.integrations = {};
  });
  expect(() => stepsOf(world)).toThrow(expect.objectContaining({ code: 'INCOMPLETE_LIST' }));
  Object.assign(world.snapshot, { scope: 'all' });
  expect(stepsOf(world)).toEqual(['create link eu']);
});
