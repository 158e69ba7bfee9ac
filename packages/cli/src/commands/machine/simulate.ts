import { InvalidInputError, PosternError, type Snapshot } from '@postern/core/internal/library';
import { SIMULATOR_CREDENTIALS } from '@postern/core/internal/driver';
import { displayText } from '@postern/core/internal/report';
import type * as grammar from './grammar.js';
import type { CallOf, OptionsOf } from '../../grammar/options.js';
import { jsonLines, note } from '../../output/print.js';
import type { Io } from '../../process/io.js';
import { secretTexts } from '../../process/secrets.js';
import { untilInterrupted } from '../../process/interruption.js';

/** How many things that a twin does not have are named; more are counted. */
const TOLD = 20;

/**
 * `postern simulate`: serves simulated clouds on the loopback addresses until it is interrupted. The line on stdout is for
 * shells and programs: `POSTERN_SIMULATOR=http://127.0.0.1:4010`.
 */
export async function run({ io, options }: CallOf<typeof grammar.simulate>): Promise<number> {
  const { port, speed, seed, throttle, quota } = options;
  const from = await snapshotOf(io, options);
  const keys = { ...keysOf(await secretTexts(io, '--key', options.key)), ...keysIn(io.env) };
  if (options.verifySignatures === true && Object.keys(keys).length === 0) {
    throw new InvalidInputError('INVALID_INPUT', '--verify-signatures requires keys, and the environment has none', {
      remedy: 'Add --key ID:SECRET, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    });
  }
  // What Postern itself signs with, where POSTERN_SIMULATOR is set.
  keys[SIMULATOR_CREDENTIALS.accessKeyId] = SIMULATOR_CREDENTIALS.secretAccessKey;

  const { simulate } = await import('@postern/simulator');
  let lacks: readonly string[] = [];
  const server = await listening(port, () => {
    const simulation = simulate({
      seed,
      clock: { speed },
      account: options.account,
      alibabaAccount: options.alibabaAccount,
      throttle,
      ...(options.dataPathDelay !== undefined && { dataPathDelay: options.dataPathDelay * 1000 }),
      from,
      ...(quota ? { quotas: quota } : {}),
      deny: options.deny,
      ...(options.verifySignatures === true ? { verifySignatures: { keys } } : {}),
    });
    // The snapshot was loaded already; this returns the parts that could not be loaded.
    if (from !== undefined) lacks = simulation.loadSnapshot(from);
    return simulation.listen({ port, allowHosts: options.allowHost });
  });
  const twin = from && { takenAt: from.takenAt, lacks };
  if (options.json === true) jsonLines(io)({ type: 'listening', url: server.url, ...twin });
  else {
    io.stdout.write(`POSTERN_SIMULATOR=${server.url}\n`);
    const pace = speed === 1 ? 'in real time' : `${speed} times as fast as real time`;
    const accounts = accountsOf(options, from);
    io.stderr.write(`Simulated clouds at ${server.url}, ${pace}, ${accounts}. Stop them with Ctrl+C.\n`);
    if (from !== undefined) tellTwin(io, options.snapshot ?? '', from, lacks);
  }
  const { exitCode } = await untilInterrupted(io);
  await server.close();
  return exitCode;
}

/**
 * The snapshot that `--snapshot` names.
 * @throws {InvalidInputError} together with account options: a snapshot contains its accounts.
 * {PosternError} for a file that is not a snapshot
 */
async function snapshotOf(
  io: Io,
  { snapshot, account, alibabaAccount }: OptionsOf<typeof grammar.simulate>,
): Promise<Snapshot | undefined> {
  if (snapshot === undefined) return undefined;
  if (account !== undefined || alibabaAccount !== undefined) {
    throw new InvalidInputError('INVALID_INPUT', '--snapshot uses the accounts of the snapshot', {
      remedy: 'Remove --account and --alibaba-account.',
    });
  }

  const { readSnapshot } = await import('../../snapshot/read-snapshot.js');
  return readSnapshot(io, snapshot);
}

/** The default accounts of a simulation that is not a twin: the accounts in the documentation's examples. */
const ACCOUNTS = { account: '111122223333', alibabaAccount: '1111222233334444' } as const;

function accountsOf(options: OptionsOf<typeof grammar.simulate>, from: Snapshot | undefined): string {
  const { account = ACCOUNTS.account, alibabaAccount = ACCOUNTS.alibabaAccount } = options;
  const accounts = from?.regions.map((region) => region.account) ?? [account, alibabaAccount];
  const names = [...new Set(accounts)].map(displayText);
  return `${names.length === 1 ? 'account' : 'accounts'} ${names.join(' and ')}`;
}

/** What the twin is of, and what it does not have. */
function tellTwin(io: Io, file: string, { takenAt, regions }: Snapshot, lacks: readonly string[]): void {
  const places = regions.map(({ provider, region }) => `${provider} ${region}`).join(', ');
  note(io, `a twin of ${file}: ${places}, as it was at ${takenAt}`);
  for (const lack of lacks.slice(0, TOLD)) note(io, `the twin lacks: ${lack}`);
  if (lacks.length > TOLD) note(io, `and ${lacks.length - TOLD} more; --json names all of them`);
}

/** Invalid options are RangeErrors of the library: wrong usage. A port that is in use is not. */
async function listening<T>(port: number, start: () => Promise<T>): Promise<T> {
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

    throw new PosternError(
      'PORT_IN_USE',
      `port ${port} cannot be opened: ${code === 'EADDRINUSE' ? 'another program uses it' : message}`,
      { cause: error, remedy: 'Choose another one with --port, or 0 for any that is free.' },
    );
  }
}

/** Each `ID:SECRET` as a member. What was typed is not repeated: half of it is a secret. */
/** The keys that other tools of this machine sign with. */
function keysIn(env: Io['env']): Record<string, string> {
  const pairs = [
    [env['AWS_ACCESS_KEY_ID'], env['AWS_SECRET_ACCESS_KEY']],
    [env['ALIBABA_CLOUD_ACCESS_KEY_ID'], env['ALIBABA_CLOUD_ACCESS_KEY_SECRET']],
  ];
  return Object.fromEntries(pairs.flatMap(([id, secret]) => (id && secret ? [[id, secret]] : [])));
}

function keysOf(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, id, secret] = /^([\w.-]{1,128}):(\S{1,512})$/.exec(text) ?? [];
      if (id !== undefined && secret !== undefined) return [id, secret];

      throw new InvalidInputError('INVALID_INPUT', '--key: not valid credentials', { remedy: 'Write ID:SECRET.' });
    }),
  );
}
