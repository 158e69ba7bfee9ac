import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { FIXED, newAccount, type Account } from './account.js';

/** A world with three of everything. */
async function threefold() {
  const account = newAccount();
  const names = ['a', 'b', 'c'];
  const balancers = names.map((name) => account.balancer(name));
  const groups = names.map((name) => account.targetGroup(name));
  const [first = {}] = balancers;
  const listeners = groups.map((group, index) => account.listener(first, group, { Port: 80 + index }));
  const certificates = [];
  for (const name of names) certificates.push(await account.certificate(`${name}.example.com`));
  const secure = account.listener(
    first,
    {},
    {
      Protocol: 'HTTPS',
      Port: 443,
      Certificates: [{ CertificateArn: certificates[0] }],
      DefaultActions: [FIXED],
    },
  );
  const extra = certificates.slice(1).map((CertificateArn) => ({ CertificateArn }));
  account.elb('AddListenerCertificates', { ListenerArn: secure['ListenerArn'], Certificates: extra });
  for (const [index, Values] of [['/a'], ['/b']].entries()) {
    const rule = { Priority: index + 1, Conditions: [{ Field: 'path-pattern', Values }], Actions: [FIXED] };
    account.elb('CreateRule', { ListenerArn: secure['ListenerArn'], ...rule });
  }
  return { ...account, account, balancers, groups, listeners, secure };
}

type World = Awaited<ReturnType<typeof threefold>>;

function all(account: Account, operation: string, input: object, member: string, PageSize?: number): any[] {
  const items: any[] = [];
  let Marker: string | undefined;
  do {
    const answer = account.elb(operation, { ...input, PageSize, Marker });
    if (PageSize !== undefined) expect(answer[member].length).toBeLessThanOrEqual(PageSize);
    items.push(...answer[member]);
    Marker = answer.NextMarker;
  } while (Marker !== undefined);
  return items;
}

const LISTS: [operation: string, member: string, least: number, input: (world: World) => object][] = [
  ['DescribeLoadBalancers', 'LoadBalancers', 3, () => ({})],
  ['DescribeListeners', 'Listeners', 4, ({ balancers }) => ({ LoadBalancerArn: balancers[0]?.['LoadBalancerArn'] })],
  ['DescribeRules', 'Rules', 3, ({ secure }) => ({ ListenerArn: secure['ListenerArn'] })],
  ['DescribeTargetGroups', 'TargetGroups', 3, () => ({})],
  ['DescribeListenerCertificates', 'Certificates', 3, ({ secure }) => ({ ListenerArn: secure['ListenerArn'] })],
];

describe('pages', () => {
  it.each(LISTS)('of one and of two items: %s', async (operation, member, least, input) => {
    const world = await threefold();
    const whole = all(world.account, operation, input(world), member);
    expect(whole.length).toBeGreaterThanOrEqual(least);
    expect(all(world.account, operation, input(world), member, 1)).toEqual(whole);
    expect(all(world.account, operation, input(world), member, 2)).toEqual(whole);
  });

  it.each(LISTS)('refuse an invalid marker and sizes out of bounds: %s', async (operation, _member, _least, input) => {
    const world = await threefold();
    for (const bad of [{ Marker: 'x' }, { PageSize: 0 }, { PageSize: 401 }]) {
      expect(world.account.refusal(operation, { ...input(world), ...bad })).toMatchObject({ code: 'ValidationError' });
    }
  });
});

