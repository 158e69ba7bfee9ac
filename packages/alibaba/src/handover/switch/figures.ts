import type { CallContext } from '@postern/core';
import type { GatewayCalls } from './witness.js';

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
