import { counted } from '@postern/core/internal/report';
import { isPosternError, thrownText, type PosternError } from '@postern/core/internal/library';
import { displayLines } from '../output/display-lines.js';
import { printJson } from '../output/print.js';
import type { Interrupted } from '../process/interruption.js';
import type { Io } from '../process/io.js';
import { exitStatus, printError, remedyOf, type PrintedError } from './print-error.js';

/** The commands that change something on a cloud. */
const CHANGING: ReadonlySet<string> = new Set(['apply', 'destroy', 'allow', 'revoke']);
/** Those of `postern migrate` and `postern shift`. */
const MOVING = /^(?:migrate (?:run|rollback|finish|abort)|shift (?:run|abort|promote))$/;

/**
 * Prints an error on stderr, and answers with its exit status:
 *
 *     error WRONG_KIND: links.eu.subnets[0]: expected the ID of a subnet, got the ID of a security group
 *       postern.yaml:7:15
 *       Write the ID of a subnet.
 */
export function handleError(error: unknown, io: Io, argv: readonly string[]): number {
  // Not by instanceof: the launcher and the commands are bundled apart.
  const reason: unknown = io.signal.aborted ? io.signal.reason : undefined;
  if (isInterrupted(reason)) {
    const after =
      '. No change was started after that. Changes that were started are recorded; run the command again to continue';
    const isChanging = CHANGING.has(argv[0] ?? '') || MOVING.test(`${argv[0]} ${argv[1]}`);
    const isSent = argv[0] === 'fleet' && argv[1] === 'up';
    const sent = '. A run that was sent continues on the engine: see `postern fleet status`';
    const message = `${reason.message}${isChanging ? after : isSent ? sent : ''}`;
    if (io.json === true) printProblems(io, { problems: [{ code: 'ABORTED', message }], more: 0 });
    else io.stderr.write(`${message}\n`);
    return reason.exitCode;
  }
  if (isInterrupted(error)) return error.exitCode;
  if (!isPosternError(error)) {
    const message = thrownText(error);
    const remedy = 'This is a defect in postern. --debug prints where it happened.';
    printProblems(io, { problems: [{ code: 'INTERNAL', message, remedy }], more: 0 });
    printStack(error, io, argv);
    return 1;
  }

  printProblems(io, problemsOf(error));
  if (PROGRAMS.has(error.code)) printStack(error.cause, io, argv);
  return exitStatus(error.code);
}

/** The codes of errors whose cause may be a defect of a driver or a check, and of its program. */
const PROGRAMS: ReadonlySet<string> = new Set(['BAD_DRIVER', 'INTERNAL']);

function printStack(error: unknown, io: Io, argv: readonly string[]): void {
  if (argv.includes('--debug') && error instanceof Error) io.stderr.write(`${displayLines(error.stack ?? '')}\n`);
}

/** The problems that an error lists, and the number of those that it only counts. */
export interface Problems {
  readonly problems: readonly PrintedError[];
  readonly more: number;
}

/** Of more problems, people see the first ones. */
const MOST_PROBLEMS = 15;

/** Prints each problem on stderr, for people the first of them; with `--json` also on stdout, as its answer, where nothing else is. */
export function printProblems(io: Io, { problems, more }: Problems): void {
  if (io.json === true && io.stdout.isUsed !== true) {
    const [error, ...also] = problems.map((problem) => {
      const { code, message, place } = problem;
      return { code, message, place, remedy: remedyOf(problem) };
    });
    printJson(io, { error, ...(also.length > 0 && { also }), ...(more > 0 && { more }) });
  }
  const shown = io.json === true ? problems : problems.slice(0, MOST_PROBLEMS);
  for (const problem of shown) printError(io, problem);
  const rest = problems.length - shown.length + more;
  if (rest > 0) io.stderr.write(io.json === true ? `{"more":${rest}}\n` : `and ${counted(rest, 'more problem')}\n`);
}

/** A spec's error lists all problems that were found, the first among them; a plan's lists the others. */
export function problemsOf(error: PrintedError & Partial<Pick<PosternError, 'details'>>): Problems {
  const { problems: all = [], also = [], count } = error.details ?? {};
  const problems = [error, ...(all.length > 1 ? all.slice(1).map(withPath) : also)];
  return { problems, more: (count ?? problems.length) - problems.length };
}

function withPath(problem: PrintedError): PrintedError {
  const path = problem.place?.path;
  return path === undefined || path === '' ? problem : { ...problem, message: `${path}: ${problem.message}` };
}

function isInterrupted(reason: unknown): reason is Interrupted {
  return reason instanceof Error && reason.name === 'Interrupted';
}
