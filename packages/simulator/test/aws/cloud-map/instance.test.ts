import { describe, expect, it } from 'vitest';
import { LATER, newAccount, records, WEIGHTED, type Account } from './account.js';

const SRV = { AWS_INSTANCE_IPV4: '10.0.0.1', AWS_INSTANCE_PORT: '8080' };

async function withService(
  kind: 'Http' | 'PrivateDns' | 'PublicDns' = 'PrivateDns',
  input: object = records('SRV'),
  account: Account = newAccount(),
) {
  const namespaceId = await account.namespace(kind, 'shop.example.com');
  const { Id: ServiceId } = account.service(namespaceId, input);
  const register = (InstanceId: string, Attributes: object = SRV) =>
    account.settle('RegisterInstance', { ServiceId, InstanceId, Attributes });
  const discover = (more: object = {}): any =>
    account.map('DiscoverInstances', { NamespaceName: 'shop.example.com', ServiceName: 'orders', ...more });
  const ids = (more: object = {}): string[] => discover(more).Instances.map(({ InstanceId }: any) => InstanceId);
  return { account, ServiceId, register, discover, ids };
}

describe('an instance', () => {
  it('is registered, changed and deregistered by operations', async () => {
    const { account, ServiceId, register } = await withService();
    const { OperationId } = account.map('RegisterInstance', { ServiceId, InstanceId: 'one', Attributes: SRV });
    expect(account.operation(OperationId)).toMatchObject({
      Type: 'REGISTER_INSTANCE',
      Status: 'PENDING',
      Targets: { SERVICE: ServiceId, INSTANCE: 'one' },
    });
    const key = { ServiceId, InstanceId: 'one' };
    expect(account.refusal('GetInstance', key)).toMatchObject({ code: 'InstanceNotFound', status: 400 });
    expect(account.refusal('RegisterInstance', { ...key, Attributes: SRV })).toMatchObject({
      code: 'DuplicateRequest',
    });
    await account.advance(LATER);
    expect(account.map('GetInstance', key).Instance).toMatchObject({ Id: 'one', Attributes: SRV });
    expect(account.refusal('DeleteService', { Id: ServiceId })).toEqual({
      code: 'ResourceInUse',
      message: 'Service contains registered instances; delete the instances before deleting the service',
      status: 400,
    });
    await register('one', { ...SRV, version: '2' });
    expect(account.map('ListInstances', { ServiceId }).Instances).toMatchObject([
      { Id: 'one', Attributes: { version: '2' } },
    ]);
    expect(await account.settle('DeregisterInstance', key)).toMatchObject({
      Type: 'DEREGISTER_INSTANCE',
      Status: 'SUCCESS',
    });
    expect(account.refusal('DeregisterInstance', key)).toMatchObject({ code: 'InstanceNotFound' });
    account.map('DeleteService', { Id: ServiceId });
  });

  it.each([
    [
      'a record A without address',
      'PrivateDns',
      records('A'),
      {},
      /^Required attribute\(s\) AWS_INSTANCE_IPV4 are missing\.$/,
    ],
    [
      'records A and AAAA without both',
      'PrivateDns',
      records('A', 'AAAA'),
      { AWS_INSTANCE_IPV4: '10.0.0.1' },
      /AWS_INSTANCE_IPV6 are missing/,
    ],
    [
      'SRV without port',
      'PrivateDns',
      records('SRV'),
      { AWS_INSTANCE_IPV4: '10.0.0.1' },
      /AWS_INSTANCE_PORT are missing/,
    ],
    [
      'SRV without address',
      'PrivateDns',
      records('SRV'),
      { AWS_INSTANCE_PORT: '80' },
      /^At least one of AWS_INSTANCE_IPV4 AWS_INSTANCE_IPV6 is required\.$/,
    ],
    ['CNAME without a name', 'PrivateDns', WEIGHTED, {}, /AWS_INSTANCE_CNAME are missing/],
    [
      'a health check without port',
      'PublicDns',
      { ...records('A'), HealthCheckConfig: { Type: 'HTTP' } },
      { AWS_INSTANCE_IPV4: '10.0.0.1' },
      /^A port must be supplied/,
    ],
    [
      'an alias among several',
      'PrivateDns',
      records('A'),
      { AWS_ALIAS_DNS_NAME: 'a.example.com' },
      /^ALIAS instance can be registered only/,
    ],
    ["AWS's own prefix", 'Http', {}, { aws_x: '1' }, /^Invalid attribute: \[aws_x\]\. \[aws_\] prefix is reserved/],
    ['not an address', 'Http', {}, { AWS_INSTANCE_IPV4: '10.0.0' }, /AWS_INSTANCE_IPV4/],
    ['not a port', 'Http', {}, { AWS_INSTANCE_PORT: '70000' }, /AWS_INSTANCE_PORT/],
    ['an unknown health status', 'Http', {}, { AWS_INIT_HEALTH_STATUS: 'FINE' }, /InitHealthStatus\.FINE/],
    [
      'an EC2 instance in DNS',
      'PrivateDns',
      records('A'),
      { AWS_EC2_INSTANCE_ID: 'i-1' },
      /only supported in HTTP namespace/,
    ],
    ['an EC2 instance that does not exist', 'Http', {}, { AWS_EC2_INSTANCE_ID: 'i-1' }, /does not exist/],
    [
      '31 attributes',
      'Http',
      {},
      Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`k${index}`, ''])),
      /The current limit is 30$/,
    ],
    ['a line feed', 'Http', {}, { a: 'x\ny' }, /regular expression/],
  ] as const)('cannot be registered: %s', async (_why, kind, service, Attributes, message) => {
    const { account, ServiceId } = await withService(kind, service);
    const refusal = account.refusal('RegisterInstance', { ServiceId, InstanceId: 'one', Attributes });
    expect(refusal).toMatchObject({ code: 'InvalidInput', status: 400 });
    expect(refusal?.message).toMatch(message);
  });

  it.each(['instances-per-service', 'instances-per-namespace'])('has a quota: %s', async (quota) => {
    const { account, ServiceId, register } = await withService('Http', {}, newAccount({ quotas: { [quota]: 1 } }));
    await register('one');
    await register('one', { a: '1' }); // the same instance again
    expect(account.refusal('RegisterInstance', { ServiceId, InstanceId: 'two', Attributes: {} })).toMatchObject({
      code: 'ResourceLimitExceeded',
    });
  });

  it('is registered once per request ID', async () => {
    const { account, ServiceId } = await withService('Http', {});
    const input = { ServiceId, InstanceId: 'one', CreatorRequestId: 'r', Attributes: { a: '1' } };
    const first = account.map('RegisterInstance', input);
    expect(account.map('RegisterInstance', input)).toEqual(first);
    expect(account.refusal('RegisterInstance', { ...input, Attributes: {} })).toMatchObject({
      code: 'DuplicateRequest',
    });
  });
});

