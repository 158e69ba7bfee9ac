import type { Cors } from '@aws-sdk/client-apigatewayv2';
import { badRequest } from '../api-gateway/words.js';

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
