import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withoutSessionSecrets } from '@postern/core/internal/adapter';
import { secretsOf } from '@postern/core/internal/report';
import { abortable, isPosternError, PosternError, thrownText } from '@postern/core/internal/library';
import { waitDuring, type ProgramRun } from '../process/program-waits.js';

/**
 * The default export of a program in TypeScript or JavaScript: a spec, or checks. Its imports of `@postern/core` are the command's own
 * modules, and those of the clouds, whether or not the package is installed beside the program: an editor needs it for the types.
 * @throws {PosternError} `FILE_UNREADABLE` where the program does not exist, is a device or a pipe, or fails during loading.
 */
export async function runProgram(full: string, named: string, { signal, waits }: ProgramRun): Promise<unknown> {
  const isThere = existsSync(full);
  if (!isThere || !statSync(full).isFile()) {
    const why = isThere ? 'it is not a regular file' : 'the file or its folder does not exist';
    throw new PosternError('FILE_UNREADABLE', `${named}: ${why}`, {
      place: { file: named },
      remedy: 'Name a program that exists.',
    });
  }

  const [{ createJiti }, virtualModules] = await Promise.all([import('jiti'), ownModules()]);
  const load = (): Promise<unknown> =>
    abortable(createJiti(full, { fsCache: false, virtualModules }).import(full, { default: true }), signal);
  try {
    return await waitDuring(waits, { what: `${named} to be loaded`, code: 'FILE_UNREADABLE' }, load);
  } catch (error) {
    if (signal?.aborted === true) throw error;

    throw programFailure(error, `${named}: the program failed during loading`, full, named);
  }
}

/** The module of a package that is installed for a folder; undefined where it is not. */
export async function moduleOf(name: string, folder: string): Promise<string | undefined> {
  const { createJiti } = await import('jiti');
  const found = createJiti(path.join(folder, 'package.json')).esmResolve(name, { try: true });
  return found === undefined ? undefined : fileURLToPath(found);
}

/**
 * An error of a user's program, with its place there, and with its remedy where a function of Postern refused what it was given. What
 * variables hold as secrets is not in it: a program may throw what it read.
 */
export function programFailure(error: unknown, what: string, full: string, named: string): PosternError {
  const message = thrownText(error);
  const failure = new PosternError('FILE_UNREADABLE', `${what}: ${message}`, {
    cause: error,
    place: { file: named, ...placeIn(error, full) },
    remedy: (isPosternError(error) && error.remedy) || 'Correct the program at that place.',
  });
  return withoutSessionSecrets(failure, secretsOf(process.env));
}

/** Every public entry of `@postern/core`, which a test compares with its package.json; and the values of the clouds. */
async function ownModules(): Promise<Record<string, unknown>> {
  return {
    '@postern/aws/cloud': await import('@postern/aws/cloud'),
    '@postern/alibaba/cloud': await import('@postern/alibaba/cloud'),
    '@postern/core': await import('@postern/core'),
    '@postern/core/adapter': await import('@postern/core/adapter'),
    '@postern/core/check': await import('@postern/core/check'),
    '@postern/core/cidr': await import('@postern/core/cidr'),
    '@postern/core/moves': await import('@postern/core/moves'),
    '@postern/core/node': await import('@postern/core/node'),
    '@postern/core/overlay': await import('@postern/core/overlay'),
    '@postern/core/plan': await import('@postern/core/plan'),
    '@postern/core/planner': await import('@postern/core/planner'),
    '@postern/core/probe': await import('@postern/core/probe'),
    '@postern/core/snapshot': await import('@postern/core/snapshot'),
    '@postern/core/spec': await import('@postern/core/spec'),
    '@postern/core/telemetry': await import('@postern/core/telemetry'),
    '@postern/core/watch': await import('@postern/core/watch'),
  };
}

/** The line of a program where an error was thrown, from its stack. The column there is that of the transformed text. */
function placeIn(error: unknown, file: string): { readonly line?: number } {
  try {
    // Node may write it only when it is read, with the message of the error.
    const stack = String((error as Error).stack);
    const at = stack.indexOf(`${file}:`);
    const [, line] = /^:(\d+):\d+/.exec(at < 0 ? '' : stack.slice(at + file.length)) ?? [];
    return line === undefined ? {} : { line: Number(line) };
  } catch {
    return {};
  }
}
