import type { Finding } from '../findings/finding.js';
import { migrateReady, VERIFIED } from './checks/index.js';
import { findingsOfMove } from './findings-of-move.js';
import type { MigrationInput, WayBack } from './migration-input.js';

/** What is asked of the way back, beside what judges every move. What a move overwrites is not asked: the present link had it. */
const ASKED = [...VERIFIED, migrateReady];

/** What the service itself refuses: said of the way back whatever becomes of the way there. */
const OF_THE_LINK = /^migrate\/(?:network|accessible-blocks)$/;

/**
 * Judges the same move with its ends swapped, by the same checks, and keeps what only the way back would meet. What is wrong with a backend
 * wherever it is called from (a machine that is stopped, a listener that is gone) is said of the move itself, and no way back makes it worse.
 */
export function wayBack(there: MigrationInput, back: MigrationInput): WayBack {
  const met = findingsOfMove(back, ASKED, false).filter(({ severity }) => severity === 'error');
  if (met.length === 0) return { broken: [], unknown: [] };
  const links = [there.to.name, back.to.name];
  const known = findingsOfMove(there, ASKED, false).filter(({ severity }) => severity === 'error');
  const said = new Set(known.map((one) => sentence(one, links)));
  const failing = new Set(known.flatMap((one) => (one.verdict === 'fail' ? [thing(one.subject)] : [])));
  const unsure = new Set(known.map(({ check, subject }) => `${check} ${thing(subject)}`));
  const own = met.filter((one) => !said.has(sentence(one, links)));
  return {
    broken: own.filter(
      ({ verdict, check, subject }) => verdict === 'fail' && (OF_THE_LINK.test(check) || !failing.has(thing(subject))),
    ),
    unknown: own.filter(
      ({ verdict, check, subject }) => verdict === 'unknown' && !unsure.has(`${check} ${thing(subject)}`),
    ),
  };
}

/** A finding without the names of links, so that the same one of both ways is one. */
function sentence({ check, verdict, subject, message }: Finding, links: readonly string[]): string {
  return links.reduce((text, link) => text.replaceAll(link, '…'), `${check} ${verdict} ${subject}: ${message}`);
}

/** What a finding is about: `link a → target orders (10.0.0.1 to …)`, `target orders` and `authorisation orders` are all about `orders`. */
function thing(subject: string): string {
  const [, target] = / → target (.*?)(?: \(.*)?$/s.exec(subject) ?? [];
  if (target !== undefined) return target;
  return /^(?:link|instance|gateway) /.test(subject) ? subject : subject.slice(subject.indexOf(' ') + 1);
}
