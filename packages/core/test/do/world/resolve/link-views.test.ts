import { describe, expect, it } from 'vitest';
import { prepare } from '../../../../src/do/world/prepare.js';
import type { LinkView } from '../../../../src/do/world/views.js';
import { linkHash } from '../../../../src/do/world/resolve/link-identity.js';
import { restV1World } from '../../../check/checks/rest-world.js';
import { CLOUDS } from '../../../clouds.js';

/** The view of a managed VPC link V1 that the spec declares by the name of its load balancer. */
function viewOf(readable: boolean): LinkView | undefined {
  const { snapshot, spec } = restV1World(({ region, linkSpec, spec: { project, spec }, the }) => {
    const [balancer] = region.loadBalancers ?? [];
    delete linkSpec.id;
    linkSpec.loadBalancer = balancer?.name;
    const link = the('links', 'vlink-1');
    const owner = { project, spec, integration: 'eu' };
    link.owner = { ...owner, specHash: linkHash(owner, link) };
    if (readable) return;
    region.loadBalancers = [];
    region.gaps.push({
      what: 'load balancers',
      operation: 'DescribeLoadBalancers',
      code: 'PERMISSION_DENIED',
      of: 'loadBalancers',
    } as never);
  });
  return prepare(snapshot, spec, { clouds: CLOUDS, now: 0, passes: true }).input.links[0];
}

describe('a managed link that is declared by the name of its load balancer', () => {
  it('is found', () => {
    expect(viewOf(true)).toMatchObject({ link: { id: 'vlink-1' }, unseen: undefined });
  });

  it('may be the one, where load balancers could not be read: no other one is to be created', () => {
    expect(viewOf(false)).toMatchObject({ link: undefined, unseen: { failed: true } });
  });
});
