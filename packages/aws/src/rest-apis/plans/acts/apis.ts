import {
  isChanged,
  isSet,
  updatedValues,
  word,
  type Act,
  type ActValues,
  type Caller,
} from '@postern/core/internal/overlay';
import { arnIn } from '../../../plans/acts/calls.js';
import { patched, inBlock, listed, listedInPath, patches, replaced, type PatchesOf } from './methods.js';

/**
 * What of an API changes in place.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigateway/rest_api.go
 */
const PATCHES: Readonly<Record<string, PatchesOf>> = {
  api_key_source: replaced('/apiKeySource'),
  binary_media_types: listedInPath('/binaryMediaTypes'),
  description: replaced('/description'),
  disable_execute_api_endpoint: replaced('/disableExecuteApiEndpoint'),
  endpoint_configuration: inBlock({
    ip_address_type: replaced('/endpointConfiguration/ipAddressType'),
    types: (before, value) => [
      {
        op: 'replace',
        path: `/endpointConfiguration/types/${word(before) ?? '0'}`,
        value: word(value) ?? '',
      },
    ],
    vpc_endpoint_ids: listed('/endpointConfiguration/vpcEndpointIds'),
  }),
  minimum_compression_size: (_before, value) => {
    const size = word(value);
    return [{ op: 'replace', path: '/minimumCompressionSize', value: size === '-1' ? undefined : size }];
  },
  name: replaced('/name'),
  policy: replaced('/policy'),
};

function send(restApiId: unknown, before: ActValues, values: ActValues, caller: Caller): void {
  const patchOperations = patches(before, values, PATCHES);
  if (patchOperations.length > 0) caller.call('apigateway.UpdateRestApi', { restApiId, patchOperations });
}

/** What the provider sends again after a definition, which replaces all that the API has. */
const STATED = ['api_key_source', 'description', 'disable_execute_api_endpoint', 'name', 'policy'];

function put(restApiId: unknown, values: ActValues, caller: Caller): void {
  const body = word(values['body']);
  if (body === undefined) return;

  const input = caller.fill('apigateway.PutRestApi', { ...values, mode: values['put_rest_api_mode'] }, { body: '-' });
  caller.call('apigateway.PutRestApi', {
    ...input,
    restApiId,
    mode: input['mode'] ?? 'overwrite',
    failOnWarnings: isSet(values['fail_on_warnings']),
    body,
  });
  const stated = STATED.filter((name) => word(values[name]) !== undefined).map((name) => [name, values[name]]);
  send(restApiId, {}, Object.fromEntries(stated), caller);
}

/** APIs and their resource policies. */
export const apiActs: Readonly<Record<string, Act>> = {
  aws_api_gateway_rest_api: {
    gives: ['root_resource_id', 'execution_arn'],
    create: (values, caller) => {
      const input = caller.fill('apigateway.CreateRestApi', values);
      const made = caller.call('apigateway.CreateRestApi', input);
      return {
        id: made.id,
        root_resource_id: made.rootResourceId,
        execution_arn: arnIn(caller, 'execute-api', made.id),
      };
    },
    prior: ({ id }, caller) => ({
      root_resource_id: caller.call('apigateway.GetRestApi', { restApiId: id }).rootResourceId,
    }),
    after: (values, { id }, caller) => put(id, values, caller),
    update: (before, values, caller) => {
      const { id } = before;
      if (isChanged(before, values, 'body')) put(id, updatedValues(before, values), caller);
      send(id, before, values, caller);
    },
    remove: (before, caller) => void caller.call('apigateway.DeleteRestApi', { restApiId: before['id'] }),
  },
  aws_api_gateway_rest_api_policy: {
    create: (values, caller) => {
      const restApiId = word(values['rest_api_id']);
      send(restApiId, {}, { policy: values['policy'] }, caller);
      return { id: restApiId };
    },
    update: patched('apigateway.UpdateRestApi', { restApiId: 'rest_api_id' }, { policy: replaced('/policy') }),
    remove: (before, caller) =>
      caller.call('apigateway.UpdateRestApi', {
        restApiId: before['rest_api_id'],
        patchOperations: [{ op: 'replace', path: '/policy', value: '' }],
      }),
    owners: ['rest_api_id'],
  },
};
