import { displayText } from '../../../ground/text/display.js';
import { reportMarkdown, markdownText, type ReportMarkdownOptions } from '../../../check/report/markdown.js';
import { blockersOf } from '../accept.js';
import type { MigrationReport } from '../migration.js';
import { shownEdits, shownReport } from './json.js';
import { listEntriesOf, noEntryText, countText } from './text.js';

/** A migration's report as Markdown: findings, impact table, edits. Text from outside is escaped. */
export function migrationMarkdown(report: MigrationReport, what: string, options: ReportMarkdownOptions = {}): string {
  const stops = blockersOf(report);
  const verdict = stops.length === 0 ? '✅ may go ahead' : `❌ must not go ahead: ${countText(stops)}`;
  const lines = [`# ${markdownText(what)}: ${verdict}`, '', reportMarkdown(shownReport(report), options).trimEnd(), ''];
  if (report.impact.length > 0) {
    lines.push('## Where calls come from', '', '| backend | now | then | add |', '| --- | --- | --- | --- |');
    for (const impact of report.impact) {
      const { backend, old, new: next } = impact;
      const none = noEntryText(impact);
      const add = listEntriesOf(impact).flatMap(({ where, text }) =>
        text.split('\n').map((line) => `${where}: ${line}`),
      );
      const cells = [
        markdownText(backend),
        ...[old, next].map((blocks) => blocks.map(markdownCode).join('<br>') || 'not known'),
        none ?? add.map(markdownCode).join('<br>'),
      ];
      lines.push(`| ${cells.join(' | ')} |`);
    }
    lines.push('');
  }
  const edits = shownEdits(report);
  if (edits.length > 0) lines.push('## To change where a tool declares it', '');
  for (const { kind, id, text } of edits) lines.push(`- ${markdownText(`${kind} (${id}): ${text}`)}`);
  return `${lines.join('\n').trimEnd()}\n`;
}

/**
 * Text to copy is formatted as code, in which Markdown interprets only characters that no ID, block or rule
 * has.
 */
function markdownCode(text: string): string {
  const shown = displayText(text);
  return /^[\w./:,()[\] -]+$/.test(shown) ? `\`${shown}\`` : markdownText(text);
}
