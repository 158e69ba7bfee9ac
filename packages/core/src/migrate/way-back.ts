import type { Finding } from '../findings/finding.js';
import { migrateReady, VERIFIED } from './checks/index.js';
import { findingsOfMove } from './findings-of-move.js';
import type { MigrationInput, WayBack } from './migration-input.js';

/** What is asked of the way back, beside what judges every move. What a move overwrites is not asked: the present link had it. */
const ASKED = [...VERIFIED, migrateReady];

/** What the service itself refuses: said of the way back whatever becomes of the way there. */
const OF_THE_LINK: ReadonlySet<string> = new Set(['migrate/network', 'migrate/accessible-blocks']);

/**
 * Judges the same move with its ends swapped, by the same checks, and keeps what only the way back would meet. What is wrong with a backend
 * wherever it is called from (a machine that is stopped, a listener that is gone) is said of the move itself, and no way back makes it worse.
 */
export function wayBack(there: MigrationInput, back: MigrationInput): WayBack {
  const met = findingsOfMove(back, ASKED, false).filter(({ severity }) => severity === 'error');
  if (met.length === 0) return { broken: [], unknown: [] };
  const links = [there.to.name, back.to.name];
  const known = findingsOfMove(there, ASKED, false).filter(({ severity }) => severity === 'error');
  const said = new Set(known.map((one) => statement(one, links)));
  const failing = new Set(known.flatMap((one) => (one.verdict === 'fail' ? [thing(one)] : [])));
  const unsure = new Set(known.map((one) => `${one.check} ${thing(one)}`));
  const own = met.filter((one) => !said.has(statement(one, links)));
  return {
    broken: own.filter((one) => one.verdict === 'fail' && (OF_THE_LINK.has(one.check) || !failing.has(thing(one)))),
    unknown: own.filter((one) => one.verdict === 'unknown' && !unsure.has(`${one.check} ${thing(one)}`)),
  };
}

/** What a finding states, without the names of links, so that the same one of both ways is one. */
function statement({ check, verdict, code, about, params }: Finding, links: readonly string[]): string {
  const facts = JSON.stringify([check, verdict, code, about, params]);
  return links.reduce((text, link) => text.replaceAll(link, '…'), facts);
}

/** What a finding is about: a path to target `orders`, the target and the authorization `orders` are all about `orders`. */
function thing(finding: Finding): string {
  const [first, ...parts] = finding.about;
  if (first?.kind === 'link' && parts[0]?.kind === 'target') return parts[0].id;
  if (first === undefined || WHOLE.has(first.kind)) return finding.subject;
  return [first.id, ...parts.map(({ label }) => label)].join(', ');
}

const WHOLE: ReadonlySet<string> = new Set(['link', 'instance', 'gateway']);
