import { describe, expect, it } from 'vitest';
import { matchingRule } from '../../../src/alibaba/slb/rules.js';
import type { ListenerRow, ListenerRuleRow } from '../../../src/alibaba/slb/state.js';
import { LEAF, PLAIN } from '../../aws/acm/pem.js';
import { account, idOf, refusal, smallNetwork } from '../ecs/account.js';

/** A load balancer with an HTTP and an HTTPS listener, and a vServer group. */
function balanced() {
  const cloud = account();
  const { j } = smallNetwork(cloud);
  const balancer = () =>
    idOf(cloud.slb('CreateLoadBalancer', { AddressType: 'intranet', VSwitchId: j }), 'LoadBalancerId');
  const LoadBalancerId = balancer();
  const at = { LoadBalancerId, ListenerPort: 80 };
  const secure = { LoadBalancerId, ListenerPort: 443 };
  cloud.slb('CreateLoadBalancerHTTPListener', { ...at, BackendServerPort: 80 });
  cloud.slb('CreateLoadBalancerHTTPSListener', { ...secure, BackendServerPort: 80, ServerCertificateId: 'cert-1' });
  const group = (id = LoadBalancerId) =>
    idOf(cloud.slb('CreateVServerGroup', { LoadBalancerId: id }), 'VServerGroupId');
  const VServerGroupId = group();
  const create = (...rules: readonly object[]) => {
    const RuleList = JSON.stringify(rules.map((rule) => ({ RuleName: 'r', VServerGroupId, ...rule })));
    const { Rules } = cloud.slb('CreateRules', { ...at, RuleList }) as { Rules?: { Rule: { RuleId: string }[] } };
    return Rules?.Rule.map(({ RuleId }) => RuleId) ?? [];
  };
  return { cloud, at, secure, VServerGroupId, create, group, balancer };
}

describe('rules of listeners', () => {
  it('are made, described and deleted, and keep their vServer group', () => {
    const { cloud, at, VServerGroupId, create } = balanced();
    const [first = '', second = ''] = create({ Domain: 'A.example.com' }, { Domain: '*.example.com', Url: '/cache' });
    expect(first).toMatch(/^rule-bp1\w{17}$/);
    expect(cloud.slb('DescribeRules', at)).toMatchObject({
      Rules: {
        Rule: [
          { RuleId: first, Domain: 'a.example.com', Url: '', VServerGroupId },
          { RuleId: second, Url: '/cache' },
        ],
      },
    });
    expect(() => cloud.slb('DeleteVServerGroup', { VServerGroupId })).toThrow(refusal('RspoolVipExist'));
    cloud.slb('DeleteRules', { RuleIds: JSON.stringify([first, second]) });
    cloud.slb('DeleteVServerGroup', { VServerGroupId });
  });

  it.each([
    ['neither domain nor path', {}],
    ['a path of a slash', { Url: '/' }],
    ['a path without a slash', { Url: 'cache' }],
    ['a domain that is none', { Domain: 'a b' }],
    ['a domain and path that have a rule', { Domain: 'www.example.com' }],
    ['an unknown vServer group', { Domain: 'x.example.com', VServerGroupId: 'rsp-none' }],
    ['no name', { Domain: 'x.example.com', RuleName: '' }],
  ])('are refused: %s', (_, rule) => {
    const { create, cloud, at } = balanced();
    create({ Domain: 'www.example.com' });
    expect(() => create({ Domain: 'fine.example.com' }, rule)).toThrow(refusal('InvalidParameter'));
    expect((cloud.slb('DescribeRules', at) as { Rules?: { Rule: object[] } }).Rules?.Rule).toHaveLength(1);
  });

  it.each([
    ['www.example.com', '/', 'exact'],
    ['WWW.example.com:8080', '/cache/x?a=1', 'exact-cache'],
    ['shop.example.com', '/cache', 'wildcard'],
    ['other.org', '/cache/x', 'cache'],
    ['other.org', '/cache/deep/x', 'deep'],
    ['other.org', '/', undefined],
  ])('decide for %s%s: %s', (host, path, id) => {
    const rule = (RuleId: string, Domain: string, Url: string) => ({ RuleId, Domain, Url }) as ListenerRuleRow;
    const rules: readonly ListenerRuleRow[] = [
      rule('cache', '', '/cache'),
      rule('deep', '', '/cache/deep'),
      rule('wildcard', '*.example.com', ''),
      rule('exact', 'www.example.com', ''),
      rule('exact-cache', 'www.example.com', '/cache'),
    ];
    expect(matchingRule({ rules } as unknown as ListenerRow, { host, path })?.RuleId).toBe(id);
  });
});