describe('discovery', () => {
  it('finds by attributes, and by optional ones only if some instance has them', async () => {
    const { register, ids, discover, account } = await withService('Http', {});
    await register('one', { color: 'red', size: 's' });
    await register('two', { color: 'red', size: 'm' });
    await register('three', { color: 'blue', size: 'm' });
    expect(ids()).toEqual(['one', 'two', 'three']);
    expect(ids({ QueryParameters: { color: 'red' } })).toEqual(['one', 'two']);
    expect(ids({ QueryParameters: { color: 'red' }, OptionalParameters: { size: 'm' } })).toEqual(['two']);
    expect(ids({ QueryParameters: { color: 'red' }, OptionalParameters: { size: 'l' } })).toEqual(['one', 'two']);
    expect(ids({ MaxResults: 1 })).toEqual(['one']);
    expect(discover().Instances[0]).toEqual({
      InstanceId: 'one',
      NamespaceName: 'shop.example.com',
      ServiceName: 'orders',
      HealthStatus: 'UNKNOWN',
      Attributes: { color: 'red', size: 's' },
    });
    const nowhere = { NamespaceName: 'none', ServiceName: 'orders' };
    expect(account.refusal('DiscoverInstances', nowhere)).toMatchObject({ code: 'NamespaceNotFound' });
    const none = { NamespaceName: 'shop.example.com', ServiceName: 'none' };
    expect(account.refusal('DiscoverInstances', none)).toMatchObject({ code: 'ServiceNotFound' });
  });

  it('returns the health status that was set', async () => {
    const { account, ServiceId, register, ids } = await withService('Http', { HealthCheckCustomConfig: {} });
    await register('one', {});
    await register('two', { AWS_INIT_HEALTH_STATUS: 'UNHEALTHY' });
    expect(ids()).toEqual(['one']);
    expect(ids({ HealthStatus: 'ALL' })).toEqual(['one', 'two']);
    expect(ids({ HealthStatus: 'UNHEALTHY' })).toEqual(['two']);
    account.map('UpdateInstanceCustomHealthStatus', { ServiceId, InstanceId: 'one', Status: 'UNHEALTHY' });
    expect(ids({ HealthStatus: 'HEALTHY' })).toEqual([]);
    expect(ids()).toEqual(['one', 'two']); // the healthy ones, or all if none is healthy
    expect(account.map('GetInstancesHealthStatus', { ServiceId }).Status).toEqual({
      one: 'UNHEALTHY',
      two: 'UNHEALTHY',
    });
    expect(account.map('GetInstancesHealthStatus', { ServiceId, Instances: ['two'] }).Status).toEqual({
      two: 'UNHEALTHY',
    });
    expect(account.refusal('GetInstancesHealthStatus', { ServiceId, Instances: ['x'] })).toMatchObject({
      code: 'InstanceNotFound',
    });
  });

  it('refuses a health status where the service has no custom health check', async () => {
    const { account, ServiceId, register } = await withService('Http', {});
    await register('one');
    const input = { ServiceId, InstanceId: 'one', Status: 'UNHEALTHY' };
    expect(account.refusal('UpdateInstanceCustomHealthStatus', input)).toMatchObject({
      code: 'CustomHealthNotFound',
      status: 400,
    });
  });

  it('has a revision that increases with every change', async () => {
    const { account, ServiceId, register, discover } = await withService('Http', { HealthCheckCustomConfig: {} });
    const names = { NamespaceName: 'shop.example.com', ServiceName: 'orders' };
    const revision = (): number => account.map('DiscoverInstancesRevision', names).InstancesRevision;
    const seen = [revision()];
    await register('one');
    seen.push(revision());
    account.map('UpdateInstanceCustomHealthStatus', { ServiceId, InstanceId: 'one', Status: 'UNHEALTHY' });
    seen.push(revision());
    await account.settle('DeregisterInstance', { ServiceId, InstanceId: 'one' });
    seen.push(revision());
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
    expect(discover().InstancesRevision).toBe(revision());
    expect(revision()).toBe(seen[3]);
  });
});
