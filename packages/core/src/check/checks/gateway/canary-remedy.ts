import type { Stage } from '../../../do/model/gateway.js';

/** Route keys that only one of two deployments of a stage serves: its own, and that of its canary. */
interface Apart {
  readonly own: readonly string[];
  readonly canary: readonly string[];
}

/** What the remedy for a canary says; plain facts, so that they are params of a finding. */
export interface CanaryAdvice {
  readonly stage: string;
  /** Undefined where one of the deployments was not read. */
  readonly apart?: Apart | undefined;
  /** Whether the stage itself serves the declared routes. */
  readonly isShown: boolean;
}

/** Which routes calls lose where the canary of a stage is promoted, or removed. */
export function canaryAdvice({ name: stage, served, canary }: Stage, isShown: boolean): CanaryAdvice {
  if (served === undefined || canary?.served === undefined) return { stage, isShown };

  const own = served.routes.map(({ key }) => key);
  const its = canary.served.routes.map(({ key }) => key);
  return { stage, isShown, apart: { own: lacking(own, its), canary: lacking(its, own) } };
}

const lacking = (keys: readonly string[], others: readonly string[]): readonly string[] =>
  keys.filter((key) => !others.includes(key));

/**
 * What ends a canary without losing a call: the deployment that stays serves all that either serves. A promotion replaces the
 * deployment of the stage by that of the canary.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/promote-canary-deployment.html
 */
export function canaryRemedy(gatewayId: string, { stage, apart, isShown }: CanaryAdvice): string {
  const what = `the canary of stage ${stage} of ${gatewayId}`;
  if (apart === undefined && isShown)
    return `Remove ${what}: the stage itself serves the declared routes. Promote it only if its deployment serves them, too`;
  if (apart === undefined)
    return `Promote ${what} or remove it: keep the deployment that serves all routes that are called`;

  const { own, canary } = apart;
  if (own.length === 0 && canary.length === 0) return `Promote ${what} or remove it`;
  if (own.length === 0) return `Promote ${what}: without its deployment ${canary.join(', ')} would not be served`;
  if (canary.length === 0) return `Remove ${what}: its deployment does not serve ${own.join(', ')}`;

  return `Deploy all routes to ${what}, then promote it: now ${own.join(', ')} and ${canary.join(', ')} are served by one deployment each`;
}
