import { cloud } from '@postern/aws/cloud';
import { clouds, createContext, driversOf, isPosternError, type Driver } from '@postern/core';
import { observeSpec } from '@postern/core/plan';
import { parseSpec } from '@postern/core/spec';
import { callMetrics, expositionText } from '@postern/core/telemetry';
import { failedObservation, newHistory, observation, watchMetrics, watchStep } from '@postern/core/watch';

/** Takes `aws({ region: 'eu-west-1' })` as its driver. Each call of the result observes once, for `/metrics`. */
export function exporter(text: string, driver: Driver): () => Promise<string> {
  const set = { clouds: clouds([cloud]) }; // `driver.cloud` has no checks, `cloud` has
  const spec = parseSpec(text, { file: 'postern.yaml', ...set });
  const drivers = driversOf(driver);
  const calls = callMetrics();
  const context = createContext({ trace: calls.trace });
  let history = newHistory(spec, new Date().toISOString());
  let readAt: string | undefined;

  const observe = async () => {
    try {
      return observation(await observeSpec(spec, drivers, context, { ...set, checks: true }), spec, set);
    } catch (error) {
      if (!isPosternError(error)) throw error;

      return failedObservation(error, spec, new Date().toISOString());
    }
  };
  return async () => {
    const begun = Date.now();
    const seen = await observe();
    const step = watchStep(history, seen, set);
    for (const event of step.events) console.log(event.type);
    history = step.history;
    if (seen.read !== undefined) readAt = seen.at;
    const figures = { seconds: (Date.now() - begun) / 1_000, readAt, now: Date.now() };
    return expositionText([...watchMetrics(history, figures), ...calls.families()]);
  };
}
