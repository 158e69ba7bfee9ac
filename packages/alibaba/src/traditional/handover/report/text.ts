import { wrap } from '@postern/core/cloud';
import { displayText, type ReportTextOptions } from '@postern/core/report';
import type { Assessment, HandoverItem } from '../assess/assessment.js';
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
  STYLES,
  waiveText,
} from './shown-items.js';

/** The limit of items with one code; JSON has all. */
const MOST_ALIKE = 5;

/**
 * An assessment for people: what does not map first, each with who must act and how to waive it. What maps exactly is counted.
 */
export function assessmentText(
  assessment: Assessment,
  { width = 100, paint = (_, text) => text }: Pick<ReportTextOptions, 'width' | 'paint'> = {},
): string {
  const { group, ready } = assessment;
  const lines: string[] = [
    paint('heading', displayText(`Hand-over of ${group.name} (${group.id})`)),
    displayText(placeText(assessment)),
    ...stageLines(assessment).map((line) => `  ${displayText(line)}`),
    '',
    ...calendarLines(assessment).map((line) => paint('quiet', `  ${line}`)),
  ];
  const put = (text: string, indent: string): void =>
    void lines.push(...wrap(`${indent}${displayText(text)}`, width, `${indent}  `));
  for (const [verdict, title] of SHOWN) {
    const groups = itemGroups(assessment, verdict);
    if (groups.length === 0) continue;
    const count = assessment.counts[verdict];
    lines.push('', paint(STYLES[verdict], `${title} (${count})`));
    for (const { rule, code, items } of groups) {
      if (verdict === 'exact') {
        lines.push(`  ${rule} ${code}: ${items.length}`);
        continue;
      }
      lines.push(`  ${rule} ${code}`);
      for (const item of items.slice(0, MOST_ALIKE)) for (const [text, indent] of itemTexts(item)) put(text, indent);
      if (items.length > MOST_ALIKE)
        lines.push(paint('quiet', `    and ${items.length - MOST_ALIKE} more; --json lists all`));
    }
  }
  lines.push('', `${countsText(assessment)}`, paint(ready ? 'pass' : 'error', readyText(assessment)));
  return `${lines.join('\n')}\n`;
}

function itemTexts(item: HandoverItem): readonly (readonly [text: string, indent: string])[] {
  const { message, remedy, who, waiver } = item;
  const waive = waiveText(item);
  return [
    [`${aboutText(item)}: ${message}`, '    '],
    ...(waiver === undefined ? [] : ([[`waived: ${waiver.reason}`, '      ']] as const)),
    ...(remedy === undefined
      ? []
      : ([[`→ ${remedy}${who === 'none' ? '' : ` For ${ACTORS[who]}.`}`, '      ']] as const)),
    ...(waive === undefined ? [] : ([[waive, '      ']] as const)),
  ];
}
