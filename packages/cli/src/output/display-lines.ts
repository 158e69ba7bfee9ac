import { displayText } from '@postern/core/internal/report';

/** A text of several lines, without characters that control a terminal. */
export function displayLines(text: string): string {
  return text
    .split('\n')
    .map((line) => displayText(line))
    .join('\n');
}
