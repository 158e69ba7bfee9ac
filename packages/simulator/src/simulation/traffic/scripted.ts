import type { BackendRequest, BackendResult, Behavior } from './backends/backend.js';
import { answerOf } from './backends/backends.js';
import type { Underway } from './gateway-call.js';

/** A request on its way to a backend. */
export type Sent = Omit<Underway, 'finish'>;

/** How long it takes until a scripted backend has answered, or a time limit is reached. */
export function timeOf({ request, timeoutMs }: Sent, { delayMs = 0 }: Behavior): number {
  return Math.min(delayMs, timeoutMs, request.balancer?.idleMs ?? Infinity);
}

/** What arrives of a scripted backend's answer: nothing where it took too long, or the connection no longer exists. */
export function resultOf({ request, timeoutMs, broken }: Sent, behavior: Behavior, afterMs: number): BackendResult {
  const because = afterMs > 0 ? broken?.() : undefined;
  if (because !== undefined) return { kind: 'reset', because };
  const result = resultAtBackend(request, behavior, afterMs);
  return isTheGateways(result, timeoutMs, afterMs) ? result : throughBalancer(request, result);
}

function resultAtBackend(request: BackendRequest, behavior: Behavior, afterMs: number): BackendResult {
  const closed = afterMs > 0 ? request.closed?.() : undefined;
  if (closed !== undefined) return { kind: 'reset', because: closed };
  return (behavior.delayMs ?? 0) > afterMs ? { kind: 'timeout' } : answerOf(behavior, request);
}

/** Whether it is the gateway that gave up, and not the load balancer. */
export function isTheGateways({ kind }: BackendResult, timeoutMs: number, afterMs: number): boolean {
  return kind === 'timeout' && afterMs >= timeoutMs;
}

/** What a load balancer in front of the backend makes of its answer, if there is one. */
export function throughBalancer({ balancer }: BackendRequest, result: BackendResult): BackendResult {
  return balancer ? balancer.answer(result) : result;
}