describe('filters of a list', () => {
  const arns = (rows: readonly any[], member: string) => rows.map((row) => row[member]);
  it('load balancers: ARNs or names', async () => {
    const { account, balancers } = await threefold();
    const [, b, c] = arns(balancers, 'LoadBalancerArn');
    const read = (input: object) => arns(account.elb('DescribeLoadBalancers', input).LoadBalancers, 'LoadBalancerArn');
    expect(read({ LoadBalancerArns: [b, c] })).toEqual([b, c]);
    expect(read({ Names: ['b'] })).toEqual([b]);
    expect(account.refusal('DescribeLoadBalancers', { Names: ['b', 'z'] })?.message).toBe(
      "Load balancers '[z]' not found",
    );
    expect(account.refusal('DescribeLoadBalancers', { LoadBalancerArns: [b.replace('/b/', '/z/')] })).toMatchObject({
      code: 'LoadBalancerNotFound',
    });
    expect(account.refusal('DescribeLoadBalancers', { LoadBalancerArns: ['b'] })?.message).toBe(
      "'b' is not a valid load balancer ARN",
    );
    expect(account.refusal('DescribeLoadBalancers', { Names: Array(21).fill('b') })).toMatchObject({
      code: 'ValidationError',
    });
  });

  it('listeners: a load balancer or ARNs', async () => {
    const { account, listeners, balancers } = await threefold();
    const [, b] = arns(listeners, 'ListenerArn');
    expect(arns(account.elb('DescribeListeners', { ListenerArns: [b] }).Listeners, 'ListenerArn')).toEqual([b]);
    const other = account.elb('DescribeListeners', { LoadBalancerArn: balancers[1]?.['LoadBalancerArn'] });
    expect(other.Listeners).toEqual([]);
    expect(account.refusal('DescribeListeners')?.message).toBe(
      'You must specify either listener ARNs or a load balancer ARN',
    );
    expect(account.refusal('DescribeListeners', { ListenerArns: [b.replace('/a/', '/z/')] })).toMatchObject({
      code: 'ListenerNotFound',
    });
  });

  it('rules: a listener or ARNs', async () => {
    const { account, secure } = await threefold();
    const { Rules } = account.elb('DescribeRules', { ListenerArn: secure['ListenerArn'] });
    for (const rule of Rules) expect(account.elb('DescribeRules', { RuleArns: [rule.RuleArn] }).Rules).toEqual([rule]);
    expect(account.refusal('DescribeRules')?.message).toMatch(/either listener rule ARNs or a listener ARN/);
  });

  it('target groups: a load balancer, ARNs or names', async () => {
    const { account, groups, balancers } = await threefold();
    const [a, b] = arns(groups, 'TargetGroupArn');
    const read = (input: object) => arns(account.elb('DescribeTargetGroups', input).TargetGroups, 'TargetGroupArn');
    expect(read({ TargetGroupArns: [b] })).toEqual([b]);
    expect(read({ Names: ['a'] })).toEqual([a]);
    expect(read({ LoadBalancerArn: balancers[0]?.['LoadBalancerArn'] })).toHaveLength(3);
    expect(read({ LoadBalancerArn: balancers[1]?.['LoadBalancerArn'] })).toEqual([]);
    expect(account.refusal('DescribeTargetGroups', { Names: ['z'] })).toEqual({
      code: 'TargetGroupNotFound',
      message: 'One or more target groups not found',
      status: 400,
    });
    expect(account.refusal('DescribeTargetGroups', { Names: ['a'], TargetGroupArns: [a] })?.message).toMatch(
      /at the same time/,
    );
  });
});

describe('tags', () => {
  it('are added, replaced, listed and removed on every kind of resource', async () => {
    const { account, balancers, groups, listeners, secure } = await threefold();
    const rules = account.elb('DescribeRules', { ListenerArn: secure['ListenerArn'] }).Rules;
    const ResourceArns = [
      balancers[0]?.['LoadBalancerArn'],
      groups[0]?.['TargetGroupArn'],
      listeners[0]?.['ListenerArn'],
      rules[0].RuleArn,
      rules.at(-1).RuleArn, // a default rule
    ];
    account.elb('AddTags', { ResourceArns, Tags: [{ Key: 'a', Value: '1' }, { Key: 'b' }] });
    account.elb('AddTags', { ResourceArns, Tags: [{ Key: 'a', Value: '2' }] });
    const read = () => account.elb('DescribeTags', { ResourceArns }).TagDescriptions;
    const tags = [
      { Key: 'a', Value: '2' },
      { Key: 'b', Value: '' },
    ];
    expect(read()).toEqual(ResourceArns.map((ResourceArn) => ({ ResourceArn, Tags: tags })));
    account.elb('RemoveTags', { ResourceArns, TagKeys: ['b', 'none'] });
    expect(read()[3].Tags).toEqual(tags.slice(0, 1));
  });

  it('of what does not exist', () => {
    const account = newAccount();
    const { LoadBalancerArn } = account.balancer();
    const gone = [
      [LoadBalancerArn.replace('/orders/', '/x/'), 'LoadBalancerNotFound'],
      [
        account.listener(account.balancer(), account.targetGroup())['ListenerArn'].replace('/orders/', '/x/'),
        'ListenerNotFound',
      ],
      [account.targetGroup()['TargetGroupArn'].replace('/orders/', '/x/'), 'TargetGroupNotFound'],
      ['orders', 'ValidationError'],
    ];
    for (const [arn, code] of gone)
      expect(account.refusal('DescribeTags', { ResourceArns: [arn] })).toMatchObject({ code });
  });
});

answers('tags', newAccount)`
  are refused with wrong input
    targetGroup
    AddTags {ResourceArns: [$TargetGroupArn], Tags: [{Key: a}, {Key: a}]} !DuplicateTagKeys # a key twice
    AddTags {ResourceArns: [$TargetGroupArn], Tags: [{Key: aws:a}]} !ValidationError # AWS's own prefix
    # fifty-one
    AddTags {ResourceArns: [$TargetGroupArn], Tags: ${Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}` }))}}
      !TooManyTags
    AddTags {ResourceArns: [$TargetGroupArn], Tags: [{Key: a#b}]} !ValidationError # an invalid character
    AddTags {ResourceArns: [$TargetGroupArn], Tags: []} !ValidationError # none
    DescribeTags {ResourceArns: [$TargetGroupArn]} -> {TagDescriptions.0.Tags: []}
`;
