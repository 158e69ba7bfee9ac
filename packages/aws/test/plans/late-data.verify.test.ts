import { plans } from '@postern/aws/plans';
import { judgeTerraform, readTerraform } from '@postern/core/overlay';
import { describe, expect, it } from 'vitest';
import { EMPTY, id, planText, shop, type Resource } from './shop-plan.js';

const VPC = id('aws_vpc.shop');

/** The verdict, and what is said where there is none. */
function judged(...changed: readonly Resource[]): string {
  return verdictOf(planText(shop(...changed)));
}

function verdictOf(text: string): string {
  const document = readTerraform(text);
  const { integrations, findings } = judgeTerraform(document, EMPTY, { plans: [plans], region: 'eu-west-1' });
  const verdicts = integrations.map(({ after }) => after);
  return [...verdicts, ...(verdicts.includes('unknown') ? findings.map(({ message }) => message) : [])].join(' ');
}

/** A part of the shop with other references. */
function withRefs(address: string, refs: NonNullable<Resource['refs']>, more: Partial<Resource> = {}): Resource {
  const own = shop().find((one) => one.address === address);
  return { address, ...own, ...more, refs: { ...own?.refs, ...refs } };
}

/** Subnets that are read during the apply: all of a network, or what more filters leave. */
function subnets(network: readonly string[], filters: readonly object[] = [], more: Partial<Resource> = {}): Resource {
  return {
    address: 'data.aws_subnets.all',
    after: { filter: [...filters, { name: 'vpc-id', values: [null] }] },
    refs: Object.fromEntries([[`filter.${filters.length}.values`, network]]),
    unknown: { id: true, ids: true },
    dependsOn: ['aws_subnet.a', 'aws_subnet.b'],
    ...more,
  };
}

/** Link and balancer in the subnets that were found. */
const inFound: readonly Resource[] = ['aws_lb.shop', 'aws_apigatewayv2_vpc_link.shop'].map((address) => {
  const own = shop().find((one) => one.address === address);
  const name = address === 'aws_lb.shop' ? 'subnets' : 'subnet_ids';
  const { [name]: _, ...after } = own?.after ?? {};
  return withRefs(address, { [name]: ['data.aws_subnets.all.ids', 'data.aws_subnets.all'] }, { after });
});

/** The balancer does not allow the port of its listener. */
const closed = withRefs(
  'aws_vpc_security_group_ingress_rule.balancer',
  {},
  { after: { ip_protocol: 'tcp', from_port: 8000, to_port: 8000 } },
);

describe('subnets of a network that the plan creates', () => {
  it('are those that the plan creates in it', () => {
    expect(judged(subnets(VPC), ...inFound)).toBe('pass');
    expect(judged(subnets(VPC), ...inFound, closed)).toBe('fail');
  });

  it('may be fewer without depends_on', () => {
    const early = subnets(VPC, [], { dependsOn: [] });
    expect(judged(early, ...inFound)).toMatch(/^unknown/);
  });

  it('are not known where something else creates some in it', () => {
    const stack: Resource = { address: 'aws_cloudformation_stack.more', after: { name: 'more' } };
    expect(judged(subnets(VPC), ...inFound, stack)).toMatch(/^unknown .*data\.aws_subnets\.all is read during/);
  });

  it('are not those of another network', () => {
    const other: readonly Resource[] = [
      { address: 'aws_vpc.other', after: { cidr_block: '10.9.0.0/16' } },
      {
        address: 'aws_subnet.other',
        after: { cidr_block: '10.9.0.0/24', availability_zone: 'eu-west-1a' },
        refs: { vpc_id: id('aws_vpc.other') },
      },
    ];
    expect(judged(subnets(VPC), ...inFound, ...other)).toBe('pass');
    expect(judged(subnets(id('aws_vpc.other')), ...inFound, ...other)).not.toBe('pass');
  });

  it('are not known in a network that exists', () => {
    const given = subnets(VPC, [], { after: { filter: [{ name: 'vpc-id', values: ['vpc-0a1b'] }] }, refs: {} });
    expect(judged(given, ...inFound)).toMatch(/^unknown .*is read during the apply/);
  });
});

