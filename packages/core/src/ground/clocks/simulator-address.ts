import type { Clock } from '../clock.js';

/** Simulated clouds: where they are, and their time. */
export interface Simulator {
  /** The origin, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** Waits end when that much simulated time has passed. */
  readonly clock: Clock;
}

/** What is sent to a simulator in place of credentials, whatever the environment holds. */
export const SIMULATOR_CREDENTIALS = { accessKeyId: 'AKIASIMULATOR', secretAccessKey: 'simulator' } as const;

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** The origin in an HTTP address of this machine that has nothing else; undefined for any other text. */
export function loopbackOrigin(text: unknown): string | undefined {
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.protocol !== 'http:' || !LOOPBACK.has(url.hostname)) return undefined;

  const isPlain = url.username === '' && url.password === '' && url.pathname === '/' && url.search + url.hash === '';
  return isPlain ? url.origin : undefined;
}
