import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { simulate } from '../../../src/index.js';
import { LEAF, PLAIN } from '../../aws/acm/pem.js';
import { newAccount, REGION } from './account.js';

const NAME = 'orders.internal';
const SECRET = LEAF.key.split('\n')[1] ?? '';

function prepared(quotas: Record<string, number> = {}) {
  const account = newAccount({ quotas });
  const groupOf = (GroupName: string): string => account.call('CreateApiGroup', { GroupName }).GroupId;
  const GroupId = groupOf('orders');
  const domains = (id = GroupId) => account.group(id)['CustomDomains'].DomainItem;
  return { ...account, account, GroupId, groupOf, domains };
}

it('domains of a group: are not taken from another account, nor from another region', () => {
  const sim = simulate({ seed: 7 });
  sim.plant(REGION, { kind: 'domain-of-another-account', name: 'api.example.com', ownerId: '2222' });
  const call = (region: string, action: string, input: object) =>
    sim.callAlibaba({ product: 'CloudAPI', action, region }, { ...input }) as { GroupId?: string };
  let groups = 0;
  const bind = (region: string, DomainName: string, more = {}) => {
    groups += 1;
    const { GroupId } = call(region, 'CreateApiGroup', { GroupName: `group${groups}` });
    return () => call(region, 'SetDomain', { GroupId, DomainName, ...more });
  };
  const taken = expect.objectContaining({ code: 'DomainAlreadyBind' }) as Error;
  expect(bind('cn-beijing', 'api.example.com', { IsForce: true })).toThrow(taken);
  bind('cn-beijing', 'b.example.com')();
  expect(bind(REGION, 'b.example.com')).toThrow(taken);
  expect(() =>
    sim.plant('cn-beijing', { kind: 'domain-of-another-account', name: 'b.example.com', ownerId: '2222' }),
  ).toThrow(/is a domain of/);
});

answers('domains of a group', prepared)`
  are bound with their settings, changed, described and unbound
    SetDomain {GroupId: $GroupId, DomainName: API.example.com, BindStageName: TEST, IsHttpRedirectToHttps: true}
      -> {GroupId: $GroupId, DomainName: api.example.com, DomainBindingStatus: BINDING, DomainLegalStatus: NORMAL,
      SubDomain: ${`$GroupId-${REGION}.alicloudapi.com`}}
    domains
      -> [{DomainName: api.example.com, DomainCNAMEStatus: RESOLVED, BindStageName: TEST, CustomDomainType: INTERNET,
      IsHttpRedirectToHttps: true}]
    SetDomain {GroupId: $GroupId, DomainName: API.example.com, IsHttpRedirectToHttps: true, BindStageName: '',
      CustomDomainType: INTRANET}
    domains -> {length: 1}
    domains -> {0.BindStageName: absent}
    DescribeDomain {GroupId: $GroupId, DomainName: api.example.com} -> {GroupId: $GroupId, DomainLegalStatus: NORMAL}
    ReactivateDomain {GroupId: $GroupId, DomainName: api.example.com}
    DeleteDomain {GroupId: $GroupId, DomainName: api.example.com}
    domains == []
    DescribeDomain {GroupId: $GroupId, DomainName: api.example.com} !NotFoundDomain
  are not bound
    SetDomain {GroupId: $GroupId, DomainName: -a.example.com} !400 InvalidDomainName # a label of a hyphen
    # the domain of a group
    SetDomain {GroupId: $GroupId, DomainName: abc-cn-hangzhou.alicloudapi.com} !400 InvalidDomainName
    SetDomain {GroupId: $GroupId, DomainName: a.*.example.com} !400 InvalidDomainName # a wildcard inside
    # a stage that does not exist
    SetDomain {GroupId: $GroupId, DomainName: a.example.com, BindStageName: CANARY} !400 NotFoundStage
    # an unknown type
    SetDomain {GroupId: $GroupId, DomainName: a.example.com, CustomDomainType: VPC} !400 InvalidCustomDomainType
    SetDomain {GroupId: none, DomainName: a.example.com} !400 NotFoundApiGroup # an unknown group
    domains == []
  are in one group, unless the other one gives its domain up
    other = groupOf carts
    SetDomain {GroupId: $GroupId, DomainName: api.example.com}
    SetDomain {GroupId: $other, DomainName: api.example.com}
      !400 DomainAlreadyBind: The domain has been bound to another API group.
    SetDomain {GroupId: $other, DomainName: api.example.com, IsForce: true}
    domains -> []
    domains $other -> [{DomainName: api.example.com}]
`;

