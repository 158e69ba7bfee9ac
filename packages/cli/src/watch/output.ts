import { lengthOfTime } from '@postern/core/internal/report';
import {
  countsText,
  isTold,
  verdictCounts,
  watchMessage,
  watchText,
  type WatchEvent,
  type WatchHistory,
} from '@postern/core/internal/watch';
import { jsonLines, note, printLines } from '../output/print.js';
import type { Io } from '../process/io.js';
import { createServer } from 'node:http';
import { EXPOSITION_TYPE } from '@postern/core/internal/telemetry';
import { listen } from '../process/listen.js';

/** What a round has found, to be printed. */
export interface Round {
  readonly history: WatchHistory;
  readonly events: readonly WatchEvent[];
  readonly isPending: boolean;
  readonly durationMs: number;
}

/** Prints what rounds find. */
export interface RoundPrinter {
  readonly round: (round: Round) => void;
  /** That metrics are served. */
  readonly serving: (url: string) => void;
}

/** One JSON document a line: `round`, and each event. */
export function jsonPrinter(io: Io): RoundPrinter {
  const line = jsonLines(io);
  return {
    round: ({ history, events, isPending, durationMs }) => {
      const { lastAt, rounds, failure } = history;
      for (const { type, ...event } of events) line({ type, ...event });
      line({
        type: 'round',
        at: lastAt,
        rounds,
        counts: verdictCounts(history),
        isPending,
        durationMs: Math.round(durationMs),
        failure,
      });
    },
    serving: (url) => line({ type: 'metrics', url }),
  };
}

/** Messages, as notifiers receive them; a round without one is a line on stderr. */
export function textPrinter(io: Io): RoundPrinter {
  return {
    round: ({ history, events, isPending, durationMs }) => {
      const { lastAt, failure } = history;
      const told = events.filter(isTold);
      if (failure !== undefined) note(io, `nothing could be read: ${failure}`);
      const drifted = events.filter(({ type }) => type === 'drifted').flatMap(({ cause }) => cause?.changes ?? []);
      if (drifted.length > 0) note(io, `drifted: ${drifted.map(({ subject }) => subject).join(', ')}`);
      if (told.length > 0) printLines(io, ...watchText(watchMessage(history, told)).trimEnd().split('\n'));
      else printLines(io, `${lastAt} ${countsText(verdictCounts(history))} (${lengthOfTime(durationMs)})`);
      if (isPending) note(io, 'a second observation, at least a minute later, has to confirm what this one shows');
    },
    serving: (url) => printLines(io, `Metrics at ${url}`),
  };
}

/** Everything that does not work, for a run that ends. */
export function openLines({ subjects }: WatchHistory): readonly string[] {
  return Object.entries(subjects).flatMap(([subject, { verdict, since, reasons }]) => {
    if (verdict !== 'broken' && verdict !== 'unknown') return [];

    const [first] = reasons;
    const why = first === undefined ? '' : `: ${first.check}: ${first.message}`;
    return [`${subject}: ${verdict} since ${since}${why}`];
  });
}

export interface MetricsServer {
  /** `http://127.0.0.1:9464/metrics` */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves metrics for Prometheus at `/metrics`, by default to this machine only. `text` gives them at each call.
 * @throws {PosternError} `PORT_IN_USE`.
 */
export async function serveMetrics(
  text: () => string,
  { port, host = '127.0.0.1' }: { readonly port: number; readonly host?: string | undefined },
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const isAsked = request.method === 'GET' && request.url?.split('?', 1)[0] === '/metrics';
    response.writeHead(isAsked ? 200 : 404, {
      'content-type': isAsked ? EXPOSITION_TYPE : 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.end(isAsked ? text() : 'Metrics are at /metrics.\n');
  });
  const { address, close } = await listen(server, {
    port,
    host,
    shown: `port ${port} of ${host}`,
    remedy: 'Choose another one with --metrics-port, or 0 for any that is free.',
  });
  return { url: `http://${address.family === 'IPv6' ? `[${host}]` : host}:${address.port}/metrics`, close };
}
