import { plans } from '@postern/aws/plans';
import { judgeTerraform, readTerraform } from '@postern/core/internal/overlay';
import { describe, expect, it } from 'vitest';
import { EMPTY, id, planText, shop, type Resource } from './shop-plan.js';

const judged = (resources: readonly Resource[]) =>
  judgeTerraform(readTerraform(planText(resources)), EMPTY, { plans: [plans], region: 'eu-west-1' });

/** What a local value can name besides what it does name. */
const OTHERS: readonly Resource[] = [
  { address: 'aws_vpc.other', after: { cidr_block: '10.9.0.0/16' } },
  { address: 'aws_security_group.other', after: { name: 'other' }, refs: { vpc_id: id('aws_vpc.shop') } },
  {
    address: 'aws_lb_target_group.other',
    after: { name: 'other', port: 80, protocol: 'HTTP', target_type: 'ip' },
    refs: { vpc_id: id('aws_vpc.shop') },
  },
];

/** Plans whose verdict is known, and what breaks them. */
const PLANS: readonly (readonly [what: string, verdict: string, resources: readonly Resource[]])[] = [
  ['works', 'pass', shop()],
  ...['balancer', 'link', 'backend'].map((one): (typeof PLANS)[number] => [
    `lacks the rule of the ${one}`,
    'fail',
    shop().filter(({ address }) => !new RegExp(`_gress_rule\\.${one}$|gress_rule\\.${one}$`).test(address)),
  ]),
  ['lacks the target', 'fail', shop().filter(({ address }) => !address.includes('attachment'))],
];

describe.each(PLANS)('a plan that %s', (_, verdict, resources) => {
  const after = (all: readonly Resource[]) => judged(all).integrations.map((one) => one.after);
  const open = resources.flatMap((one) =>
    Object.keys(one.refs ?? {}).map((name): [string, readonly Resource[]] => [
      `${one.address}.${name}`,
      resources.map((each) => (each === one ? { ...each, refs: { ...each.refs, [name]: ['local.any'] } } : each)),
    ]),
  );

  it(`is ${verdict}`, () => {
    expect(after(resources)).toEqual([verdict]);
  });

  it('has never the opposite verdict where a reference is in a local value', () => {
    const opposite = verdict === 'pass' ? 'fail' : 'pass';
    const wrong = open.filter(([, all]) => after(all).includes(opposite as never)).map(([name]) => name);
    const alone = open
      .filter(([, all]) => after([...all, ...OTHERS]).includes(opposite as never))
      .map(([name]) => name);
    expect({ wrong, alone }).toEqual({ wrong: [], alone: [] });
  });

  it('keeps its verdict for most of them, where the module has nothing else that it can name', () => {
    const kept = open.filter(([, all]) => after(all).join() === verdict);
    expect(kept.length / open.length).toBeGreaterThan(0.6);
  });
});
