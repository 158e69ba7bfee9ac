import { CLOUDS } from '../../../clouds.js';
import { describe, expect, it } from 'vitest';
import type { Owner } from '../../../../src/do/model/owner.js';
import { deleteLinkStep, keptBecause, releasedGroups } from '../../../../src/do/plan/removal/delete-link-step.js';
import { FOREIGN, groupOf, linkOf, OTHER_SPEC, OWN, regionOf } from './owned.js';

const BY = { project: 'shop', spec: 'orders-1' };
const never = (): boolean => false;

const rule = { id: 'sgr-1', direction: 'in', protocol: 'tcp', fromPort: 80, toPort: 80 } as const;

describe('groups of allowlists that no link uses', () => {
  it('are deleted, with what names them and where', () => {
    const [one, ...rest] = releasedGroups(CLOUDS, regionOf({ securityGroups: [groupOf(OWN)] }), BY);
    expect(rest).toEqual([]);
    expect(one).toMatchObject({
      unit: { id: 'link:orders/sg-own', kind: 'allowlist-removal' },
      steps: [
        {
          id: 'release allowlist orders (sg-own)',
          kind: 'delete',
          resource: { type: 'allowlist', name: 'orders', id: 'sg-own' },
          reason: 'it is managed by this project and no link uses it',
        },
      ],
    });
    expect(one!.steps[0]).not.toHaveProperty('warning');
    expect(one!.steps[0]!.input).toEqual({ linkKind: 'vpc-link-v2', owner: OWN, networkId: 'vpc-1' });
  });

  it.each<[string, Owner | undefined]>([
    ['of another spec', OTHER_SPEC],
    ['of another project', FOREIGN],
    ['of nobody', undefined],
    ['with a mark that may be a copy', { ...OWN, unbound: true }],
  ])('are kept %s', (_, owner) => {
    expect(releasedGroups(CLOUDS, regionOf({ securityGroups: [groupOf(owner)] }), BY)).toEqual([]);
  });

  it('are kept where a mark may be a copy, also where the caller allows everything', () => {
    const securityGroups = [groupOf({ ...OWN, unbound: true }), groupOf(undefined)];
    expect(releasedGroups(CLOUDS, regionOf({ securityGroups }), BY, { may: () => true })).toEqual([]);
    expect(releasedGroups(CLOUDS, regionOf({ securityGroups: [groupOf(OWN)] }), BY, { may: never })).toEqual([]);
  });

  it('are kept where a link has them, or one that is planned needs them', () => {
    const securityGroups = [groupOf(OWN)];
    const links = [linkOf(FOREIGN, { securityGroupIds: ['sg-x', 'sg-own'] })];
    expect(releasedGroups(CLOUDS, regionOf({ securityGroups, links }), BY)).toEqual([]);
    const needs = (owner: Owner, networkId: string): boolean => owner.integration === 'orders' && networkId === 'vpc-1';
    expect(releasedGroups(CLOUDS, regionOf({ securityGroups }), BY, { needed: needs })).toEqual([]);
  });

  it('warn of rules in the same network that name them', () => {
    const naming = (id: string, networkId: string) =>
      groupOf(undefined, { id, networkId, rules: [{ ...rule, securityGroupId: 'sg-own' }] });
    const securityGroups = [naming('sg-3', 'vpc-2'), groupOf(OWN), naming('sg-2', 'vpc-1')];
    const [one] = releasedGroups(CLOUDS, regionOf({ securityGroups }), BY);
    expect(one?.steps[0]?.warning).toBe(
      'sg-own cannot be deleted while inbound rule sgr-1 of sg-2 (tcp 80) references it: remove that rule first',
    );
  });
});

describe('the deletion of a link', () => {
  const options = { reason: 'why', release: true, drainMs: 0 };
  const owned = { linkId: 'l-1', owned: true, securityGroupId: 'sg-own', entries: [], wider: [] };

  it('takes the group of its allowlist with it', () => {
    const region = regionOf({ links: [linkOf(OWN)], allowlists: [{ ...owned, linkId: 'l-0' }, owned] });
    const step = deleteLinkStep(region, linkOf(OWN), OWN, { ...options, timeoutMs: 7, drainMs: 9 });
    expect(step).toMatchObject({
      id: 'delete link orders (l-1)',
      kind: 'delete',
      resource: { type: 'link', name: 'orders', id: 'l-1' },
      reason: 'why; its name is orders',
      drainMs: 9,
      changes: [{ field: 'security group', from: 'sg-own' }],
    });
    expect(step).not.toHaveProperty('warning');
    expect(step.input).toEqual({
      linkRef: { kind: 'vpc-link-v2', id: 'l-1' },
      owner: OWN,
      release: { networkId: 'vpc-1' },
      going: undefined,
      timeoutMs: 7,
    });
  });

  it.each([
    ['the caller keeps it', { release: false }, owned],
    ['it is not managed', {}, { ...owned, owned: false }],
    ['there is none', {}, { ...owned, securityGroupId: undefined }],
    ['it is of another link', {}, { ...owned, linkId: 'l-2' }],
  ])('leaves the group where %s', (_, given, allowlist) => {
    const step = deleteLinkStep(regionOf({ allowlists: [allowlist] }), linkOf(OWN), OWN, { ...options, ...given });
    expect(step).not.toHaveProperty('changes');
    expect(step).not.toHaveProperty('drainMs');
    expect(step.input).not.toHaveProperty('release');
  });

  it('only awaits the end of one that is being deleted', () => {
    const step = deleteLinkStep(regionOf(), linkOf(OWN, { state: 'deleting' }), OWN, options);
    expect(step.input).toMatchObject({ going: true });
  });

  it('warns of a rule that names its group', () => {
    const rules = [{ ...rule, securityGroupId: 'sg-own' }];
    const securityGroups = [groupOf(OWN), groupOf(undefined, { id: 'sg-2', rules })];
    const step = deleteLinkStep(regionOf({ allowlists: [owned], securityGroups }), linkOf(OWN), OWN, options);
    expect(step.warning).toContain('inbound rule sgr-1 of sg-2');
  });
});

describe('an undeclared link is kept', () => {
  it('where its mark is not of the project, or was copied', () => {
    expect(keptBecause(linkOf(OWN), 'shop')).toBeUndefined();
    for (const link of [linkOf(FOREIGN), linkOf(OWN, { owner: { ...OWN, specHash: 'copied' } }), linkOf(undefined)])
      expect(keptBecause(link, 'shop')).toBe('carries the mark of this project in a changed form');
  });

  it('where it is protected', () => {
    expect(keptBecause(linkOf(OWN, { tags: { 'postern:protect': 'true' } }), 'shop')).toBe('is protected');
    expect(keptBecause(linkOf(OWN, { tags: { 'postern:protect': 'false' } }), 'shop')).toBeUndefined();
  });
});
