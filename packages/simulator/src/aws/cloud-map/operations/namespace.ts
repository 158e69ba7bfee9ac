import type {
  CreateHttpNamespaceRequest,
  CreatePrivateDnsNamespaceRequest,
  Namespace,
  NamespaceType,
} from '@aws-sdk/client-servicediscovery';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import type { Given } from '../../state/given.js';
import {
  invalidInput,
  inUse,
  limitExceeded,
  filtered,
  type FilterTable,
  DESCRIPTION,
  FILTERS,
  ID,
  PAGE,
  pageOf,
  REQUEST_ID,
  TAGS,
  TTL,
  family,
  newTags,
} from '../request.js';
import { getNamespace, servicesOf } from '../find.js';
import { earlierOperation, refuseWhilePending, startOperation } from '../jobs.js';
import type { NamespaceRow } from '../state.js';
import { limited } from '../../operation/family.js';

/** Seconds of the start-of-authority record of a namespace that names none. */
const SOA_TTL = 15;

const CREATED = { CreatorRequestId: REQUEST_ID, Description: DESCRIPTION, ...TAGS };
const UPDATED = { Id: ID, UpdaterRequestId: REQUEST_ID, 'Namespace.Description': DESCRIPTION };

export const namespaceOperations = family({
  /** Starts the creation of a namespace whose services are found by API calls only. */
  CreateHttpNamespace: {
    limits: { Name: { length: [0, 1024], pattern: /^(?!arn:)[!-~]{1,1024}$/ }, ...CREATED },
    run: (call, input) => create(call, 'HTTP', input),
  },

  /** Starts the creation of a namespace with a private hosted zone in a VPC. */
  CreatePrivateDnsNamespace: {
    limits: {
      Name: { length: [0, 253], pattern: /^(?!arn:)[!-~]{1,253}$/ },
      Vpc: { length: [0, 64] },
      'Properties.DnsProperties.SOA.TTL': TTL,
      ...CREATED,
    },
    run: (call, input) => create(call, 'DNS_PRIVATE', input, input.Vpc, input.Properties?.DnsProperties.SOA.TTL),
  },

  /** Starts a change of an HTTP namespace's description. */
  UpdateHttpNamespace: { limits: UPDATED, run: (call, input) => update(call, 'HTTP', input) },

  /** Starts a change of a private DNS namespace's description or start-of-authority record. */
  UpdatePrivateDnsNamespace: {
    limits: { ...UPDATED, 'Namespace.Properties.DnsProperties.SOA.TTL': TTL },
    run: (call, input) => update(call, 'DNS_PRIVATE', input, input.Namespace.Properties?.DnsProperties.SOA.TTL),
  },

  /** Starts the deletion of a namespace that has no services. */
  DeleteNamespace: limited({ Id: ID }, (call, input) => {
    const { fields } = getNamespace(call.state, input.Id);
    if (servicesOf(call.state, fields.Id).length > 0) {
      throw inUse('Namespace contains registered services; delete the services before deleting the namespace');
    }

    const targets = { NAMESPACE: fields.Id };
    refuseWhilePending(call, targets);
    const pace = fields.Type === 'HTTP' ? 'plain' : 'zone';
    return startOperation(call, { kind: 'delete namespace', namespaceId: fields.Id }, { pace, targets, input });
  }),

  /** One namespace, by id or ARN. */
  GetNamespace: limited({ Id: ID }, (call, input) => ({ Namespace: view(call, getNamespace(call.state, input.Id)) })),

  ListNamespaces: {
    limits: { 'Filters[].Name': { values: ['TYPE', 'NAME', 'HTTP_NAME', 'RESOURCE_OWNER'] }, ...FILTERS, ...PAGE },
    run(call, input) {
      const rows = filtered(filters(call), [...call.state.cloudMap.namespaces.values()], input.Filters);
      const { items, next } = pageOf('ListNamespaces', rows, input);
      return { Namespaces: items.map((row) => summary(call, row)), NextToken: next };
    },
  },
});

