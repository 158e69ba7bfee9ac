import { elapsedMs } from '../../clocks/elapsed.js';
import type { TestCall, TestCallAnswer } from '../../model/test-call.js';
import { settle } from '../outcome.js';
import type { StepOutcome } from '../run.js';
import type { CallAnswer } from './call-route.js';
import type { UnitTools } from './unit-tools.js';

const NO_TEST: TestCallAnswer = { outcome: 'unknown', because: 'the adapter has no test call' };

/** Has the cloud call a route once, as a step of its own. The journal keeps what it showed, and not what was answered. */
export function testCall(
  { run, driver }: Pick<UnitTools, 'run' | 'driver'>,
  call: TestCall,
  { id, part }: { readonly id: string; readonly part?: string | undefined },
): Promise<StepOutcome<CallAnswer>> {
  return run.step<StepOutcome<CallAnswer>>(
    id,
    (ctx) =>
      settle(async () => {
        const startMs = ctx.clock.monotonicMs();
        const { outcome, because } = (await driver.routes.testCall?.(call, ctx)) ?? NO_TEST;
        return { outcome, because, tookMs: elapsedMs(ctx.clock, startMs) };
      }),
    { part },
  );
}
