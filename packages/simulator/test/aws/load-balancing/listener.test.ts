import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { asObject, FIXED, forward, newAccount, type Account } from './account.js';

const POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

describe('a listener', () => {
  it('is returned as it was created, with the defaults of the service', () => {
    const account = newAccount();
    const balancer = account.balancer();
    const group = account.targetGroup();
    const listener = account.listener(balancer, group);
    expect(listener['ListenerArn']).toMatch(
      new RegExp(`^${balancer['LoadBalancerArn'].replace(':loadbalancer/', ':listener/')}/[0-9a-f]{16}$`),
    );
    const { Listeners } = account.elb('DescribeListeners', { LoadBalancerArn: balancer['LoadBalancerArn'] });
    expect(Listeners).toEqual([listener]);
    expect(listener).toMatchObject({
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [
        {
          ...forward(group),
          ForwardConfig: {
            TargetGroups: [{ TargetGroupArn: group['TargetGroupArn'], Weight: 1 }],
            TargetGroupStickinessConfig: { Enabled: false },
          },
        },
      ],
    });
    const { TargetGroups } = account.elb('DescribeTargetGroups', { LoadBalancerArn: balancer['LoadBalancerArn'] });
    expect(TargetGroups[0].LoadBalancerArns).toEqual([balancer['LoadBalancerArn']]);
  });

  it.each([
    ['TCP', 'UDP', undefined, 'they are different ports'],
    ['TCP', 'TCP_UDP', 'DuplicateListener', 'both take TCP'],
    ['UDP', 'TCP_UDP', 'DuplicateListener', 'both take UDP'],
  ])('%s and %s on one port: %s, since %s', (first, second, code, _why) => {
    const account = newAccount();
    const balancer = account.balancer('net', { Type: 'network' });
    const group = (Protocol: string) => account.targetGroup(Protocol.toLowerCase().replace('_', '-'), { Protocol });
    account.listener(balancer, group(first), { Protocol: first });
    const input = { LoadBalancerArn: balancer['LoadBalancerArn'], Port: 80, Protocol: second };
    const refusal = account.refusal('CreateListener', { ...input, DefaultActions: [forward(group(second))] });
    expect(refusal?.code).toBe(code);
  });
});

answers('a listener', newAccount)`
  is the same when it is created again, and another one on its port is refused
    balancer = balancer
    group = targetGroup
    listener [$balancer, $group]
    listener [$balancer, $group] -> {ListenerArn: $ListenerArn}
    CreateListener {LoadBalancerArn: $balancer.LoadBalancerArn, Protocol: HTTP, Port: 80, DefaultActions: [${FIXED}]}
      !400 DuplicateListener: A listener already exists on this port for this load balancer '$balancer.LoadBalancerArn'
  completes a redirect, and refuses one to itself
    balancer = balancer
    listener [$balancer, {}, {DefaultActions: [{Type: redirect, RedirectConfig: {StatusCode: HTTP_301,
      Protocol: HTTPS, Port: '443'}}]}]
      -> {DefaultActions.0.RedirectConfig=: {Protocol: HTTPS, Port: '443', Host: '#{host}', Path: '/#{path}',
      Query: '#{query}', StatusCode: HTTP_301}}
    ModifyListener {ListenerArn: $ListenerArn, DefaultActions: [{Type: redirect,
      RedirectConfig: {StatusCode: HTTP_301}}]} !InvalidLoadBalancerAction
`;

describe('protocols of listener and target group', () => {
  const fits: Record<string, string[]> = {
    HTTP: ['HTTP', 'HTTPS'],
    TCP: ['TCP', 'TCP_UDP'],
    TLS: ['TCP', 'TLS'],
    UDP: ['UDP', 'TCP_UDP'],
    TCP_UDP: ['TCP_UDP'],
  };
  const groups = ['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP'];
  const rows = Object.keys(fits).flatMap((listener) => groups.map((group) => [listener, group] as const));
  it.each(rows)('%s to %s', async (Protocol, groupProtocol) => {
    const account = newAccount();
    const Type = Protocol === 'HTTP' ? 'application' : 'network';
    const { LoadBalancerArn } = account.balancer('orders', { Type });
    const group = account.targetGroup('orders', { Protocol: groupProtocol });
    const Certificates = Protocol === 'TLS' ? [{ CertificateArn: await account.certificate() }] : undefined;
    const refusal = account.refusal('CreateListener', {
      LoadBalancerArn,
      Protocol,
      Port: 80,
      Certificates,
      DefaultActions: [forward(group)],
    });
    expect(refusal?.code).toBe(fits[Protocol]?.includes(groupProtocol) ? undefined : 'IncompatibleProtocols');
  });
});

