import { InvalidInputError, PosternError } from '@postern/core';
import type { Interrupted } from '../interrupted.js';
import type { Invocation, Io } from '../io.js';
import { jsonLines } from '../output.js';

interface Options {
  readonly port: number;
  readonly speed: number;
  readonly seed: number;
  readonly throttle: boolean;
  readonly quota?: Readonly<Record<string, number>>;
  readonly account: string;
  readonly alibabaAccount: string;
  readonly verifySignatures?: boolean;
  readonly key?: readonly string[];
}

/**
 * `postern simulate`: serves simulated clouds on the loopback addresses until it is interrupted. The line on stdout is for
 * shells and programs: `POSTERN_SIMULATOR=http://127.0.0.1:4010`.
 */
export async function run({ io, options }: Invocation<Options>): Promise<number> {
  const { port, speed, seed, throttle, quota, account, alibabaAccount } = options;
  const keys = keysOf(options.key ?? []);
  if (options.verifySignatures === true && options.key === undefined) {
    throw new InvalidInputError('INVALID_INPUT', '--verify-signatures needs credentials to verify with', {
      remedy: 'Add --key ID:SECRET.',
    });
  }
  const { simulate } = await import('@postern/testing');
  const server = await listening(() =>
    simulate({
      seed,
      clock: { speed },
      account,
      alibabaAccount,
      throttle,
      ...(quota ? { quotas: quota } : {}),
      ...(options.verifySignatures === true ? { verifySignatures: { keys } } : {}),
    }).listen({ port }),
  );
  if (options.json === true) jsonLines(io)({ type: 'listening', url: server.url });
  else {
    io.stdout.write(`POSTERN_SIMULATOR=${server.url}\n`);
    const pace = speed === 1 ? 'in real time' : `${speed} times as fast as real time`;
    io.stderr.write(
      `Simulated clouds at ${server.url}, ${pace}, accounts ${account} and ${alibabaAccount}. Stop them with Ctrl+C.\n`,
    );
  }
  const { exitCode } = await interrupted(io);
  await server.close();
  return exitCode;
}

/** Options that are none are RangeErrors of the library: wrong usage. A port that is taken is not. */
async function listening<T>(start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof RangeError) {
      throw new InvalidInputError('INVALID_INPUT', error.message, {
        cause: error,
        remedy: "See 'postern simulate --help'.",
      });
    }
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
    throw new PosternError('ENDPOINT_UNREACHABLE', `the port cannot be listened on: ${message}`, {
      cause: error,
      remedy: 'Choose another one with --port, or 0 for any that is free.',
    });
  }
}

/** Resolves when the process is asked to end. */
function interrupted({ signal }: Io): Promise<Interrupted> {
  return new Promise((resolve) => {
    const end = (): void => resolve(signal.reason as Interrupted);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

/** Each `ID:SECRET` as a member. What was typed is not repeated: half of it is a secret. */
function keysOf(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, id, secret] = /^([\w.-]{1,128}):(\S{1,512})$/.exec(text) ?? [];
      if (id !== undefined && secret !== undefined) return [id, secret];
      throw new InvalidInputError('INVALID_INPUT', '--key: these are no credentials', { remedy: 'Write ID:SECRET.' });
    }),
  );
}
