import { reportDocument } from '../../../check/report/document.js';
import type { ReportTextOptions } from '../../../ground/text/display.js';
import { documentMarkdown } from '../../../ground/text/document-markdown.js';
import { documentText } from '../../../ground/text/document-text.js';
import { item, line, type Cell, type Document, type Section } from '../../../ground/text/document.js';
import type { ReportMarkdownOptions } from '../../../check/report/markdown.js';
import { blockersOf } from '../accept.js';
import type { Impact, MigrationReport } from '../migration.js';
import { countText, listEntriesOf, noEntryText } from './html.js';
import { toolEdits } from '../checks/owner.js';
import { shownReport } from './json.js';

/**
 * A migration's report for people: the findings as a report of checks shows them, the impact table, the
 * edits in tools that declare the gateway, and whether the move may go ahead.
 *
 *     where calls come from
 *       i-1:8080 (orders)
 *         now   100.104.219.0/26
 *         then  10.10.0.0/24, 10.10.1.0/24
 *         add   sg-1: in tcp 8080 from 10.10.0.0/24, priority 1
 *         alter acl-1: remove 10.10.0.0/16
 */
export function migrationText(report: MigrationReport, what: string, options: ReportTextOptions = {}): string {
  const { width = 100, passed } = options;
  return documentText(documentOf(report, what, passed, Math.max(40, width)), options);
}

/** A migration's report as Markdown: findings, impact table, edits. Text from outside is escaped. */
export function migrationMarkdown(report: MigrationReport, what: string, options: ReportMarkdownOptions = {}): string {
  return documentMarkdown(documentOf(report, what, options.passed), options);
}

function documentOf(report: MigrationReport, what: string, passed?: number, width?: number): Document {
  const stops = blockersOf(report);
  return {
    title: what,
    level: 1,
    verdict:
      stops.length === 0
        ? { look: 'pass', text: 'may go ahead' }
        : { look: 'error', text: `must not go ahead: ${countText(stops)}` },
    before: reportDocument(shownReport(report), passed, width),
    sections: [impactSection(report.impact), editsSection(report)],
  };
}

function impactSection(impact: readonly Impact[]): Section {
  const columns = ['backend', 'now', 'then', 'add'];
  return { heading: 'where calls come from', table: { columns, rows: impact.map(impactRow) } };
}

function impactRow(impact: Impact): readonly Cell[] {
  const { backend, old, new: next } = impact;
  const none = noEntryText(impact);
  const added = listEntriesOf(impact).flatMap(({ where, text, alters }) =>
    text.split('\n').map((entry) => ({
      pieces: [{ text: `${where}: ${entry}`, isCode: true }],
      name: alters === true ? 'alter' : undefined,
    })),
  );
  return [
    [{ pieces: line(backend) }],
    blocksCell(old),
    blocksCell(next),
    none === undefined ? added : [...added, { pieces: line(none) }],
  ];
}

function blocksCell(blocks: readonly string[]): Cell {
  const pieces = blocks.flatMap((text, at) => [...(at === 0 ? [] : line(', ')), { text, isCode: true }]);
  return [{ pieces: pieces.length === 0 ? line('not known') : pieces }];
}

/** What is declared elsewhere, each with its edits, which can be copied. */
function editsSection(report: MigrationReport): Section {
  const items = toolEdits(report.findings).map(({ kind, id, lines }) => ({
    ...item(`${kind}: ${id}`),
    isWhole: true,
    items: lines.map((edit) => ({ ...item(edit), isWhole: true })),
  }));
  return { heading: 'to change where a tool declares it', items };
}
