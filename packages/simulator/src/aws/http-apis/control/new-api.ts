import { defined } from '../../../simulation/defined.js';
import type { Cors, CreateApiRequest, AccessLogSettings, RouteSettings } from '@aws-sdk/client-apigatewayv2';
import { badRequest, NO_ROUTES, WORDS } from '../../api-gateway/words.js';
import type { AwsCall, MemberLimit } from '../../operation/operation.js';
import type { ApiFields, ApiRow, DeploymentRow, StageRow } from './state.js';
import { checkTags } from './request.js';
import { checkIntegration } from './integration.js';
import { checkRouteKey } from './route.js';
import { checkPresented } from '../../rest-apis/control/client-certificate.js';

/** Seconds. */
const LONGEST_MAX_AGE = 86_400;

/**
 * Refuses an inconsistent CORS configuration.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 * @throws {ServiceError} BadRequestException; the messages are [U]
 */
export function checkCors(cors: Cors): Cors {
  const { MaxAge: age } = cors;
  if (age !== undefined && (age < -1 || age > LONGEST_MAX_AGE)) {
    throw badRequest(`MaxAge must be between -1 and ${LONGEST_MAX_AGE} seconds`);
  }
  if (cors.AllowCredentials === true && cors.AllowOrigins?.includes('*') === true) {
    throw badRequest('allowCredentials is not supported for origin *');
  }

  return { AllowCredentials: false, ...cors };
}

type Input = Omit<CreateApiRequest, 'Target' | 'RouteKey' | 'CredentialsArn'> &
  Required<Pick<CreateApiRequest, 'Name' | 'ProtocolType'>>;

/**
 * Both spellings are accepted.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
const HTTP_SELECTION = /^(\$request\.method \$request\.path|\$\{request\.method\} \$\{request\.path\})$/;

/**
 * Makes an HTTP or WebSocket API without routes and stages. It is not in the account yet.
 * @throws {ServiceError} BadRequestException
 */
export function newApi(call: AwsCall, { CorsConfiguration: cors, Tags, ...input }: Input): ApiRow {
  const most = call.quota('http-apis');
  // [U] words
  if (call.state.apiGateway.apis.size >= most) throw badRequest(`There are too many APIs. Limit is ${most}.`);

  const id = call.id('', 10, 'base36');
  const suffix = call.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const websocket = input.ProtocolType === 'WEBSOCKET';
  const fields: ApiFields = {
    ApiKeySelectionExpression: '$request.header.x-api-key',
    DisableExecuteApiEndpoint: false,
    IpAddressType: 'ipv4',
    RouteSelectionExpression: websocket ? undefined : '$request.method $request.path',
    ...input,
    ApiEndpoint: `${websocket ? 'wss' : 'https'}://${id}.execute-api.${call.region}.${suffix}`,
    ApiId: id,
    CreatedDate: new Date(call.now),
    Tags: checkTags(Tags),
    ...(cors && { CorsConfiguration: checkCors(cors) }),
  };
  const selection = fields.RouteSelectionExpression ?? '';
  if (websocket ? selection === '' : !HTTP_SELECTION.test(selection)) {
    throw badRequest(`Invalid route selection expression specified: ${selection}`);
  }

  return { fields, stages: new Map(), deployments: new Map(), integrations: new Map(), routes: new Map() };
}

/** The parameters of CreateApi besides the API itself. */
export interface QuickCreate {
  /** A URL, or the ARN of a Lambda function. */
  readonly Target: string;
  readonly RouteKey?: string | undefined;
  readonly CredentialsArn?: string | undefined;
}

/**
 * Quick create: an integration, a route (`$default` by default) and a `$default` stage with automatic
 * deployment, all three managed by API Gateway.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-examples.html#http-api-examples.cli.quick-create
 * @throws {ServiceError} BadRequestException
 */
