import { ServiceError } from '../operation/service-error.js';
import type { ServiceName } from '../operation/service-name.js';
import type { SignatureProblem } from './signature-time.js';

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and ' +
  'signing method. Consult the service documentation for details.';
const NO_SUCH_REGION = 'Credential should be scoped to a valid region.';
const INVALID_TOKEN = 'The security token included in the request is invalid.';

/**
 * How a service refuses a signature.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html (AuthFailure, RequestExpired)
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 */
export function signatureError(service: ServiceName, problem: SignatureProblem): ServiceError {
  if (service === 'ec2') return ec2(problem);
  const query = service === 'sts' || service === 'elasticloadbalancingv2';
  const status = query || service === 'apigatewayv2' || service === 'apigateway' ? 403 : 400;
  switch (problem.kind) {
    case 'unknown-key':
    case 'bad-token':
      return new ServiceError(query ? 'InvalidClientTokenId' : 'UnrecognizedClientException', INVALID_TOKEN, status);
    case 'malformed':
      return new ServiceError(
        query ? 'IncompleteSignature' : 'IncompleteSignatureException',
        "The request's signature lacks a part: its algorithm, credential scope, signed headers (host among them), date or signature.",
        status === 403 ? 403 : 400,
      );
    default:
      return new ServiceError(
        query ? 'SignatureDoesNotMatch' : 'InvalidSignatureException',
        problem.kind === 'skewed' ? skewed(problem) : problem.kind === 'no-such-region' ? NO_SUCH_REGION : MISMATCH,
        status,
      );
  }
}

function skewed({ signedAt, serverTime, late }: SignatureProblem & { kind: 'skewed' }): string {
  return late
    ? `Signature not yet current: ${signedAt} is still later than ${serverTime} (${serverTime} + 5 min.)`
    : `Signature expired: ${signedAt} is now earlier than ${serverTime} (${serverTime} - 5 min.)`;
}

function ec2(problem: SignatureProblem): ServiceError {
  return problem.kind === 'skewed'
    ? new ServiceError('RequestExpired', 'Request has expired.')
    : new ServiceError('AuthFailure', 'AWS was not able to validate the provided access credentials', 401);
}
