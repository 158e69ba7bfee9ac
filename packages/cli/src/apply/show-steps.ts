import type { EventError, RunEvent } from '@postern/core/internal/plan';
import { displayText } from '@postern/core/internal/report';
import { printError } from '../errors/print-error.js';
import { jsonLines, printLines } from '../output/print.js';
import type { Io } from '../process/io.js';
import { progressLines } from './progress.js';

/** An event of a command that consists of steps. The last one has the result. */
type StepsEvent<R> =
  | Extract<RunEvent, { readonly step: string }>
  | { readonly type: string; readonly result: R }
  | { readonly type: string; readonly result?: undefined };

/** How the steps of a command are shown. */
interface ShowSteps<E, R> {
  readonly json: boolean;
  /** The lines of an event that is not of a step. */
  readonly textsOf?: ((event: Exclude<E, { readonly step: string }>) => readonly string[]) | undefined;
  /** Shows a step that failed. */
  readonly onFailure?: ((error: EventError) => void) | undefined;
  /** Called with the result, also before an interruption is thrown. */
  readonly onResult?: ((result: R) => void) | undefined;
}

/** Shows the steps of a command as they happen, as lines or as JSON, and returns how it ended. */
export async function showSteps<E extends StepsEvent<R>, R>(
  io: Io,
  events: AsyncGenerator<E, R, undefined>,
  { json, textsOf = () => [], onFailure = (error) => printError(io, error), onResult }: ShowSteps<E, R>,
): Promise<R | undefined> {
  const lines = progressLines(io);
  const line = json ? jsonLines(io) : undefined;
  let result: R | undefined;
  for await (const event of events) {
    if ('result' in event && !('step' in event) && event.result !== undefined) {
      ({ result } = event);
      onResult?.(event.result);
    }
    if (line !== undefined) line(event);
    else if ('step' in event) lines.event(event);
    else printLines(io, ...textsOf(event as Exclude<E, { readonly step: string }>).map((text) => displayText(text)));
    if (event.type === 'step.failed' && 'error' in event && event.error.code !== 'ABORTED') {
      onFailure({ ...event.error, message: `${event.step}: ${event.error.message}` });
    }
  }
  return result;
}
