import { counted } from '@postern/core/internal/report';
import { isPosternError, type PosternError, type Spec, type Check, type Clouds } from '@postern/core/internal/library';
import { expositionText, type CallMetrics } from '@postern/core/internal/telemetry';
import {
  CONFIRM_MS,
  deliver,
  nextDue,
  watchingEnded,
  watchMessage,
  watchMetrics,
  watchReport,
  watchReportHtml,
  watchReportJson,
  watchRound,
  withoutOthers,
  type Notifier,
  type WatchHistory,
} from '@postern/core/internal/watch';
import { note } from '../output/print.js';
import { writeOutput } from '../output/files.js';
import type { Io } from '../process/io.js';
import type { Session } from '../session/open-session.js';
import type { HistoryFile } from './history-file.js';
import type { Round, RoundPrinter } from './output.js';
import { takeObservation, type TextSnapshot, type WatchOptions } from './observation.js';
import type { Elsewhere } from '@postern/core/internal/plan';

/** What a watcher works with. */
export interface WatcherParts {
  readonly io: Io;
  readonly options: WatchOptions;
  readonly session: Session;
  /** Those of the spec, with their checks. */
  readonly clouds: Clouds;
  /** Where the spec may have more than it names. */
  readonly elsewhere: (spec: Spec) => Promise<Elsewhere>;
  readonly calls: CallMetrics;
  readonly history: HistoryFile;
  readonly notifiers: readonly Notifier[];
  readonly checks: readonly Check[];
  /** Reads the spec again. */
  readonly spec: () => Promise<Spec>;
  readonly printer: RoundPrinter;
}

/** Observes a spec round by round. */
export class Watcher {
  #session: Session;
  #before: TextSnapshot['snapshot'] | undefined;
  #spec: Spec | undefined;
  /** When the last observation was made, by a clock that cannot jump; undefined: not by this process. */
  #lastMs: number | undefined;
  #seconds = 0;
  #readAt: string | undefined;
  /** What could not be written last time, by its name. */
  readonly #unwritten = new Map<string, PosternError>();

  constructor(readonly parts: WatcherParts) {
    this.#session = parts.session;
    this.#before = parts.history.before;
    this.#readAt = parts.history.before?.takenAt;
  }