answers('domains of a group', () => prepared({ 'domains-per-group': 1 }))`
  are as many as the quota says
    SetDomain {GroupId: $GroupId, DomainName: a.example.com}
    SetDomain {GroupId: $GroupId, DomainName: a.example.com, BindStageName: PRE}
    SetDomain {GroupId: $GroupId, DomainName: b.example.com} !ExceedLimitDomain
`;

describe('certificates of domains', () => {
  const bound = (DomainName = NAME) => {
    const { account, GroupId, domains } = prepared();
    account.call('SetDomain', { GroupId, DomainName });
    const input = {
      GroupId,
      DomainName,
      CertificateName: 'orders',
      CertificateBody: LEAF.certificate,
      CertificatePrivateKey: LEAF.key,
    };
    return { account, GroupId, domains, input };
  };

  it('are set, described without their key, and removed', () => {
    const { account, GroupId, domains, input } = bound();
    account.call('SetDomainCertificate', input);
    const [{ CertificateId }] = domains();
    const validity = { CertificateValidStart: Date.parse('2026-11-20T08:49:20Z'), CertificateName: 'orders' };
    expect(domains()).toMatchObject([{ CertificateId, ...validity }]);
    const described = account.call('DescribeDomain', { GroupId, DomainName: NAME });
    expect(described).toMatchObject({ CertificateId, ...validity, CertificateBody: LEAF.certificate });
    expect(JSON.stringify([described, [...account.state.groups.values()]])).not.toContain(SECRET);
    account.call('SetDomain', { GroupId, DomainName: NAME, BindStageName: 'PRE' });
    expect(domains()).toMatchObject([{ CertificateId, BindStageName: 'PRE' }]);
    const removal = { GroupId, DomainName: NAME, CertificateId };
    expect(account.refusal('DeleteDomainCertificate', { ...removal, CertificateId: 'other' })?.code).toBe(
      'DomainCertificateNotFound',
    );
    account.call('DeleteDomainCertificate', removal);
    expect(domains()[0]).not.toHaveProperty('CertificateId');
  });

  it('have the wildcard of their domain', () => {
    const { account, input } = bound('*.orders.internal');
    account.call('SetDomainCertificate', input);
    const other = bound('*.shop.internal');
    expect(other.account.refusal('SetDomainCertificate', other.input)?.code).toBe('InvalidCertificateBody');
  });

  it.each([
    ['no PEM', { CertificateBody: 'none' }, 'InvalidCertificateBody', /not valid/],
    ['of another name', { DomainName: 'other.example.com' }, 'InvalidCertificateBody', /not for the domain other\./],
    ['with another key', { CertificatePrivateKey: PLAIN.key }, 'InvalidCertificatePrivateKey', /does not match/],
    ['without a key', { CertificatePrivateKey: 'none' }, 'InvalidCertificatePrivateKey', /not valid/],
  ])('are refused: %s', (_, changes, code, message) => {
    const { account, GroupId, input } = bound();
    account.call('SetDomain', { GroupId, DomainName: 'other.example.com' });
    const refused = account.refusal('SetDomainCertificate', { ...input, ...changes });
    expect(refused).toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect(refused?.message).not.toContain(SECRET);
  });

  it('are refused when they have expired', () => {
    const account = newAccount({ startAt: '2126-12-01T00:00:00Z' });
    account.state.groups.clear();
    const { GroupId } = account.call('CreateApiGroup', { GroupName: 'orders' });
    account.call('SetDomain', { GroupId, DomainName: NAME });
    const input = { GroupId, DomainName: NAME, CertificateName: 'c', CertificateBody: LEAF.certificate };
    expect(account.refusal('SetDomainCertificate', { ...input, CertificatePrivateKey: LEAF.key })).toMatchObject({
      code: 'InvalidCertificateBody',
      message: 'The certificate has expired.',
    });
  });
});
