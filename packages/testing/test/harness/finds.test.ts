import { describe, expect, it } from 'vitest';
import type { Simulation } from '../../src/index.js';
import {
  failureText,
  fuzz,
  parseTrace,
  prepare,
  replay,
  traceText,
  type Built,
  type Scenario,
} from '../../src/harness/index.js';
import { AWS_SCENARIOS } from './scenarios/aws/index.js';

/** A scenario in which somebody deletes a route by hand, and `breaks` says whether calls may be lost by it. */
function withDeletedRoute(breaks: boolean): Scenario {
  const scenario = AWS_SCENARIOS.find(({ name }) => name === 'aws: replace a link');
  if (scenario === undefined) throw new Error('the scenario does not exist');
  const build = async (simulation: Simulation): Promise<Built> => {
    const { specs, edits } = await scenario.build(simulation);
    const edit = edits?.['delete-route'];
    if (edit === undefined) throw new Error('the edit does not exist');
    return { specs, edits: { 'delete-route': { ...edit, breaks } } };
  };
  return { ...scenario, build };
}

describe('the harness', () => {
  it('finds lost calls, shrinks the trace to what lost them, and the line shows it again', async () => {
    const { failures } = await fuzz([withDeletedRoute(false)], { seeds: 60, mostFailures: 1 });
    const [failure] = failures;
    if (failure === undefined) throw new Error('nothing was found');
    expect(failure.invariant).toBe('no-lost-call');
    expect(failure.trace).toMatch(/edit:delete-route@\d+$/);
    expect(failure.events).toBeLessThanOrEqual(2);
    expect(failureText(failure)).toContain(`replay("aws: replace a link", "${failure.trace}", ${failure.seed})`);
    const again = await replay(await prepare(withDeletedRoute(false)), failure.trace, failure.seed);
    expect(again.violation?.invariant).toBe('no-lost-call');
    const permitted = await replay(await prepare(withDeletedRoute(true)), failure.trace, failure.seed);
    expect(permitted.violation).toBeUndefined();
  }, 300_000);

  it('reads the traces that it writes', () => {
    const text = 'kill-and-lose@3 lost@17 twin@20 edit:delete-link@40';
    expect(traceText(parseTrace(text))).toBe(text);
    expect(() => parseTrace('explode@3')).toThrow(RangeError);
    expect(() => parseTrace('lost')).toThrow(RangeError);
  });
});
