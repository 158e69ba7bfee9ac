import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { FIXED, forward, newAccount, type Account } from './account.js';

const PATH = { Field: 'path-pattern', PathPatternConfig: { Values: ['/orders/*'] } };

function withListener(account: Account = newAccount()) {
  const balancer = account.balancer();
  const { ListenerArn } = account.listener(balancer, {}, { DefaultActions: [FIXED] });
  const rule = (Priority: number, input: object = {}): any =>
    account.elb('CreateRule', { ListenerArn, Priority, Conditions: [PATH], Actions: [FIXED], ...input }).Rules[0];
  const list = (): any[] => account.elb('DescribeRules', { ListenerArn }).Rules;
  return { ...account, account, balancer, ListenerArn, rule, list };
}

describe('rules', () => {
  it('are listed by priority, the default rule last', () => {
    const { rule, list, ListenerArn } = withListener();
    rule(20);
    const first = rule(10);
    expect(list().map(({ Priority, IsDefault }) => [Priority, IsDefault])).toEqual([
      ['10', false],
      ['20', false],
      ['default', true],
    ]);
    expect(first.RuleArn).toMatch(new RegExp(`^${ListenerArn.replace(':listener/', ':listener-rule/')}/[0-9a-f]{16}$`));
    expect(first.Conditions).toEqual([{ ...PATH, Values: ['/orders/*'] }]);
  });

  it('change priorities all at once', () => {
    const { account, rule, list } = withListener();
    const [a, b, c] = [rule(1), rule(2), rule(3)];
    const swap = [
      { RuleArn: a.RuleArn, Priority: 2 },
      { RuleArn: b.RuleArn, Priority: 1 },
    ];
    account.elb('SetRulePriorities', { RulePriorities: swap });
    expect(
      list()
        .map(({ RuleArn }) => RuleArn)
        .slice(0, 2),
    ).toEqual([b.RuleArn, a.RuleArn]);
    expect(account.refusal('SetRulePriorities', { RulePriorities: [{ RuleArn: a.RuleArn, Priority: 3 }] })).toEqual({
      code: 'PriorityInUse',
      message: "Priority '3' is currently in use",
      status: 400,
    });
    expect(c.Priority).toBe('3');
  });

  it('are changed and deleted, but not the default one', () => {
    const { account, rule, list } = withListener();
    const { RuleArn } = rule(1);
    const group = account.targetGroup();
    const [changed] = account.elb('ModifyRule', { RuleArn, Actions: [forward(group)] }).Rules;
    expect(changed).toMatchObject({ Actions: [forward(group)], Conditions: [PATH] });
    expect(account.refusal('ModifyRule', { RuleArn })?.message).toBe('Either conditions or actions must be specified');
    const last = list().at(-1).RuleArn;
    expect(account.refusal('DeleteRule', { RuleArn: last })).toMatchObject({ code: 'OperationNotPermitted' });
    expect(account.refusal('DeleteTargetGroup', { TargetGroupArn: group['TargetGroupArn'] })).toMatchObject({
      code: 'ResourceInUse',
    });
    account.elb('DeleteRule', { RuleArn });
    expect(account.refusal('DeleteRule', { RuleArn })).toMatchObject({ code: 'RuleNotFound' });
    account.elb('DeleteTargetGroup', { TargetGroupArn: group['TargetGroupArn'] });
  });

  it('belong to application load balancers only, and are counted', () => {
    const { account, rule } = withListener(newAccount({ quotas: { 'rules-per-application-load-balancer': 1 } }));
    rule(1);
    expect(() => rule(2)).toThrow(expect.objectContaining({ code: 'TooManyRules' }));
    const group = account.targetGroup('tcp', { Protocol: 'TCP' });
    const { ListenerArn } = account.listener(account.balancer('net', { Type: 'network' }), group);
    const input = { ListenerArn, Priority: 1, Conditions: [PATH], Actions: [forward(group)] };
    expect(account.refusal('CreateRule', input)).toMatchObject({ code: 'UnsupportedProtocol' });
  });
});

