import { createHash } from 'node:crypto';
import { InvalidInputError } from '@postern/core/internal/library';
import { jsonText } from '@postern/core/internal/report';
import { issueText, NotDelivered, slackMessage, type Notifier, type WatchMessage } from '@postern/core/internal/watch';
import { writeOutput } from '../output/files.js';
import type { Io } from '../process/io.js';
import { secretTexts } from '../process/secrets.js';
import { VERSION } from '../version.js';

/** How long a receiver may take to answer, in milliseconds. */
const ANSWER_WITHIN_MS = 10_000;

const BODIES: ReadonlyMap<string, (message: WatchMessage) => object> = new Map([
  ['webhook', (message: WatchMessage): object => message],
  ['slack', slackMessage],
]);

/**
 * The notifiers of `--notify`: `webhook=URL`, `slack=URL`, `github=FILE`. A URL may be `@env:NAME` or `@FILE`. No error repeats what was
 * given: it may be a secret.
 * @throws {InvalidInputError} `INVALID_INPUT`, `MISSING_VARIABLE`; {PosternError} `FILE_UNREADABLE`.
 */
export async function notifiersOf(
  io: Io,
  given: readonly string[] = [],
  { withinMs = ANSWER_WITHIN_MS }: { readonly withinMs?: number | undefined } = {},
): Promise<readonly Notifier[]> {
  const notifiers: Notifier[] = [];
  for (const text of given) {
    const [, kind = '', target = ''] = /^(\w+)=(.+)$/s.exec(text) ?? [];
    const body = BODIES.get(kind);
    if (kind === 'github' && target !== '') notifiers.push(issueFile(io, target));
    else if (body === undefined || target === '') throw invalid('expected KIND=TARGET');
    else {
      for (const address of await secretTexts(io, '--notify', [target]))
        notifiers.push(receiver(io, { kind, body, url: urlOf(address.trim(), kind), withinMs }));
    }
  }
  const names = notifiers.map(({ channel }) => channel);
  if (new Set(names).size < names.length) throw invalid('a notifier is given twice');

  return notifiers;
}

function invalid(why: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', `--notify: ${why}`, {
    remedy: 'Write webhook=URL, slack=URL or github=FILE. A URL may be in a variable (slack=@env:SLACK_URL) or a file.',
  });
}

function urlOf(text: string, kind: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw invalid(`${kind}: not an http or https URL`);
  if (url.username !== '' || url.password !== '')
    throw invalid(`${kind}: a URL with a user name or password is not called`);

  return url;
}

/** The text of an issue, in a file that each message replaces; `-` is standard output. */
function issueFile(io: Io, file: string): Notifier {
  return {
    channel: `github ${file}`,
    send: async (message) => {
      if (file === '-') io.stdout.write(issueText(message));
      else await writeOutput(io, file, issueText(message));
    },
  };
}

function receiver(
  io: Io,
  {
    kind,
    body,
    url,
    withinMs,
  }: {
    readonly kind: string;
    readonly body: (message: WatchMessage) => object;
    readonly url: URL;
    readonly withinMs: number;
  },
): Notifier {
  const digest = createHash('sha256').update(url.href).digest('hex').slice(0, 8);
  return {
    channel: `${kind} ${url.host} (${digest})`,
    send: async (message) => {
      const text = jsonText(body(message));
      const headers = {
        'content-type': 'application/json',
        'user-agent': `postern/${VERSION}`,
        'idempotency-key': message.digest,
      };
      const signal = AbortSignal.any([io.signal, AbortSignal.timeout(withinMs)]);
      const init = { method: 'POST', headers, body: io.shown?.(text) ?? text, redirect: 'manual', signal } as const;
      let answer: Response;
      try {
        answer = await fetch(url.href, init);
        await answer.body?.cancel();
      } catch (error) {
        io.signal.throwIfAborted();
        throw new NotDelivered(failureOf(error, withinMs));
      }
      if (answer.status >= 300 && answer.status < 400)
        throw new NotDelivered(`answered ${answer.status}: a redirect${hostIn(answer, url)}, which is not followed`);
      if (!answer.ok) throw new NotDelivered(`answered ${answer.status}`);
    },
  };
}

/** Neither messages nor causes of `fetch` are shown: they may repeat the URL. */
function failureOf(error: unknown, withinMs: number): string {
  const { name, cause } = error as { readonly name?: string; readonly cause?: { readonly code?: unknown } };
  if (name === 'TimeoutError') return `did not answer in ${withinMs / 1_000} s`;

  const code = cause?.code;
  return `cannot be reached${typeof code === 'string' && /^[A-Z0-9_]{3,40}$/.test(code) ? `: ${code}` : ''}`;
}

function hostIn({ headers }: Response, url: URL): string {
  const to = headers.get('location') ?? '';
  return URL.canParse(to, url.href) ? ` to ${new URL(to, url.href).host}` : '';
}
