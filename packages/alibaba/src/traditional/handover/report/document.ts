import {
  documentHtml,
  documentMarkdown,
  documentText,
  item,
  line,
  type Document,
  type Item,
  type Section,
} from '@postern/core/internal/cloud';
import type { ReportTextOptions } from '@postern/core/internal/report';
import { INSTANCE_SUCCESSOR } from '../../cloud/retirement.js';
import type { Assessment, HandoverItem, HandoverVerdict } from '../assess/assessment.js';
import {
  aboutText,
  calendarLines,
  countsText,
  itemGroups,
  placeText,
  readyText,
  remedyText,
  SHOWN,
  stageLines,
  STYLES,
  waiveText,
  type ItemGroup,
} from './shown-items.js';

/** The limit of items with one code on a terminal; JSON has all. */
const MOST_ALIKE = 5;

/**
 * An assessment for people: what does not map first, each with who must act and how to waive it. What maps exactly is counted.
 */
export function assessmentText(
  assessment: Assessment,
  options: Pick<ReportTextOptions, 'width' | 'paint'> = {},
): string {
  return documentText(documentOf(assessment), options);
}

/** An assessment as Markdown, for a comment or a ticket. Text from outside is escaped. */
export function assessmentMarkdown(assessment: Assessment): string {
  return documentMarkdown(documentOf(assessment));
}

/** An assessment as one static page. */
export function assessmentHtml(assessment: Assessment): string {
  return documentHtml(documentOf(assessment));
}

function documentOf(assessment: Assessment): Document {
  const { group, ready, apis } = assessment;
  const rows = apis.map(({ name, key, stage, verdict }) =>
    [name, key, stage, verdict].map((text, at) => [{ pieces: line(text, at === 3 ? STYLES[verdict] : undefined) }]),
  );
  return {
    title: `Hand-over of ${group.name} (${group.id})`,
    isTitled: true,
    level: 1,
    counts: countsText(assessment),
    verdict: { look: ready ? 'pass' : 'error', of: 'The hand-over', text: readyText(assessment) },
    sections: [
      { lines: [line(placeText(assessment))], items: stageLines(assessment).map((text) => item(text)) },
      { items: [...calendarLines(assessment), INSTANCE_SUCCESSOR.tool].map((text) => item(text, 'quiet')) },
      ...SHOWN.map(([verdict, title]) => verdictSection(assessment, verdict, title)),
      {
        heading: `APIs (${apis.length})`,
        table: { columns: ['API', 'key', 'stage', 'verdict'], rows, isDetail: true },
      },
    ],
  };
}

function verdictSection(assessment: Assessment, verdict: HandoverVerdict, title: string): Section {
  const count = assessment.counts[verdict];
  const items = itemGroups(assessment, verdict).map((group) => groupItem(group, verdict));
  return { heading: `${title} (${count})`, style: STYLES[verdict], items };
}

function groupItem({ rule, code, items }: ItemGroup, verdict: HandoverVerdict): Item {
  const named = { text: rule, isCode: true };
  if (verdict === 'exact') {
    const details = items.map((one) => item(`${aboutText(one)}: ${one.message}`));
    return { pieces: [named, ...line(` ${code}: ${items.length}`)], details };
  }

  return { pieces: [named, ...line(` ${code}`)], items: items.map(itemOf), most: MOST_ALIKE };
}

function itemOf(found: HandoverItem): Item {
  const { message, waiver, target } = found;
  const [remedy, waive] = [remedyText(found), waiveText(found)];
  return {
    pieces: line(`${aboutText(found)}: ${message}`),
    items: [
      ...(waiver === undefined ? [] : [item(`waived: ${waiver.reason}`)]),
      ...(remedy === undefined ? [] : [item(`→ ${remedy}`, 'remedy')]),
      ...(waive === undefined ? [] : [{ pieces: [{ text: waive, isCode: true }] }]),
    ],
    details: target === undefined ? [] : [item(`On the target: ${target}`, 'quiet')],
  };
}