export function quickCreate(call: AwsCall, api: ApiRow, { Target, RouteKey, CredentialsArn }: QuickCreate): void {
  const lambda = Target.startsWith('arn:');
  const integration = {
    ApiGatewayManaged: true,
    IntegrationId: call.id('', 7, 'base36'),
    ConnectionType: 'INTERNET',
    IntegrationMethod: lambda ? 'POST' : 'ANY',
    IntegrationType: lambda ? 'AWS_PROXY' : 'HTTP_PROXY',
    IntegrationUri: Target,
    PayloadFormatVersion: lambda ? '2.0' : '1.0',
    TimeoutInMillis: 30_000,
    ...defined({ CredentialsArn }),
  } as const;
  checkIntegration(call, api, integration);
  const route = {
    ApiGatewayManaged: true,
    ApiKeyRequired: false,
    AuthorizationType: 'NONE',
    RouteId: call.id('', 7, 'base36'),
    RouteKey: checkRouteKey(RouteKey ?? '$default'),
    Target: `integrations/${integration.IntegrationId}`,
  } as const;
  api.integrations.set(integration.IntegrationId, integration);
  api.routes.set(route.RouteId, route);
  api.stages.set('$default', { ...newStage(call, '$default'), ApiGatewayManaged: true, AutoDeploy: true });
  autoDeploy(call, api);
}

/** @see https://github.com/aws/aws-cli/blob/develop/awscli/examples/apigatewayv2/get-deployment.rst */
const AUTO_DESCRIPTION = 'Automatic deployment triggered by changes to the Api configuration';

/** Makes a deployment: a copy of the API's routes, integrations, their responses and settings as they are now. */
export function addDeployment(call: AwsCall, api: ApiRow, description?: string, auto = false): DeploymentRow {
  const row: DeploymentRow = {
    fields: {
      AutoDeployed: auto,
      CreatedDate: new Date(call.now),
      DeploymentId: call.id('', 6, 'base36'),
      DeploymentStatus: 'DEPLOYED',
      ...defined({ Description: description }),
    },
    api: {
      CorsConfiguration: api.fields.CorsConfiguration,
      DisableExecuteApiEndpoint: api.fields.DisableExecuteApiEndpoint,
    },
    routes: [...api.routes.values()],
    integrations: [...api.integrations.values()],
    ...(api.routeResponses && { routeResponses: [...api.routeResponses.values()] }),
    ...(api.integrationResponses && { integrationResponses: [...api.integrationResponses.values()] }),
  };
  api.deployments.set(row.fields.DeploymentId, row);
  return row;
}

export function pointStage(call: AwsCall, api: ApiRow, stage: StageRow, deploymentId: string): StageRow {
  const row: StageRow = {
    ...stage,
    DeploymentId: deploymentId,
    LastUpdatedDate: new Date(call.now),
    ...(stage.AutoDeploy && {
      LastDeploymentStatusMessage: `Successfully deployed stage with deployment ID '${deploymentId}'`,
    }),
  };
  api.stages.set(row.StageName, row);
  return row;
}

/**
 * After a change of an API: every stage with AutoDeploy gets a new deployment. Its previous automatic deployment is
 * deleted when no stage uses it, so that a long series of changes leaves one copy, not one each [inferred].
 */
export function autoDeploy(call: AwsCall, api: ApiRow, only?: string): void {
  const stages = [...api.stages.values()].filter(
    (stage) => stage.AutoDeploy && (only === undefined || stage.StageName === only),
  );
  if (stages.length === 0) return;
  if (api.routes.size === 0) {
    for (const stage of stages) {
      api.stages.set(stage.StageName, {
        ...stage,
        LastDeploymentStatusMessage: `Deployment attempt failed: ${NO_ROUTES}`,
      });
    }
    return;
  }

  const { DeploymentId } = addDeployment(call, api, AUTO_DESCRIPTION, true).fields;
  for (const stage of stages) pointStage(call, api, stage, DeploymentId);
  const served = new Set([...api.stages.values()].map((stage) => stage.DeploymentId));
  for (const [id, row] of api.deployments) {
    if (row.fields.AutoDeployed && !served.has(id)) api.deployments.delete(id);
  }
}