describe('what a listener cannot be', () => {
  const cases: [why: string, code: string, message: RegExp, input: (account: Account) => Record<string, unknown>][] = [
    [
      'of a balancer that was deleted',
      'LoadBalancerNotFound',
      /not found/,
      (a) => ({ LoadBalancerArn: a.balancer('x')['LoadBalancerArn'].replace('/x/', '/y/') }),
    ],
    [
      'of an ARN of another kind',
      'ValidationError',
      /is not a valid load balancer ARN/,
      (a) => ({ LoadBalancerArn: a.targetGroup('x')['TargetGroupArn'] }),
    ],
    ['without a port', 'ValidationError', /A listener port must be specified/, () => ({ Port: undefined })],
    ['without a protocol', 'ValidationError', /A listener protocol must be specified/, () => ({ Protocol: undefined })],
    [
      'TCP on an ALB',
      'ValidationError',
      /Listener protocol 'TCP' must be one of 'HTTP, HTTPS'/,
      () => ({ Protocol: 'TCP' }),
    ],
    ['on port 0', 'ValidationError', /greater than or equal to 1/, () => ({ Port: 0 })],
    [
      'HTTPS without certificate',
      'ValidationError',
      /^A certificate must be specified for HTTPS listeners$/,
      () => ({ Protocol: 'HTTPS' }),
    ],
    [
      'HTTP with a policy',
      'ValidationError',
      /^An SSL policy cannot be specifed for HTTP listeners$/,
      () => ({ SslPolicy: POLICY }),
    ],
    [
      'with a certificate that does not exist',
      'CertificateNotFound',
      /not found/,
      () => ({
        Protocol: 'HTTPS',
        Certificates: [{ CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/none' }],
      }),
    ],
    ['without action', 'ValidationError', /At least one action/, () => ({ DefaultActions: [] })],
    [
      'with two final actions',
      'TooManyActions',
      /only one action/,
      () => ({
        DefaultActions: [
          { ...FIXED, Order: 1 },
          { ...FIXED, Order: 2 },
        ],
      }),
    ],
    [
      'with an unknown target group',
      'TargetGroupNotFound',
      /not found/,
      (a) => ({
        DefaultActions: [forward({ TargetGroupArn: a.targetGroup('x')['TargetGroupArn'].replace('/x/', '/y/') })],
      }),
    ],
    [
      "with another VPC's target group",
      'InvalidConfigurationRequest',
      /is in a different VPC than load balancer/,
      (a) => ({ DefaultActions: [forward(a.targetGroup('x', { VpcId: a.otherVpc().vpcId }))] }),
    ],
    [
      'with a target group of another balancer',
      'TargetGroupAssociationLimit',
      /cannot be associated with more than one load balancer/,
      (a) => {
        const group = a.targetGroup('x');
        a.listener(a.balancer('other'), group);
        return { DefaultActions: [forward(group)] };
      },
    ],
    [
      'with a log-in over HTTP',
      'InvalidLoadBalancerAction',
      /only on HTTPS/,
      () => ({
        DefaultActions: [
          { Type: 'jwt-validation', Order: 1, JwtValidationConfig: { JwksEndpoint: 'https://a.example', Issuer: 'a' } },
          { ...FIXED, Order: 2 },
        ],
      }),
    ],
    [
      'with an invalid response',
      'ValidationError',
      /regular expression/,
      () => ({ DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '301' } }] }),
    ],
  ];
  it.each(cases)('%s: %s', (_why, code, message, input) => {
    const account = newAccount();
    const { LoadBalancerArn } = account.balancer();
    const wanted = { LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions: [FIXED], ...input(account) };
    const refusal = account.refusal('CreateListener', wanted);
    expect(refusal).toMatchObject({ code, status: 400 });
    expect(refusal?.message).toMatch(message);
  });

  it('more than the quota, or forwarding to too many groups', () => {
    const account = newAccount({
      quotas: { 'listeners-per-application-load-balancer': 1, 'target-groups-per-application-action': 1 },
    });
    const balancer = account.balancer();
    account.listener(balancer, {}, { DefaultActions: [FIXED] });
    const input = { LoadBalancerArn: balancer['LoadBalancerArn'], Protocol: 'HTTP', Port: 81 };
    expect(account.refusal('CreateListener', { ...input, DefaultActions: [FIXED] })).toMatchObject({
      code: 'TooManyListeners',
    });
    const TargetGroups = ['a', 'b'].map((name) => ({ TargetGroupArn: account.targetGroup(name)['TargetGroupArn'] }));
    const both = { Type: 'forward', ForwardConfig: { TargetGroups } };
    expect(account.refusal('CreateListener', { ...input, DefaultActions: [both] })).toMatchObject({
      code: 'TooManyTargetGroups',
    });
  });
});

