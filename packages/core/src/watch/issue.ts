import { displayText } from '../ground/text/display.js';
import { markdownText } from '../check/report/markdown.js';
import { type WatchMessage, countsText, groupWords, leftOut } from './message.js';

/**
 * A message as the text of an issue on GitHub. The first line is the title; the last one holds the digest, by which a program finds
 * the issue again.
 */
export function issueText(message: WatchMessage): string {
  const { title, groups, counts, digest } = message;
  const sections = groups.flatMap((group) => {
    const { heading, when, reasons, cause } = groupWords(group);
    return [
      `## ${markdownText(heading)}`,
      '',
      ...(when === '' ? [] : [`${markdownText(when.slice(0, 1).toUpperCase())}${markdownText(when.slice(1))}\\.`, '']),
      ...reasons.flatMap(({ text, remedy }) => [
        `- ${markdownText(text)}`,
        ...(remedy === undefined ? [] : [`  - → ${markdownText(remedy)}`]),
      ]),
      ...(reasons.length === 0 ? [] : ['']),
      ...(cause === undefined
        ? []
        : [markdownText(cause.text), '', ...cause.changes.map((change) => `- ${markdownText(change)}`), '']),
    ];
  });
  return [
    displayText(title), // of names of the spec only
    '',
    ...sections,
    ...leftOut(message).flatMap((line) => [markdownText(line), '']),
    markdownText(countsText(counts)),
    '',
    `<!-- postern.watch ${digest} -->`,
    '',
  ].join('\n');
}
