import { cloud } from '@postern/aws/cloud';
import { clouds, createContext, driversOf, isPosternError, realClock, type Driver } from '@postern/core';
import { observeSpec } from '@postern/core/plan';
import { parseSpec } from '@postern/core/spec';
import { callMetrics, expositionText } from '@postern/core/telemetry';
import { failedObservation, newHistory, observation, watchMetrics, watchStep } from '@postern/core/watch';

/** Takes `aws({ region: 'eu-west-1' })` as its driver. Each call of the result observes once, for `/metrics`. */
export function exporter(text: string, driver: Driver, clock = realClock()): () => Promise<string> {
  const set = { clouds: clouds([cloud]) }; // `driver.cloud` has no checks, `cloud` has
  const spec = parseSpec(text, { file: 'postern.yaml', ...set });
  const drivers = driversOf(driver);
  const calls = callMetrics();
  const context = createContext({ trace: calls.trace, clock });
  const now = () => new Date(clock.now()).toISOString();
  let history = newHistory(spec, now());
  let readAt: string | undefined;

  const observe = async () => {
    try {
      return observation(await observeSpec(spec, drivers, context, { ...set, checks: true }), spec, set);
    } catch (error) {
      if (!isPosternError(error)) throw error;

      return failedObservation(error, spec, now());
    }
  };
  return async () => {
    const begun = clock.now();
    const seen = await observe();
    const step = watchStep(history, seen, set);
    for (const event of step.events) console.log(event.type);
    history = step.history;
    if (seen.read !== undefined) readAt = seen.at;
    const figures = { seconds: (clock.now() - begun) / 1_000, readAt, now: clock.now() };
    return expositionText([...watchMetrics(history, figures), ...calls.families()]);
  };
}
