import { madeAnswer } from '../../kinds/cloud/gateway-kinds.js';
import type { Clouds } from '../../kinds/cloud/clouds.js';
import type { CallContext } from '../../../ground/calls/call-context.js';
import { elapsedMs } from '../../../ground/clocks/real-clock.js';
import type { GatewayKind } from '../../model/gateway-kind.js';
import type { TestCallAnswer } from '../../model/reference.js';
import type { CallGateway, GatewayAnswer } from '../../probe/call-gateway.js';
import { PROBE_TIMEOUT_MS } from '../../probe/run-probe.js';
import { settle } from '../outcome.js';
import type { StepOutcome } from '../run.js';
import type { UnitTools } from './unit-tools.js';

/** What one call of a route showed of its link, and how long it took. */
export type CallAnswer = {
  readonly outcome: TestCallAnswer['outcome'];
  readonly because: string;
  readonly tookMs: number;
};

/** One call of a gateway, as a step of its own. */
export interface RouteCall {
  readonly id: string;
  readonly part?: string | undefined;
  readonly kind: GatewayKind;
  readonly method: string;
  readonly url: string;
}

/** Calls a route once. A call without an answer is an error in the outcome. */
export function callRoute(
  tools: Pick<UnitTools, 'run' | 'clouds'>,
  callGateway: CallGateway,
  { id, part, kind, method, url }: RouteCall,
): Promise<StepOutcome<CallAnswer>> {
  return timedCall(tools, { id, part }, async (ctx) =>
    meaningOf(tools.clouds, kind, await callGateway({ url, method, timeoutMs: PROBE_TIMEOUT_MS }, ctx.signal)),
  );
}

/** A call as a step of its own, and how long it took. The journal keeps what it showed, and not what was answered. */
export function timedCall(
  { run }: Pick<UnitTools, 'run'>,
  { id, part }: Pick<RouteCall, 'id' | 'part'>,
  call: (ctx: CallContext) => Promise<Pick<CallAnswer, 'outcome' | 'because'>>,
): Promise<StepOutcome<CallAnswer>> {
  const effect = async (ctx: CallContext): Promise<CallAnswer> => {
    const startMs = ctx.clock.monotonicMs();
    const { outcome, because } = await call(ctx);
    return { outcome, because, tookMs: elapsedMs(ctx.clock, startMs) };
  };
  return run.step<StepOutcome<CallAnswer>>(id, (ctx) => settle(() => effect(ctx)), { part });
}

/**
 * Any answer of what the link leads to proves it: of a backend, or of a load balancer. The body of a 504 of an HTTP API is
 * not documented, so it does not show who answered.
 */
function meaningOf(clouds: Clouds, kind: GatewayKind, answer: GatewayAnswer): Pick<CallAnswer, 'outcome' | 'because'> {
  const { status } = answer;
  const ownAnswer = clouds.gateway(kind).rules.madeAnswer(answer, {});
  if (ownAnswer !== undefined)
    return { outcome: ownAnswer.fault === 'backend' ? 'failed' : 'unknown', because: ownAnswer.because };

  const { because } = madeAnswer(clouds, kind, answer) ?? {};
  if (because !== undefined) return { outcome: 'connected', because };
  if (status === 504) return { outcome: 'unknown', because: 'status 504 does not show who answered' };

  return { outcome: 'connected', because: `the backend answered with status ${status}` };
}
