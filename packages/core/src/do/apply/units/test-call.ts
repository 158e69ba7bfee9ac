import type { TestCall, TestCallAnswer } from '../../model/test-call.js';
import type { StepOutcome } from '../run.js';
import { timedCall, type CallAnswer, type RouteCall } from './call-route.js';
import type { UnitTools } from './unit-tools.js';

const NO_TEST: TestCallAnswer = { outcome: 'unknown', because: 'the adapter has no test call' };

/** Has the cloud call a route once, as a step of its own. */
export function testCall(
  tools: Pick<UnitTools, 'run' | 'driver'>,
  call: TestCall,
  step: Pick<RouteCall, 'id' | 'part'>,
): Promise<StepOutcome<CallAnswer>> {
  return timedCall(tools, step, async (ctx) => (await tools.driver.routes.testCall?.(call, ctx)) ?? NO_TEST);
}
