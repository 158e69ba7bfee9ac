import { defined } from '../../simulation/defined.js';
import type { NamespaceType, OperationType } from '@aws-sdk/client-servicediscovery';
import { type AwsCall, ServiceError } from '../operation/operation.js';
import type { OperationRow, OperationWork, NamespaceRow } from './state.js';
import { findVpc } from '../ec2/vpc/network.js';

/**
 * How long operations take. Not published; those that change DNS wait for Route 53, the others do not.
 */
const DURATION_MS = { plain: 2_000, zone: 30_000, records: 10_000 } as const;

interface Wanted {
  readonly type: OperationType;
  readonly pace: keyof typeof DURATION_MS;
  readonly targets: OperationRow['fields']['Targets'];
  readonly work: OperationWork;
  /** `CreatorRequestId` or `UpdaterRequestId`. */
  readonly requestId: string | undefined;
  /** The input, which distinguishes the same request from another. */
  readonly input: unknown;
}

/**
 * Starts an operation: PENDING now, over some simulated seconds later.
 * @returns its id
 */
export function startOperation(call: AwsCall, wanted: Wanted): { OperationId: string } {
  const now = new Date(call.now);
  const row: OperationRow = {
    fields: {
      Id: `${call.id('', 32, 'base36')}-${call.id('', 8, 'base36')}`,
      OwnerAccount: call.account,
      Type: wanted.type,
      Status: 'PENDING',
      CreateDate: now,
      UpdateDate: now,
      Targets: wanted.targets,
    },
    work: wanted.work,
    requestId: wanted.requestId,
    request: fingerprint(wanted.input),
  };
  call.state.cloudMap.operations.set(row.fields.Id, row);
  call.after(DURATION_MS[wanted.pace], 'cloud-map.finish-operation', { id: row.fields.Id });
  return { OperationId: row.fields.Id };
}

/**
 * The operation that an earlier call with the same request id started. The same request gets the same operation again.
 * @throws {ServiceError} `DuplicateRequest` if that request was another one
 */
export function earlierOperation(
  call: AwsCall,
  type: OperationType,
  requestId: string | undefined,
  input: unknown,
): { OperationId: string } | undefined {
  if (requestId === undefined) return undefined;

  for (const row of call.state.cloudMap.operations.values()) {
    if (row.fields.Type !== type || row.requestId !== requestId || row.fields.Status === 'FAIL') continue;
    if (row.request === fingerprint(input)) return { OperationId: row.fields.Id };

    throw duplicateRequest(call, row);
  }
  return undefined;
}

/** An operation on the same resource that is still in progress. */
export function pendingOperation(call: AwsCall, matches: (row: OperationRow) => boolean): OperationRow | undefined {
  for (const row of call.state.cloudMap.operations.values()) {
    if (row.fields.Status === 'PENDING' && matches(row)) return row;
  }
  return undefined;
}

/**
 * `DuplicateRequest`, 400: another operation is in progress. The sentence names the API operation that began it; that of
 * CreatePrivateDnsNamespace is recorded, the others follow it [I].
 */
export function duplicateRequest(call: AwsCall, row: OperationRow): ServiceError {
  return new ServiceError(
    'DuplicateRequest',
    `Another operation of type ${apiOperation(call, row.work)} and id ${row.fields.Id} is in progress`,
    400,
    { DuplicateOperationId: row.fields.Id },
  );
}

const NAMESPACE_KIND: Readonly<Record<NamespaceType, string>> = {
  DNS_PRIVATE: 'PrivateDnsNamespace',
  DNS_PUBLIC: 'PublicDnsNamespace',
  HTTP: 'HttpNamespace',
};

function apiOperation(call: AwsCall, work: OperationWork): string {
  switch (work.kind) {
    case 'create namespace':
      return `Create${NAMESPACE_KIND[work.namespace.fields.Type]}`;
    case 'update namespace':
      return `Update${NAMESPACE_KIND[call.state.cloudMap.namespaces.get(work.namespaceId)?.fields.Type ?? 'HTTP']}`;
    case 'delete namespace':
      return 'DeleteNamespace';
    case 'update service':
      return 'UpdateService';
    case 'register instance':
      return 'RegisterInstance';
    case 'deregister instance':
      return 'DeregisterInstance';
  }
}

function fingerprint(input: unknown): string {
  return JSON.stringify(input);
}

/** Why an operation fails in the end. */
interface Failure {
  readonly code: 'CANNOT_CREATE_HOSTED_ZONE';
  readonly message: string;
}

