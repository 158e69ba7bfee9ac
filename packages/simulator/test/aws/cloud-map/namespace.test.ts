import { describe, expect, it } from 'vitest';
import { LATER, newAccount } from './account.js';

describe('a namespace', () => {
  it('exists some seconds after its creation was requested', async () => {
    const account = newAccount();
    const { OperationId } = account.map('CreatePrivateDnsNamespace', { Name: 'shop.internal', Vpc: account.vpcId });
    const before = account.operation(OperationId);
    expect(before).toMatchObject({ Type: 'CREATE_NAMESPACE', Status: 'PENDING', OwnerAccount: '111122223333' });
    const Id = before['Targets'].NAMESPACE;
    expect(Id).toMatch(/^ns-[a-z0-9]{16}$/);
    expect(account.refusal('GetNamespace', { Id })).toMatchObject({ code: 'NamespaceNotFound', status: 400 });
    await account.advance(LATER);
    expect(account.operation(OperationId)).toMatchObject({ Status: 'SUCCESS' });
    const { Namespace } = account.map('GetNamespace', { Id });
    expect(Namespace).toMatchObject({
      Arn: `arn:aws:servicediscovery:eu-west-1:111122223333:namespace/${Id}`,
      Name: 'shop.internal',
      Type: 'DNS_PRIVATE',
      ServiceCount: 0,
      Properties: { HttpProperties: { HttpName: 'shop.internal' }, DnsProperties: { SOA: { TTL: 15 } } },
    });
    expect(Namespace.Properties.DnsProperties.HostedZoneId).toMatch(/^Z[A-Z0-9]{20}$/);
    expect(account.map('GetNamespace', { Id: Namespace.Arn }).Namespace).toEqual(Namespace);
  });

  it.each([
    ['Http', 'HTTP'],
    ['PublicDns', 'DNS_PUBLIC'],
  ] as const)('may be of the kind %s', async (kind, Type) => {
    const account = newAccount();
    const Id = await account.namespace(kind, 'shop.example.com');
    const { Namespace } = account.map('GetNamespace', { Id });
    expect(Namespace.Type).toBe(Type);
    expect(Namespace.Properties.DnsProperties.HostedZoneId === undefined).toBe(kind === 'Http');
    expect(account.refusal(`Create${kind}Namespace`, { Name: 'shop.example.com' })).toMatchObject({
      code: 'NamespaceAlreadyExists',
      status: 400,
    });
  });

  it.each([
    ['a VPC that does not exist', 'vpc-1', /VPC ID is invalid/],
    [
      'a name that the VPC has already',
      undefined,
      /already associated with another private hosted zone .* shop\.internal/,
    ],
  ])('fails in its operation for %s', async (_why, vpc, message) => {
    const account = newAccount();
    await account.namespace();
    const end = await account.settle('CreatePrivateDnsNamespace', { Name: 'shop.internal', Vpc: vpc ?? account.vpcId });
    expect(end).toMatchObject({ Status: 'FAIL', ErrorCode: 'CANNOT_CREATE_HOSTED_ZONE' });
    expect(end['ErrorMessage']).toMatch(message);
    expect(account.map('ListNamespaces').Namespaces).toHaveLength(1);
  });

  it('may have the same name as one in another VPC', async () => {
    const account = newAccount();
    await account.namespace();
    const end = await account.settle('CreatePrivateDnsNamespace', {
      Name: 'shop.internal',
      Vpc: account.otherVpc().vpcId,
    });
    expect(end['Status']).toBe('SUCCESS');
  });

  it('is created once per request ID', async () => {
    const account = newAccount();
    const input = { Name: 'shop', CreatorRequestId: 'one' };
    const first = account.map('CreateHttpNamespace', input);
    expect(account.map('CreateHttpNamespace', input)).toEqual(first);
    expect(account.refusal('CreateHttpNamespace', { ...input, Name: 'other' })).toMatchObject({
      code: 'DuplicateRequest',
      status: 400,
    });
    await account.advance(LATER);
    expect(account.map('CreateHttpNamespace', input)).toEqual(first);
    expect(account.map('ListNamespaces').Namespaces).toHaveLength(1);
  });

  it('is changed by its own operation', async () => {
    const account = newAccount();
    const Id = await account.namespace();
    const Namespace = { Description: 'new', Properties: { DnsProperties: { SOA: { TTL: 99 } } } };
    await account.settle('UpdatePrivateDnsNamespace', { Id, Namespace });
    expect(account.map('GetNamespace', { Id }).Namespace).toMatchObject({
      Description: 'new',
      Properties: { DnsProperties: { SOA: { TTL: 99 } } },
    });
    const wrong = { Id, Namespace: { Description: 'x' } };
    expect(account.refusal('UpdateHttpNamespace', wrong)).toMatchObject({ code: 'InvalidInput' });
    expect(account.refusal('UpdatePublicDnsNamespace', wrong)).toMatchObject({ code: 'InvalidInput' });
  });

  it('is deleted when it has no services', async () => {
    const account = newAccount();
    const Id = await account.namespace('Http', 'shop');
    const service = account.service(Id);
    expect(account.refusal('DeleteNamespace', { Id })).toMatchObject({ code: 'ResourceInUse', status: 400 });
    account.map('DeleteService', { Id: service['Id'] });
    const { Type, Status } = await account.settle('DeleteNamespace', { Id });
    expect([Type, Status]).toEqual(['DELETE_NAMESPACE', 'SUCCESS']);
    expect(account.refusal('DeleteNamespace', { Id })).toMatchObject({ code: 'NamespaceNotFound' });
  });

  it('has a quota', async () => {
    const account = newAccount({ quotas: { namespaces: 1 } });
    await account.namespace();
    expect(account.refusal('CreateHttpNamespace', { Name: 'x' })).toMatchObject({
      code: 'ResourceLimitExceeded',
      status: 400,
    });
  });

  it.each([
    ['PublicDns', 'no dots'],
    ['Http', 'arn:x'],
    ['PrivateDns', 'x'.repeat(254)],
  ])('%s cannot be called %s', (kind, Name) => {
    const account = newAccount();
    const refusal = account.refusal(`Create${kind}Namespace`, {
      Name,
      ...(kind === 'PrivateDns' ? { Vpc: account.vpcId } : {}),
    });
    expect(refusal).toMatchObject({ code: 'InvalidInput' });
  });

  it('is completed in a loaded world', async () => {
    const account = newAccount();
    const { OperationId } = account.map('CreateHttpNamespace', { Name: 'shop' });
    const other = newAccount({ seed: 8 });
    other.sim.load(JSON.parse(JSON.stringify(account.sim.world())));
    await other.advance(LATER);
    expect(other.operation(OperationId)).toMatchObject({ Status: 'SUCCESS' });
    expect(other.map('ListNamespaces').Namespaces).toHaveLength(1);
  });
});
