import type { AnswerHeaders } from '../../simulation/traffic/backends/backend.js';
import type { GatewayAnswer, Journey, Trace } from '../../simulation/traffic/gateway-call.js';
import { mergedHeaders } from '../../simulation/traffic/merged-headers.js';
import type { Outcome } from '../../simulation/traffic/outcomes.js';

/** A call that the gateway answers by itself. */
export function ended(answer: GatewayAnswer, afterMs?: number): Journey {
  return { answer, afterMs };
}

/** A call whose answer is changed on its way back. */
export function answeredBy(journey: Journey, change: (answer: GatewayAnswer) => GatewayAnswer): Journey {
  if ('answer' in journey) return { ...journey, answer: change(journey.answer) };

  return { ...journey, finish: (result) => change(journey.finish(result)) };
}

/** An answer with more headers, which replace those of the same names. */
export function withHeaders(answer: GatewayAnswer, added: Readonly<Record<string, string>>): GatewayAnswer {
  return { ...answer, headers: mergedHeaders<AnswerHeaders[string]>(answer.headers, added) };
}

/** A call that needs what is not simulated: 501, which the gateway never answers. */
export function notSimulated(because: string, outcome: 'no-integration' | 'unauthorized', trace: Trace): Journey {
  const body = JSON.stringify({ code: 'NotSimulated', message: because });
  return ended({ status: 501, headers: { 'content-type': 'application/json' }, body, outcome, because, trace });
}

/**
 * The answer to a call that no gateway receives: its name resolves to an instance that is not there. The caller's connection fails;
 * the simulator says 504, without the gateway's headers.
 */
export function notReceived(outcome: Outcome, because: string, trace: Trace): GatewayAnswer {
  return { status: 504, headers: {}, body: '', outcome, because, trace };
}
