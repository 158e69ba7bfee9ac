import { InvalidInputError } from '@postern/core';

/** Where an engine is called, apart from the name and password that its URL may hold: `fetch` refuses those in a URL, and errors show it. */
export interface EngineUrl {
  /** Without user, password and slashes at its end. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The address of an engine behind a proxy that asks who calls: `https://user:password@restate.example.com`.
 * @throws {InvalidInputError} `INVALID_INPUT`, without the text: it may hold a password.
 */
export function engineUrl(text: string): EngineUrl {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw new InvalidInputError('INVALID_INPUT', 'the address of the engine is not a URL', {
      remedy: 'Write it as in http://127.0.0.1:8080.',
    });
  }
  const { username, password } = parsed;
  parsed.username = '';
  parsed.password = '';
  const url = parsed.href.replace(/\/+$/, '');
  if (username === '' && password === '') return { url, headers: {} };
  const user = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  return { url, headers: { authorization: `Basic ${user}` } };
}