const LEVELS = ['ERROR', 'INFO', 'OFF'];
/** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html */
export const STAGE_LIMITS: Readonly<Record<string, MemberLimit>> = {
  Description: { length: [0, 1024] },
  'DefaultRouteSettings.LoggingLevel': { values: LEVELS },
  'RouteSettings{}.LoggingLevel': { values: LEVELS },
};

/** A stage as it is when nothing but its name is given. */
export function newStage(call: AwsCall, name: string): StageRow {
  const now = new Date(call.now);
  return {
    StageName: name,
    AutoDeploy: false,
    CreatedDate: now,
    LastUpdatedDate: now,
    DefaultRouteSettings: { DetailedMetricsEnabled: false },
    RouteSettings: {},
    StageVariables: {},
    Tags: {},
  };
}

/** @throws {ServiceError} BadRequestException */
export function checkStageName(name: string | undefined): string {
  if (name !== undefined && (name === '$default' || /^[a-zA-Z0-9_-]{1,128}$/.test(name))) return name;

  // REST APIs' message, with the hyphen that HTTP APIs allow [U].
  throw badRequest('Stage name only allows a-zA-Z0-9_-');
}

/**
 * Refuses settings and variables that a stage of this API cannot have.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 * @throws {ServiceError} BadRequestException; NotFoundException for settings of a route that is not there
 */
export function checkStage(call: AwsCall, api: ApiRow, stage: StageRow): void {
  checkVariables(call, stage.StageVariables ?? {});
  checkLog(stage.AccessLogSettings);
  const websocket = api.fields.ProtocolType === 'WEBSOCKET';
  if (stage.ClientCertificateId !== undefined) {
    // "Supported only for WebSocket APIs." The words are [U].
    if (!websocket) throw badRequest('ClientCertificateId is supported only for WebSocket APIs');

    checkPresented(call, stage.ClientCertificateId);
  }
  const keys = new Set([...api.routes.values()].map((route) => route.RouteKey));
  for (const settings of [stage.DefaultRouteSettings ?? {}, ...Object.values(stage.RouteSettings ?? {})]) {
    if (!websocket) checkHttpSettings(settings);
  }
  for (const key of Object.keys(stage.RouteSettings ?? {})) {
    if (!websocket && !keys.has(key)) throw WORDS.routeOfSettings(key);
  }
}

function checkHttpSettings(settings: RouteSettings): void {
  const level = settings.LoggingLevel;
  if (settings.DataTraceEnabled === true || (level !== undefined && level !== 'OFF')) throw WORDS.executionLogs();
}

function checkVariables(call: AwsCall, variables: Readonly<Record<string, string>>): void {
  const most = call.quota('stage-variables-per-stage');
  if (Object.keys(variables).length > most) throw badRequest(`There are too many stage variables. Limit is ${most}.`);

  for (const [name, value] of Object.entries(variables)) {
    if (!/^\w+$/.test(name)) throw badRequest(`Stage variable name ${name} only allows a-zA-Z0-9_`);
    if (!/^[A-Za-z0-9\-._~:/?#&=,]+$/.test(value)) {
      throw badRequest(`Stage variable value does not match [A-Za-z0-9-._~:/?#&=,]+: ${value}`);
    }
  }
}

function checkLog(log: AccessLogSettings | undefined): void {
  const arn = log?.DestinationArn;
  if (
    arn !== undefined &&
    !/^arn:[^:]+:(logs:[^:]+:\d{12}:log-group:|firehose:[^:]+:\d{12}:deliverystream\/)/.test(arn)
  ) {
    throw badRequest(`Invalid access log destination ARN specified: ${arn}`);
  }
}
