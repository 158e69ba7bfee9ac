import type { Bucket } from '../../../simulation/dispatch/dispatcher.js';
import type { Decisions, Outcome } from '../../../simulation/traffic/outcomes.js';
import type { BackendResult, AnswerHeaders } from '../../../simulation/traffic/backends/backend.js';
import type { GatewayAnswer, GatewayCall, Journey, Trace } from '../../../simulation/traffic/gateway-call.js';
import { mergedHeaders } from '../../../simulation/traffic/merged-headers.js';
import type { AppRow } from '../control/app/state.js';
import type { GatewayInstanceRow } from '../control/state.js';
import type { Nonces } from './application/nonces.js';
import type { Behind } from './behind.js';
import type { Choose, Delivery, PrivateCall } from '../../traffic/delivery.js';
import type { PublishedApi, Match } from './group-view.js';
import type { AddedParameter } from './parameters.js';
import type { PluginMemory } from './plugins/memory.js';

/** What the groups of a region have in common on their data path. */
export interface Ground {
  /** Simulated milliseconds since the epoch. */
  readonly now: () => number;
  /** Takes one of several ways. */
  readonly choose: Choose;
  /** What calls meet that may end another call in another way. */
  readonly decisions: Decisions;
  readonly requestId: () => string;
  /** Those of signed calls. */
  readonly nonces: Nonces;
  /** What plug-ins remember. */
  readonly memory: PluginMemory;
  /** Takes a token; false: the call is throttled. Always true where the simulation does not throttle. */
  readonly admits: (bucket: Bucket) => boolean;
  /** Where calls of a published API go from an instance. */
  readonly behind: (instance: GatewayInstanceRow, published: PublishedApi) => Behind;
  /** Sends a call of an instance into a VPC. */
  readonly deliver: (call: PrivateCall) => Delivery;
  /** Calls another group by its domain, from an instance. Undefined where no group has it, or calls go in a circle. */
  readonly callGroup: (call: GatewayCall, from: string) => Journey | undefined;
  /** Why an instance no longer carries calls. */
  readonly broken: (instanceId: string) => string | undefined;
}

export interface Received {
  readonly call: GatewayCall;
  readonly instance: GatewayInstanceRow;
  readonly requestId: string;
  /** Simulated milliseconds since the epoch. */
  readonly arrivedAt: number;
  readonly trace: Trace;
  readonly match: Match;
  /** Who calls, where the API asks for it. */
  readonly app: AppRow | undefined;
  /** What plug-ins add to the backend's parameters: claims of a token. */
  readonly added: readonly AddedParameter[];
  /** The API, with the backend that a plug-in chose. */
  readonly served: PublishedApi;
}

/** An answer has one request ID, that of the gateway, also where a backend sends the one that it got [U]. */
function withoutRequestId(headers: AnswerHeaders): AnswerHeaders {
  const sent = Object.keys(headers).find((name) => name.toLowerCase() === 'x-ca-request-id');
  if (sent === undefined) return headers;

  const { [sent]: _own, ...others } = headers;
  return others;
}

/** The gateway's answer to what a backend did. */
export function answerTo(
  result: BackendResult,
  { requestId, trace, match }: Pick<Received, 'requestId' | 'trace' | 'match'>,
): GatewayAnswer {
  switch (result.kind) {
    case 'answered': {
      const { status, headers, body, outcome = 'delivered', because } = result;
      const own = { 'X-Ca-Request-Id': requestId };
      const all = mergedHeaders<AnswerHeaders[string]>(withoutRequestId(headers), own);
      return { status, headers: all, body, outcome, because, trace };
    }
    case 'timeout': {
      const because = `The backend did not answer within ${match.route.service.timeoutMs} ms.`;
      return errorAnswer({ code: 'D504TO', outcome: 'timeout', because }, requestId, trace);
    }
    case 'reset': {
      const { because } = result;
      return errorAnswer(
        { code: 'D504CO', detail: 'Connection is closed', outcome: 'reset', because },
        requestId,
        trace,
      );
    }
  }
}

