import { expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { newAccount } from './account.js';

const bundle = { CaCertificatesBundleS3Bucket: 'shop', CaCertificatesBundleS3Key: 'gateways.pem' };

function withStore() {
  const account = newAccount();
  const [store] = account.elb('CreateTrustStore', {
    Name: 'gateways',
    ...bundle,
    Tags: [{ Key: 'team', Value: 'a' }],
  }).TrustStores;
  return { ...account, store, arn: store.TrustStoreArn as string };
}

answers('trust stores', withStore)`
  are created, listed and deleted
    store == {Name: gateways, TrustStoreArn: $arn, Status: ACTIVE}
    DescribeTrustStores -> {TrustStores: [$store]}
    DescribeTrustStores {Names: [gateways]} -> {TrustStores: [$store]}
    DescribeTags {ResourceArns: [$arn]} -> {TagDescriptions.0.Tags=: [{Key: team, Value: a}]}
    CreateTrustStore {Name: gateways, <<: ${bundle}} !DuplicateTrustStoreName
    DescribeTrustStores {Names: [other]} !TrustStoreNotFound
    DeleteTrustStore {TrustStoreArn: $arn}
    DescribeTrustStores -> {TrustStores: []}
    DeleteTrustStore {TrustStoreArn: $arn} !TrustStoreNotFound
`;

it.each([
  ['application', 'HTTPS', 'HTTP'],
  ['network', 'TLS', 'TCP'],
] as const)(
  'mutual authentication: of %s load balancers verifies client certificates on listeners for %s',
  async (Type, Protocol, Sends) => {
    const account = withStore();
    const { arn: TrustStoreArn, elb, refusal } = account;
    const Certificates = [{ CertificateArn: await account.certificate() }];
    const balancer = account.balancer('orders', { Type });
    const group = account.targetGroup('orders', { Protocol: Sends });
    const input = { Protocol, Port: 443, Certificates, MutualAuthentication: { Mode: 'verify', TrustStoreArn } };
    const { ListenerArn, MutualAuthentication } = account.listener(balancer, group, input);
    expect(MutualAuthentication).toMatchObject({ Mode: 'verify', TrustStoreArn });
    expect(refusal('DeleteTrustStore', { TrustStoreArn })?.code).toBe('TrustStoreInUse');
    const [off] = elb('ModifyListener', { ListenerArn, MutualAuthentication: { Mode: 'off' } }).Listeners;
    expect(off.MutualAuthentication).toEqual({ Mode: 'off' });
    const missing = TrustStoreArn.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    const changed = (one: object) => refusal('ModifyListener', { ListenerArn, MutualAuthentication: one })?.code;
    expect(changed({ Mode: 'verify', TrustStoreArn: missing })).toBe('TrustStoreNotFound');
    expect(changed({ Mode: 'passthrough' })).toBe(Type === 'network' ? 'ValidationError' : undefined);
  },
);