answers('rules', withListener)`
  rewrite requests by transforms, until these are reset
    rule [1, {Transforms: [{Type: url-rewrite, UrlRewriteConfig: {Rewrites: [{Regex: ^/a, Replace: /b}]}}]}]
      -> {Transforms=: [{Type: url-rewrite, UrlRewriteConfig: {Rewrites: [{Regex: ^/a, Replace: /b}]}}]}
    ModifyRule {RuleArn: $RuleArn, ResetTransforms: true} -> {Rules.0.Transforms: absent}
`;

describe('rules of a dual-stack network load balancer', () => {
  /** Its listener for TCP, and two groups. */
  function dualStack() {
    const account = newAccount();
    const { VpcId, Ipv6CidrBlockAssociationSet } = account.ec2('CreateVpc', {
      CidrBlock: '10.0.0.0/16',
      AmazonProvidedIpv6CidrBlock: true,
    }).Vpc;
    const prefix: string = Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock.replace('00::/56', '');
    const Subnets = ['a', 'b'].map(
      (zone, index): string =>
        account.ec2('CreateSubnet', {
          VpcId,
          CidrBlock: `10.0.${index}.0/24`,
          Ipv6CidrBlock: `${prefix}0${index}::/64`,
          AvailabilityZone: `eu-west-1${zone}`,
        }).Subnet.SubnetId,
    );
    const [one, other] = ['one', 'other'].map((name) => account.targetGroup(name, { Protocol: 'TCP', VpcId }));
    const balancer = account.balancer('net', { Type: 'network', IpAddressType: 'dualstack', Subnets });
    const { ListenerArn } = account.listener(balancer, one!);
    const input = (SourceIpConfig: object, Priority = 1) => ({
      ListenerArn,
      Priority,
      Conditions: [{ Field: 'source-ip', SourceIpConfig }],
      Actions: [forward(other!)],
    });
    return { account, input, ListenerArn };
  }

  it('have a family of addresses as their condition', () => {
    const { account, input, ListenerArn } = dualStack();
    const [rule] = account.elb('CreateRule', input({ IpAddressType: 'ipv4' })).Rules;
    expect(rule.Conditions).toEqual([{ Field: 'source-ip', SourceIpConfig: { IpAddressType: 'ipv4' } }]);
    expect(account.elb('DescribeRules', { ListenerArn }).Rules).toMatchObject([{ Priority: '1' }, { IsDefault: true }]);
  });

  it.each([
    ['blocks', { Values: ['10.0.0.0/8'] }, /An 'IpAddressType' must be specified/],
    ['an unknown family', { IpAddressType: 'ipx' }, /'ipx' must be one of/],
  ])('cannot have %s', (_, config, message) => {
    const { account, input } = dualStack();
    expect(account.refusal('CreateRule', input(config))).toMatchObject({
      code: 'ValidationError',
      message: expect.stringMatching(message),
    });
  });

  it('cannot look at paths', () => {
    const { account, input } = dualStack();
    const { Conditions: _, ...rest } = input({});
    expect(account.refusal('CreateRule', { ...rest, Conditions: [PATH] })?.message).toMatch(
      /must be one of 'source-ip'/,
    );
  });
});

