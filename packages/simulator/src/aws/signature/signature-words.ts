import { ServiceError, type ServiceName } from '../operation/operation.js';
import type { WireRequest } from '../../simulation/wire.js';

/** Why a signature was refused. Each protocol has its own message for it. */
export type SignatureProblem =
  | { readonly kind: 'unknown-key' | 'bad-token' | 'mismatch' | 'malformed' | 'no-such-region' }
  | { readonly kind: 'skewed'; readonly signedAt: string; readonly serverTime: string; readonly late: boolean };

/** How far a client's clock may be off. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html */
const LARGEST_SKEW_MS = 300_000;

/** Whether a signature of that time is accepted at `now`. */
export function isFresh(signedAt: number, now: number, expiresMs = LARGEST_SKEW_MS): boolean {
  return now <= signedAt + expiresMs && signedAt <= now + LARGEST_SKEW_MS;
}

/** Reads `20260601T000000Z`. */
export function parseStamp(stamp: string): number | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp) ?? [];
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** `20260601T000000Z`. */
export function formatStamp(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
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

/** The members of a SigV4 signature. */
export interface Credential {
  readonly accessKeyId: string;
  /** `20260601`. */
  readonly date: string;
  readonly region: string;
  /** The service's name for signing: `apigateway`, `ec2`, … */
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly presigned: boolean;
}

const HEADER = /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+)\s*,\s*SignedHeaders=([^,\s]*)\s*,\s*Signature=([0-9a-f]+)\s*$/;
const SCOPE = /^([^/\s]{1,128})\/(\d{8})\/([a-z0-9-]{1,32})\/([a-z0-9-]{1,64})\/aws4_request$/;

/** Whether a request carries, or claims to carry, an AWS signature. */
export function isSigned({ headers: { authorization = '' }, query }: WireRequest): boolean {
  return authorization.startsWith('AWS4-') || /(^|&)X-Amz-Credential=/i.test(query);
}

/** Reads the signature from the `Authorization` header, or from the query of a presigned request. */
export function readCredential({ headers: { authorization = '' }, query }: WireRequest): Credential | undefined {
  if (authorization !== '') {
    const [, scope = '', headers = '', signature = ''] = HEADER.exec(authorization) ?? [];
    return credential(scope, headers, signature, false);
  }

  const parameters = new Map([...new URLSearchParams(query)].map(([key, value]) => [key.toLowerCase(), value]));
  if (parameters.get('x-amz-algorithm') !== 'AWS4-HMAC-SHA256') return undefined;

  const value = (name: string) => parameters.get(name) ?? '';
  return credential(value('x-amz-credential'), value('x-amz-signedheaders'), value('x-amz-signature'), true);
}

function credential(scope: string, headers: string, signature: string, presigned: boolean): Credential | undefined {
  const [, accessKeyId, date, region, service] = SCOPE.exec(scope) ?? [];
  if (accessKeyId === undefined || date === undefined || region === undefined || service === undefined)
    return undefined;

  return { accessKeyId, date, region, service, signedHeaders: headers.split(';'), signature, presigned };
}

/** From this difference on the SDK says that it has corrected its clock. */
const CORRECTED_MS = 240_000;

/**
 * The clock by which a client without a wire signs: that of a machine, which the SDK corrects by the `Date` of each answer.
 * @see https://github.com/aws/aws-sdk-js-v3/blob/main/packages/core/src/submodules/httpAuthSchemes/utils/getUpdatedSystemClockOffset.ts
 */
export class SdkClock {
  #offsetMs = 0;

  constructor(
    private readonly machine: () => number,
    private readonly cloud: () => number,
  ) {}

  /** Why AWS refuses what is signed now. */
  problem(): SignatureProblem | undefined {
    const [signedAt, now] = [this.machine() + this.#offsetMs, this.cloud()];
    if (isFresh(signedAt, now)) return undefined;

    return {
      kind: 'skewed',
      signedAt: formatStamp(signedAt),
      serverTime: formatStamp(now),
      late: signedAt > now,
    };
  }

  /** Notes the `Date` of an answer. Whether that has corrected the clock. */
  correct(dateMs: number): boolean {
    const before = this.#offsetMs;
    this.#offsetMs = dateMs - this.machine();
    return Math.abs(this.#offsetMs) >= CORRECTED_MS && this.#offsetMs !== before;
  }
}
