import type { Finding } from '../../do/findings/finding.js';
import { moveChecksOf } from './checks/index.js';
import { findingsOfMove } from './findings-of-move.js';
import type { MigrationInput, WayBack } from './migration-input.js';

/**
 * Evaluates the same move with its ends swapped, by the same checks, and keeps the problems that only the
 * move back has. Settings that a move overwrites are not checked: they came from the current link. A problem of a backend that does not depend on the link (a stopped instance, a deleted
 * listener) is reported for the move itself.
 */
export function wayBack(there: MigrationInput, back: MigrationInput): WayBack {
  const asked = moveChecksOf(there.region.clouds, there.gateway).filter((one) => one.back !== undefined);
  const always = new Set(asked.flatMap((one) => (one.back === 'always' ? [one.id] : [])));
  const met = findingsOfMove(back, asked, false).filter(({ severity }) => severity === 'error');
  if (met.length === 0) return { broken: [], unknown: [] };
  const links = [there.to.name, back.to.name];
  const known = findingsOfMove(there, asked, false).filter(({ severity }) => severity === 'error');
  const said = new Set(known.map((one) => statement(one, links)));
  const failing = new Set(known.flatMap((one) => (one.verdict === 'fail' ? [thing(one)] : [])));
  const unsure = new Set(known.map((one) => `${one.check} ${thing(one)}`));
  const own = met.filter((one) => !said.has(statement(one, links)));
  return {
    broken: own.filter((one) => one.verdict === 'fail' && (always.has(one.check) || !failing.has(thing(one)))),
    unknown: own.filter((one) => one.verdict === 'unknown' && !unsure.has(`${one.check} ${thing(one)}`)),
  };
}

/** What a finding states, without the names of links, so that the same finding of both moves is one. */
function statement({ check, verdict, code, about, params }: Finding, links: readonly string[]): string {
  const facts = JSON.stringify([check, verdict, code, about, params]);
  return links.reduce((text, link) => text.replaceAll(link, '…'), facts);
}

/**
 * What a finding is about: a path to target `orders`, the target and the authorization `orders` are all
 * about `orders`.
 */
function thing(finding: Finding): string {
  const [first, ...parts] = finding.about;
  if (first?.kind === 'link' && parts[0]?.kind === 'target') return parts[0].id;
  if (first === undefined || WHOLE.has(first.kind)) return finding.subject;
  return [first.id, ...parts.map(({ label }) => label)].join(', ');
}

const WHOLE: ReadonlySet<string> = new Set(['link', 'instance', 'gateway']);
