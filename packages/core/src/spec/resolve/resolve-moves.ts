import { entryOf } from '../../ground/json.js';
import type { Move, MovedKind } from '../../do/model/moves.js';
import type { IntegrationSpec, LinkSpec } from '../../do/spec.js';
import { nearest } from '../../ground/text/nearest.js';
import type { Problem } from '../problems/problem.js';
import type { CheckedSpec } from '../schema/spec-schema.js';

/** What a path such as `integrations.orders.targets.main` names. */
interface Named {
  readonly kind: MovedKind;
  /** Of a target: its integration. */
  readonly integration?: string | undefined;
  readonly name: string;
}

interface Entry {
  readonly index: number;
  readonly from: Named;
  readonly to: Named;
}

interface Declared {
  readonly links: Readonly<Record<string, LinkSpec>>;
  readonly integrations: Readonly<Record<string, IntegrationSpec>>;
}

/**
 * The renamed keys of a spec, each with its key now. A key that was renamed twice has two entries, of which
 * one continues the other. The link that is written inside an integration is renamed with it.
 *
 * An entry is a problem where its two keys are of different kinds, where the former one is still declared or
 * the latter is not, where it is external, and where another entry has the same key on the same side.
 */
export function resolveMoves(input: CheckedSpec, declared: Declared, problems: Problem[]): readonly Move[] {
  const entries = (input.moved ?? []).map(({ from, to }, index): Entry => ({
    index,
    from: namedBy(from),
    to: namedBy(to),
  }));
  const report = (index: number, side: 'from' | 'to', message: string, remedy: string): void =>
    void problems.push({ code: 'INVALID_SPEC', message, remedy, path: ['moved', index, side] });
  // Targets last: their integration may be renamed as well.
  const [targets, others] = [entries.filter(isOfTarget), entries.filter((entry) => !isOfTarget(entry))];
  const renamed = followed(others, declared, report);
  const current = (name: string): string =>
    renamed.find(({ kind, from }) => kind === 'integration' && from === name)?.to ?? name;
  const inNow = targets.map(({ index, from, to }): Entry => ({
    index,
    from: placedIn(from, current),
    to: placedIn(to, current),
  }));
  const moves = [...renamed, ...followed(inNow, declared, report)];
  return [...moves, ...linksInside(input, declared, moves)];
}

function isOfTarget({ from, to }: Entry): boolean {
  return from.kind === 'target' && to.kind === 'target';
}

function namedBy(path: string): Named {
  const [, integration, target] = /^integrations\.(.+?)\.targets\.([^]+)$/.exec(path) ?? [];
  if (target !== undefined) return { kind: 'target', integration, name: target };

  const dot = path.indexOf('.');
  return { kind: path.startsWith('links.') ? 'link' : 'integration', name: path.slice(dot + 1) };
}

function placedIn({ integration = '', ...named }: Named, current: (name: string) => string): Named {
  return { ...named, integration: current(integration) };
}

type Report = (index: number, side: 'from' | 'to', message: string, remedy: string) => void;

/** The entries without problems, each to the key at the end of its chain. */
function followed(entries: readonly Entry[], declared: Declared, report: Report): readonly Move[] {
  const next = new Map<string, Entry>();
  const taken = new Map<string, Entry>();
  for (const entry of entries) {
    const [from, to] = [textOf(entry.from), textOf(entry.to)];
    const [before, other] = [next.get(from), taken.get(to)];
    if (before !== undefined)
      report(entry.index, 'from', `moved[${before.index}] already moves ${from}`, 'Keep one of the two entries.');
    else next.set(from, entry);
    if (other !== undefined)
      report(
        entry.index,
        'to',
        `moved[${other.index}] already moves something to ${to}`,
        'Keep one of the two entries.',
      );
    else taken.set(to, entry);
  }
  return entries.flatMap((entry): readonly Move[] => {
    const { index, from } = entry;
    const to = endOf(entry, next);
    if (to === undefined) {
      report(index, 'to', 'the entries form a circle', `Remove this entry, or the one to ${textOf(from)}.`);
      return [];
    }

    const fault = faultOf(entry, to, declared);
    if (fault !== undefined) {
      report(index, fault.side, fault.message, fault.remedy);
      return [];
    }

    return [{ kind: from.kind, integration: to.integration, from: from.name, to: to.name, path: `moved[${index}]` }];
  });
}

