import type { HandoverEvent, SwitchedRecord, SwitchEvent } from '@postern/alibaba/internal/handover';

/** API groups that are handed over in one account and region, one after the other. */
export type FleetHandovers = {
  readonly provider: string;
  /** The ID of the account. */
  readonly account: string;
  readonly region: string;
  readonly handovers: readonly FleetHandover[];
};

/** A hand-over to Cloud-native API Gateway, as `postern handover` takes it. */
export type FleetHandover = {
  /** By its ID or name, or several by `shop-*`. */
  readonly group: string;
  readonly stage: string;
  /** The ID of a gateway that exists. */
  readonly gateway?: string | undefined;
  /** Of a gateway that is bought. */
  readonly vSwitches?: readonly string[] | undefined;
  readonly type?: string | undefined;
  readonly prepaid?: boolean | undefined;
  /** Reasons, by what is given up: `api/nonce:orders`. */
  readonly waive?: Readonly<Record<string, string>> | undefined;
  /** Identifiers of certificates, by domain. */
  readonly certificates?: Readonly<Record<string, string>> | undefined;
  /** Names of routes that need not be proven. */
  readonly accept?: readonly string[] | undefined;
  /** Paths that the proof calls, by the name of the route. */
  readonly calls?: Readonly<Record<string, string>> | undefined;
  readonly acceptUnwatched?: boolean | undefined;
};

/** What a unit of the goal `handover` hands over, and what has come of it so far. */
export type HandoverUnit = {
  /** `shop (0f1e2d3c)`. */
  readonly group: string;
  readonly stage: string;
  /** The ID of the target, once it is known. */
  readonly gateway?: string | undefined;
  /** How many APIs, domains, apps and others have which verdict of assess. */
  readonly verdicts: Readonly<Partial<Record<'exact' | 'changed' | 'blocked' | 'unknown' | 'waived', number>>>;
  readonly routes: number;
  /** Routes that both gateways answer alike. Absent before the proof. */
  readonly proven?: number | undefined;
  /** Routes that the file accepts without that. */
  readonly accepted?: number | undefined;
  /** What the domains lead to. Absent before the switch. */
  readonly records?: readonly SwitchedRecord[] | undefined;
  /** What is left to do by hand, one sentence each. */
  readonly left: readonly string[];
};

/** What hand-overs are called. */
export const handoverNames = {
  goal: 'handover',
  key: 'handovers',
  entry: 'hand-over',
  heading: 'Hand over',
} as const;

/** The types that hand-overs add to those of a fleet. */
export type HandoverTypes = {
  readonly goal: 'handover';
  /** The key of a file, and of a spec of a run. */
  readonly key: 'handovers';
  readonly entry: FleetHandover;
  /** The member of a unit. */
  readonly unitKey: 'handedOver';
  readonly unit: HandoverUnit;
  readonly event: HandoverEvent | SwitchEvent;
  readonly approval: 'dns';
};