describe('what a rule cannot be', () => {
  const header = (HttpHeaderName: string) => [
    { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName, Values: ['a'] } },
  ];
  const paths = (count: number, text = '/a') => [
    {
      Field: 'path-pattern',
      PathPatternConfig: { Values: Array.from({ length: count }, (_, index) => `${text}${index}`) },
    },
  ];
  it.each([
    ['without conditions', { Conditions: [] }, 'ValidationError', /A condition must be specified/],
    [
      'of an unknown field',
      { Conditions: [{ Field: 'colour', Values: ['red'] }] },
      'ValidationError',
      /'colour' must be one of/,
    ],
    [
      "with another field's config",
      { Conditions: [{ Field: 'source-ip', Values: ['10.0.0.0/8'] }] },
      'ValidationError',
      /'Values' field is not compatible/,
    ],
    ['with a value both ways', { Conditions: [{ ...PATH, Values: ['/x'] }] }, 'ValidationError', /cannot provide both/],
    [
      'with two plain values',
      { Conditions: [{ Field: 'host-header', Values: ['a', 'b'] }] },
      'ValidationError',
      /the limit is '1'/,
    ],
    [
      'with no value',
      { Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: [] } }] },
      'ValidationError',
      /value must be specified/,
    ],
    [
      'with a config missing',
      { Conditions: [{ Field: 'query-string' }] },
      'ValidationError',
      /A 'QueryStringConfig' must be specified/,
    ],
    ['on the Host header', { Conditions: header('Host') }, 'ValidationError', /cannot specify 'host'/],
    ['on a header name too long', { Conditions: header('x'.repeat(41)) }, 'ValidationError', /too long/],
    [
      'on a method in lower case',
      { Conditions: [{ Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['get'] } }] },
      'ValidationError',
      /not valid/,
    ],
    [
      'on something that is not a block',
      { Conditions: [{ Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.1'] } }] },
      'ValidationError',
      /'10.0.0.1' is not a valid CIDR block/,
    ],
    [
      'on a family of addresses',
      { Conditions: [{ Field: 'source-ip', SourceIpConfig: { IpAddressType: 'ipv4' } }] },
      'ValidationError',
      /only for network load balancers/,
    ],
    ['on a value too long', { Conditions: paths(1, 'x'.repeat(128)) }, 'ValidationError', /more than 128 characters/],
    ['with six values', { Conditions: paths(6) }, 'ValidationError', /'5' condition values/],
    ['with six wildcards', { Conditions: paths(2, '/*?*') }, 'ValidationError', /'5' condition wildcards/],
    [
      'with one field twice',
      { Conditions: [PATH, ...paths(1)] },
      'ValidationError',
      /only have one 'path-pattern' condition/,
    ],
    ['of priority 50001', { Priority: 50_001 }, 'ValidationError', /less than or equal to 50000/],
    ['of a priority in use', { Priority: 7 }, 'PriorityInUse', /'7' is currently in use/],
    [
      'with two transforms of one type',
      {
        Transforms: [
          { Type: 'url-rewrite', UrlRewriteConfig: {} },
          { Type: 'url-rewrite', UrlRewriteConfig: {} },
        ],
      },
      'ValidationError',
      /one 'url-rewrite' transform/,
    ],
  ])('%s', (_why, input, code, message) => {
    const { account, rule, ListenerArn } = withListener();
    rule(7);
    const refusal = account.refusal('CreateRule', {
      ListenerArn,
      Priority: 1,
      Conditions: [PATH],
      Actions: [FIXED],
      ...input,
    });
    expect(refusal).toMatchObject({ code });
    expect(refusal?.message).toMatch(message);
  });

  it.each([
    ['host', { Field: 'host-header', Values: ['*.example.com'] }],
    ['header', { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'x-canary', Values: ['yes'] } }],
    ['query', { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'a', Value: 'b' }, { Value: 'c' }] } }],
    ['source', { Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.0/8', '2001:db8::/32'] } }],
    ['regular expression', { Field: 'path-pattern', RegexValues: ['^/v[12]/'] }],
  ])('but one by %s is accepted', (_kind, condition) => {
    expect(withListener().rule(1, { Conditions: [condition] }).Conditions[0]).toMatchObject(condition);
  });
});

it('weights of a forward action: are kept, with a maximum', () => {
  const { account, rule } = withListener();
  const [a, b] = ['a', 'b'].map((name) => account.targetGroup(name)['TargetGroupArn'] as string);
  const action = (Weight: number) => ({
    Type: 'forward',
    ForwardConfig: {
      TargetGroups: [{ TargetGroupArn: a, Weight }, { TargetGroupArn: b }],
      TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 60 },
    },
  });
  const [made] = rule(1, { Actions: [action(900)] }).Actions;
  expect(made.TargetGroupArn).toBeUndefined();
  expect(made.ForwardConfig.TargetGroups.map(({ Weight }: any) => Weight)).toEqual([900, 1]);
  expect(() => rule(2, { Actions: [action(1000)] })).toThrow(/between '0-999'/);
});
