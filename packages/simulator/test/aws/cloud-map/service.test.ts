import { describe, expect, it } from 'vitest';
import { newAccount, records, WEIGHTED } from './account.js';

describe('a service', () => {
  it('exists at once', async () => {
    const account = newAccount();
    const NamespaceId = await account.namespace();
    const service = account.service(NamespaceId, {
      ...records('SRV'),
      HealthCheckCustomConfig: {},
      Description: 'orders',
    });
    const { Id } = service;
    expect(Id).toMatch(/^srv-[a-z0-9]{16}$/);
    expect(service).toMatchObject({
      Arn: `arn:aws:servicediscovery:eu-west-1:111122223333:service/${Id}`,
      NamespaceId,
      Type: 'DNS_HTTP',
      InstanceCount: 0,
      DnsConfig: { NamespaceId, RoutingPolicy: 'MULTIVALUE', DnsRecords: [{ Type: 'SRV', TTL: 10 }] },
      HealthCheckCustomConfig: { FailureThreshold: 1 },
    });
    expect(account.map('GetService', { Id }).Service).toEqual(service);
    expect(account.map('GetService', { Id: service['Arn'] }).Service).toEqual(service);
    expect(account.map('GetNamespace', { Id: NamespaceId }).Namespace.ServiceCount).toBe(1);
  });

  it('is the same for one request id, and a second of its name is refused', async () => {
    const account = newAccount();
    const NamespaceId = await account.namespace();
    const input = { ...records('A'), CreatorRequestId: 'one' };
    const first = account.service(NamespaceId, input);
    expect(account.service(NamespaceId, input)).toEqual(first);
    const refusal = account.refusal('CreateService', { Name: 'ORDERS', NamespaceId, ...records('A') });
    expect(refusal).toMatchObject({ code: 'ServiceAlreadyExists', status: 400 }); // DNS names are case-insensitive
    const http = await account.namespace('Http', 'plain');
    account.service(http, { Name: 'orders' });
    account.service(http, { Name: 'Orders' });
  });

  it.each([
    ['in no namespace', 'Http', { NamespaceId: undefined }, 'InvalidInput', /namespace id is required/],
    ['in a namespace that does not exist', 'Http', { NamespaceId: 'ns-1' }, 'NamespaceNotFound', /ns-1/],
    [
      'with DNS in an HTTP namespace',
      'Http',
      records('A'),
      'InvalidInput',
      /^When you specify an HTTP service, you can't include a DnsConfig element\.$/,
    ],
    ['without DNS in a DNS namespace', 'PrivateDns', {}, 'InvalidInput', /DnsConfig element is required/],
    ['with A and SRV', 'PrivateDns', records('A', 'SRV'), 'InvalidInput', /can't be combined/],
    ['with a CNAME among several', 'PrivateDns', records('CNAME'), 'InvalidInput', /must be WEIGHTED/],
    [
      'checked in a private namespace',
      'PrivateDns',
      { ...records('A'), HealthCheckConfig: { Type: 'HTTP' } },
      'InvalidInput',
      /private DNS/,
    ],
    [
      'with a path for TCP',
      'PublicDns',
      { ...records('A'), HealthCheckConfig: { Type: 'TCP', ResourcePath: '/' } },
      'InvalidInput',
      /ResourcePath/,
    ],
    ['checked for a CNAME', 'PublicDns', { ...WEIGHTED, HealthCheckConfig: { Type: 'HTTP' } }, 'InvalidInput', /CNAME/],
    [
      'with both kinds of health check',
      'PublicDns',
      { ...records('A'), HealthCheckConfig: { Type: 'HTTP' }, HealthCheckCustomConfig: {} },
      'InvalidInput',
      /Only one of/,
    ],
    ['with an invalid name', 'Http', { Name: 'a b' }, 'InvalidInput', /regular expression/],
    ['with a record of another type', 'PrivateDns', records('MX'), 'InvalidInput', /enum value set/],
  ] as const)('cannot be %s', async (_why, kind, input, code, message) => {
    const account = newAccount();
    const NamespaceId = await account.namespace(kind, 'shop.example.com');
    const refusal = account.refusal('CreateService', { Name: 'orders', NamespaceId, ...input });
    expect(refusal).toMatchObject({ code });
    expect(refusal?.message).toMatch(message);
  });

  it('may be of HTTP in a DNS namespace', async () => {
    const account = newAccount();
    const service = account.service(await account.namespace(), { Type: 'HTTP' });
    expect(service).toMatchObject({ Type: 'HTTP', DnsConfig: undefined });
  });

  it('is changed by an operation, which deletes a health check that is not named', async () => {
    const account = newAccount();
    const NamespaceId = await account.namespace('PublicDns', 'shop.example.com');
    const HealthCheckConfig = { Type: 'HTTP', FailureThreshold: 3 };
    const service = account.service(NamespaceId, { ...records('A'), HealthCheckConfig });
    expect(service['HealthCheckConfig']).toEqual({ Type: 'HTTP', FailureThreshold: 3, ResourcePath: '/' });
    const DnsConfig = { DnsRecords: [{ Type: 'A', TTL: 99 }] };
    const end = await account.settle('UpdateService', {
      Id: service['Id'],
      Service: { Description: 'new', DnsConfig },
    });
    expect(end).toMatchObject({ Type: 'UPDATE_SERVICE', Status: 'SUCCESS', Targets: { SERVICE: service['Id'] } });
    expect(account.map('GetService', { Id: service['Id'] }).Service).toMatchObject({
      Description: 'new',
      DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 99 }] },
      HealthCheckConfig: undefined,
    });
  });

  it('has its own attributes', async () => {
    const account = newAccount();
    const { Id: ServiceId, Arn } = account.service(await account.namespace('Http', 'shop'));
    account.map('UpdateServiceAttributes', { ServiceId, Attributes: { a: '1', b: '2' } });
    account.map('DeleteServiceAttributes', { ServiceId, Attributes: ['b', 'none'] });
    const { ServiceAttributes } = account.map('GetServiceAttributes', { ServiceId });
    expect(ServiceAttributes).toMatchObject({ ServiceArn: Arn, Attributes: { a: '1' } });
    const Attributes = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`k${index}`, '']));
    expect(account.refusal('UpdateServiceAttributes', { ServiceId, Attributes })).toMatchObject({
      code: 'ServiceAttributesLimitExceededException',
    });
  });

  it('has tags, as namespaces do', async () => {
    const account = newAccount();
    const Id = await account.namespace('Http', 'shop');
    const { Arn } = account.service(Id, { Tags: [{ Key: 'a', Value: '1' }] });
    for (const ResourceARN of [Arn, account.map('GetNamespace', { Id }).Namespace.Arn]) {
      account.map('TagResource', {
        ResourceARN,
        Tags: [
          { Key: 'a', Value: '2' },
          { Key: 'b', Value: '3' },
        ],
      });
      account.map('UntagResource', { ResourceARN, TagKeys: ['b', 'none'] });
      expect(account.map('ListTagsForResource', { ResourceARN }).Tags).toEqual([{ Key: 'a', Value: '2' }]);
    }
    const gone = { ResourceARN: `${Arn}x` };
    expect(account.refusal('ListTagsForResource', gone)).toMatchObject({
      code: 'ResourceNotFoundException',
      status: 400,
    });
    const Tags = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' }));
    expect(account.refusal('TagResource', { ResourceARN: Arn, Tags })).toMatchObject({ code: 'TooManyTagsException' });
  });
});
