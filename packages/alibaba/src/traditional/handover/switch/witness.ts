import type { CallContext } from '@postern/core/internal/library';
import type { ClassicSide } from './classic-side.js';
import type { HandoverSwitchDriver } from './dns.js';

/** What is known of the calls of one gateway. */
export type GatewayCalls = {
  /** Calls a second. */
  readonly qps?: number | undefined;
  /** The part of them that failed: 0 to 1. */
  readonly errorShare?: number | undefined;
  /** Connections of callers that are open. */
  readonly connections?: number | undefined;
  /** What fails, in words: at most three of them. */
  readonly failing?: readonly string[] | undefined;
};

/** What both gateways serve. */
export type Witness = {
  readonly classic: GatewayCalls;
  readonly target: GatewayCalls;
};

/** Where a switch is when it asks for a witness. */
export interface WatchRequest {
  readonly stage: string;
  readonly gatewayId: string;
  /** Per cent of the answers of DNS that lead to the target. 0: before the first change. */
  readonly share: number;
  /** The period up to now that is asked for, in milliseconds. */
  readonly overMs: number;
}

/** Reads what both gateways served in a period up to now: a monitoring service, a log, or calls of one's own. */
export type WatchCalls = (at: WatchRequest, signal?: AbortSignal) => Promise<Witness>;

/** `good`: not more errors than before. `worse`: more. `unknown`: it cannot be determined. */
export type WitnessVerdict = 'good' | 'worse' | 'unknown';

/** What a switch concluded after a step. */
export interface Judged {
  readonly share: number;
  readonly verdict: WitnessVerdict;
  readonly message: string;
}

/**
 * Compares the errors of the target with those of the classic group before the switch.
 * @param tolerance the part of the calls by which errors may rise: 0.01 is one in a hundred.
 */
export function judge(
  share: number,
  {
    before,
    now,
    tolerance,
  }: {
    readonly before?: Witness | undefined;
    readonly now?: Witness | undefined;
    readonly tolerance: number;
  },
): Judged {
  const baseline = before?.classic.errorShare;
  const found = now?.target.errorShare;
  if (now === undefined) return { share, verdict: 'unknown', message: 'no witness of the calls was given' };
  if (baseline === undefined || found === undefined) {
    const side = found === undefined ? 'the target' : 'the classic group before the switch';
    return { share, verdict: 'unknown', message: `the error share of ${side} is not known` };
  }

  const compared = `${perCent(found)} of the target's calls fail, before the switch ${perCent(baseline)} did`;
  const { failing = [] } = now.target;
  const message = `${compared}${failing.map((text) => `; ${text}`).join('')}${flowText(now)}`;
  return { share, verdict: found > baseline + tolerance ? 'worse' : 'good', message };
}

function flowText({ classic, target }: Witness): string {
  const flows = [
    ...(target.qps === undefined ? [] : [`${rounded(target.qps)} calls a second on the target`]),
    ...(target.connections === undefined ? [] : [`${rounded(target.connections)} open connections of the target`]),
    ...(classic.qps === undefined ? [] : [`${rounded(classic.qps)} calls a second on the classic group`]),
  ];
  return flows.map((text) => `; ${text}`).join('');
}

const perCent = (part: number): string => `${rounded(part * 100)} %`;
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** A period, in milliseconds since the epoch. */
export interface FigurePeriod {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What the cloud counts of calls. What it does not count is missing. */
export interface HandoverFigures {
  /** Calls of a group on a stage: of these APIs to the call, or of all of them as rates that the service rounds. */
  readonly classic: (
    of: { readonly groupId: string; readonly stage: string; readonly apiIds?: readonly string[] | undefined },
    period: FigurePeriod,
    ctx: CallContext,
  ) => Promise<GatewayCalls>;
  /** What the service last counted of a gateway up to a moment, in milliseconds since the epoch. Nothing where it counted nothing. */
  readonly target: (gatewayId: string, atMs: number, ctx: CallContext) => Promise<GatewayCalls>;
}

/** A driver that can also delete what is left on the classic side, and reads what the cloud counts of calls. */
export type HandoverFinishDriver = HandoverSwitchDriver & {
  readonly classic: ClassicSide;
  readonly figures: HandoverFigures;
};
