import type { ErrorCode } from '@postern/core/internal/library';
import type { Interrupted } from './interruption.js';
import { asksForJson, type Io } from './io.js';

/** A program of a user ended the process, or never settles what the command waits for: sysexits' EX_SOFTWARE. */
const UNFINISHED = 70;

/**
 * How long a command may take to end after SIGINT, SIGTERM or SIGHUP, in milliseconds: its reads end within seconds, and a step that
 * has begun goes on for up to a minute (`FINISH_MS` of core), with the records and the answers after it.
 */
const READING_MS = 10_000;
const CHANGING_MS = 120_000;

/** Once the command has answered, Node ends the process by itself within this time, where nothing is left behind. */
const ANSWERED_MS = 1_000;

/** The commands that change nothing on a cloud and are not servers. */
const READING: ReadonlySet<string> = new Set(
  'advise check cidr doctor egress explain export fmt gateways graph links list log plan policy probe quotas show snapshot validate'.split(
    ' ',
  ),
);

/**
 * Ends the process of a command in which a program of a user does not let it end. Where nothing is left to wait for, or the program
 * ends the process, the exit status is 70 and no 0. After a signal, the process ends within the command's grace. Returns what is
 * called once the command has answered.
 */
export function watchUnfinished(argv: readonly string[], io: Io): (status: number) => void {
  let isAnswered = false;
  let isEmpty = false;
  let thrown: string | undefined;
  const interrupted = (): Interrupted | undefined =>
    io.signal.aborted ? (io.signal.reason as Interrupted) : undefined;

  /** Timers and connections that a program left behind do not hold up the end. Output that is still read does. */
  const endIn = (milliseconds: number, status: number): void => {
    const end = (): void => {
      const unread = [io.stdout, io.stderr].some(({ stream }) => (stream?.().writableLength ?? 0) > 0);
      if (isAnswered && unread) endIn(ANSWERED_MS, status);
      else process.exit(status);
    };
    setTimeout(end, milliseconds).unref();
  };
  const graceMs = READING.has(argv[0] ?? '') ? READING_MS : CHANGING_MS;
  const onAbort = (): void => endIn(isAnswered ? ANSWERED_MS : graceMs, interrupted()?.exitCode ?? UNFINISHED);
  io.signal.addEventListener('abort', onAbort, { once: true });

  process.on('beforeExit', () => {
    isEmpty = true;
  });
  process.on('uncaughtException', (error: unknown) => {
    if (argv.includes('--debug') && error instanceof Error) io.stderr.write(`${error.stack}\n`);
    void import('../errors/print-error.js').then(async ({ withoutEnvironment }) => {
      const { thrownText } = await import('@postern/core/internal/library');
      thrown = withoutEnvironment(thrownText(error), io);
      process.exit();
    });
  });
  process.on('exit', (status) => {
    if (isAnswered && thrown === undefined) return;

    const by = interrupted();
    process.exitCode = by?.exitCode ?? UNFINISHED;
    const waits = io.waits?.open() ?? [];
    const waited = [...new Set(waits.map(({ what }) => what))].join(', ') || 'its own end';
    if (by !== undefined && thrown === undefined)
      return print(io, argv, { code: 'ABORTED', message: `${by.message} while the command waited for ${waited}` });

    const unable = `the command cannot end: it waits for ${waited}`;
    const [message, correction] =
      thrown !== undefined
        ? [`a program threw while nothing waited for it: ${thrown}`, 'it catches its errors']
        : io.waits?.wasBusy === true
          ? [`${unable}, which ran without a pause and was stopped`, 'each of its loops has to end']
          : isEmpty
            ? [`${unable}, and nothing is left that could bring it`, 'each of its promises has to be settled']
            : [
                `the process was ended with status ${status} while the command waited for ${waited}`,
                'it throws an error in place of process.exit()',
              ];
    const remedy = waits.length > 0 ? `Correct the program: ${correction}.` : DEFECT;
    print(io, argv, { code: waits[0]?.code ?? 'INTERNAL', message, remedy });
  });

  return (status) => {
    isAnswered = true;
    process.exitCode = status;
    // `cidr` does not wait until its printed output has been read.
    if (io.signal.aborted && argv[0] === 'cidr') process.exit();
    endIn(ANSWERED_MS, status);
  };
}

interface Report {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy?: string;
}

const DEFECT = 'This is a defect in postern, or in a program that it ran.';
/** In the form of `printError`, which is loaded on first use: nothing can be loaded any more. */
function print(io: Io, argv: readonly string[], { code, message, remedy }: Report): void {
  const text = message.replaceAll(/[\p{Cc}\u2028\u2029]/gu, '?');
  const error = { code, message: text, remedy };
  const isJson = asksForJson(argv);
  if (isJson && io.stdout.isUsed !== true) io.stdout.write(`${JSON.stringify({ error }, undefined, 2)}\n`);
  const lines = isJson
    ? JSON.stringify({ error })
    : [`error ${code}: ${text}`, ...(remedy === undefined ? [] : [`  ${remedy}`])].join('\n');
  io.stderr.write(`${lines}\n`);
}
