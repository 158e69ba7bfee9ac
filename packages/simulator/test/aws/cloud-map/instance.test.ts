import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { LATER, newAccount, records, WEIGHTED, type Account } from './account.js';

const SRV = { AWS_INSTANCE_IPV4: '10.0.0.1', AWS_INSTANCE_PORT: '8080' };

async function withService(
  kind: 'Http' | 'PrivateDns' = 'PrivateDns',
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
  return { ...account, account, ServiceId, register, discover, ids };
}

describe('an instance', () => {
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
      'Http',
      { HealthCheckConfig: { Type: 'HTTP' } },
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
});

answers('an instance', withService)`
  is registered, changed and deregistered by operations
    RegisterInstance {ServiceId: $ServiceId, InstanceId: one, Attributes: ${SRV}}
    operation $OperationId -> {Type: REGISTER_INSTANCE, Status: PENDING, Targets: {SERVICE: $ServiceId, INSTANCE: one}}
    GetInstance {ServiceId: $ServiceId, InstanceId: one} !400 InstanceNotFound
    RegisterInstance {ServiceId: $ServiceId, InstanceId: one, Attributes: ${SRV}} !DuplicateRequest
    advance ${LATER}
    GetInstance {ServiceId: $ServiceId, InstanceId: one} -> {Instance: {Id: one, Attributes: ${SRV}}}
    DeleteService {Id: $ServiceId}
      !400 ResourceInUse: Service contains registered instances; delete the instances before deleting the service
    register [one, {<<: ${SRV}, version: '2'}]
    ListInstances {ServiceId: $ServiceId} -> {Instances: [{Id: one, Attributes: {version: '2'}}]}
    settle [DeregisterInstance, {ServiceId: $ServiceId, InstanceId: one}]
      -> {Type: DEREGISTER_INSTANCE, Status: SUCCESS}
    DeregisterInstance {ServiceId: $ServiceId, InstanceId: one} !InstanceNotFound
    DeleteService {Id: $ServiceId}
`;

answers('an instance', () => withService('Http', {}))`
  may be an EC2 instance, whose address is looked up, with nothing but its first health
    ec2:RunInstances {ImageId: ami-0a1b2c3d4e5f60718, InstanceType: t3.micro, MinCount: 1, MaxCount: 1}
    register [one, {AWS_EC2_INSTANCE_ID: $InstanceId, AWS_INIT_HEALTH_STATUS: HEALTHY, color: red}]
      -> {Status: SUCCESS}
    GetInstance {ServiceId: $ServiceId, InstanceId: one}
      -> {Instance: {Attributes: {AWS_INSTANCE_IPV4: $PrivateIpAddress, color: red}}}
    RegisterInstance {ServiceId: $ServiceId, InstanceId: two, Attributes: {AWS_EC2_INSTANCE_ID: $InstanceId,
      AWS_INSTANCE_PORT: '80'}} !InvalidInput /AWS_EC2_INSTANCE_ID is not supported with \[AWS_INSTANCE_PORT\]\.$/
  is registered once per request ID
    first = RegisterInstance {ServiceId: $ServiceId, InstanceId: one, CreatorRequestId: r, Attributes: {a: '1'}}
    RegisterInstance {ServiceId: $ServiceId, InstanceId: one, CreatorRequestId: r, Attributes: {a: '1'}} == $first
    RegisterInstance {ServiceId: $ServiceId, InstanceId: one, CreatorRequestId: r, Attributes: {}} !DuplicateRequest
`;

it('discovery: has a revision that increases with every change', async () => {
  const { account, ServiceId, register, discover } = await withService('Http', { HealthCheckCustomConfig: {} });
  const revision = (): number => discover().InstancesRevision;
  const seen = [revision()];
  await register('one');
  seen.push(revision());
  account.map('UpdateInstanceCustomHealthStatus', { ServiceId, InstanceId: 'one', Status: 'UNHEALTHY' });
  seen.push(revision());
  await account.settle('DeregisterInstance', { ServiceId, InstanceId: 'one' });
  seen.push(revision());
  expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
  expect(revision()).toBe(seen[3]);
});

answers('discovery', () => withService('Http', {}))`
  finds by attributes, and by optional ones only if some instance has them
    register [one, {color: red, size: s}]
    register [two, {color: red, size: m}]
    register [three, {color: blue, size: m}]
    ids == [one, two, three]
    ids {QueryParameters: {color: red}} == [one, two]
    ids {QueryParameters: {color: red}, OptionalParameters: {size: m}} == [two]
    ids {QueryParameters: {color: red}, OptionalParameters: {size: l}} == [one, two]
    ids {MaxResults: 1} == [one]
    ids {HealthStatus: HEALTHY} == [one, two, three] # nothing checks health: all count as healthy
    discover
      -> {Instances.0=: {InstanceId: one, NamespaceName: shop.example.com, ServiceName: orders, HealthStatus: UNKNOWN,
      Attributes: {color: red, size: s}}}
    DiscoverInstances {NamespaceName: none, ServiceName: orders} !NamespaceNotFound
    DiscoverInstances {NamespaceName: shop.example.com, ServiceName: none} !ServiceNotFound
  refuses a health status where the service has no custom health check
    register one
    UpdateInstanceCustomHealthStatus {ServiceId: $ServiceId, InstanceId: one, Status: UNHEALTHY}
      !400 CustomHealthNotFound
`;

answers('discovery', () => withService('Http', { HealthCheckCustomConfig: {} }))`
  returns the health status that was set
    register [one, {}]
    register [two, {AWS_INIT_HEALTH_STATUS: UNHEALTHY}]
    ids == [one]
    ids {HealthStatus: ALL} == [one, two]
    ids {HealthStatus: UNHEALTHY} == [two]
    UpdateInstanceCustomHealthStatus {ServiceId: $ServiceId, InstanceId: one, Status: UNHEALTHY}
    ids {HealthStatus: HEALTHY} == []
    ids == [one, two] # the healthy ones, or all if none is healthy
    GetInstancesHealthStatus {ServiceId: $ServiceId} -> {Status=: {one: UNHEALTHY, two: UNHEALTHY}}
    GetInstancesHealthStatus {ServiceId: $ServiceId, Instances: [two]} -> {Status=: {two: UNHEALTHY}}
    GetInstancesHealthStatus {ServiceId: $ServiceId, Instances: [x]} !InstanceNotFound
`;
