import type { Namespace } from '@aws-sdk/client-servicediscovery';
import type { AwsCall } from '../../operation/operation.js';
import {
  invalidInput,
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
} from '../request.js';
import { getNamespace, servicesOf } from '../find.js';
import {
  DNS_NAMESPACE_UPDATE,
  startNamespace,
  startNamespaceDeletion,
  startNamespaceUpdate,
  updateDnsNamespace,
} from '../namespaces.js';
import type { NamespaceRow } from '../state.js';

export const namespaceOperations = family({
  /** Starts the creation of a namespace whose services are found by API calls only. */
  CreateHttpNamespace: {
    limits: {
      Name: { length: [0, 1024], pattern: /^(?!arn:)[!-~]{1,1024}$/ },
      CreatorRequestId: REQUEST_ID,
      Description: DESCRIPTION,
      ...TAGS,
    },
    run: (call, input) =>
      startNamespace(call, {
        type: 'HTTP',
        name: input.Name,
        creatorRequestId: input.CreatorRequestId,
        description: input.Description,
        tags: input.Tags,
        input,
      }),
  },

  /** Starts the creation of a namespace with a private hosted zone in a VPC. */
  CreatePrivateDnsNamespace: {
    limits: {
      Name: { length: [0, 253], pattern: /^(?!arn:)[!-~]{1,253}$/ },
      Vpc: { length: [0, 64] },
      CreatorRequestId: REQUEST_ID,
      Description: DESCRIPTION,
      'Properties.DnsProperties.SOA.TTL': TTL,
      ...TAGS,
    },
    run: (call, input) =>
      startNamespace(call, {
        type: 'DNS_PRIVATE',
        name: input.Name,
        vpcId: input.Vpc,
        creatorRequestId: input.CreatorRequestId,
        description: input.Description,
        tags: input.Tags,
        soaTtl: input.Properties?.DnsProperties.SOA.TTL,
        input,
      }),
  },

  /** Starts a change of an HTTP namespace's description. */
  UpdateHttpNamespace: {
    limits: { Id: ID, UpdaterRequestId: REQUEST_ID, 'Namespace.Description': DESCRIPTION },
    run(call, input) {
      const row = getNamespace(call.state, input.Id);
      if (row.fields.Type !== 'HTTP') throw invalidInput(`Namespace ${row.fields.Id} is of type ${row.fields.Type}`);

      return startNamespaceUpdate(call, row, {
        description: input.Namespace.Description,
        soaTtl: undefined,
        requestId: input.UpdaterRequestId,
        input,
      });
    },
  },

  /** Starts a change of a private DNS namespace's description or start-of-authority record. */
  UpdatePrivateDnsNamespace: {
    limits: DNS_NAMESPACE_UPDATE,
    run: updateDnsNamespace,
  },

  /** Starts the deletion of a namespace that has no services. */
  DeleteNamespace: {
    limits: { Id: ID },
    run: (call, input) => startNamespaceDeletion(call, getNamespace(call.state, input.Id), input),
  },

  /** One namespace, by id or ARN. */
  GetNamespace: {
    limits: { Id: ID },
    run: (call, input) => ({ Namespace: view(call, getNamespace(call.state, input.Id)) }),
  },

  ListNamespaces: {
    limits: { 'Filters[].Name': { values: ['TYPE', 'NAME', 'HTTP_NAME', 'RESOURCE_OWNER'] }, ...FILTERS, ...PAGE },
    run(call, input) {
      const rows = filtered(filters(call), [...call.state.cloudMap.namespaces.values()], input.Filters);
      const { items, next } = pageOf('ListNamespaces', rows, input);
      return { Namespaces: items.map((row) => summary(call, row)), NextToken: next };
    },
  },
});

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
