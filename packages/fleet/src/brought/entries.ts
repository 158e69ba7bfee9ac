import type { SourcePlace, Clouds } from '@postern/core/internal/library';
import type { Problem } from '@postern/core/internal/spec-form';
import type * as z from 'zod';
import type { EntryPlaces, FleetAccounts } from '../config/places.js';
import { handoverEntries } from '../handover/entries.js';
import type { BroughtNames, BroughtApproval, BroughtGoal, BroughtKey } from './names.js';

/** What a file of a fleet declares for a kind of work. Entries are what `schema` reads. */
export interface BroughtEntryKind extends BroughtNames {
  readonly goal: BroughtGoal;
  readonly key: BroughtKey;
  readonly schema: z.ZodType;
  /** What a user is asked about, by what `approvals.before` calls it. */
  readonly approvals: Readonly<Record<string, BroughtApproval>>;
  /** Why an approval is refused where the file declares no entry: what it would ask about does not exist. */
  readonly notAsked: Readonly<Record<string, { readonly message: string; readonly remedy: string }>>;
  readonly problems: (entries: readonly unknown[], accounts: FleetAccounts, clouds: Clouds) => readonly Problem[];
  /** An entry without problems, and where it is carried out. */
  readonly selection: (entry: unknown, place: SourcePlace) => BroughtSelection;
}

/** An entry, and where it is carried out. Its texts may hold `${var:name}`. */
export type BroughtSelection = EntryPlaces & { readonly how: unknown };

/** What a file of a fleet declares for kinds of work that clouds bring. */
export const BROUGHT_ENTRIES: readonly BroughtEntryKind[] = [handoverEntries];

/** Their keys in the schema of a file. */
export const BROUGHT_SCHEMAS = { handovers: handoverEntries.schema };

/** What a user is asked about, by what `approvals.before` calls it. */
export const BROUGHT_APPROVALS = { ...handoverEntries.approvals };
