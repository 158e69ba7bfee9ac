import type { FleetHandovers, FleetMoves, PlainSpec } from '../model.js';

/** A spec in one account and region: what one worker carries out. */
export type FleetWork = {
  /** `teams/shop.yaml@shop-prod/eu-west-1`. The same in every run. */
  readonly name: string;
  readonly file: string;
  /** The name of the account. */
  readonly account: string;
  readonly region: string;
  /** The part of the spec that is in this account and region. */
  readonly spec: PlainSpec;
  /** Of the goal `migrate`. */
  readonly moves?: FleetMoves | undefined;
  /** Of the goal `handover`. */
  readonly handovers?: FleetHandovers | undefined;
};
