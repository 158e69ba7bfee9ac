import type { AwsCall } from '../../operation/call.js';
import { requireLogsRole } from '../account/settings.js';
import type { RestStageRow } from '../state.js';
import { STAGE_WORDS } from './words.js';

/**
 * The stage after `add` or `replace` of `/accessLogSettings/<member>`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 * @throws {ServiceError} BadRequestException
 */
export function setAccessLog(call: AwsCall, row: RestStageRow, member: string, value: string): RestStageRow {
  if (member !== 'destinationArn' && member !== 'format') throw STAGE_WORDS.accessLogPath();
  if (value === '') throw STAGE_WORDS.accessLogEmpty();
  if (member === 'destinationArn') checkDestination(call, value);
  return { ...row, accessLogSettings: { ...row.accessLogSettings, [member]: value } };
}

/**
 * A log group, without the `:*` of CloudWatch Logs' own ARNs, or a delivery stream whose name begins as
 * the service asks.
 */
function checkDestination(call: AwsCall, arn: string): void {
  const [, partition, service, resource = ''] = /^arn:([^:]+):(logs|firehose):[^:]+:\d{12}:(.+)$/.exec(arn) ?? [];
  if (partition !== call.partition) throw STAGE_WORDS.accessLogArn();
  if (service === 'firehose') {
    if (!/^deliverystream\/amazon-apigateway-[\w.-]+$/.test(resource)) throw STAGE_WORDS.accessLogArn();
    return;
  }
  if (!resource.startsWith('log-group:')) throw STAGE_WORDS.accessLogArn();
  // The role is for CloudWatch Logs only [I].
  requireLogsRole(call);
  if (!/^log-group:[\w./#-]+$/.test(resource)) throw STAGE_WORDS.accessLogCharacters(resource);
}

/**
 * The stage without access logs. One of the two members cannot be removed.
 * @throws {ServiceError} BadRequestException
 */
export function removeAccessLog(row: RestStageRow, path: string): RestStageRow {
  const { accessLogSettings, ...rest } = row;
  if (path !== '/accessLogSettings' || accessLogSettings === undefined) throw STAGE_WORDS.remove(path);
  return rest;
}