describe('a group that is found by its name', () => {
  const found = (name: string, more: Partial<Resource> = {}): Resource => ({
    address: 'data.aws_security_group.found',
    after: { name },
    refs: { vpc_id: VPC },
    unknown: { id: true, arn: true },
    dependsOn: ['aws_security_group.balancer', 'aws_security_group.link'],
    ...more,
  });
  const balancer = withRefs('aws_lb.shop', { security_groups: id('data.aws_security_group.found') });

  it('is the one that the plan creates', () => {
    expect(judged(found('balancer'), balancer)).toBe('pass');
    expect(judged(found('balancer'), balancer, closed)).toBe('fail');
    expect(judged(found('link'), balancer)).toBe('fail');
  });

  it('is the default group of a new network, which admits its own members alone', () => {
    expect(judged(found('default'), balancer)).toBe('fail');
  });

  it('is not known where it may be read before the group exists', () => {
    const early = judged(found('balancer', { dependsOn: [] }), balancer);
    expect(early).toMatch(/^unknown .*may be before aws_security_group\.balancer exists: write depends_on/);
  });

  it('is not known where nothing has the name', () => {
    expect(judged(found('others'), balancer)).toMatch(/^unknown .*nothing that the plan creates is found by it/);
  });
});

it('takes from a subnet that is found by its ID what it has', () => {
  const subnet: Resource = {
    address: 'data.aws_subnet.own',
    after: {},
    refs: { id: id('aws_subnet.a') },
    unknown: { vpc_id: true, cidr_block: true },
  };
  const group = withRefs('aws_security_group.balancer', { vpc_id: id('data.aws_subnet.own', 'vpc_id') });
  expect(judged(subnet, group)).toBe('pass');
  expect(judged(subnet, group, closed)).toBe('fail');
});

it('takes a load balancer in another region for no certain one', () => {
  const found: Resource = {
    address: 'data.aws_lb.found',
    after: { name: 'shop' },
    unknown: { id: true, arn: true },
    dependsOn: ['aws_lb.shop'],
  };
  const listener = withRefs('aws_lb_listener.shop', { load_balancer_arn: id('data.aws_lb.found', 'arn') });
  expect(judged(found, listener)).toBe('pass');
  expect(judged({ ...found, provider: 'aws.west' }, listener)).toMatch(/^unknown/);
});

// Resources have the region of their provider in the plan, data sources when they are read.
it.each([
  ['finds what is in the region of its provider', {}, {}, 'pass'],
  ['finds what is in the region that it is given', { region: 'eu-west-1' }, {}, 'pass'],
  ['finds nothing for certain in another region', { region: 'eu-west-2' }, {}, 'unknown'],
  ['finds nothing for certain in a region that is not known', {}, { region: ['var.region'] }, 'unknown'],
])('with version 6 of the provider it %s', (_, after, refs, verdict) => {
  const found: Resource = {
    address: 'data.aws_lb.found',
    after: { name: 'shop', ...after },
    refs,
    unknown: { id: true, arn: true, ...('region' in after ? {} : { region: true }) },
    dependsOn: ['aws_lb.shop'],
  };
  const listener = withRefs('aws_lb_listener.shop', { load_balancer_arn: id('data.aws_lb.found', 'arn') });
  const six = JSON.parse(planText(shop(found, listener))) as {
    readonly resource_changes: readonly { readonly mode: string; readonly change: { after: object } }[];
  };
  for (const { mode, change } of six.resource_changes)
    if (mode === 'managed') change.after = { ...change.after, region: 'eu-west-1' };
  expect(verdictOf(JSON.stringify(six))).toMatch(new RegExp(`^${verdict}`));
});
