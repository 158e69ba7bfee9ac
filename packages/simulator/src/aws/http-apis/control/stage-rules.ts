import type { AccessLogSettings, RouteSettings } from '@aws-sdk/client-apigatewayv2';
import type { AwsCall, MemberLimit } from '../../operation/operation.js';
import { checkPresented } from '../../rest-apis/control/client-certificate.js';
import type { ApiRow, StageRow } from './state.js';
import { badRequest, WORDS } from '../../api-gateway/words.js';

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