  /**
   * One observation: compared, saved, delivered, reported. What cannot be written now is written in the next one.
   * @throws {PosternError} as `takeObservation`
   */
  async round(): Promise<Round> {
    const { io, clouds, history, notifiers, checks, options, printer } = this.parts;
    const { clock } = this.#session.context;
    const spec = (this.#spec = await this.#currentSpec());
    const startedMs = clock.monotonicMs();
    const elapsedMs = this.#lastMs === undefined ? undefined : startedMs - this.#lastMs;
    const isFirst = history.read().rounds === 0;
    const elsewhere = await this.parts.elsewhere(spec);
    const session = this.#session;
    const { seen, taken } = await takeObservation(spec, { session, clouds, checks, elapsedMs, isFirst, elsewhere });
    const durationMs = clock.monotonicMs() - startedMs;
    const channels = notifiers.map(({ channel }) => channel);
    const known = withoutOthers(history.read(), channels);
    for (const { channel, events, dropped = 0 } of known.others)
      note(
        io,
        `${channel} is not among --notify any more: ${counted(events.length + dropped, 'change')} for it will not be sent`,
      );
    const step = watchRound(known.history, seen, { clouds, before: this.#before, digest: taken?.digest, channels });
    this.#lastMs = startedMs;
    this.#seconds = durationMs / 1_000;
    if (taken === undefined) this.#session = this.#session.renewed();
    else {
      this.#before = taken.snapshot;
      this.#readAt = taken.snapshot.takenAt;
    }
    await this.#write('the history', () => history.save(step.history, taken));
    printer.round({ ...step, durationMs });
    await this.deliver();
    await this.#report(options, io);
    return { ...step, history: history.read(), durationMs };
  }

  /** Sends what is due. */
  async deliver(): Promise<void> {
    const { io, history, notifiers } = this.parts;
    const { clock } = this.#session.context;
    await deliver(history.read(), notifiers, {
      now: () => clock.now(),
      save: (state) => this.#write('the history', () => history.save(state)),
      note: (line) => note(io, line),
      signal: io.signal,
    });
  }

  /** Waits until the next observation, and sends in between what becomes due. @throws what the signal was aborted with */
  async wait(ms: number): Promise<void> {
    const { io, history } = this.parts;
    const { clock } = this.#session.context;
    const end = clock.monotonicMs() + ms;
    for (;;) {
      const left = end - clock.monotonicMs();
      if (left <= 0) return;

      const due = nextDue(history.read());
      const next = due === undefined ? left : Math.max(SHORTEST_MS, due - clock.now());
      await clock.sleep(Math.min(left, next), io.signal);
      if (next < left) await this.deliver();
    }
  }

  /** Milliseconds from one observation to the next. */
  pauseMs({ isPending }: Pick<Round, 'isPending'>, everyMs: number): number {
    return isPending ? Math.min(everyMs, CONFIRM_MS) : everyMs;
  }

  /** Metrics in the text format of Prometheus. */
  metrics(): string {
    const figures = { seconds: this.#seconds, readAt: this.#readAt, now: this.#session.context.clock.now() };
    return expositionText([...watchMetrics(this.parts.history.read(), figures), ...this.parts.calls.families()]);
  }

  /** Tells the notifiers that watching ends by an error. Nothing is saved: the lock of the history may be lost. */
  async tellEnd(error: unknown): Promise<void> {
    const { io, history, notifiers } = this.parts;
    const why = isPosternError(error) ? `${error.code}: ${error.message}` : 'INTERNAL: a defect of postern';
    const at = new Date(this.#session.context.clock.now()).toISOString();
    const message = watchMessage(history.read(), [watchingEnded(at, why)]);
    const sent = await Promise.allSettled(notifiers.map(({ send }) => send(message)));
    for (const [index, { status }] of sent.entries())
      if (status === 'rejected') note(io, `${notifiers[index]?.channel} was not told that watching has ended`);
  }

  /** After the last round. @throws {PosternError} `FILE_UNWRITABLE` for what could not be written. */
  requireWritten(): void {
    for (const error of this.#unwritten.values()) throw error;
  }

  /** A disk that is full for some time, or a file that cannot be replaced, does not end the watching. */
  async #write(what: string, write: () => Promise<void>): Promise<void> {
    const { io } = this.parts;
    try {
      await write();
      if (this.#unwritten.delete(what)) note(io, `${what} is written again`);
    } catch (error) {
      if (!isPosternError(error, 'FILE_UNWRITABLE')) throw error;

      if (!this.#unwritten.has(what))
        note(
          io,
          `${error.message}: ${what} cannot be written. Nothing is lost while this process runs. ${error.remedy}`,
        );
      this.#unwritten.set(what, error);
    }
  }

  async #report({ report = [], metrics }: WatchOptions, io: Io): Promise<void> {
    if (this.#spec !== undefined && report.length > 0) {
      const found = watchReport(this.parts.history.read(), this.#spec);
      for (const { format, file } of report)
        await this.#write(file, () =>
          writeOutput(io, file, format === 'html' ? watchReportHtml(found) : watchReportJson(found)),
        );
    }
    if (metrics !== undefined) await this.#write(metrics, () => writeOutput(io, metrics, this.metrics()));
  }

  /** The spec as it is now; one that cannot be read any more is watched as it was. */
  async #currentSpec(): Promise<Spec> {
    try {
      return await this.parts.spec();
    } catch (error) {
      if (this.#spec === undefined || !isPosternError(error)) throw error;

      note(this.parts.io, `${error.message}: the spec is watched as it was before`);
      return this.#spec;
    }
  }
}

/** A message that is due is sent at most so often. */
const SHORTEST_MS = 1_000;

/** Whether a history shows what `--fail-on` names. */
export function failsIn({ subjects }: WatchHistory, failOn: WatchOptions['failOn']): boolean {
  return Object.values(subjects).some(
    ({ verdict }) => verdict === 'broken' || (failOn === 'unknown' && verdict === 'unknown'),
  );
}
