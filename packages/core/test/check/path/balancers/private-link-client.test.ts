import { describe, expect, it } from 'vitest';
import { pathChecks } from '../../../../src/check/checks/path/index.js';
import { BALANCER, GROUP } from '../../checks/aws-region.js';
import { farTarget } from '../../checks/far-target.js';
import { outcomesOf } from '../../checks/run-check.js';
import { awsWorld, type World } from '../../checks/world.js';

/** A network load balancer whose targets are behind a transit gateway, and whose group preserves client addresses. */
const preserving = (change: (world: World) => void = () => undefined) =>
  awsWorld((world) => {
    farTarget(world, 'transit');
    Object.assign(world.the('loadBalancers', BALANCER), { kind: 'network' });
    Object.assign(world.the('targetGroups', GROUP), { preservesClientAddress: true });
    change(world);
  });

const described = (world: World) =>
  pathChecks.flatMap((check) => outcomesOf(check, world).map(({ verdict }) => `${check.id} ${verdict}`));

describe('client address preservation', () => {
  it('stops calls of a V2 link to targets behind a transit gateway', () => {
    expect(described(preserving())).toContain('path/load-balancer fail');
  });

  // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
  it('has no effect on calls of a V1 link: over PrivateLink no client address is preserved', () => {
    const world = preserving((one) => {
      Object.assign(one.the('links', 'vlink-1'), { kind: 'vpc-link-v1', subnetIds: [], securityGroupIds: [] });
      Object.assign(one.the('loadBalancers', BALANCER), { privateLinkEnforced: false });
    });
    expect(described(world)).not.toContain('path/load-balancer fail');
  });
});
