import type { NamespaceType, Tag as WireTag, UpdatePrivateDnsNamespaceRequest } from '@aws-sdk/client-servicediscovery';
import { type AwsCall, type MemberLimit, ServiceError } from '../operation/operation.js';
import type { Given } from '../state/given.js';
import type { NamespaceRow } from './state.js';
import { invalidInput, inUse, limitExceeded, DESCRIPTION, ID, REQUEST_ID, TTL } from './request.js';
import { getNamespace, servicesOf } from './find.js';
import { duplicateRequest, earlierOperation, pendingOperation, startOperation } from './operation-runs.js';
import { newTags } from './tags.js';

/** Seconds of the start-of-authority record of a namespace that names none. */
const SOA_TTL = 15;

interface WantedNamespace {
  readonly type: NamespaceType;
  readonly name: string;
  readonly vpcId?: string;
  readonly creatorRequestId: string | undefined;
  readonly description: string | undefined;
  readonly tags: readonly Given<WireTag>[] | undefined;
  readonly soaTtl?: number | undefined;
  /** The whole input, which identifies a repeated request. */
  readonly input: unknown;
}

/**
 * Starts the creation of a namespace.
 * @throws {ServiceError} `NamespaceAlreadyExists`, `ResourceLimitExceeded`, `DuplicateRequest`, `TooManyTagsException`.
 */
export function startNamespace(call: AwsCall, wanted: WantedNamespace): { OperationId: string } {
  const { type, name, creatorRequestId: requestId, input } = wanted;
  const earlier = earlierOperation(call, 'CREATE_NAMESPACE', requestId, input);
  if (earlier !== undefined) return earlier;

  refuseTwin(call, type, name);
  const { namespaces } = call.state.cloudMap;
  if (namespaces.size >= call.quota('namespaces'))
    throw limitExceeded('The limit on the number of namespaces has been reached');

  const id = call.id('ns-', 16, 'base36');
  const dns = type !== 'HTTP';
  const HostedZoneId = dns ? call.id('Z', 20, 'base36').toUpperCase() : undefined;
  const namespace: NamespaceRow = {
    fields: {
      Id: id,
      Arn: `arn:${call.partition}:servicediscovery:${call.region}:${call.account}:namespace/${id}`,
      ResourceOwner: call.account,
      Name: name,
      Type: type,
      Description: wanted.description,
      Properties: {
        // An HTTP namespace has an empty start of authority, as ListNamespaces answered in 2022 and 2023.
        DnsProperties: { HostedZoneId, SOA: { TTL: dns ? (wanted.soaTtl ?? SOA_TTL) : undefined } },
        HttpProperties: { HttpName: name },
      },
      CreatorRequestId: requestId ?? call.id('', 32),
    },
    vpcId: wanted.vpcId,
    tags: newTags(wanted.tags),
  };
  return startOperation(call, {
    type: 'CREATE_NAMESPACE',
    pace: dns ? 'zone' : 'plain',
    targets: { NAMESPACE: id },
    work: { kind: 'create namespace', namespace },
    requestId,
    input,
  });
}

/** Private namespaces of one name may exist in different VPCs; whether they collide turns out later. */
function refuseTwin(call: AwsCall, type: NamespaceType, name: string): void {
  if (type === 'DNS_PRIVATE') return;

  for (const row of call.state.cloudMap.namespaces.values()) {
    if (row.fields.Type !== type || row.fields.Name !== name) continue;

    throw new ServiceError('NamespaceAlreadyExists', `Namespace with name ${name} already exists`, 400, {
      CreatorRequestId: row.fields.CreatorRequestId,
      NamespaceId: row.fields.Id,
    });
  }
}

/**
 * Starts the deletion of a namespace.
 * @throws {ServiceError} `ResourceInUse` while it has services; `DuplicateRequest` while another operation on it is in progress
 */
export function startNamespaceDeletion(call: AwsCall, row: NamespaceRow, input: unknown): { OperationId: string } {
  if (servicesOf(call.state, row.fields.Id).length > 0) {
    throw inUse('Namespace contains registered services; delete the services before deleting the namespace');
  }

  const pending = pendingOperation(call, ({ fields }) => fields.Targets['NAMESPACE'] === row.fields.Id);
  if (pending !== undefined) throw duplicateRequest(call, pending);

  return startOperation(call, {
    type: 'DELETE_NAMESPACE',
    pace: row.fields.Type === 'HTTP' ? 'plain' : 'zone',
    targets: { NAMESPACE: row.fields.Id },
    work: { kind: 'delete namespace', namespaceId: row.fields.Id },
    requestId: undefined,
    input,
  });
}

/** Bounds of the parameters of UpdatePrivateDnsNamespace. */
export const DNS_NAMESPACE_UPDATE: Readonly<Record<string, MemberLimit>> = {
  Id: ID,
  UpdaterRequestId: REQUEST_ID,
  'Namespace.Description': DESCRIPTION,
  'Namespace.Properties.DnsProperties.SOA.TTL': TTL,
};

/**
 * Starts a change of a private DNS namespace.
 * @throws {ServiceError} `NamespaceNotFound`, `InvalidInput` for one of another type, `DuplicateRequest`.
 */
export function updateDnsNamespace(
  call: AwsCall,
  input: Given<UpdatePrivateDnsNamespaceRequest>,
): { OperationId: string } {
  const row = getNamespace(call.state, input.Id);
  if (row.fields.Type !== 'DNS_PRIVATE') throw invalidInput(`Namespace ${row.fields.Id} is of type ${row.fields.Type}`);

  return startNamespaceUpdate(call, row, {
    description: input.Namespace.Description,
    soaTtl: input.Namespace.Properties?.DnsProperties.SOA.TTL,
    requestId: input.UpdaterRequestId,
    input,
  });
}

/**
 * Starts a change of a namespace's description or start-of-authority record.
 * @throws {ServiceError} `DuplicateRequest`.
 */
export function startNamespaceUpdate(
  call: AwsCall,
  row: NamespaceRow,
  change: {
    readonly description: string | undefined;
    readonly soaTtl: number | undefined;
    readonly requestId: string | undefined;
    readonly input: unknown;
  },
): { OperationId: string } {
  const earlier = earlierOperation(call, 'UPDATE_NAMESPACE', change.requestId, change.input);
  if (earlier !== undefined) return earlier;

  return startOperation(call, {
    type: 'UPDATE_NAMESPACE',
    pace: row.fields.Type === 'HTTP' ? 'plain' : 'records',
    targets: { NAMESPACE: row.fields.Id },
    work: {
      kind: 'update namespace',
      namespaceId: row.fields.Id,
      description: change.description,
      soaTtl: change.soaTtl,
    },
    requestId: change.requestId,
    input: change.input,
  });
}
