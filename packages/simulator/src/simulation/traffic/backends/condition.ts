/** What a health check of a place meets. */
export interface Condition {
  /** Whether connections are accepted. */
  readonly answers: boolean;
  /** The status of every answer. */
  readonly status: number;
  /** Simulated milliseconds until it answers. */
  readonly delayMs: number;
}

/** A condition, since when (simulated milliseconds since the epoch), and the one before. */
export interface ConditionHistory extends Condition {
  readonly since: number;
  readonly before?: ConditionHistory | undefined;
}

/** What answers where nothing is registered: the echo. */
export const WELL: ConditionHistory = { answers: true, status: 200, delayMs: 0, since: -Infinity };

/** Whether health by this history changes as time passes, without another change of the world. */
export function isSettled({ since, before }: ConditionHistory): boolean {
  return since === -Infinity && before === undefined;
}

/** How health checks decide. */
export interface HealthCheck {
  readonly passes: (condition: Condition) => boolean;
  /** From the first failed check until a target counts as unhealthy, and back; simulated milliseconds. */
  readonly unhealthyMs: number;
  readonly healthyMs: number;
}

/** The condition by which a target counts as unhealthy at a moment; undefined while it counts as healthy. */
export function failingCondition(history: ConditionHistory, check: HealthCheck, now: number): Condition | undefined {
  const { before, since } = history;
  if (!check.passes(history)) {
    if (now - since >= check.unhealthyMs) return history;
    return before && failingCondition(before, check, since);
  }
  const failing = before && failingCondition(before, check, since);
  return failing && now - since < check.healthyMs ? failing : undefined;
}
