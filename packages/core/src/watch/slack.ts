import { displayText } from '../ground/text/display.js';
import { type WatchMessage, countsText, groupWords, leftOut } from './message.js';

/**
 * Limits of a message: characters of its header and of a section, and blocks.
 * @see https://docs.slack.dev/reference/block-kit/blocks
 */
const MOST = { header: 150, section: 3_000, blocks: 50 };

/** A message as the JSON of an incoming webhook of Slack, which other chats take, too: `text` and `blocks`. */
export function slackMessage(message: WatchMessage): object {
  const { title, groups, counts, digest } = message;
  const sections = groups.map((group) => {
    const { heading, when, reasons, cause } = groupWords(group);
    const lines = [
      `*${mrkdwn(heading)}*${when === '' ? '' : `\n_${mrkdwn(when)}_`}`,
      ...reasons.flatMap(({ text, remedy }) => [
        `• ${mrkdwn(text)}`,
        ...(remedy === undefined ? [] : [`   → ${mrkdwn(remedy)}`]),
      ]),
      ...(cause === undefined ? [] : [mrkdwn(cause.text), ...cause.changes.map((change) => `   ~ ${mrkdwn(change)}`)]),
    ];
    return { type: 'section', text: { type: 'mrkdwn', text: cut(lines.join('\n'), MOST.section) } };
  });
  const last = [countsText(counts), ...leftOut(message), `Digest ${digest}`];
  return {
    text: mrkdwn(title),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(displayText(title), MOST.header), emoji: false } },
      ...sections.slice(0, MOST.blocks - 2),
      { type: 'context', elements: [{ type: 'mrkdwn', text: mrkdwn(last.join(' ')) }] },
    ],
  };
}

/** Text from outside: without links, mentions and marks. @see https://docs.slack.dev/messaging/formatting-message-text */
function mrkdwn(text: string): string {
  return displayText(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[*_~`]/g, (mark) => `\u200b${mark}\u200b`);
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
