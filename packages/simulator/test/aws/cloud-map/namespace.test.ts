import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { LATER, newAccount } from './account.js';

describe('a namespace', () => {
  it('may be without DNS', async () => {
    const account = newAccount();
    const Id = await account.namespace('Http', 'shop.example.com');
    const { Namespace } = account.map('GetNamespace', { Id });
    expect(Namespace.Type).toBe('HTTP');
    expect(Namespace.Properties.DnsProperties.HostedZoneId).toBeUndefined();
    expect(account.refusal('CreateHttpNamespace', { Name: 'shop.example.com' })).toMatchObject({
      code: 'NamespaceAlreadyExists',
      status: 400,
    });
  });

  it.each([
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

answers('a namespace', newAccount)`
  exists some seconds after its creation was requested
    CreatePrivateDnsNamespace {Name: shop.internal, Vpc: $vpcId}
    operation $OperationId
      -> {Type: CREATE_NAMESPACE, Status: PENDING, OwnerAccount: '111122223333',
      Targets.NAMESPACE: '/^ns-[a-z0-9]{16}$/'}
    GetNamespace {Id: $NAMESPACE} !400 NamespaceNotFound
    advance ${LATER}
    operation $OperationId -> {Status: SUCCESS}
    GetNamespace {Id: $NAMESPACE}
      -> {Namespace: {Arn: arn:aws:servicediscovery:eu-west-1:111122223333:namespace/$NAMESPACE, Name: shop.internal,
      Type: DNS_PRIVATE, ServiceCount: 0, Properties: {HttpProperties: {HttpName: shop.internal},
      DnsProperties: {SOA: {TTL: 15}}}}, Namespace.Properties.DnsProperties.HostedZoneId: '/^Z[A-Z0-9]{20}$/'}
    GetNamespace {Id: $Arn} -> {Namespace: $Namespace}
  fails in its operation for a VPC that does not exist
    namespace
    settle [CreatePrivateDnsNamespace, {Name: shop.internal, Vpc: vpc-1}]
      -> {Status: FAIL, ErrorCode: CANNOT_CREATE_HOSTED_ZONE, ErrorMessage: /VPC ID is invalid/}
    ListNamespaces -> {Namespaces.length: 1}
  fails in its operation for a name that the VPC has already
    namespace
    settle [CreatePrivateDnsNamespace, {Name: shop.internal, Vpc: $vpcId}]
      -> {Status: FAIL, ErrorCode: CANNOT_CREATE_HOSTED_ZONE,
      ErrorMessage: /already associated with another private hosted zone .* shop\.internal/}
    ListNamespaces -> {Namespaces.length: 1}
  fails also where the names differ in capital letters only
    namespace
    settle [CreatePrivateDnsNamespace, {Name: SHOP.internal, Vpc: $vpcId}]
      -> {Status: FAIL, ErrorCode: CANNOT_CREATE_HOSTED_ZONE}
  may have the same name as one of another kind
    namespace [Http, shop.example.com]
    namespace [PrivateDns, shop.example.com]
    ListNamespaces -> {Namespaces.Type: [HTTP, DNS_PRIVATE]}
  is created by another operation where that of the same request failed
    first = settle [CreatePrivateDnsNamespace, {Name: shop.internal, Vpc: vpc-1, CreatorRequestId: one}]
      -> {Status: FAIL}
    second = settle [CreatePrivateDnsNamespace, {Name: shop.internal, Vpc: $vpcId, CreatorRequestId: one}]
      -> {Status: SUCCESS}
  may have the same name as one in another VPC
    namespace
    other = otherVpc
    settle [CreatePrivateDnsNamespace, {Name: shop.internal, Vpc: $other.vpcId}] -> {Status: SUCCESS}
  is created once per request ID
    first = CreateHttpNamespace {Name: shop, CreatorRequestId: one}
    CreateHttpNamespace {Name: shop, CreatorRequestId: one} == $first
    CreateHttpNamespace {CreatorRequestId: one, Name: other} !400 DuplicateRequest
    advance ${LATER}
    CreateHttpNamespace {Name: shop, CreatorRequestId: one} == $first
    ListNamespaces -> {Namespaces.length: 1}
  is changed by its own operation
    Id = namespace
    settle [UpdatePrivateDnsNamespace, {Id: $Id, Namespace: {Description: new,
      Properties: {DnsProperties: {SOA: {TTL: 99}}}}}]
    GetNamespace {Id: $Id} -> {Namespace: {Description: new, Properties: {DnsProperties: {SOA: {TTL: 99}}}}}
    UpdateHttpNamespace {Id: $Id, Namespace: {Description: x}} !InvalidInput
  is deleted when it has no services
    Id = namespace [Http, shop]
    service = service $Id
    DeleteNamespace {Id: $Id} !400 ResourceInUse
    DeleteService {Id: $service.Id}
    settle [DeleteNamespace, {Id: $Id}] -> {Type: DELETE_NAMESPACE, Status: SUCCESS}
    DeleteNamespace {Id: $Id} !NamespaceNotFound
`;

answers('a namespace', () => newAccount({ quotas: { namespaces: 1 } }))`
  has a quota
    namespace
    CreateHttpNamespace {Name: x} !400 ResourceLimitExceeded
`;
