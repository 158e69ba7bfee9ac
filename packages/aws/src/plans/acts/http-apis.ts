import {
  amount,
  blocks,
  isChanged,
  isSet,
  sendsChanges,
  single,
  updatedValues,
  word,
  type Act,
  type ActValues,
  type Caller,
  type Input,
} from '@postern/core/internal/overlay';
import { arnIn, decided } from './calls.js';
import { openBody } from './open-body.js';
import { openUri } from './open-uri.js';

const protocolOf = (apiId: unknown, caller: Caller): string =>
  caller.call('apigatewayv2.GetApi', { ApiId: apiId }).ProtocolType;

/** What belongs to an API, and is created, changed and deleted by operations that are named alike. */
function part(kind: string, { names, members, maps, ...more }: PartOfApi = {}): Act {
  const id = `${kind}Id`;
  const [owner, attribute = ''] = more.within ?? [];
  const of = (before: ActValues): Input => ({
    ApiId: before['api_id'],
    ...(owner !== undefined && { [owner]: before[attribute] }),
    [id]: before['id'],
  });
  return {
    operation: `apigatewayv2.Create${kind}`,
    ...(names && { names }),
    ...(members && { input: (input, values) => ({ ...input, ...members(values) }) }),
    outputs: (answer) => ({ id: answer[id] }),
    update: sendsChanges(`apigatewayv2.Update${kind}`, { names, of, members, maps, always: more.always }),
    remove: (before, caller) => void caller.call(`apigatewayv2.Delete${kind}`, of(before)),
    owners: ['api_id'],
    ...more.act,
  };
}

interface PartOfApi {
  readonly names?: Readonly<Record<string, string>>;
  readonly members?: (values: ActValues) => Input;
  readonly always?: (values: ActValues) => Input;
  readonly maps?: readonly string[];
  /** The member and the attribute of what it belongs to within the API. */
  readonly within?: readonly [member: string, attribute: string];
  readonly act?: Act;
}

/** What is sent for each status code; and where the expression of the format is null, the provider's default. */
function integrationMembers(values: ActValues): Input {
  const all = blocks(values['response_parameters']);
  const mappings = all.map((block) => [String(single(block['status_code'])), single(block['mappings'])]);
  const isNull = 'payload_format_version' in values && word(values['payload_format_version']) === undefined;
  return {
    ...(mappings.length > 0 && { ResponseParameters: Object.fromEntries(mappings) }),
    ...(isNull && { PayloadFormatVersion: '1.0' }),
  };
}

/**
 * The type of an integration, and of one with a service of AWS the action, are sent with each change.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigatewayv2/integration.go
 */
function typeOfIntegration(values: ActValues): Input {
  const subtype = word(values['integration_subtype']);
  return {
    IntegrationType: word(values['integration_type']),
    IntegrationSubtype: subtype,
  };
}

function routeMembers(values: ActValues): Input {
  const target = word(values['target']);
  const parameters = blocks(values['request_parameter']).map((block) => [
    String(single(block['request_parameter_key'])),
    { Required: isSet(block['required']) },
  ]);
  return {
    // A plan alone does not say what an expression has before the ID.
    ...(target !== undefined && { Target: target.startsWith('integrations/') ? target : `integrations/${target}` }),
    ...(parameters.length > 0 && { RequestParameters: Object.fromEntries(parameters) }),
  };
}

/** A limit that is not set is sent as 0. Below 0 there is none: other tools say so of a limit that they do not send. */
function settings(block: ActValues, isWebSocket: boolean): object {
  const limits = { ThrottlingBurstLimit: 'throttling_burst_limit', ThrottlingRateLimit: 'throttling_rate_limit' };
  const sent = Object.entries(limits).map(([member, name]) => [member, amount(block[name]) ?? 0] as const);
  const level = word(block['logging_level']);
  return {
    ...Object.fromEntries(sent.filter(([, limit]) => limit >= 0)),
    DetailedMetricsEnabled: isSet(block['detailed_metrics_enabled']),
    ...(isWebSocket && { DataTraceEnabled: isSet(block['data_trace_enabled']) }),
    ...(isWebSocket && level !== undefined && { LoggingLevel: level }),
  };
}

function routeSettings(values: ActValues, isWebSocket: boolean): Input {
  const ofRoutes = blocks(values['route_settings']).map((block) => [
    String(single(block['route_key'])),
    settings(block, isWebSocket),
  ]);
  const [ofAll] = blocks(values['default_route_settings']);
  return {
    ...(ofAll !== undefined && { DefaultRouteSettings: settings(ofAll, isWebSocket) }),
    ...(ofRoutes.length > 0 && { RouteSettings: Object.fromEntries(ofRoutes) }),
  };
}

const STAGE_NAMES = { StageName: 'name', DefaultRouteSettings: '-', RouteSettings: '-' };
const ofStage = (before: ActValues): Input => ({ ApiId: before['api_id'], StageName: before['name'] });

