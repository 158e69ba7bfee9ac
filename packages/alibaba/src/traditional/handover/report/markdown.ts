import { markdownText } from '@postern/core/report';
import type { Assessment } from '../assess/assessment.js';
import {
  aboutText,
  ACTORS,
  calendarLines,
  countsText,
  itemGroups,
  placeText,
  readyText,
  SHOWN,
  stageLines,
} from './shown-items.js';

/** An assessment as Markdown, for a comment or a ticket. Text from outside is escaped. */
export function assessmentMarkdown(assessment: Assessment): string {
  const { group, apis } = assessment;
  const lines = [
    `# Hand-over of ${markdownText(`${group.name} (${group.id})`)}`,
    '',
    `**${readyText(assessment)}** ${countsText(assessment)}.`,
    '',
    markdownText(placeText(assessment)),
    '',
    ...stageLines(assessment).map((line) => `- ${markdownText(line)}`),
    '',
    ...calendarLines(assessment).map((line) => `- ${markdownText(line)}`),
  ];
  for (const [verdict, title] of SHOWN) {
    const groups = itemGroups(assessment, verdict);
    if (groups.length === 0) continue;
    lines.push('', `## ${title} (${assessment.counts[verdict]})`, '');
    if (verdict === 'exact') {
      lines.push(...groups.map(({ rule, code, items }) => `- \`${rule}\` ${code}: ${items.length}`));
      continue;
    }
    lines.push('| what | rule | found | to do | who |', '| --- | --- | --- | --- | --- |');
    for (const item of groups.flatMap(({ items }) => items)) {
      const { rule, message, remedy = '', who, waiver } = item;
      const found = waiver === undefined ? message : `${message} Waived: ${waiver.reason}`;
      lines.push(
        `| ${[aboutText(item), `\`${rule}\``, found, remedy, ACTORS[who]].map((cell, at) => (at === 1 ? cell : markdownText(cell))).join(' | ')} |`,
      );
    }
  }
  lines.push('', `## APIs (${apis.length})`, '', '| API | key | stage | verdict |', '| --- | --- | --- | --- |');
  lines.push(
    ...apis.map(({ name, key, stage, verdict }) => `| ${[name, key, stage, verdict].map(markdownText).join(' | ')} |`),
  );
  return `${lines.join('\n').trimEnd()}\n`;
}
