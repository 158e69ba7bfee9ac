import type { Bucket } from '../../../simulation/dispatch/token-buckets.js';
import type { Decisions } from '../../../simulation/traffic/outcomes.js';
import type { BackendResult, AnswerHeaders } from '../../../simulation/traffic/backends/backend.js';
import type { GatewayAnswer, GatewayCall, Journey, Trace } from '../../../simulation/traffic/gateway-call.js';
import { mergedHeaders } from '../../../simulation/traffic/merged-headers.js';
import type { AppRow } from '../control/app/state.js';
import type { GatewayInstanceRow } from '../control/state.js';
import type { Nonces } from './application/nonces.js';
import type { Behind } from './behind.js';
import type { Choose, Delivery, PrivateCall } from '../../traffic/delivery.js';
import { errorAnswer } from './gateway-error.js';
import type { PublishedApi } from './group-view.js';
import type { AddedParameter } from './parameters.js';
import type { PluginMemory } from './plugins/memory.js';
import type { Match } from './router.js';

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
