import { defined } from '../../simulation/defined.js';
import type { NamespaceType, OperationType } from '@aws-sdk/client-servicediscovery';
import { type AwsCall, ServiceError } from '../operation/operation.js';
import type { NamespaceRow, OperationRow, Work, Works } from './state.js';
import { findVpc } from '../ec2/vpc/network.js';

/** How long operations take. Not published; those that change DNS wait for Route 53, the others do not. */
const DURATION_MS = { plain: 2_000, zone: 30_000, records: 10_000 } as const;

/** Why an operation fails in the end. */
interface Failure {
  readonly code: 'CANNOT_CREATE_HOSTED_ZONE';
  readonly message: string;
}

/** What takes time: its type, the API operation that begins it, and what is done at its end. */
interface Job<W> {
  readonly type: OperationType;
  readonly began: string | ((call: AwsCall, work: W) => string);
  readonly end: (call: AwsCall, work: W) => Failure | undefined | void;
}

const NAMESPACE_KIND: Readonly<Record<NamespaceType, string>> = {
  DNS_PRIVATE: 'PrivateDnsNamespace',
  DNS_PUBLIC: 'PublicDnsNamespace',
  HTTP: 'HttpNamespace',
};

const JOBS: { readonly [K in keyof Works]: Job<Works[K]> } = {
  'create namespace': {
    type: 'CREATE_NAMESPACE',
    began: (_, { namespace }) => `Create${NAMESPACE_KIND[namespace.fields.Type]}`,
    end: (call, { namespace }) => createNamespace(call, namespace),
  },
  'delete namespace': {
    type: 'DELETE_NAMESPACE',
    began: 'DeleteNamespace',
    end: (call, { namespaceId }) => void call.state.cloudMap.namespaces.delete(namespaceId),
  },
  'update namespace': {
    type: 'UPDATE_NAMESPACE',
    began: ({ state }, { namespaceId: id }) =>
      `Update${NAMESPACE_KIND[state.cloudMap.namespaces.get(id)?.fields.Type ?? 'HTTP']}`,
    end: ({ state }, { namespaceId: id, description, soaTtl: TTL }) => {
      const row = state.cloudMap.namespaces.get(id);
      if (row === undefined) return;

      const { DnsProperties: dns, ...others } = row.fields.Properties ?? {};
      row.fields = {
        ...row.fields,
        ...defined({ Description: description }),
        Properties: { ...others, DnsProperties: { ...dns, SOA: { TTL: TTL ?? dns?.SOA?.TTL } } },
      };
    },
  },
  'update service': {
    type: 'UPDATE_SERVICE',
    began: 'UpdateService',
    end: ({ state }, { serviceId: id, description, dnsRecords, healthCheck }) => {
      const row = state.cloudMap.services.get(id);
      if (row === undefined) return;

      const { DnsConfig: before } = row.fields;
      row.fields = {
        ...row.fields,
        ...defined({ Description: description }),
        DnsConfig: before && { ...before, DnsRecords: dnsRecords },
        HealthCheckConfig: healthCheck,
      };
    },
  },
  'register instance': { type: 'REGISTER_INSTANCE', began: 'RegisterInstance', end: putInstance },
  'deregister instance': { type: 'DEREGISTER_INSTANCE', began: 'DeregisterInstance', end: removeInstance },
};

/** Its kind knows the form of the work. */
const jobOf = ({ kind }: Work) => JOBS[kind] as Job<Work>;

interface Wanted {
  readonly pace: keyof typeof DURATION_MS;
  readonly targets: OperationRow['fields']['Targets'];
  /** `CreatorRequestId` or `UpdaterRequestId`. */
  readonly requestId?: string | undefined;
  /** The input, which distinguishes the same request from another. */
  readonly input: unknown;
}

/**
 * Starts an operation: PENDING now, over some simulated seconds later.
 * @returns its id
 */
export function startOperation(
  call: AwsCall,
  work: Work,
  { pace, targets, requestId, input }: Wanted,
): { OperationId: string } {
  const now = new Date(call.now);
  const row: OperationRow = {
    fields: {
      Id: `${call.id('', 32, 'base36')}-${call.id('', 8, 'base36')}`,
      OwnerAccount: call.account,
      Type: jobOf(work).type,
      Status: 'PENDING',
      CreateDate: now,
      UpdateDate: now,
      Targets: targets,
    },
    work,
    requestId,
    request: JSON.stringify(input),
  };
  call.state.cloudMap.operations.set(row.fields.Id, row);
  call.after(DURATION_MS[pace], 'cloud-map.finish-operation', { id: row.fields.Id });
  return { OperationId: row.fields.Id };
}

