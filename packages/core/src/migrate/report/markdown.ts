import { markdownReport, markdownText, type MarkdownReportOptions } from '../../report/markdown.js';
import { blockersOf } from '../accept.js';
import type { MigrationReport } from '../migration.js';
import { editsOf, shownReport } from './as-report.js';
import { countText } from './text.js';

/** A migration's report as Markdown: findings, impact table, edits. Text from outside is text. */
export function migrationMarkdown(report: MigrationReport, what: string, options: MarkdownReportOptions = {}): string {
  const stops = blockersOf(report);
  const verdict = stops.length === 0 ? '✅ may go ahead' : `❌ must not go ahead: ${countText(stops)}`;
  const lines = [`# ${markdownText(what)}: ${verdict}`, '', markdownReport(shownReport(report), options).trimEnd(), ''];
  if (report.impact.length > 0) {
    lines.push('## Where calls come from', '', '| backend | now | then | add |', '| --- | --- | --- | --- |');
    for (const { backend, old, new: next, entries } of report.impact) {
      const lists = entries.filter(({ form }) => form === 'security-group' || form === 'access-control-list');
      const add = lists.flatMap(({ where, text }) => text.split('\n').map((line) => `${where}: ${line}`));
      lines.push(`| ${[[backend], old, next, add].map((cell) => cell.map(markdownText).join('<br>')).join(' | ')} |`);
    }
    lines.push('');
  }
  const edits = editsOf(report);
  if (edits.length > 0) lines.push('## Where it is declared', '');
  for (const { kind, id, text } of edits) lines.push(`- ${markdownText(`${kind} (${id}): ${text}`)}`);
  return `${lines.join('\n').trimEnd()}\n`;
}
