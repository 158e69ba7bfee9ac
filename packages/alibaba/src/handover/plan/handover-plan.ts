import type { PlannedStage } from './plan-values.js';

/** The version of the structure of {@link HandoverPlan}. */
export const HANDOVER_PLAN_VERSION = 1;

/** How long a part of the hand-over takes: an estimate, in seconds. */
export interface ExpectedStep {
  readonly step: 'gateway' | 'rules' | 'services' | 'routes' | 'consumers' | 'domains' | 'switch';
  readonly count: number;
  readonly seconds: number;
}

/** What a hand-over builds, in which order, and up to where it can be undone. Plain JSON without secrets. */
export interface HandoverPlan {
  readonly version: typeof HANDOVER_PLAN_VERSION;
  readonly kind: 'handover';
  /** The same for the same group and stages in the same account and region. */
  readonly handover: string;
  readonly provider: 'alibaba';
  readonly region: string;
  readonly account: string;
  readonly group: { readonly id: string; readonly name: string };
  /** When the source was read: ISO 8601. A plan that is a week old is refused. */
  readonly takenAt: string;
  /** Of the source: another one invalidates the plan. */
  readonly digest: string;
  readonly stages: readonly PlannedStage[];
  /** What was given up. */
  readonly waivers: readonly { readonly item: string; readonly reason: string }[];
  readonly expected: readonly ExpectedStep[];
  /** Up to where it can be undone, and until when at the latest. One sentence each. */
  readonly undo: readonly string[];
  readonly notes: readonly string[];
  /** Of all other members: an edited plan is refused. */
  readonly fingerprint: string;
}
