import { expect, it } from 'vitest';
import { judged } from './judged-plan.js';
import { id, shop, type Modules, type Resource } from './shop-plan.js';

/** The groups of the balancer are given by a reference. Without any it would have the default group, which admits nothing. */
async function verdictWith(references: readonly string[], modules: Modules = {}, more: object = {}): Promise<string> {
  const balancer = shop().find(({ address }) => address === 'aws_lb.shop');
  const resources: readonly Resource[] = shop(
    {
      address: 'aws_lb.shop',
      ...balancer,
      refs: { ...balancer?.refs, security_groups: references },
    },
    { address: 'aws_default_security_group.shop', after: {}, refs: { vpc_id: id('aws_vpc.shop') } },
  );
  const { integrations, findings } = await judged(resources, { modules, more });
  const verdicts = integrations.map(({ after }) => after);
  return [...verdicts, ...(verdicts.includes('unknown') ? findings.map(({ message }) => message) : [])].join(' ');
}

it('takes a null for the groups that the provider chooses', async () => {
  expect(await verdictWith(['var.none'], {}, { variables: { none: { value: null } } })).toMatch(/^fail/);
});

it.each([
  ['a variable that the plan does not have', {}],
  ['an ephemeral one, whose value is left out', { variables: { group: {} } }],
])('does not take %s for a null', async (_, more) => {
  expect(await verdictWith(['var.group'], {}, more)).toMatch(/^unknown .*var\.group has no value in the plan/);
});

it('follows the outputs of a module that has no resources', async () => {
  const context: Modules = {
    context: { inputs: { group: id('aws_security_group.balancer') }, outputs: { group: ['var.group'] } },
  };
  expect(await verdictWith(['module.context.group', 'module.context'], context)).toBe('pass');
});

it('does not take what such a module is given without a value for a null', async () => {
  const context: Modules = { context: { inputs: { group: ['var.group'] }, outputs: { group: ['var.group'] } } };
  expect(await verdictWith(['module.context.group', 'module.context'], context)).toMatch(
    /^unknown .*var\.group has no value/,
  );
});

it('does not take a value behind a flag for the one that there is', async () => {
  const flag = { variables: { own: { value: false } } };
  expect(await verdictWith(['var.own', ...id('aws_security_group.balancer')], {}, flag)).toMatch(
    /^unknown .*it depends on which/,
  );
});
