import type { AwsCall } from '../operation/call.js';
import { findVpc } from '../ec2/vpc/network.js';
import type { NamespaceRow, OperationRow, OperationWork } from './state.js';

/** Why an operation fails in the end. */
interface Failure {
  readonly code: 'CANNOT_CREATE_HOSTED_ZONE';
  readonly message: string;
}

/** The timer's end of an operation: what it set out to do is done, or it fails. */
export function finishOperation(call: AwsCall, data: Readonly<Record<string, string | number>>): void {
  const row = call.state.cloudMap.operations.get(String(data['id']));
  if (row?.status !== 'PENDING') return;
  settle(call, row, perform(call, row.work));
}

function settle(call: AwsCall, row: OperationRow, failure: Failure | undefined): void {
  row.status = failure ? 'FAIL' : 'SUCCESS';
  row.errorCode = failure?.code;
  row.errorMessage = failure?.message;
  row.updateDate = new Date(call.now);
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
      if (row !== undefined) {
        row.description = work.description ?? row.description;
        row.soaTtl = work.soaTtl ?? row.soaTtl;
      }
      return undefined;
    }
    case 'update service': {
      const row = services.get(work.serviceId);
      if (row !== undefined) {
        row.description = work.description ?? row.description;
        row.dnsRecords = work.dnsRecords;
        row.healthCheck = work.healthCheck;
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

/**
 * The hosted zone behind a private namespace cannot be created twice in one VPC. This is reported only now,
 * as the service does.
 */
function createNamespace(call: AwsCall, namespace: Omit<NamespaceRow, 'createDate'>): Failure | undefined {
  const { namespaces } = call.state.cloudMap;
  const { vpcId, name } = namespace;
  if (vpcId !== undefined) {
    if (findVpc(call.state, vpcId) === undefined) {
      return failure(`The VPC ID is invalid. (Service: AmazonRoute53; Status Code: 400; Error Code: InvalidVPCId)`);
    }
    const twin = [...namespaces.values()].some(
      (row) => row.vpcId === vpcId && row.name.toLowerCase() === name.toLowerCase(),
    );
    if (twin) {
      return failure(
        `The VPC that you chose, ${vpcId} in region ${call.region}, is already associated with another private hosted ` +
          `zone that has an overlapping name space, ${name}.. (Service: AmazonRoute53; Status Code: 400; Error Code: ConflictingDomainExists)`,
      );
    }
  }
  namespaces.set(namespace.id, { ...namespace, createDate: new Date(call.now) });
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
  const known = instances.get(`${serviceId}/${id}`);
  if (known === undefined) instances.set(`${serviceId}/${id}`, { id, serviceId, attributes, creatorRequestId, health });
  else Object.assign(known, { attributes, creatorRequestId });
  grow(call, serviceId);
}

export function removeInstance(call: AwsCall, { serviceId, instanceId }: Work<'deregister instance'>): void {
  if (call.state.cloudMap.instances.delete(`${serviceId}/${instanceId}`)) grow(call, serviceId);
}

function grow(call: AwsCall, serviceId: string): void {
  const service = call.state.cloudMap.services.get(serviceId);
  if (service !== undefined) service.revision += 1;
}
