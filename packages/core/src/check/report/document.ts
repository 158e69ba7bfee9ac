import type { OpenFinding, Report } from '../../do/findings/finding.js';
import { alikeGaps } from '../../do/findings/alike-gaps.js';
import {
  item,
  line,
  type Document,
  type Item,
  type Look,
  type Piece,
  type Section,
} from '../../ground/text/document.js';
import { similarText } from '../../ground/text/similar-text.js';
import { cut } from '../../ground/text/wrap.js';
import { checksOf, contextOf, placedSubject } from './context.js';
import { entriesOf, HEADINGS, MOST_ENTRIES, type Entry } from './entries.js';
import { suppressedOf } from './lists.js';

/**
 * A report of checks: failures and unknowns by integration, the most urgent first. Each names the problem and its subject, the hop of the
 * path that stops calls, the rule that decides where the message does not name it, and the remedy. Findings with one cause are combined,
 * and so are findings that differ in names and numbers only. Then what is ignored, could not be read, and is assumed.
 * @param passed how many passed, where the report leaves them out; `width`: of lines, to which rules that decided are cut
 */
export function reportDocument(report: Report, passed?: number, width = Number.POSITIVE_INFINITY): Document {
  const { groups, shown, hidden, counts } = entriesOf(report, MOST_ENTRIES, passed);
  const more = `Shown are ${shown} of ${shown + hidden} findings; ${hidden} more are not: --json lists all.`;
  return {
    title: 'Postern',
    level: 2,
    counts,
    sections: [
      ...groups.map(({ of, findings }): Section => {
        const isName = typeof of !== 'string';
        const items = findings.map((entry) => entryItem(entry, width));
        return { heading: isName ? of.integration : HEADINGS[of], isName, items };
      }),
      ...(hidden === 0 ? [] : [{ lines: [line(more, 'quiet')] }]),
      ...listSections(report),
    ],
  };
}

function lookOf({ verdict, severity }: OpenFinding): Look {
  return verdict === 'unknown' ? 'unknown' : severity;
}

function entryItem({ finding, also, likewise }: Entry, width: number): Item {
  const { remedy } = finding;
  const { before, hop, message, rule } = contextOf(finding, also);
  const look = lookOf(finding);
  const pieces: Piece[] = [
    { text: `${placedSubject(finding, also)}: ` },
    { text: before, style: 'quiet' },
    ...(hop === undefined ? [] : [{ text: hop, style: look }, { text: ': ' }]),
    { text: message },
    ...(rule === undefined ? [] : [{ text: cut(` [${rule}]`, width), style: 'quiet' as const }]),
    ...(likewise.length === 0 ? [] : [{ text: `; ${similarText(likewise)}` }]),
  ];
  const tags = checksOf([finding, ...also]).map((one) => ({ rule: one.check, look: lookOf(one) }));
  return { tags, pieces, items: remedy === undefined ? [] : [item(`→ ${remedy}`, 'remedy')] };
}

/** What a report has besides its open findings: what the spec ignores, what could not be read, and what is assumed. */
function listSections({ findings, gaps, assumptions }: Report): readonly Section[] {
  const suppressed = suppressedOf(findings).map(({ check, text }) => ({ tags: [{ rule: check }], pieces: line(text) }));
  const unread = alikeGaps(gaps).map(({ what, operation, code, permission, region, account }) =>
    item(
      `${what} (${region}, account ${account}): ${operation} returned ${code}${permission === undefined ? '' : `; allow ${permission}`}`,
    ),
  );
  const assumed = assumptions.map(({ path, text }) => item(`${path}: ${text}`));
  return [
    { heading: 'suppressed', items: suppressed, isShort: true },
    { heading: 'could not be read', items: unread, isShort: true },
    { heading: 'assumed', items: assumed, isShort: true },
  ];
}
