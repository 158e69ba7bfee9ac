import type { SourcePlace, Clouds } from '@postern/core/internal/library';
import type { ApprovalKind, FleetGoal, FleetLimits, FleetMove } from '../model.js';
import { formJsonSchema } from '@postern/core/internal/spec-form';
import type { BroughtSelection } from '../brought/entries.js';
import type { BroughtKey } from '../brought/types.js';
import { fleetSchemaOf } from './fleet-schema.js';
import type { EntryPlaces } from './places.js';

/** The entries of kinds of work that clouds bring, by their keys. */
type BroughtSelections = { readonly [K in BroughtKey]: readonly BroughtSelection[] };

/** A file of a fleet, with defaults filled in. */
export type FleetFile = BroughtSelections & {
  readonly fleet: string;
  readonly specs: readonly SpecSelection[];
  readonly moves: readonly MoveSelection[];
  readonly accounts: readonly FleetFileAccount[];
  readonly waves: readonly FleetFileWave[];
  readonly limits: FleetLimits;
  readonly approvals: readonly Exclude<ApprovalKind, 'wave'>[];
  /** Who may approve; empty: every user who can reach the engine. */
  readonly approvers: readonly string[];
  readonly schedules: readonly FleetSchedule[];
};

/** Some specs, and the accounts that they are for. */
export type SpecSelection = {
  readonly files: readonly string[];
  /** Names; undefined: all. */
  readonly accounts?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
  readonly place: SourcePlace;
};

/** A move, and where it is made. Texts of the move may hold `${var:name}`. */
export type MoveSelection = Omit<FleetMove, 'request'> &
  EntryPlaces & {
    /** What moves, by the keys of a `MoveRequest`. */
    readonly what: Readonly<Record<string, string>>;
  };

/** An account, with its role and regions. */
export type FleetFileAccount = {
  readonly name: string;
  readonly id: string;
  readonly provider: string;
  readonly role?: string | undefined;
  readonly externalId?: string | undefined;
  readonly regions: readonly string[];
  readonly wave: string;
  readonly vars: Readonly<Record<string, string>>;
};

/** A wave, and whether it needs an approval. */
export type FleetFileWave = {
  readonly name: string;
  readonly canary?: string | undefined;
  readonly approval: boolean;
};

/** When a run begins. */
export type FleetSchedule = {
  readonly run: FleetGoal;
  readonly cron: string;
  readonly timeZone: string;
};

/**
 * The JSON Schema of the file of a fleet (draft 7) on some clouds. The published copy, on AWS and Alibaba Cloud, is
 * `@postern/fleet/schema/fleet.json`.
 */
export function fleetJsonSchema(clouds: Clouds): Record<string, unknown> {
  return formJsonSchema('Postern fleet', fleetSchemaOf(clouds));
}
