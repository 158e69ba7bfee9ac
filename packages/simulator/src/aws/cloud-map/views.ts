import type { DnsProperties, Instance, Namespace, Operation, Service } from '@aws-sdk/client-servicediscovery';
import type { AwsCall } from '../operation/operation.js';
import type { InstanceRow, NamespaceRow, OperationRow, ServiceRow } from './state.js';
import { instancesOf, servicesOf } from './find.js';

/** A namespace as the service answers it. */
export function namespaceView(call: AwsCall, row: NamespaceRow): Namespace {
  return { ...namespaceSummary(call, row), CreatorRequestId: row.creatorRequestId };
}

/** A namespace, as a list contains it. */
export function namespaceSummary(call: AwsCall, row: NamespaceRow): Namespace {
  return {
    Id: row.id,
    Arn: row.arn,
    ResourceOwner: call.account,
    Name: row.name,
    Type: row.type,
    Description: row.description,
    ServiceCount: servicesOf(call.state, row.id).length,
    Properties: { DnsProperties: dnsProperties(row), HttpProperties: { HttpName: row.name } },
    CreateDate: row.createDate,
  };
}

/** An HTTP namespace has an empty start of authority, as ListNamespaces answered in 2022 and 2023. */
function dnsProperties({ hostedZoneId: HostedZoneId, soaTtl: TTL }: NamespaceRow): DnsProperties {
  return { HostedZoneId, SOA: { TTL } };
}

/** A service as the service answers it. */
export function serviceView(call: AwsCall, row: ServiceRow): Service {
  return { ...serviceSummary(call, row), NamespaceId: row.namespaceId, CreatorRequestId: row.creatorRequestId };
}

/** A service, as a list contains it. */
export function serviceSummary(call: AwsCall, row: ServiceRow): Omit<Service, 'NamespaceId' | 'CreatorRequestId'> {
  const { routingPolicy: RoutingPolicy, healthCheck: check, healthCheckCustom: custom } = row;
  return {
    Id: row.id,
    Arn: row.arn,
    ResourceOwner: call.account,
    Name: row.name,
    Description: row.description,
    InstanceCount: instancesOf(call.state, row.id).length,
    DnsConfig:
      RoutingPolicy === undefined
        ? undefined
        : { NamespaceId: row.namespaceId, RoutingPolicy, DnsRecords: row.dnsRecords },
    Type: row.type,
    HealthCheckConfig: check && {
      Type: check.type,
      ResourcePath: check.resourcePath,
      FailureThreshold: check.failureThreshold,
    },
    HealthCheckCustomConfig: custom && { FailureThreshold: custom.failureThreshold },
    CreateDate: row.createDate,
    CreatedByAccount: call.account,
  };
}

/** An instance as the service answers it. */
export function instanceView(call: AwsCall, row: InstanceRow): Instance {
  return {
    Id: row.id,
    CreatorRequestId: row.creatorRequestId,
    Attributes: { ...row.attributes },
    CreatedByAccount: call.account,
  };
}

/** An operation as the service answers it. */
export function operationView(call: AwsCall, row: OperationRow): Operation {
  return {
    Id: row.id,
    OwnerAccount: call.account,
    Type: row.type,
    Status: row.status,
    ErrorMessage: row.errorMessage,
    ErrorCode: row.errorCode,
    CreateDate: row.createDate,
    UpdateDate: row.updateDate,
    Targets: { ...row.targets },
  };
}
