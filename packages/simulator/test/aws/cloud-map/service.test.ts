import { answers } from '../../answers.js';
import { newAccount, records } from './account.js';

answers('a service', newAccount)`
  exists at once
    NamespaceId = namespace
    service = service [$NamespaceId, {<<: ${records('SRV')}, HealthCheckCustomConfig: {}, Description: orders}]
      -> {Arn: arn:aws:servicediscovery:eu-west-1:111122223333:service/$service.Id, NamespaceId: $NamespaceId,
      Type: DNS_HTTP, InstanceCount: 0, DnsConfig: {NamespaceId: $NamespaceId, RoutingPolicy: MULTIVALUE,
      DnsRecords: [{Type: SRV, TTL: 10}]}, HealthCheckCustomConfig: {FailureThreshold: 1}, Id: '/^srv-[a-z0-9]{16}$/'}
    GetService {Id: $service.Id} -> {Service: $service}
    GetService {Id: $service.Arn} -> {Service: $service}
    GetNamespace {Id: $NamespaceId} -> {Namespace.ServiceCount: 1}
  is the same for one request id, and a second of its name is refused
    NamespaceId = namespace
    first = service [$NamespaceId, {<<: ${records('A')}, CreatorRequestId: one}]
    service [$NamespaceId, {<<: ${records('A')}, CreatorRequestId: one}] == $first
    # DNS names are case-insensitive
    CreateService {Name: ORDERS, NamespaceId: $NamespaceId, <<: ${records('A')}} !400 ServiceAlreadyExists
    http = namespace [Http, plain]
    service [$http, {Name: orders}]
    service [$http, {Name: Orders}]
  cannot be in no namespace
    NamespaceId = namespace [Http, shop.example.com]
    CreateService {Name: orders, NamespaceId: absent} !InvalidInput /namespace id is required/
  cannot be in a namespace that does not exist
    NamespaceId = namespace [Http, shop.example.com]
    CreateService {Name: orders, NamespaceId: ns-1} !NamespaceNotFound /ns-1/
  cannot be with DNS in an HTTP namespace
    NamespaceId = namespace [Http, shop.example.com]
    CreateService {Name: orders, NamespaceId: $NamespaceId, <<: ${records('A')}}
      !InvalidInput /^When you specify an HTTP service, you can't include a DnsConfig element\.$/
  cannot be without DNS in a DNS namespace
    NamespaceId = namespace [PrivateDns, shop.example.com]
    CreateService {Name: orders, NamespaceId: $NamespaceId} !InvalidInput /DnsConfig element is required/
  cannot be with A and SRV
    NamespaceId = namespace [PrivateDns, shop.example.com]
    CreateService {Name: orders, NamespaceId: $NamespaceId, <<: ${records('A', 'SRV')}}
      !InvalidInput /can't be combined/
  cannot be with a CNAME among several
    NamespaceId = namespace [PrivateDns, shop.example.com]
    CreateService {Name: orders, NamespaceId: $NamespaceId, <<: ${records('CNAME')}} !InvalidInput /must be WEIGHTED/
  cannot be checked in a private namespace
    NamespaceId = namespace [PrivateDns, shop.example.com]
    CreateService {Name: orders, NamespaceId: $NamespaceId, <<: ${records('A')}, HealthCheckConfig: {Type: HTTP}}
      !InvalidInput /private DNS/
  cannot be with a path for TCP
    NamespaceId = namespace [Http, shop.example.com]
    CreateService {Name: orders, NamespaceId: $NamespaceId, HealthCheckConfig: {Type: TCP, ResourcePath: /}}
      !InvalidInput /ResourcePath/
  cannot be with both kinds of health check
    NamespaceId = namespace [Http, shop.example.com]
    CreateService {Name: orders, NamespaceId: $NamespaceId, HealthCheckConfig: {Type: HTTP},
      HealthCheckCustomConfig: {}} !InvalidInput /Only one of/
  cannot be with an invalid name
    NamespaceId = namespace [Http, shop.example.com]
    CreateService {NamespaceId: $NamespaceId, Name: a b} !InvalidInput /regular expression/
  cannot be with a record of another type
    NamespaceId = namespace [PrivateDns, shop.example.com]
    CreateService {Name: orders, NamespaceId: $NamespaceId, <<: ${records('MX')}} !InvalidInput /enum value set/
  may be of HTTP in a DNS namespace
    namespace = namespace
    service [$namespace, {Type: HTTP}] -> {Type: HTTP, DnsConfig: absent}
  loses a health check that its change does not name
    NamespaceId = namespace [Http, shop.example.com]
    service [$NamespaceId, {HealthCheckConfig: {Type: HTTP, FailureThreshold: 3}}]
      -> {HealthCheckConfig=: {Type: HTTP, FailureThreshold: 3, ResourcePath: /}}
    settle [UpdateService, {Id: $Id, Service: {Description: new}}] -> {Status: SUCCESS}
    GetService {Id: $Id} -> {Service: {Description: new, HealthCheckConfig: absent}}
  is changed by an operation
    NamespaceId = namespace [PrivateDns, shop.example.com]
    service [$NamespaceId, ${records('A')}]
    settle [UpdateService, {Id: $Id, Service: {Description: new, DnsConfig: {DnsRecords: [{Type: A, TTL: 99}]}}}]
      -> {Type: UPDATE_SERVICE, Status: SUCCESS, Targets: {SERVICE: $Id}}
    GetService {Id: $Id}
      -> {Service: {Description: new, DnsConfig: {DnsRecords: [{Type: A, TTL: 99}]}}}
    settle [UpdateService, {Id: $Id, Service: {DnsConfig: {DnsRecords: [{Type: A, TTL: 98}]}}}]
    GetService {Id: $Id} -> {Service: {Description: new, DnsConfig: {DnsRecords: [{Type: A, TTL: 98}]}}}
  has tags, as namespaces do
    Id = namespace [Http, shop]
    service [$Id, {Tags: [{Key: a, Value: '1'}]}]
    TagResource {ResourceARN: $Arn, Tags: [{Key: a, Value: '2'}, {Key: b, Value: '3'}]}
    UntagResource {ResourceARN: $Arn, TagKeys: [b, none]}
    ListTagsForResource {ResourceARN: $Arn} -> {Tags=: [{Key: a, Value: '2'}]}
    namespace = GetNamespace {Id: $Id}
    TagResource {ResourceARN: $namespace.Namespace.Arn, Tags: [{Key: a, Value: '2'}, {Key: b, Value: '3'}]}
    namespace2 = GetNamespace {Id: $Id}
    UntagResource {ResourceARN: $namespace2.Namespace.Arn, TagKeys: [b, none]}
    namespace3 = GetNamespace {Id: $Id}
    ListTagsForResource {ResourceARN: $namespace3.Namespace.Arn} -> {Tags=: [{Key: a, Value: '2'}]}
    ListTagsForResource {ResourceARN: $(Arn)x} !400 ResourceNotFoundException
    TagResource {ResourceARN: $Arn,
      Tags: ${Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' }))}} !TooManyTagsException
`;
