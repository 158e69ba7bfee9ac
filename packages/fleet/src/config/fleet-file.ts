import type { SourcePlace, Clouds, Spec } from '@postern/core/internal/library';
import type { ApprovalKind, FleetGoal, FleetLimits, FleetMove, FleetMoves } from '../model.js';
import { formJsonSchema } from '@postern/core/internal/spec-form';
import type { BroughtSelection } from '../brought/entries.js';
import type { BroughtKey, BroughtEntries } from '../brought/names.js';
import { fleetSchemaOf } from './fleet-schema.js';
import type { EntryPlaces } from './places.js';
import type { PlacedProblem } from '@postern/core/internal/spec';
import { matches } from '../client.js';

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

/** What is carried out in one account and region. */
export type PlacedEntries<T> = {
  readonly account: FleetFileAccount;
  readonly region: string;
  readonly entries: T[];
};

/**
 * The entries of each account and region, in the order of the file. `key` declares them (`moves`), `noun` is one of them. Their texts may hold
 * `${var:name}`: the value of the account takes its place.
 */
export function placeEntries<E extends EntryPlaces, T>(
  { key, noun }: { readonly key: string; readonly noun: string },
  { accounts, entries }: { readonly accounts: readonly FleetFileAccount[]; readonly entries: readonly E[] },
  valueOf: (entry: E) => T,
): { readonly places: ReadonlyMap<string, PlacedEntries<T>>; readonly problems: readonly PlacedProblem[] } {
  const problems: PlacedProblem[] = [];
  const places = new Map<string, PlacedEntries<T>>();
  for (const entry of entries) {
    const { accounts: patterns, regions, provider, place } = entry;
    const matchingAccounts = accounts.filter(
      (one) => one.provider === provider && (patterns?.some((pattern) => matches(pattern, one.name)) ?? true),
    );
    for (const account of matchingAccounts) {
      const unknownNames = new Set<string>();
      const filled = withVars(valueOf(entry), account.vars, unknownNames);
      const [missing] = unknownNames;
      if (missing !== undefined) {
        problems.push(noVariable(missing, account, place));
        continue;
      }

      const given = regions ?? account.regions;
      if (given.length === 0) problems.push(noRegion(noun, account, place));
      for (const region of given) {
        const name = `${key}@${account.name}/${region}`;
        const known = places.get(name) ?? { account, region, entries: [] };
        places.set(name, known);
        known.entries.push(filled);
      }
    }
  }
  return { places, problems };
}

/** A value with those of an account in place of `${var:name}`, in texts at any depth. `missing` gets names without a value. */
function withVars<T>(value: T, vars: Readonly<Record<string, string>>, missing: Set<string>): T {
  if (typeof value === 'string') {
    return value.replaceAll(/\$\{var:([\w.-]+)\}/g, (whole, name: string) => {
      if (Object.hasOwn(vars, name)) return vars[name] ?? '';

      missing.add(name);
      return whole;
    }) as T;
  }
  if (Array.isArray(value)) return value.map((one: unknown) => withVars(one, vars, missing)) as T;
  if (typeof value !== 'object' || value === null) return value;

  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withVars(one, vars, missing)])) as T;
}

function noVariable(name: string, account: FleetFileAccount, place: SourcePlace): PlacedProblem {
  const message = `\${var:${name}} has no value in account ${account.name}`;
  return { code: 'INVALID_FLEET', message, remedy: `Add ${name} to \`accounts.${account.name}.vars\`.`, place };
}

function noRegion(noun: string, account: FleetFileAccount, place: SourcePlace): PlacedProblem {
  const message = `no region is given for account ${account.name}`;
  return {
    code: 'INVALID_FLEET',
    message,
    remedy: `Add \`regions\` to the ${noun}, to the account or to the fleet.`,
    place,
  };
}

/** A spec in one account and region: what one worker carries out. */
export type FleetWork = BroughtEntries & {
  /** `teams/shop.yaml@shop-prod/eu-west-1`. The same in every run. */
  readonly name: string;
  readonly file: string;
  /** The name of the account. */
  readonly account: string;
  readonly region: string;
  /** The part of the spec that is in this account and region. */
  readonly spec: Spec;
  /** Of the goal `migrate`. */
  readonly moves?: FleetMoves | undefined;
};