/**
 * Errors that API Gateway answers itself, by code: status and message. `*` is what differs between calls. The codes and those
 * messages without a mark are documented, or were seen in public clients' tests (I404NF); [U] marks a message that was not found.
 * @see https://help.aliyun.com/en/api-gateway/traditional-api-gateway/support/api-gateway-error-code-table
 * I400MP, I400IP, I400I5, A400AC, A400IK, A403IS, A403EP, I403AA, I400NC, A403IP, A403AC, A403PR, A403CO, A403JE and I400JP are named by public clients
 * as codes of that table; which of the first two a parameter gets is [I]. The messages of signatures are those of the public error codes of the demo callers
 * (https://github.com/aliyun/api-gateway-demo-sign-java).
 * @see https://help.aliyun.com/en/api-gateway/traditional-api-gateway/support/troubleshooting-d504co-error-codes
 */
const ERRORS = {
  I400HD: [400, 'Invalid Header *'],
  I400MH: [400, 'Header `*` is Required'],
  I400MP: [400, 'Parameter `*` is required'], // [U]
  I400IP: [400, 'Invalid parameter `*`'], // [U]
  I400I5: [400, 'Invalid Content-MD5'],
  I403PT: [403, 'Invalid protocol * unsupported'],
  I413RL: [413, 'Request body too Large'],
  I413UL: [413, 'Request URL too Large'],
  I410GG: [410, "Group's instance invalid"],
  I400SG: [400, 'Invalid Stage'],
  I404NF: [404, 'API not found with `*`'],
  A400MA: [400, 'Need authorization, `X-Ca-Key` or `Authorization: APPCODE ...` is required'], // [U]
  A400AC: [400, 'Invalid AppCode'], // [U]
  A400IK: [400, 'Invalid AppKey'],
  A403IS: [403, 'Invalid Signature, Server StringToSign:`*`'],
  A403EP: [403, 'App authorization expired'],
  I403AA: [403, 'Unauthorized'], // [U]
  I400NC: [400, 'X-Ca-Nonce is required'], // [U]
  S403NU: [403, 'Nonce Used'], // the code is [U]
  S403TE: [403, 'X-Ca-Timestamp is expired'], // [U]
  A403IP: [403, 'Access denied by IP Control Policy'], // [U]
  A403AC: [403, 'Access Control Forbidden by `*`'], // [U]
  A403PR: [403, 'Plugin Auth Required: `*`'], // [U]
  A403CO: [403, 'Cross origin resource forbidden `*`'], // [U]
  A400JR: [400, 'JWT required'], // [U], as are the next ones of tokens
  I400JD: [400, 'JWT Deserialize Failed: `*`'],
  A403JK: [403, 'No matching JWK'],
  A403JT: [403, 'Invalid JWT: `*`'],
  A403JE: [403, 'JWT is expired'],
  I400JP: [400, 'Invalid JWT plugin config: `*`'],
  S403JI: [403, 'Claim jti is required when `preventJtiReplay:true`'],
  S403JU: [403, 'Claim jti in JWT is used'],
  A403IN: [403, 'Access from internet is disabled'], // [U]
  A403VN: [403, 'Access from invalid VPC is disabled'], // [U]
  T429IN: [429, 'Throttled by INSTANCE Flow Control'], // [U]
  T429GR: [429, 'Throttled by GROUP Flow Control'], // [U]
  T429PR: [429, 'Throttled by PLUGIN Flow Control'], // [U]
  D503CB: [503, 'Backend circuit breaker busy'], // the code is documented
  D504RE: [504, 'Backend domain resolution failed'], // [U]
  D504CO: [504, 'Backend service connect failed `*`'],
  D504TO: [504, 'Backend service request timeout'],
  X504VE: [504, 'Backend service vpc mapped failed'], // [U]
} as const satisfies Record<string, readonly [status: number, message: string]>;

/** A code of {@link ERRORS}. */
export type GatewayErrorCode = keyof typeof ERRORS;

/** What became of a call that the gateway refuses or cannot pass on. */
export interface Failure {
  readonly code: GatewayErrorCode;
  /** A part of the message. */
  readonly detail?: string | undefined;
  readonly outcome: Outcome;
  readonly because: string;
}

/** The gateway's answer to a call that failed. Clients read code and message from headers; the body is empty [I]. */
export function errorAnswer(
  { code, detail = '', outcome, because }: Failure,
  requestId: string,
  trace: Trace,
): GatewayAnswer {
  const [status, message] = ERRORS[code];
  const headers = {
    'X-Ca-Request-Id': requestId,
    'X-Ca-Error-Code': code,
    'X-Ca-Error-Message': message.replace('*', () => detail.replaceAll(/[^\x20-\x7e]/g, '?')),
  };
  return { status, headers, body: '', outcome, because, trace };
}