/** The last key of the chain that an entry begins; undefined for a circle. */
function endOf({ from, to }: Entry, next: ReadonlyMap<string, Entry>): Named | undefined {
  const seen = new Set([textOf(from)]);
  for (let end = to; ;) {
    const text = textOf(end);
    if (seen.has(text)) return undefined;

    seen.add(text);
    const entry = next.get(text);
    if (entry === undefined) return end;

    end = entry.to;
  }
}

interface Fault {
  readonly side: 'from' | 'to';
  readonly message: string;
  readonly remedy: string;
}

function faultOf({ from, to }: Entry, end: Named, declared: Declared): Fault | undefined {
  if (from.kind !== to.kind) {
    const message = `${textOf(from)} is ${KINDS[from.kind]}, and ${textOf(to)} is ${KINDS[to.kind]}`;
    return { side: 'to', message, remedy: `Write the key of ${KINDS[from.kind]}.` };
  }
  if (from.integration !== to.integration) {
    const message = `${textOf(from)} and ${textOf(to)} are targets of different integrations`;
    const remedy = `Write a target of ${from.integration}. If the integration was renamed, add an entry for it.`;
    return { side: 'to', message, remedy };
  }

  const names = siblingsOf(end, declared);
  if (names.includes(from.name)) {
    const remedy = `Remove ${textOf(from)}, or remove this entry.`;
    return { side: 'from', message: `${textOf(from)} is still declared`, remedy };
  }
  if (!names.includes(end.name)) {
    const similar = nearest(end.name, names);
    const remedy =
      similar === undefined ? 'Declare it, or remove this entry.' : `Write ${textOf({ ...end, name: similar })}.`;
    return { side: 'to', message: `${textOf(end)} is not declared`, remedy };
  }
  if (isExternal(end, declared)) {
    const message = `${textOf(end)} is external: it is not managed by this project`;
    return { side: 'to', message, remedy: 'Remove this entry.' };
  }

  return undefined;
}

const KINDS: Readonly<Record<MovedKind, string>> = {
  link: 'a link',
  integration: 'an integration',
  target: 'a target',
};

function textOf({ kind, integration, name }: Named): string {
  return kind === 'target' ? `integrations.${integration}.targets.${name}` : `${kind}s.${name}`;
}

function siblingsOf({ kind, integration }: Named, { links, integrations }: Declared): readonly string[] {
  if (kind === 'link') return Object.keys(links);
  if (kind === 'integration') return Object.keys(integrations);

  return Object.keys(entryOf(integrations, integration)?.targets ?? {});
}

function isExternal({ kind, integration, name }: Named, { links, integrations }: Declared): boolean {
  const one = kind === 'link' ? entryOf(links, name) : entryOf(integrations, integration ?? name);
  return one?.owner === 'external';
}

/** The links that are written inside renamed integrations, and have their name. */
function linksInside(input: CheckedSpec, { links }: Declared, moves: readonly Move[]): readonly Move[] {
  return moves
    .filter(({ kind, from, to }) => {
      const isInside = kind === 'integration' && typeof entryOf(input.integrations ?? {}, to)?.link === 'object';
      const isSaid = moves.some((other) => other.kind === 'link' && (other.to === to || other.from === from));
      return isInside && !isSaid && !Object.hasOwn(links, from) && entryOf(links, to)?.owner !== 'external';
    })
    .map((move) => ({ ...move, kind: 'link' }));
}