answers('certificates of listeners', newAccount)`
  one by default, others by server name; in use while a listener has them
    first = certificate a.example.com
    second = certificate b.example.com
    balancer = balancer
    listener [$balancer, {}, {Protocol: HTTPS, Port: 443, Certificates: [{CertificateArn: $first}],
      DefaultActions: [${FIXED}]}] -> {SslPolicy: ELBSecurityPolicy-2016-08, Certificates: [{CertificateArn: $first}]}
    AddListenerCertificates {ListenerArn: $ListenerArn, Certificates: [{CertificateArn: $second}]}
    DescribeListenerCertificates {ListenerArn: $ListenerArn}
      -> {Certificates=: [{CertificateArn: $first, IsDefault: true}, {CertificateArn: $second, IsDefault: false}]}
    refusalOf [acm, DeleteCertificate, {CertificateArn: $first}] -> {code: ResourceInUseException}
    acm:DescribeCertificate {CertificateArn: $first} -> {Certificate.InUseBy: [$balancer.LoadBalancerArn]}
    refusalOf [acm, DeleteCertificate, {CertificateArn: $second}] -> {code: ResourceInUseException}
    acm:DescribeCertificate {CertificateArn: $second} -> {Certificate.InUseBy: [$balancer.LoadBalancerArn]}
    RemoveListenerCertificates {ListenerArn: $ListenerArn, Certificates: [{CertificateArn: $first}]}
      !OperationNotPermitted
    RemoveListenerCertificates {ListenerArn: $ListenerArn, Certificates: [{CertificateArn: $second}]}
    DescribeListenerCertificates {ListenerArn: $ListenerArn} -> {Certificates.length: 1}
    acm:DeleteCertificate {CertificateArn: $second}
  not before they are issued
    acm:RequestCertificate {DomainName: a.example.com}
    balancer
    CreateListener {LoadBalancerArn: $LoadBalancerArn, Protocol: HTTPS, Port: 443, DefaultActions: [${FIXED}],
      Certificates: [{CertificateArn: $CertificateArn}]} !UnsupportedCertificate
  are removed when a listener stops using HTTPS
    CertificateArn = certificate
    balancer = balancer
    listener [$balancer, {}, {Protocol: HTTPS, Port: 443, Certificates: [{CertificateArn: $CertificateArn}],
      DefaultActions: [${FIXED}]}]
    ModifyListener {ListenerArn: $ListenerArn, Protocol: HTTP, Port: 80}
      -> {Listeners.0: {Protocol: HTTP, Port: 80}, Listeners.0.SslPolicy: absent}
    ModifyListener {ListenerArn: $ListenerArn, Protocol: HTTPS} !ValidationError /certificate must be specified/
`;

it.each([
  ['HTTP', 'routing.http.response.server.enabled', 'false', undefined],
  ['HTTP', 'tcp.idle_timeout.seconds', '100', 'InvalidConfigurationRequest'],
  ['HTTP', 'routing.http.request.x_amzn_tls_version.header_name', 'X-Tls', 'InvalidConfigurationRequest'],
  ['TCP', 'tcp.idle_timeout.seconds', '6000', undefined],
  ['TCP', 'tcp.idle_timeout.seconds', '59', 'ValidationError'],
  ['UDP', 'tcp.idle_timeout.seconds', '100', 'InvalidConfigurationRequest'],
  ['TCP', 'no.such', '1', 'ValidationError'],
])('changes of a listener: attribute of a listener of %s: %s = %s: %s', (Protocol, Key, Value, code) => {
  const account = newAccount();
  const Type = Protocol === 'HTTP' ? 'application' : 'network';
  const { ListenerArn } = account.listener(account.balancer('x', { Type }), account.targetGroup('x', { Protocol }), {
    Protocol,
  });
  const Attributes = [{ Key, Value }];
  expect(account.refusal('ModifyListenerAttributes', { ListenerArn, Attributes })?.code).toBe(code);
  const now = asObject(account.elb('DescribeListenerAttributes', { ListenerArn }).Attributes);
  expect(now[Key] === Value).toBe(code === undefined);
});

answers('changes of a listener', newAccount)`
  a change of one property keeps the others; a port in use is refused
    balancer = balancer
    group = targetGroup
    listener [$balancer, $group]
    listener [$balancer, {}, {Port: 81, DefaultActions: [${FIXED}]}]
    ModifyListener {ListenerArn: $ListenerArn, Port: 81} !DuplicateListener
    ModifyListener {ListenerArn: $ListenerArn, Port: 82}
      -> {Listeners.0: {Port: 82, Protocol: HTTP,
      DefaultActions: [{Type: forward, TargetGroupArn: $group.TargetGroupArn}]}}
    ModifyListener {ListenerArn: $ListenerArn, DefaultActions: [${FIXED}]}
    DeleteTargetGroup {TargetGroupArn: $group.TargetGroupArn} # no longer in use
`;
