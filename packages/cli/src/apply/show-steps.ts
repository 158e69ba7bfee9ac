import type { Plan } from '@postern/core/internal/library';
import type { RunEvent } from '@postern/core/internal/plan';
import { displayText } from '@postern/core/internal/report';
import { printError } from '../errors/print-error.js';
import { jsonLines, printLines } from '../output/print.js';
import type { Io } from '../process/io.js';
import { progressLines, type Progress } from './progress.js';

/** An event that is not of a step. */
type OfWhole<E> = Exclude<E, { readonly step: string }>;

export type FailedEvent = Extract<RunEvent, { readonly type: 'step.failed' }>;

/** How the steps of a command are shown. */
interface ShowSteps<E, R> {
  /** As lines of JSON, as text, not at all, or in a way of its own. */
  readonly as: 'json' | 'text' | 'nothing' | Progress;
  readonly onEvent?: ((event: E) => void) | undefined;
  /** The lines of an event that is not of a step. */
  readonly textsOf?: ((event: OfWhole<E>) => readonly string[]) | undefined;
  /** Called for each step that failed; by default the error is printed, unless it is an interruption. */
  readonly onFailure?: ((failed: FailedEvent) => void) | undefined;
  /** Called with the result, also before an interruption is thrown. */
  readonly onResult?: ((result: R) => void) | undefined;
}

/** Shows the steps of a command as they happen, and returns how it ended: its last event has the result, or is it. */
export async function showSteps<E extends { readonly type: string }, R>(
  io: Io,
  events: AsyncGenerator<E, unknown, undefined>,
  { as, onEvent, textsOf, onFailure = printFailure(io), onResult }: ShowSteps<E, R>,
): Promise<R | undefined> {
  const progress = typeof as === 'object' ? as : progressOf(io, as);
  let result: R | undefined;
  try {
    for await (const event of events) {
      const { step } = event as { readonly step?: string };
      onEvent?.(event);
      if (step === undefined && event.type.endsWith('.done')) {
        result = ('result' in event ? event.result : event) as R;
        onResult?.(result);
      }
      progress.event(event);
      if (event.type === 'step.failed') onFailure(event as unknown as FailedEvent);
      if (step === undefined && as === 'text')
        printLines(io, ...(textsOf?.(event as OfWhole<E>) ?? []).map((text) => displayText(text)));
    }
    return result;
  } finally {
    await progress.end?.();
  }
}

function progressOf(io: Io, as: 'json' | 'text' | 'nothing'): Progress {
  if (as === 'json') return { event: jsonLines(io) };

  return as === 'text' ? progressLines(io) : { event: () => undefined };
}

const printFailure =
  (io: Io) =>
  ({ step, error }: FailedEvent): void => {
    if (error.code !== 'ABORTED') printError(io, { ...error, message: `${step}: ${error.message}` });
  };

/** A list that is longer than a screen flickers and scrolls away. */
const MOST_ROWS = 30;

/** The way to show a run: lines of JSON, which `json` prints; a living list on a terminal, plain lines elsewhere. */
export async function chooseProgress(io: Io, plan: Plan, json: Progress['event'] | undefined): Promise<Progress> {
  if (json !== undefined) return { event: json };

  const steps = plan.units.reduce((sum, unit) => sum + unit.steps.length, 0);
  // A list wraps at the width of the terminal, which some pseudo-terminals do not have.
  if (!io.stdout.isTerminal || io.stdout.columns === undefined || steps > MOST_ROWS) return progressLines(io);

  const { progressList } = await import('./progress-list.js');
  return progressList(plan);
}
