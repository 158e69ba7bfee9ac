/** What became of a call to a gateway, in one word. */
export const OUTCOMES = [
  'delivered',
  'no-route',
  'no-stage',
  'throttled',
  'unauthorized',
  'no-integration',
  'link-missing',
  'link-pending',
  'link-inactive',
  'link-failed',
  'unreachable',
  'no-listener',
  'no-healthy-target',
  'timeout',
  'reset',
  'too-large',
  'gone',
] as const;

/** One of {@link OUTCOMES}. */
export type Outcome = (typeof OUTCOMES)[number];

/** Outcomes of calls that no private integration would have delivered, however correct it is. */
const NOT_LOST: ReadonlySet<Outcome> = new Set([
  'delivered',
  'throttled',
  'unauthorized',
  'no-route',
  'no-stage',
  'too-large',
]);

/** Whether a correct private integration would have delivered the call. */
export function isLost(outcome: Outcome): boolean {
  return !NOT_LOST.has(outcome);
}