/** The timer's end of an operation: what it set out to do is done, or it fails. */
export function finishOperation(call: AwsCall, data: Readonly<Record<string, string | number>>): void {
  const row = call.state.cloudMap.operations.get(String(data['id']));
  if (row?.fields.Status !== 'PENDING') return;

  settle(call, row, perform(call, row.work));
}

function settle(call: AwsCall, row: OperationRow, failure: Failure | undefined): void {
  row.fields = {
    ...row.fields,
    Status: failure ? 'FAIL' : 'SUCCESS',
    ErrorCode: failure?.code,
    ErrorMessage: failure?.message,
    UpdateDate: new Date(call.now),
  };
}

function perform(call: AwsCall, work: OperationWork): Failure | undefined {
  const { namespaces, services } = call.state.cloudMap;
  switch (work.kind) {
    case 'create namespace':
      return createNamespace(call, work.namespace);
    case 'delete namespace':
      namespaces.delete(work.namespaceId);
      return undefined;
    case 'update namespace': {
      const row = namespaces.get(work.namespaceId);
      if (row !== undefined) row.fields = changedNamespace(row.fields, work);
      return undefined;
    }
    case 'update service': {
      const row = services.get(work.serviceId);
      if (row !== undefined) {
        const { DnsConfig: before } = row.fields;
        row.fields = {
          ...row.fields,
          ...defined({ Description: work.description }),
          DnsConfig: before && { ...before, DnsRecords: work.dnsRecords },
          HealthCheckConfig: work.healthCheck,
        };
      }
      return undefined;
    }
    case 'register instance':
      putInstance(call, work);
      return undefined;
    case 'deregister instance':
      removeInstance(call, work);
      return undefined;
  }
}

function changedNamespace(
  fields: NamespaceRow['fields'],
  { description, soaTtl: TTL }: Work<'update namespace'>,
): NamespaceRow['fields'] {
  const { DnsProperties: dns, ...others } = fields.Properties ?? {};
  return {
    ...fields,
    ...defined({ Description: description }),
    Properties: { ...others, DnsProperties: { ...dns, SOA: { TTL: TTL ?? dns?.SOA?.TTL } } },
  };
}

/**
 * The hosted zone behind a private namespace cannot be created twice in one VPC. This is reported only now,
 * as the service does.
 */
function createNamespace(call: AwsCall, namespace: NamespaceRow): Failure | undefined {
  const { namespaces } = call.state.cloudMap;
  const { vpcId, fields } = namespace;
  const { Name: name } = fields;
  if (vpcId !== undefined) {
    if (findVpc(call.state, vpcId) === undefined) {
      return failure(`The VPC ID is invalid. (Service: AmazonRoute53; Status Code: 400; Error Code: InvalidVPCId)`);
    }

    const twin = [...namespaces.values()].some(
      (row) => row.vpcId === vpcId && row.fields.Name.toLowerCase() === name.toLowerCase(),
    );
    if (twin) {
      return failure(
        `The VPC that you chose, ${vpcId} in region ${call.region}, is already associated with another private hosted ` +
          `zone that has an overlapping name space, ${name}.. (Service: AmazonRoute53; Status Code: 400; Error Code: ConflictingDomainExists)`,
      );
    }
  }
  namespaces.set(fields.Id, { ...namespace, fields: { ...fields, CreateDate: new Date(call.now) } });
  return undefined;
}

function failure(message: string): Failure {
  return { code: 'CANNOT_CREATE_HOSTED_ZONE', message };
}

type Work<Kind> = Omit<Extract<OperationWork, { kind: Kind }>, 'kind'>;

/** Registers an instance, or changes the attributes of one. */
export function putInstance(call: AwsCall, work: Work<'register instance'>): void {
  const { instances, services } = call.state.cloudMap;
  if (!services.has(work.serviceId)) return;

  const { instanceId: id, serviceId, attributes, creatorRequestId, health } = work;
  const key = `${serviceId}/${id}`;
  const fields = {
    Id: id,
    CreatorRequestId: creatorRequestId,
    Attributes: attributes,
    CreatedByAccount: call.account,
  };
  instances.set(key, { fields, serviceId, health: instances.get(key)?.health ?? health });
  grow(call, serviceId);
}

export function removeInstance(call: AwsCall, { serviceId, instanceId }: Work<'deregister instance'>): void {
  if (call.state.cloudMap.instances.delete(`${serviceId}/${instanceId}`)) grow(call, serviceId);
}

function grow(call: AwsCall, serviceId: string): void {
  const service = call.state.cloudMap.services.get(serviceId);
  if (service !== undefined) service.revision += 1;
}
