import { ofList, type AwsCall } from '../../../operation/operation.js';
import type { RestApiFields } from '../state.js';
import { rule, listItem, textMember, withMember, type PatchRule, type PatchTable } from '../patch.js';
import { badRequest } from '../words.js';
import { compressionSize, storedPolicy } from './api.js';
import { withIpAddressType, withType, type Endpoint } from './references.js';

type Rule = PatchRule<RestApiFields>;

/**
 * What UpdateRestApi changes.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateRestApi-Patch
 */
export function apiPatchTable(call: AwsCall): PatchTable<RestApiFields> {
  return {
    '/name': rule(['replace'], (row, { value = '' }) => ({ ...row, name: value })),
    '/description': DESCRIPTION,
    '/apiKeySource': oneOf('apiKeySource', ['HEADER', 'AUTHORIZER']),
    '/binaryMediaTypes/{type}': BINARY_MEDIA_TYPE,
    '/minimumCompressionSize': COMPRESSION,
    '/disableExecuteApiEndpoint': rule(['replace'], (row, { value }) => ({
      ...row,
      disableExecuteApiEndpoint: value?.toLowerCase() === 'true',
    })),
    '/policy': rule(['replace'], (row, { value = '' }) =>
      withMember(row, 'policy', value === '' ? undefined : storedPolicy(call, row.id, value)),
    ),
    '/endpointConfiguration/ipAddressType': endpoint(withIpAddressType),
    '/endpointConfiguration/types/{type}': TYPE,
    '/endpointConfiguration/vpcEndpointIds': VPC_ENDPOINT,
    '/securityPolicy': textMember('securityPolicy'),
    '/endpointAccessMode': textMember('endpointAccessMode'),
  };
}

const DESCRIPTION: Rule = rule(['replace', 'remove'], (row, { op, value = '' }) =>
  withMember(row, 'description', op === 'remove' || value === '' ? undefined : value),
);

const BINARY_MEDIA_TYPE: Rule = rule(['add', 'replace', 'remove'], (row, change) => {
  const changed = listItem<RestApiFields>('binaryMediaTypes').apply(row, change);
  return changed.binaryMediaTypes?.length === 0 ? withMember(changed, 'binaryMediaTypes', undefined) : changed;
});

/** An empty value turns compression off. */
const COMPRESSION: Rule = rule(['replace'], (row, { value = '' }) => {
  if (value !== '' && !/^\d+$/.test(value)) throw compressionSize();

  return withMember(row, 'minimumCompressionSize', value === '' ? undefined : Number(value));
});

/**
 * The path names the present type or its index; an API has one. Other operations have a sentence of their
 * own.
 */
const TYPE: Rule = rule(['add', 'remove', 'replace'], (row, change) => {
  if (change.op !== 'replace') throw badRequest("Invalid patch operation specified. Must be 'add'|'remove'|'replace'");

  return endpoint(withType).apply(row, change);
});

const VPC_ENDPOINT: Rule = rule(['add', 'remove'], (row, { op, value = '' }) => {
  const rest = (row.endpointConfiguration?.vpcEndpointIds ?? []).filter((id) => id !== value);
  const vpcEndpointIds = op === 'add' ? [...rest, value] : rest;
  const configuration = withMember<Endpoint>(
    row.endpointConfiguration as Endpoint,
    'vpcEndpointIds',
    vpcEndpointIds.length > 0 ? vpcEndpointIds : undefined,
  );
  return { ...row, endpointConfiguration: configuration };
});

function endpoint(change: (endpoint: Endpoint, value: string | undefined) => Endpoint): Rule {
  return rule(['replace'], (row, { value }) => ({
    ...row,
    endpointConfiguration: change(row.endpointConfiguration as Endpoint, value),
  }));
}

/** A member of a few values. The sentence is [U]. */
function oneOf(name: 'apiKeySource', values: readonly string[]): Rule {
  return rule(['replace'], (row, { value = '' }) => {
    if (!values.includes(value))
      throw ofList(badRequest(`Invalid ${name} specified. Valid options are ${values.join(',')}`));

    return withMember(row, name, value);
  });
}
