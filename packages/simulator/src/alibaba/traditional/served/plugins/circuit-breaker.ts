import type { GatewayAnswer } from '../../../../simulation/traffic/gateway-call.js';
import type { Failure } from '../gateway-error.js';
import { bodyOf, numberIn, textIn } from './body.js';
import { holds, valuesOf, type Looked } from './condition.js';
import type { PluginMemory } from './memory.js';

const keyOf = ({ match, trace }: Looked): string => `${match.route.published.api.id}/${trace.stage}`;

/**
 * Whether the plug-in `circuitBreaker` stops a call: its backend has failed too often. What it calls in place of the backend is not
 * simulated, nor the breaker that each API has without a plug-in: 1,000 timeouts in 30 seconds.
 * @see https://www.alibabacloud.com/help/doc-detail/154199.htm
 */
export function openCircuit(looked: Looked, memory: PluginMemory, now: number): Failure | undefined {
  if (!bodyOf(looked.match.route.published, 'circuitBreaker') || !memory.isOpen(keyOf(looked), now)) return undefined;

  return { code: 'D503CB', outcome: 'timeout', because: 'The circuit breaker of the API is open.' };
}

/** Counts an answer that is an error: a timeout, or what `errorCondition` says. */
export function countError(looked: Looked, memory: PluginMemory, now: number, answer: GatewayAnswer): void {
  const body = bodyOf(looked.match.route.published, 'circuitBreaker');
  if (!body) return;

  const condition = textIn(body, 'errorCondition');
  const isError =
    condition === '' ? answer.outcome === 'timeout' : holds(condition, valuesOf(body, { ...looked, answer })) === true;
  if (!isError) return;

  memory.failed(keyOf(looked), now, {
    windowMs: (numberIn(body, 'windowInSeconds') ?? 30) * 1000,
    most: numberIn(body, condition === '' ? 'timeoutThreshold' : 'errorThreshold') ?? 1000,
    openMs: (numberIn(body, 'openTimeoutSeconds') ?? 90) * 1000,
  });
}
