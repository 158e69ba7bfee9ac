import { counted } from '@postern/core/internal/report';
import { InvalidInputError, type Spec } from '@postern/core/internal/library';
import { checksOf } from '@postern/core/internal/check';
import { callMetrics } from '@postern/core/internal/telemetry';
import { CONFIRM_MS } from '@postern/core/internal/watch';
import type { Invocation } from '../../invocation.js';
import { note, printLines } from '../../output/print.js';
import type { Interrupted } from '../../process/interruption.js';
import type { Io } from '../../process/io.js';
import { openSession } from '../../session/open-session.js';
import { elsewhereOf } from '../../apply/elsewhere.js';
import { loadSpec, requireSpec } from '../../spec/load-spec.js';
import { ownChecks } from '../../spec/own-checks.js';
import { openHistory } from '../../watch/history-file.js';
import { historyNameOf } from '../../watch/history-names.js';
import { serveMetrics, jsonPrinter, openLines, textPrinter } from '../../watch/output.js';
import { notifiersOf } from '../../watch/notifiers.js';
import { failsIn, Watcher } from '../../watch/watcher.js';
import type { WatchOptions } from '../../watch/observation.js';

const EVERY_MS = 300_000;

/**
 * `postern watch`: observes and checks a spec again and again, and reports each change of a verdict once. With `--once` the exit
 * status is 3 where something is broken, and 1 where nothing could be read or a notifier did not receive a change.
 */
export async function run({ io, args: [named], options }: Invocation<WatchOptions>): Promise<number> {
  const { once = false, every, checks, region, profile, debug, json, metricsPort, metricsHost } = options;
  if (once && every !== undefined) throw notBoth('--every');
  if (once && metricsPort !== undefined) throw notBoth('--metrics-port');

  const notifiers = await notifiersOf(io, options.notify);
  const file = named ?? (await requireSpec(io));
  const reading = latestOnly(io);
  const load = () => loadSpec(file, reading(), { region, profile });
  const spec = async () => (await load()).spec;
  const { spec: first, clouds, folder } = await load();
  for (const { check, subject, until } of first.ignore ?? [])
    if (until === undefined)
      note(io, `ignore: ${check}${subject === undefined ? '' : ` of ${subject}`} has no end; add \`until\` to it`);
  const calls = callMetrics();
  const session = await openSession(io, { debug, spec: first, profile, notesWaits: true, trace: calls.trace });
  const lost = new AbortController();
  const own = { ...io, signal: AbortSignal.any([io.signal, lost.signal]) };
  const history = await openHistory(io, options.history ?? historyNameOf(file), first, {
    now: new Date(session.context.clock.now()).toISOString(),
    onLost: (error) => lost.abort(error),
  });
  try {
    const printer = json === true ? jsonPrinter(io) : textPrinter(io);
    const all = [...checksOf(clouds), ...(await ownChecks(checks, io))];
    const elsewhere = (of: Spec) => elsewhereOf({ spec: of, clouds, folder });
    const parts = {
      io: own,
      options,
      session,
      clouds,
      elsewhere,
      calls,
      history,
      notifiers,
      checks: all,
      spec,
      printer,
    };
    const watcher = new Watcher(parts);
    if (once) return await observeOnce(io, watcher, options);

    const server =
      metricsPort === undefined
        ? undefined
        : await serveMetrics(() => watcher.metrics(), { port: metricsPort, host: metricsHost });
    if (server !== undefined) printer.serving(server.url);
    try {
      for (;;) await watcher.wait(watcher.pauseMs(await watcher.round(), every ?? EVERY_MS));
    } catch (error) {
      if (!io.signal.aborted) await watcher.tellEnd(lost.signal.aborted ? lost.signal.reason : error);
      throw error;
    } finally {
      await server?.close();
    }
  } catch (error) {
    if (io.signal.aborted) return (io.signal.reason as Interrupted).exitCode;

    throw lost.signal.aborted ? (lost.signal.reason as Error) : error;
  } finally {
    await history.release();
  }
}

/** One observation; a second one a minute later where the first one shows something worse. */
async function observeOnce(io: Io, watcher: Watcher, { failOn, json }: WatchOptions): Promise<number> {
  let round = await watcher.round();
  if (round.isPending) {
    await watcher.wait(CONFIRM_MS);
    round = await watcher.round();
  }
  const { history } = round;
  if (json !== true) printLines(io, ...openLines(history));
  watcher.requireWritten();
  if (failsIn(history, failOn)) return 3;

  const waiting = history.undelivered.length;
  if (waiting > 0) note(io, `${counted(waiting, 'notifier')} did not receive a change; the next run tries again`);
  return waiting > 0 || history.failure !== undefined ? 1 : 0;
}

function notBoth(option: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', `--once is not allowed with ${option}`, {
    remedy: `Leave one of them out: ${option} is for a process that stays.`,
  });
}

/** The spec is read in each round. Texts that it restricts are those of the last reading, so that rules do not add up. */
function latestOnly(io: Io): () => Io {
  let rules: ((text: string) => string)[] = [];
  io.hide?.((text) => rules.reduce((left, rule) => rule(left), text));
  return () => {
    rules = [];
    return { ...io, hide: (rule) => void rules.push(rule) };
  };
}