function updateStage(before: ActValues, values: ActValues, caller: Caller): void {
  const isWebSocket = protocolOf(before['api_id'], caller) === 'WEBSOCKET';
  if (isChanged(before, values, 'route_settings')) {
    const stay = blocks(values['route_settings']).map(({ route_key: key }) => single(key));
    for (const { route_key: key } of blocks(before['route_settings'])) {
      if (!stay.includes(key)) caller.call('apigatewayv2.DeleteRouteSettings', { ...ofStage(before), RouteKey: key });
    }
  }
  const members = (all: ActValues): Input => routeSettings(all, isWebSocket);
  const update = sendsChanges('apigatewayv2.UpdateStage', {
    names: STAGE_NAMES,
    of: ofStage,
    members,
    maps: ['StageVariables'],
  });
  update(before, values, caller);
}

/**
 * A definition replaces what the API has: the provider sends afterwards what the configuration says besides.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigatewayv2/api.go
 */
function reimport(id: unknown, values: ActValues, caller: Caller): void {
  const Body = word(values['body']);
  if (Body === undefined) return;

  caller.call('apigatewayv2.ReimportApi', { ApiId: id, Body, FailOnWarnings: isSet(values['fail_on_warnings']) });
  const { name, description, version, cors_configuration } = values;
  const stated = caller.fill('apigatewayv2.UpdateApi', { name, description, version, cors_configuration });
  caller.call('apigatewayv2.UpdateApi', { ...stated, ApiId: id });
}

const api: Act = {
  texts: { body: openBody },
  gives: ['api_endpoint', 'execution_arn'],
  create: (values, caller) => {
    const { ApiId: id, ApiEndpoint } = caller.call(
      'apigatewayv2.CreateApi',
      caller.fill('apigatewayv2.CreateApi', decided(values, 'ip_address_type', 'description')),
    );
    return { id, api_endpoint: ApiEndpoint, execution_arn: arnIn(caller, 'execute-api', id) };
  },
  after: (values, { id }, caller) => reimport(id, values, caller),
  update: (before, values, caller) => {
    const ApiId = before['id'];
    if (isChanged(before, values, 'body')) reimport(ApiId, updatedValues(before, values), caller);
    const isRemoved =
      isChanged(before, values, 'cors_configuration') && blocks(values['cors_configuration']).length === 0;
    if (isRemoved) caller.call('apigatewayv2.DeleteCorsConfiguration', { ApiId });
    const sent = isRemoved ? { ...values, cors_configuration: undefined } : values;
    const update = sendsChanges('apigatewayv2.UpdateApi', { names: { ApiId: '-' }, of: () => ({ ApiId }) });
    update(before, sent, caller);
  },
  remove: (before, caller) => void caller.call('apigatewayv2.DeleteApi', { ApiId: before['id'] }),
};

/** HTTP and WebSocket APIs. */
export const httpApiActs: Readonly<Record<string, Act>> = {
  aws_apigatewayv2_api: api,
  aws_apigatewayv2_integration: part('Integration', {
    names: { TimeoutInMillis: 'timeout_milliseconds', ResponseParameters: '-' },
    members: integrationMembers,
    always: typeOfIntegration,
    maps: ['RequestParameters', 'ResponseParameters'],
    act: { refersBy: ['integration_uri'], texts: { integration_uri: openUri } },
  }),
  aws_apigatewayv2_integration_response: part('IntegrationResponse', { within: ['IntegrationId', 'integration_id'] }),
  aws_apigatewayv2_route_response: part('RouteResponse', { within: ['RouteId', 'route_id'] }),
  aws_apigatewayv2_route: part('Route', {
    names: { Target: '-', RequestParameters: '-' },
    members: routeMembers,
    act: { refersBy: ['target'], optional: ['AuthorizationType'] },
  }),
  aws_apigatewayv2_model: part('Model'),
  aws_apigatewayv2_authorizer: part('Authorizer', {
    names: { IdentitySource: 'identity_sources' },
    act: {
      optional: ['AuthorizerResultTtlInSeconds'],
      input: ({ AuthorizerResultTtlInSeconds, ...input }) =>
        input['AuthorizerType'] === 'JWT' || AuthorizerResultTtlInSeconds === undefined
          ? input
          : { ...input, AuthorizerResultTtlInSeconds },
    },
  }),
  aws_apigatewayv2_deployment: part('Deployment', { act: { isConsumer: true, feeds: ['api_id'] } }),
  aws_apigatewayv2_stage: {
    create: (values, caller) => {
      const { ProtocolType, ApiEndpoint } = caller.call('apigatewayv2.GetApi', { ApiId: single(values['api_id']) });
      const filled = caller.fill('apigatewayv2.CreateStage', values, STAGE_NAMES);
      const input: Input = { ...filled, ...routeSettings(values, ProtocolType === 'WEBSOCKET') };
      caller.call('apigatewayv2.CreateStage', input);
      const name = String(input['StageName']);
      return {
        id: name,
        name,
        invoke_url: name === '$default' ? `${ApiEndpoint}/` : `${ApiEndpoint}/${name}`,
        execution_arn: arnIn(caller, 'execute-api', `${String(input['ApiId'])}/${name}`),
      };
    },
    gives: ['invoke_url', 'execution_arn'],
    update: updateStage,
    remove: (before, caller) => void caller.call('apigatewayv2.DeleteStage', ofStage(before)),
    owners: ['api_id'],
    feeds: ['api_id'],
    isConsumer: true,
  },
};
