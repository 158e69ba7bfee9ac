import { isPosternError } from '../ground/errors.js';
import { watchMessage, type WatchMessage, countsText, groupWords, leftOut } from './message.js';
import type { WatchHistory } from './model.js';
import { delivered, dueAt, notDelivered } from './history.js';
import { displayText } from '../ground/text/display.js';
import { markdownText } from '../ground/text/document-markdown.js';

/** A receiver of changes. */
export interface Notifier {
  /** Its kind and host, and a digest of its address, which may be a secret: `slack hooks.slack.com (1a2b3c4d)`. */
  readonly channel: string;
  /** Delivers a message. @throws {NotDelivered} */
  readonly send: (message: WatchMessage) => Promise<void>;
}

/** A notifier did not receive a message; the text names no address. */
export class NotDelivered extends Error {}

/** How {@link deliver} goes on. */
export interface DeliverOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Keeps the history, after each notifier. */
  readonly save?: ((history: WatchHistory) => Promise<void>) | undefined;
  /** What a user is shown: the first failure of a message, and its end. */
  readonly note?: ((line: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends what is due, each notifier one message of all that it has not received. What fails stays in the history. Returns the history.
 */
export async function deliver(
  history: WatchHistory,
  notifiers: readonly Notifier[],
  { now, save, note, signal }: DeliverOptions,
): Promise<WatchHistory> {
  let state = history;
  for (const { channel, events, dropped, attempts } of dueAt(history, now())) {
    const notifier = notifiers.find((one) => one.channel === channel);
    if (notifier === undefined) continue;

    try {
      await notifier.send(watchMessage(state, events, dropped));
      if (attempts > 0) note?.(`${channel} has received what it had missed`);
      state = delivered(state, channel);
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof NotDelivered) && !isPosternError(error)) throw error;

      if (attempts === 0) note?.(`${channel} ${error.message}; it is tried again, and nothing is lost`);
      state = notDelivered(state, channel, error.message, now());
    }
    await save?.(state);
  }
  return state;
}

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
