import { becauseOf, paramsUnder, reason, reasons, type HopText } from './reason.js';

/** The hop that seems to stop calls. */
export interface Stopped {
  readonly stop: HopText;
}

/** The hop that seems to stop calls is reported with its own sentence and facts. */
const STOPPED = {
  hidden: ['stop'],
  words: ({ stop }: Stopped) => ({ stopped: becauseOf(stop) }),
  params: ({ stop }: Stopped) => paramsUnder('stop', stop),
} as const;

/** The sentences of hops that seem to stop calls, while the cloud shows that calls arrive. */
export const evidenceReasons = reasons({
  HEALTH_CONTRADICTS: reason(
    '{stopped}; but {target} of {group} is healthy, so that health checks on port {port} arrive there',
    'Look for what was changed since the last health checks, or forwards packets and was not read, such as an appliance; then check again.',
    STOPPED,
  ),
  FLOW_CONTRADICTS: reason(
    '{stopped}; but flow logs of {interface} show answers from {to} on port {port}, the last at {at}',
    'Look for what was changed after {at}, or forwards packets and was not read, such as an appliance; then check again.',
    STOPPED,
  ),
  ENDPOINT_CONTRADICTS: reason(
    '{stopped}; but the endpoint {endpoint} is {nativeState}, which the service has accepted',
    'Check {endpoint} in the console of the cloud, then check again.',
    STOPPED,
  ),
});
