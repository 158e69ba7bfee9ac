import {
  InvalidInputError,
  isPosternError,
  type IntegrationSpec,
  type LinkSpec,
  type Spec,
} from '@postern/core/internal/library';
import { parseSpec, type ParseSpecOptions, type PlacedProblem } from '@postern/core/internal/spec';
import type { ApprovalKind, FleetAccount, FleetLimits } from '../model.js';
import type { FleetFile, FleetFileAccount, FleetSchedule, FleetWork } from './fleet-file.js';
import { BROUGHT, type BroughtGoal } from '../brought/names.js';
import { planBrought, planMoves } from './plan-moves.js';

/** A spec that the file of a fleet selects, and by which of its `specs`. */
export type SelectedSpec = {
  /** Its path from the folder of the fleet's file. */
  readonly file: string;
  /** Its path for errors; by default `file`. */
  readonly shown?: string | undefined;
  readonly text: string;
  /** Indexes of `FleetFile.specs`. */
  readonly selectedBy: readonly number[];
};

/** Work that begins together. */
export type FleetPlanWave = {
  /** A canary's wave is named `<wave>/canary`. */
  readonly name: string;
  readonly approval: boolean;
  readonly work: readonly FleetWork[];
};

/** The same of goals that clouds bring: `handovers@shop-prod/cn-hangzhou`. */
type BroughtWaves = { readonly [G in BroughtGoal as `${G}Waves`]: readonly FleetPlanWave[] };

/** What a fleet does, in its order. Plain JSON. */
export type FleetPlan = BroughtWaves & {
  readonly fleet: string;
  readonly accounts: readonly FleetAccount[];
  /** Waves without work are left out. */
  readonly waves: readonly FleetPlanWave[];
  /** The same of the goal `migrate`: what moves in which account and region, `moves@shop-prod/eu-west-1`. */
  readonly moveWaves: readonly FleetPlanWave[];
  readonly limits: FleetLimits;
  readonly approvals: readonly Exclude<ApprovalKind, 'wave'>[];
  readonly approvers: readonly string[];
  readonly schedules: readonly FleetSchedule[];
};

/**
 * Which spec is carried out in which account and region, and in which order. A link without `account` is in every
 * account that its spec is selected for, and one without `region` in each region of these accounts.
 * @throws {InvalidInputError} `INVALID_FLEET` where no file matches, `SPECS_OVERLAP`, `WRONG_ACCOUNT` for a link of another
 * account, and what `parseSpec` throws, with the file of the spec. `details.problems` lists all that were found.
 */
export function planFleet(
  fleet: FleetFile,
  specs: readonly SelectedSpec[],
  options: Pick<ParseSpecOptions, 'clouds' | 'env'>,
): FleetPlan {
  const problems: PlacedProblem[] = fleet.specs.flatMap(({ files, place }, at) =>
    specs.some(({ selectedBy }) => selectedBy.includes(at))
      ? []
      : [{ code: 'INVALID_FLEET', message: `no file matches ${files.join(', ')}`, remedy: NO_MATCH, place }],
  );
  const parts: Part[] = [];
  for (const spec of specs) {
    try {
      const found = partsOf(fleet, spec, options);
      parts.push(...found.parts);
      problems.push(...found.problems);
    } catch (error) {
      if (!isPosternError(error)) throw error;

      problems.push(...problemsOf(error, spec.shown ?? spec.file));
    }
  }
  problems.push(...overlaps(parts));
  const work = parts.map(workOf);
  const moves = planMoves(fleet, work, options.clouds);
  const brought = BROUGHT.map((kind) => ({ ...kind, ...planBrought(fleet, kind) }));
  refuse([...problems, ...moves.problems, ...brought.flatMap((one) => one.problems)]);
  return {
    fleet: fleet.fleet,
    accounts: fleet.accounts.map(({ id, provider, name, role, externalId }) => ({
      id,
      provider,
      name,
      role,
      externalId,
    })),
    waves: wavesOf(fleet, work),
    moveWaves: wavesOf(fleet, moves.work),
    ...(Object.fromEntries(
      brought.map(({ goal, work: own }) => [`${goal}Waves`, wavesOf(fleet, own)]),
    ) as BroughtWaves),
    limits: fleet.limits,
    approvals: fleet.approvals,
    approvers: fleet.approvers,
    schedules: fleet.schedules,
  };
}

function wavesOf({ accounts, waves }: FleetFile, work: readonly FleetWork[]): readonly FleetPlanWave[] {
  const waveOf = new Map(accounts.map(({ name, wave }) => [name, wave]));
  return waves.flatMap(({ name, canary, approval }) => {
    const own = work.filter(({ account }) => waveOf.get(account) === name);
    const first = own.filter(({ account }) => account === canary);
    const rest = own.filter(({ account }) => account !== canary);
    const parts = [
      { name: `${name}/canary`, approval, work: first },
      { name, approval: approval && first.length === 0, work: rest },
    ];
    return parts.filter((one) => one.work.length > 0);
  });
}

const NO_MATCH = 'Correct the pattern: it is relative to the file of the fleet, and matches files only.';

interface Part {
  readonly file: string;
  readonly account: FleetFileAccount;
  readonly region: string;
  readonly spec: Spec;
  readonly links: Map<string, LinkSpec>;
}

