import {
  word,
  type Act,
  type ActsOfCloud,
  type ActValues,
  type Answer,
  type Caller,
  type Input,
  blocks,
  isChanged,
  isSame,
  several,
  single,
} from '@postern/core/internal/overlay';
import { escaped } from '../../cloud/method-throttles.js';

/** A change of a resource of a REST API. */
export interface Patch {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: string;
  readonly value?: string | undefined;
}

/** What of a change an attribute becomes. */
export type PatchesOf = (before: unknown, value: unknown) => readonly Patch[];

/** A single value; an empty one where it is removed. */
export const replaced =
  (path: string): PatchesOf =>
  (_before, value) => [{ op: 'replace', path, value: word(value) ?? '' }];

/** A single value that cannot be an empty text: it is absent. */
const replacedOrAbsent =
  (path: string): PatchesOf =>
  (_before, value) => [{ op: 'replace', path, value: word(value) }];

/** Values by key. `isAdded`: what is new is added, and not a replacement. */
export function keyed(path: string, isAdded = true): PatchesOf {
  return (before, value) => {
    const [were, are] = [entriesOf(before), entriesOf(value)];
    const removed = Object.keys(were).filter((key) => !(key in are));
    const changed = Object.entries(are).filter(([key, text]) => !isSame(were[key], text));
    return [
      ...removed.map((key): Patch => ({ op: 'remove', path: `${path}/${escaped(key)}` })),
      ...changed.map(([key, text]): Patch => ({
        op: key in were || !isAdded ? 'replace' : 'add',
        path: `${path}/${escaped(key)}`,
        value: word(text) ?? '',
      })),
    ];
  };
}

function entriesOf(value: unknown): Readonly<Record<string, unknown>> {
  return (single(value) ?? {}) as Readonly<Record<string, unknown>>;
}

function differences(before: unknown, value: unknown): readonly (readonly ['add' | 'remove', string])[] {
  const [were, are] = [several(before).map(String), several(value).map(String)];
  return [
    ...are.filter((one) => !were.includes(one)).map((one) => ['add', one] as const),
    ...were.filter((one) => !are.includes(one)).map((one) => ['remove', one] as const),
  ];
}

/** Texts of a set, each a value of the path. */
export const listed =
  (path: string): PatchesOf =>
  (before, value) =>
    differences(before, value).map(([op, text]) => ({ op, path, value: text }));

/** Texts of a set, each a part of the path. */
export const listedInPath =
  (path: string): PatchesOf =>
  (before, value) =>
    differences(before, value).map(([op, text]) => ({ op, path: `${path}/${escaped(text)}` }));

/** The members of a block; `whole` is removed where the block is. */
export function inBlock(members: Readonly<Record<string, PatchesOf>>, whole?: string): PatchesOf {
  return (before, value) => {
    const [was, is] = [blocks(before)[0], blocks(value)[0]];
    if (is === undefined) return whole === undefined ? [] : [{ op: 'remove', path: whole }];

    return patches(was ?? {}, is, members);
  };
}

/** What a change sends: nothing of what stays. */
export function patches(
  before: ActValues,
  values: ActValues,
  table: Readonly<Record<string, PatchesOf>>,
): readonly Patch[] {
  return Object.entries(table).flatMap(([name, patchesOf]) =>
    isChanged(before, values, name) ? patchesOf(before[name], values[name]) : [],
  );
}

const METHOD = { restApiId: 'rest_api_id', resourceId: 'resource_id', httpMethod: 'http_method' };
const RESPONSE = { ...METHOD, statusCode: 'status_code' };

/** Names of the attributes that say which one it is, by member. */
type Key = Readonly<Record<string, string>>;

const of = (key: Key, values: ActValues): Input =>
  Object.fromEntries(Object.entries(key).map(([member, name]) => [member, word(values[name])]));

/** The update of what is named by its members: it is sent as patches. */
export function patched(
  operation: string,
  key: Key,
  table: Readonly<Record<string, PatchesOf>>,
): NonNullable<Act['update']> {
  return (before: ActValues, values: ActValues, caller: Caller) => {
    const patchOperations = patches(before, values, table);
    if (patchOperations.length > 0) caller.call(operation, { ...of(key, before), patchOperations });
  };
}

/** The deletion of what is named by its members. */
export function deleted(operation: string, key: Key): NonNullable<Act['remove']> {
  return (before, caller) => void caller.call(operation, of(key, before));
}

/** A part of a method, which has no ID of its own. */
function ofMethod(kind: string, key: Key, table: Readonly<Record<string, PatchesOf>>, act: Act = {}): Act {
  return {
    operation: `apigateway.Put${kind}`,
    outputs: (_answer, input) => ({
      id: Object.keys(key)
        .map((member) => String(input[member]))
        .join('-'),
    }),
    update: patched(`apigateway.Update${kind}`, key, table),
    remove: deleted(`apigateway.Delete${kind}`, key),
    owners: ['rest_api_id'],
    ...act,
  };
}