/**
 * The operation that an earlier call with the same request id started. The same request gets the same operation again.
 * @throws {ServiceError} `DuplicateRequest` if that request was another one
 */
export function earlierOperation(
  call: AwsCall,
  kind: keyof Works,
  requestId: string | undefined,
  input: unknown,
): { OperationId: string } | undefined {
  if (requestId === undefined) return undefined;

  const row = [...call.state.cloudMap.operations.values()].find(
    ({ fields, requestId: own }) => fields.Type === JOBS[kind].type && own === requestId && fields.Status !== 'FAIL',
  );
  if (row !== undefined && row.request !== JSON.stringify(input)) throw duplicateRequest(call, row);

  return row && { OperationId: row.fields.Id };
}

/** Refuses a second operation on the same resource. @throws {ServiceError} `DuplicateRequest` */
export function refuseWhilePending(call: AwsCall, targets: OperationRow['fields']['Targets']): void {
  const names = Object.keys(targets) as (keyof typeof targets)[];
  for (const row of call.state.cloudMap.operations.values()) {
    const { Status, Targets } = row.fields;
    if (Status === 'PENDING' && names.every((name) => Targets[name] === targets[name]))
      throw duplicateRequest(call, row);
  }
}

/**
 * `DuplicateRequest`, 400: another operation is in progress. The sentence names the API operation that began it; that of
 * CreatePrivateDnsNamespace is recorded, the others follow it [I].
 */
function duplicateRequest(call: AwsCall, { fields: { Id }, work }: OperationRow): ServiceError {
  const { began } = jobOf(work);
  const operation = typeof began === 'string' ? began : began(call, work);
  const message = `Another operation of type ${operation} and id ${Id} is in progress`;
  return new ServiceError('DuplicateRequest', message, 400, { DuplicateOperationId: Id });
}

/** The timer's end of an operation: what it set out to do is done, or it fails. */
export function finishOperation(call: AwsCall, data: Readonly<Record<string, string | number>>): void {
  const row = call.state.cloudMap.operations.get(String(data['id']));
  if (row?.fields.Status !== 'PENDING') return;

  const failure = jobOf(row.work).end(call, row.work);
  row.fields = {
    ...row.fields,
    Status: failure ? 'FAIL' : 'SUCCESS',
    ErrorCode: failure?.code,
    ErrorMessage: failure?.message,
    UpdateDate: new Date(call.now),
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
        `The VPC that you chose, ${vpcId} in region ${call.region}, is already associated with another private hosted zone that has an overlapping name space, ${name}.. (Service: AmazonRoute53; Status Code: 400; Error Code: ConflictingDomainExists)`,
      );
    }
  }
  namespaces.set(fields.Id, { ...namespace, fields: { ...fields, CreateDate: new Date(call.now) } });
  return undefined;
}

function failure(message: string): Failure {
  return { code: 'CANNOT_CREATE_HOSTED_ZONE', message };
}

/** Registers an instance, or changes the attributes of one. */
export function putInstance(
  call: AwsCall,
  { instanceId: Id, serviceId, attributes, creatorRequestId, health }: Works['register instance'],
): void {
  const { instances, services } = call.state.cloudMap;
  if (!services.has(serviceId)) return;

  const key = `${serviceId}/${Id}`;
  const fields = { Id, CreatorRequestId: creatorRequestId, Attributes: attributes, CreatedByAccount: call.account };
  instances.set(key, { fields, serviceId, health: instances.get(key)?.health ?? health });
  grow(call, serviceId);
}

export function removeInstance(call: AwsCall, { serviceId, instanceId }: Works['deregister instance']): void {
  if (call.state.cloudMap.instances.delete(`${serviceId}/${instanceId}`)) grow(call, serviceId);
}

function grow(call: AwsCall, serviceId: string): void {
  const service = call.state.cloudMap.services.get(serviceId);
  if (service !== undefined) service.revision += 1;
}