function partsOf(
  fleet: FleetFile,
  { file, shown = file, text, selectedBy }: SelectedSpec,
  { clouds, env = {} }: Pick<ParseSpecOptions, 'clouds' | 'env'>,
) {
  const parts = new Map<string, Part>();
  const unplaced = new Map<string, Spec>();
  const json = file.endsWith('.json');
  const parsed = new Map<string, Spec>();
  const hasVars = text.includes('${var:');
  const read = ({ provider, vars }: FleetFileAccount, region: string | undefined): Spec => {
    const key = JSON.stringify([provider, region, hasVars && vars]);
    const known = parsed.get(key);
    if (known !== undefined) return known;

    const regionOf = (asked: string): string | undefined => (asked === provider ? region : undefined);
    const spec = parseSpec(text, { file: shown, json, clouds, env, vars, region: regionOf, complete: true });
    parsed.set(key, spec);
    return spec;
  };
  const selections = selectedBy.flatMap((at) => fleet.specs[at] ?? []);
  const placed = new Set<string>();
  for (const { accounts, regions } of selections) {
    for (const account of fleet.accounts.filter(({ name }) => accounts?.includes(name) ?? true)) {
      const given = regions ?? account.regions;
      for (const region of given.length === 0 ? [undefined] : given) {
        const spec = read(account, region);
        for (const [name, link] of Object.entries(spec.links)) {
          if (link.provider !== account.provider || (link.account ?? account.id) !== account.id) {
            unplaced.set(name, spec);
            continue;
          }

          placed.add(name);
          const key = `${account.name}/${link.region}`;
          const part = parts.get(key) ?? {
            file,
            account,
            region: link.region,
            spec,
            links: new Map<string, LinkSpec>(),
          };
          parts.set(key, part);
          part.links.set(name, { ...link, account: account.id });
        }
      }
    }
  }
  const left = [...unplaced].filter(([name]) => !placed.has(name));
  const isEmpty = parts.size === 0 && left.length === 0;
  const problems = isEmpty
    ? [problem('INVALID_FLEET', 'the spec declares no link', 'Declare one, or select other specs.', { file: shown })]
    : left.map(([name, spec]) => unplacedLink(name, spec, shown));
  return { parts: [...parts.values()], problems };
}

function unplacedLink(name: string, { links, places }: Spec, file: string): PlacedProblem {
  const { provider, account } = links[name] ?? { provider: '' };
  const place = places?.(`links.${name}`) ?? { file };
  const which = account === undefined ? `an account of ${provider}` : `account ${account} of ${provider}`;
  const remedy = 'Add it to `accounts` of the fleet, or select the spec for it.';
  return problem('WRONG_ACCOUNT', `links.${name}: the spec is not selected for ${which}`, remedy, place);
}

/** Links and integrations that two files declare in one account, region and project. External ones are owned by none of them. */
function overlaps(parts: readonly Part[]): readonly PlacedProblem[] {
  const owners = new Map<string, string>();
  return parts.flatMap(({ file, account, region, spec, links }) => {
    const names = [
      ...[...links].filter(([, link]) => link.owner !== 'external').map(([name]) => `links.${name}`),
      ...integrationsOf(spec, links)
        .filter(([, one]) => one.owner !== 'external')
        .map(([name]) => `integrations.${name}`),
    ];
    return names.flatMap((name) => {
      const key = JSON.stringify([account.name, region, spec.project, name]);
      const owner = owners.get(key);
      owners.set(key, owner ?? file);
      if (owner === undefined || owner === file) return [];

      const where = `project ${spec.project}, account ${account.name}, ${region}`;
      const message = `${name}: ${owner} declares it, too (${where})`;
      const remedy = 'Rename one of the two, or select one of the specs for this account.';
      return [problem('SPECS_OVERLAP', message, remedy, spec.places?.(name) ?? { file })];
    });
  });
}

function integrationsOf({ integrations }: Spec, links: ReadonlyMap<string, LinkSpec>): [string, IntegrationSpec][] {
  return Object.entries(integrations).filter(([, { link }]) => links.has(link));
}

function workOf({ file, account, region, spec, links }: Part): FleetWork {
  const { places: _, moved, ...rest } = spec;
  const integrations = Object.fromEntries(integrationsOf(spec, links));
  const isHere = ({ kind, to, integration }: NonNullable<Spec['moved']>[number]): boolean =>
    kind === 'link' ? links.has(to) : Object.hasOwn(integrations, integration ?? to);
  const own = { ...rest, links: Object.fromEntries(links), integrations };
  return {
    name: `${file}@${account.name}/${region}`,
    file,
    account: account.name,
    region,
    spec: moved === undefined ? own : { ...own, moved: moved.filter(isHere) },
  };
}

function problem(
  code: PlacedProblem['code'],
  message: string,
  remedy: string,
  place: PlacedProblem['place'],
): PlacedProblem {
  return { code, message, remedy, place };
}

/** All problems that an error of a spec lists. */
function problemsOf(error: InvalidInputError | { readonly code: string }, file: string): readonly PlacedProblem[] {
  const { code, message, remedy = '', place = { file }, details } = error as InvalidInputError;
  const [, ...others] = (details?.['problems'] ?? []) as readonly PlacedProblem[];
  return [{ code, message, remedy, place }, ...others];
}

/** How many problems an error lists; the rest are counted. */
const MOST = 20;

function refuse(problems: readonly PlacedProblem[]): void {
  const [first] = problems;
  if (first === undefined) return;

  const { code, message, remedy, place } = first;
  const details = { problems: problems.slice(0, MOST), count: problems.length };
  throw new InvalidInputError(code, message, { remedy, place, details });
}