/**
 * Resources, methods and integrations of REST APIs. They are changed by patches.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigateway/integration.go
 */
export const methodActs: Readonly<Record<string, Act>> = {
  aws_api_gateway_resource: {
    operation: 'apigateway.CreateResource',
    gives: ['path'],
    outputs: (answer) => ({ id: answer.id, path: answer.path }),
    // A snapshot has the paths of methods alone.
    prior: (before, caller) => {
      const [restApiId, parentId, pathPart] = ['rest_api_id', 'parent_id', 'path_part'].map((one) => word(before[one]));
      const { items = [] }: { items?: readonly Answer[] } = caller.call('apigateway.GetResources', {
        restApiId,
        limit: 500,
      });
      const found = items.find((one) => one.id === before['id'] || one.path === before['path']);
      return { id: (found ?? caller.call('apigateway.CreateResource', { restApiId, parentId, pathPart })).id };
    },
    update: patched(
      'apigateway.UpdateResource',
      { restApiId: 'rest_api_id', resourceId: 'id' },
      { path_part: replaced('/pathPart'), parent_id: replaced('/parentId') },
    ),
    remove: deleted('apigateway.DeleteResource', { restApiId: 'rest_api_id', resourceId: 'id' }),
    owners: ['rest_api_id'],
  },
  aws_api_gateway_method: ofMethod(
    'Method',
    METHOD,
    {
      api_key_required: replaced('/apiKeyRequired'),
      authorization: replaced('/authorizationType'),
      authorization_scopes: listed('/authorizationScopes'),
      authorizer_id: replaced('/authorizerId'),
      operation_name: replacedOrAbsent('/operationName'),
      request_models: keyed('/requestModels'),
      request_parameters: keyed('/requestParameters'),
      request_validator_id: replacedOrAbsent('/requestValidatorId'),
    },
    { names: { authorizationType: 'authorization' } },
  ),
  aws_api_gateway_integration: ofMethod(
    'Integration',
    METHOD,
    {
      cache_key_parameters: listedInPath('/cacheKeyParameters'),
      cache_namespace: replaced('/cacheNamespace'),
      connection_id: replaced('/connectionId'),
      connection_type: replaced('/connectionType'),
      content_handling: replaced('/contentHandling'),
      credentials: replaced('/credentials'),
      integration_http_method: replaced('/httpMethod'),
      integration_target: replaced('/integrationTarget'),
      passthrough_behavior: replaced('/passthroughBehavior'),
      request_parameters: keyed('/requestParameters'),
      request_templates: keyed('/requestTemplates'),
      response_transfer_mode: replaced('/responseTransferMode'),
      timeout_milliseconds: replaced('/timeoutInMillis'),
      tls_config: inBlock({ insecure_skip_verification: replaced('/tlsConfig/insecureSkipVerification') }),
      uri: replaced('/uri'),
    },
    {
      names: { timeoutInMillis: 'timeout_milliseconds' },
      optional: ['cacheNamespace', 'passthroughBehavior', 'responseTransferMode'],
      refersBy: ['integration_target'],
    },
  ),
  aws_api_gateway_method_response: ofMethod('MethodResponse', RESPONSE, {
    response_models: keyed('/responseModels'),
    response_parameters: keyed('/responseParameters'),
  }),
  aws_api_gateway_integration_response: ofMethod('IntegrationResponse', RESPONSE, {
    content_handling: replaced('/contentHandling'),
    response_parameters: keyed('/responseParameters'),
    response_templates: keyed('/responseTemplates'),
    selection_pattern: replaced('/selectionPattern'),
  }),
  aws_api_gateway_gateway_response: ofMethod(
    'GatewayResponse',
    { restApiId: 'rest_api_id', responseType: 'response_type' },
    {
      response_parameters: keyed('/responseParameters'),
      response_templates: keyed('/responseTemplates'),
      status_code: replaced('/statusCode'),
    },
  ),
};

/** In place of a URI that is not known: one with the parameters of the path that the integration has. */
export const methodStandIns: ActsOfCloud['standIns'] = {
  uri: [
    () => 'http://a.example.com/a',
    ({ request_parameters: parameters }) => {
      const names = Object.keys((parameters ?? {}) as object).flatMap(
        (name) => /^integration\.request\.path\.(.+)$/.exec(name)?.[1] ?? [],
      );
      return `http://b.example.org:8081/${names.map((name) => `{${name}}`).join('/')}`;
    },
  ],
};