describe('certificates of CLB', () => {
  const upload = { ServerCertificate: LEAF.certificate, PrivateKey: LEAF.key };

  it('are uploaded, used by a listener and deleted', () => {
    const { cloud, secure } = balanced();
    const uploaded = cloud.slb('UploadServerCertificate', { ...upload, ServerCertificateName: 'orders' });
    const ServerCertificateId = idOf(uploaded, 'ServerCertificateId');
    expect(uploaded).toMatchObject({
      CommonName: 'orders.internal',
      SubjectAlternativeNames: { SubjectAlternativeName: ['orders.internal', '*.orders.internal'] },
    });
    const world = JSON.stringify(cloud.sim.world());
    expect(world).not.toContain(LEAF.key.split('\n')[1]);
    expect(cloud.slb('DescribeServerCertificates', { ServerCertificateId })).toMatchObject({
      ServerCertificates: { ServerCertificate: [{ ServerCertificateName: 'orders' }] },
    });
    cloud.slb('CreateLoadBalancerHTTPSListener', {
      ...secure,
      ListenerPort: 444,
      BackendServerPort: 80,
      ServerCertificateId,
    });
    expect(() => cloud.slb('DeleteServerCertificate', { ServerCertificateId })).toThrow(refusal('CertificateInUse'));
    cloud.slb('DeleteLoadBalancerListener', { ...secure, ListenerPort: 444 });
    cloud.slb('DeleteServerCertificate', { ServerCertificateId });
    expect(() => cloud.slb('DeleteServerCertificate', { ServerCertificateId })).toThrow(
      refusal('ServerCertificateId.NotFound', 404),
    );
  });

  it.each([
    ['with another key', { PrivateKey: PLAIN.key }, 'CertificateAndPrivateKeyMismatch'],
    ['that are no certificates', { ServerCertificate: 'none' }, 'InvalidParameter'],
  ])('are refused %s', (_, changes, code) => {
    const { cloud } = balanced();
    expect(() => cloud.slb('UploadServerCertificate', { ...upload, ...changes })).toThrow(refusal(code));
  });
});

it('zones have the others as zones of secondary servers', () => {
  const { Zones } = account().slb('DescribeZones') as { Zones?: { Zone: object[] } };
  expect(Zones?.Zone[0]).toEqual({
    ZoneId: 'cn-hangzhou-i',
    LocalName: 'cn-hangzhou-i',
    SlaveZones: {
      SlaveZone: [
        { ZoneId: 'cn-hangzhou-j', LocalName: 'cn-hangzhou-j' },
        { ZoneId: 'cn-hangzhou-k', LocalName: 'cn-hangzhou-k' },
      ],
    },
  });
});

it('the service-linked role of VPC integration instances is made once', () => {
  const { sim } = account();
  const ram = (action: string, input: object) =>
    sim.callAlibaba({ product: 'Ram', action, region: 'cn-hangzhou' }, { ...input });
  const create = (ServiceName = 'connectuservpc.apigateway.aliyuncs.com') =>
    ram('CreateServiceLinkedRole', { ServiceName });
  const RoleName = 'AliyunServiceRoleForApiGatewayConnectUserVpc';
  expect(create()).toMatchObject({ Role: { RoleName } });
  expect(ram('GetRole', { RoleName })).toMatchObject({ Role: { RoleName } });
  expect(() => create()).toThrow(refusal('EntityAlreadyExists.Role', 409));
  expect(() => create('other.aliyuncs.com')).toThrow(refusal('NotImplemented', 501));
});
