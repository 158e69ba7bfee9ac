import type { NamespaceType, OperationType } from '@aws-sdk/client-servicediscovery';
import type { AwsCall } from '../operation/call.js';
import { ServiceError } from '../operation/service-error.js';
import type { OperationRow, OperationWork } from './state.js';

/**
 * How long operations take. Not published; those that change DNS wait for Route 53, the others do not.
 */
const DURATION_MS = { plain: 2_000, zone: 30_000, records: 10_000 } as const;

interface Wanted {
  readonly type: OperationType;
  readonly pace: keyof typeof DURATION_MS;
  readonly targets: OperationRow['targets'];
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
    id: `${call.id('', 32, 'base36')}-${call.id('', 8, 'base36')}`,
    type: wanted.type,
    createDate: now,
    targets: wanted.targets,
    work: wanted.work,
    requestId: wanted.requestId,
    request: fingerprint(wanted.input),
    status: 'PENDING',
    updateDate: now,
    errorCode: undefined,
    errorMessage: undefined,
  };
  call.state.cloudMap.operations.set(row.id, row);
  call.after(DURATION_MS[wanted.pace], 'cloud-map.finish-operation', { id: row.id });
  return { OperationId: row.id };
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
    if (row.type !== type || row.requestId !== requestId || row.status === 'FAIL') continue;
    if (row.request === fingerprint(input)) return { OperationId: row.id };
    throw duplicateRequest(call, row);
  }
  return undefined;
}

/** An operation on the same resource that is still in progress. */
export function pendingOperation(call: AwsCall, matches: (row: OperationRow) => boolean): OperationRow | undefined {
  for (const row of call.state.cloudMap.operations.values()) {
    if (row.status === 'PENDING' && matches(row)) return row;
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
    `Another operation of type ${apiOperation(call, row.work)} and id ${row.id} is in progress`,
    400,
    { DuplicateOperationId: row.id },
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
      return `Create${NAMESPACE_KIND[work.namespace.type]}`;
    case 'update namespace':
      return `Update${NAMESPACE_KIND[call.state.cloudMap.namespaces.get(work.namespaceId)?.type ?? 'HTTP']}`;
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
