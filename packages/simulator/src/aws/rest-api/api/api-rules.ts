import type { RestApi } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../operation/call.js';
import type { OwnRate } from '../../operation/operation.js';
import { ServiceError } from '../../operation/service-error.js';
import { badRequest } from '../words.js';

/**
 * Bytes.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-enable-compression.html
 */
const LARGEST_COMPRESSION_SIZE = 10_485_760;

/**
 * How often APIs are created or imported: edge-optimized ones once in 30 seconds, others once in three.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export function creationRate(type: string | undefined): OwnRate {
  const edge = (type ?? 'EDGE') === 'EDGE';
  return { perSecond: edge ? 1 / 30 : 1 / 3, burst: 1, bucket: edge ? '/edge' : '' };
}

/** Refuses an API that the service would refuse. @throws {ServiceError} BadRequestException */
export function checkApi(fields: RestApi): void {
  if (fields.description === '') throw badRequest('Description cannot be an empty string');
  if ((fields.name ?? '').trim() === '') throw badRequest('Name cannot be empty'); // [I], a V1 link's sentence
  const size = fields.minimumCompressionSize;
  if (size !== undefined && !(Number.isInteger(size) && size >= 0 && size <= LARGEST_COMPRESSION_SIZE)) {
    throw compressionSize();
  }
}

export function compressionSize(): ServiceError {
  return badRequest(`Invalid minimum compression size, must be between 0 and ${LARGEST_COMPRESSION_SIZE}`);
}

/**
 * Refuses an API beyond the quota of its endpoint type.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 * @throws {ServiceError} LimitExceededException; the message is that of the quota of resources [I]
 */
export function checkApiQuota(call: AwsCall, type: string): void {
  const most = call.quota(`${type.toLowerCase()}-rest-apis`);
  const rows = [...call.state.restApi.apis.values()];
  if (rows.filter(({ fields }) => fields.endpointConfiguration?.types?.[0] === type).length >= most) {
    throw tooMany('APIs', 'account');
  }
}

/** @see https://github.com/hashicorp/terraform-provider-aws/issues/37605 */
export function tooMany(what: string, where = 'API'): ServiceError {
  const message = `Maximum number of ${what} for this ${where} has been reached.  Please contact AWS if you need additional ${what}.`;
  return new ServiceError('LimitExceededException', message, 429);
}
