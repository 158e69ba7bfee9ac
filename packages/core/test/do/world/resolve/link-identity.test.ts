import { describe, expect, it } from 'vitest';
import { isMarkOfLink, linkHash } from '../../../../src/do/world/resolve/link-identity.js';

const owner = { project: 'shop', spec: 'shop-7f3k2q', integration: 'eu' };
const shape = { subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'] };
const marked = { ...owner, specHash: linkHash(owner, shape) };

describe('the mark of a link', () => {
  it('is found on the link that it was written to', () => {
    expect(isMarkOfLink(marked, marked, shape)).toBe(true);
    expect(isMarkOfLink(marked, owner, shape)).toBe(true);
    expect(isMarkOfLink({ ...marked, project: 'other' }, marked, shape)).toBe(false);
    expect(isMarkOfLink(undefined, marked, shape)).toBe(false);
  });

  it('is not found on a link in other subnets, with other groups or another load balancer', () => {
    expect(isMarkOfLink(marked, marked, { ...shape, subnetIds: ['subnet-1', 'subnet-3'] })).toBe(false);
    expect(isMarkOfLink(marked, marked, { ...shape, securityGroupIds: ['sg-2'] })).toBe(false);
    const v1 = { subnetIds: [], securityGroupIds: [], loadBalancerIds: ['nlb-1'] };
    const ofV1 = { ...owner, specHash: linkHash(owner, v1) };
    expect(isMarkOfLink(ofV1, ofV1, v1)).toBe(true);
    expect(isMarkOfLink(ofV1, ofV1, { ...v1, loadBalancerIds: ['nlb-2'] })).toBe(false);
  });

  it('counts where the link shows no subnets yet, so that it is not created twice', () => {
    expect(isMarkOfLink(marked, marked, { subnetIds: [], securityGroupIds: [] })).toBe(true);
  });

  it('counts where the cloud reports the default group of the network and none was requested', () => {
    const without = { ...owner, specHash: linkHash(owner, { ...shape, securityGroupIds: [] }) };
    expect(isMarkOfLink(without, without, shape)).toBe(true);
  });
});