function create(
  call: AwsCall,
  Type: NamespaceType,
  input: Given<CreateHttpNamespaceRequest> | Given<CreatePrivateDnsNamespaceRequest>,
  vpcId?: string,
  soaTtl?: number,
): { OperationId: string } {
  const { Name, Description, CreatorRequestId: requestId } = input;
  const earlier = earlierOperation(call, 'create namespace', requestId, input);
  if (earlier !== undefined) return earlier;

  refuseTwin(call, Type, Name);
  if (call.state.cloudMap.namespaces.size >= call.quota('namespaces'))
    throw limitExceeded('The limit on the number of namespaces has been reached');

  const Id = call.id('ns-', 16, 'base36');
  const dns = Type !== 'HTTP';
  const HostedZoneId = dns ? call.id('Z', 20, 'base36').toUpperCase() : undefined;
  const namespace: NamespaceRow = {
    fields: {
      Id,
      Arn: `arn:${call.partition}:servicediscovery:${call.region}:${call.account}:namespace/${Id}`,
      ResourceOwner: call.account,
      Name,
      Type,
      Description,
      Properties: {
        // An HTTP namespace has an empty start of authority, as ListNamespaces answered in 2022 and 2023.
        DnsProperties: { HostedZoneId, SOA: { TTL: dns ? (soaTtl ?? SOA_TTL) : undefined } },
        HttpProperties: { HttpName: Name },
      },
      CreatorRequestId: requestId ?? call.id('', 32),
    },
    vpcId,
    tags: newTags(input.Tags),
  };
  const pace = dns ? 'zone' : 'plain';
  const how = { pace, targets: { NAMESPACE: Id }, requestId, input } as const;
  return startOperation(call, { kind: 'create namespace', namespace }, how);
}

/** Private namespaces of one name may exist in different VPCs; whether they collide turns out later. */
function refuseTwin(call: AwsCall, type: NamespaceType, name: string): void {
  if (type === 'DNS_PRIVATE') return;

  for (const { fields } of call.state.cloudMap.namespaces.values()) {
    if (fields.Type !== type || fields.Name !== name) continue;

    throw new ServiceError('NamespaceAlreadyExists', `Namespace with name ${name} already exists`, 400, {
      CreatorRequestId: fields.CreatorRequestId,
      NamespaceId: fields.Id,
    });
  }
}

interface Update {
  readonly Id: string;
  readonly UpdaterRequestId?: string | undefined;
  readonly Namespace: { readonly Description?: string | undefined };
}

function update(call: AwsCall, type: NamespaceType, input: Update, soaTtl?: number): { OperationId: string } {
  const { Id: id, Type } = getNamespace(call.state, input.Id).fields;
  if (Type !== type) throw invalidInput(`Namespace ${id} is of type ${Type}`);

  const { UpdaterRequestId: requestId } = input;
  const earlier = earlierOperation(call, 'update namespace', requestId, input);
  if (earlier !== undefined) return earlier;

  const pace = type === 'HTTP' ? 'plain' : 'records';
  const how = { pace, targets: { NAMESPACE: id }, requestId, input } as const;
  const { Description: description } = input.Namespace;
  return startOperation(call, { kind: 'update namespace', namespaceId: id, description, soaTtl }, how);
}

/** @see https://docs.aws.amazon.com/cloud-map/latest/api/API_NamespaceFilter.html */
function filters(_call: AwsCall): FilterTable<NamespaceRow> {
  return {
    TYPE: { value: (row) => row.fields.Type, conditions: ['EQ', 'IN'], values: ['DNS_PUBLIC', 'DNS_PRIVATE', 'HTTP'] },
    NAME: { value: (row) => row.fields.Name, conditions: ['EQ', 'BEGINS_WITH'] },
    HTTP_NAME: { value: (row) => row.fields.Name, conditions: ['EQ', 'BEGINS_WITH'] },
    RESOURCE_OWNER: {
      value: () => 'SELF', // namespaces that other accounts share are not simulated
      conditions: ['EQ'],
      values: ['SELF', 'OTHER_ACCOUNTS'],
    },
  };
}

function view({ state }: AwsCall, { fields }: NamespaceRow): Namespace {
  return { ...fields, ServiceCount: servicesOf(state, fields.Id).length };
}

/** A namespace, as a list contains it. */
function summary(call: AwsCall, row: NamespaceRow): Namespace {
  const { CreatorRequestId: _, ...shown } = view(call, row);
  return shown;
}
