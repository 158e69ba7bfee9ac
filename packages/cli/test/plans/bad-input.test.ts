import { plans } from '@postern/aws/plans';
import { judgeTerraform, readChangeSet, readPulumi, readTerraform } from '@postern/core/internal/overlay';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../core/src/do/snapshot/snapshot.js';
import { MAX_PLAN_LENGTH } from '../../../core/src/overlay/declared/values.js';
import { EMPTY, id, planText, shop, type Modules, type Resource } from '../../../aws/test/plans/shop-plan.js';

const ADMITS = 'aws_vpc_security_group_ingress_rule.balancer';

const judged = (resources: readonly Resource[], modules: Modules = {}, more: object = {}, base: Snapshot = EMPTY) =>
  judgeTerraform(readTerraform(planText(resources, modules, more)), base, { plans: [plans], region: 'eu-west-1' });

const admits = (group: readonly string[]): Resource => ({
  address: ADMITS,
  after: { ip_protocol: 'tcp', from_port: 80, to_port: 80 },
  refs: { security_group_id: id('aws_security_group.balancer'), referenced_security_group_id: group },
});

it.each([
  ['plan', readTerraform],
  ['change set', readChangeSet],
  ['preview', readPulumi],
] as const)('a %s that is longer than one that is read is refused by its length alone', (_, read) => {
  // A text that V8 puts together when it is looked at: that would take seconds.
  const text = '{'.padEnd(MAX_PLAN_LENGTH + 1);
  expect(() => read(text, 'plan.json')).toThrow(
    expect.objectContaining({ code: 'INPUT_TOO_LARGE', place: { file: 'plan.json' } }),
  );
});

describe('a plan that is wrong, or of something else', () => {
  it('ends where modules name each other in a circle', () => {
    const inner: Resource = { address: 'module.a.aws_security_group.unused', after: { name: 'unused' }, refs: {} };
    const { integrations } = judged([...shop(admits(['module.a.group', 'module.a'])), inner], {
      a: { inputs: { group: ['module.a.group', 'module.a'] }, outputs: { group: ['var.group'] } },
    });
    expect(integrations).toMatchObject([{ after: 'unknown' }]);
  });

  it('says that the snapshot is older', () => {
    expect(judged(shop(), {}, { timestamp: '2026-06-02T00:00:00Z' }).notes.join()).toContain('is older than the plan');
    expect(judged(shop(), {}, { timestamp: '2026-05-02T00:00:00Z' }).notes.join()).not.toContain('older');
  });

  it('is not laid over the region of another account', () => {
    const arn = 'arn:aws:elasticloadbalancing:eu-west-1:999988887777:loadbalancer/app/old/1234567890123456';
    const own: Resource = {
      address: 'aws_lb.old',
      actions: ['no-op'],
      before: { arn, name: 'old' },
      after: { arn, name: 'old' },
    };
    const base: Snapshot = {
      ...EMPTY,
      regions: EMPTY.regions.map((one) => ({ ...one, networks: [{ id: 'vpc-1', cidrBlocks: [], tags: {} }] as never })),
    };
    expect(judged([...shop(), own], {}, {}, base).notes.join()).toContain('of another account');
  });

  it('proves nothing where `for_each` is not known yet', () => {
    const more = { complete: false, deferred_changes: [{ reason: 'instance_count_unknown', resource_change: {} }] };
    expect(judged(shop(), {}, more).integrations).toMatchObject([
      { after: 'unknown', because: 'the plan defers 1 changes' },
    ]);
  });
});
