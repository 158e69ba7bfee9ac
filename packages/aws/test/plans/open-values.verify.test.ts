import { describe, expect, it } from 'vitest';
import { judged } from './judged-plan.js';
import { id, shop, type Resource } from './shop-plan.js';

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
  [
    'lacks the rule of the balancer',
    'fail',
    shop({ address: 'aws_vpc_security_group_ingress_rule.balancer', actions: ['none'] }),
  ],
];

describe.each(PLANS)('a plan that %s', (_, verdict, resources) => {
  const after = async (all: readonly Resource[]): Promise<string> =>
    (await judged(all)).integrations.map((one) => one.after).join();

  it('keeps its verdict or has none where a reference is in a local value', async () => {
    expect(await after(resources)).toBe(verdict);
    const found = { [verdict]: 0, unknown: 0 };
    for (const one of resources)
      for (const name of Object.keys(one.refs ?? {})) {
        const all = resources.map((each) =>
          each === one ? { ...each, refs: { ...each.refs, [name]: ['local.any'] } } : each,
        );
        const own = await after(all);
        expect([verdict, 'unknown'], `${one.address}.${name}`).toContain(own);
        found[own] = (found[own] ?? 0) + 1;
        if (own === verdict)
          expect([verdict, 'unknown'], `${one.address}.${name}, with others`).toContain(
            await after([...all, ...OTHERS]),
          );
      }
    expect(found[verdict]).toBeGreaterThan(found['unknown'] ?? 0);
  });
});
