import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../core/test/temporary-folder.js';
import { bundleCommand, type PosternCommand } from '../kills/postern-command.js';

const OWN_CLOUD = fileURLToPath(new URL('../../../../examples/own-cloud', import.meta.url));

let command: PosternCommand;
beforeAll(async () => {
  command = await bundleCommand();
});
afterEach(() => command.end());

/** Starts the command in a copy of the example, whose account is a file beside it, with these files. */
function start(files: Readonly<Record<string, string>>, argv: readonly string[]) {
  const cwd = temporaryFolder();
  cpSync(OWN_CLOUD, cwd, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(cwd, name), text);
  return command.start(argv, { cwd, env: { SHOP_TOKEN: 'a-token-of-a-shop' } });
}

/** A program that brings the cloud of the example, of which one function of the driver is another. */
const cloudWith = (members: string): string => `
  import own from './cloud.ts';
  export default { ...own, driver(place) { const driver = own.driver(place); return { ...driver, ${members} }; } };
`;
const SPEC = 'postern.yaml';
const NEVER = 'new Promise(() => undefined)';

describe('a program that does not let the command end', () => {
  it.each([
    [
      'it is never loaded',
      'await new Promise(() => undefined);',
      ['validate', 'program.mjs'],
      'error FILE_UNREADABLE: the command cannot end: it waits for program.mjs to be loaded, ',
    ],
    [
      'it ends the process with 0',
      'process.exit(0);',
      ['validate', 'program.mjs'],
      'error FILE_UNREADABLE: the process was ended with status 0 while the command waited for program.mjs to be loaded\n',
    ],
    [
      'it never pauses',
      'while (true);',
      ['validate', 'program.mjs'],
      'error FILE_UNREADABLE: the command cannot end: it waits for program.mjs to be loaded, which ran without a pause',
    ],
    [
      'it rejects a promise that nothing waits for',
      'Promise.reject(new Error(`stray ${process.env.SHOP_TOKEN}`)); await new Promise((resolve) => setTimeout(resolve, 60_000));',
      ['validate', 'program.mjs'],
      'error FILE_UNREADABLE: a program threw while nothing waited for it: stray (not shown)\n',
    ],
    [
      'its driver never answers',
      cloudWith(`observe: () => ${NEVER}`),
      ['check', SPEC, '--cloud', 'program.mjs'],
      'error BAD_DRIVER: the command cannot end: it waits for `observe` of the driver of tunnel, ',
    ],
    [
      'its driver never answers a change',
      cloudWith(`links: { ...driver.links, create: () => ${NEVER} }`),
      ['apply', SPEC, '--yes', '--cloud', 'program.mjs'],
      'error BAD_DRIVER: the command cannot end: it waits for `links.create` of the driver of tunnel, ',
    ],
    [
      'a check of its cloud never pauses',
      `
        import own from './cloud.ts';
        const [first, ...checks] = own.cloud.checks;
        const loops = { ...first, *run() { while (true); } };
        export default { ...own, cloud: { ...own.cloud, checks: [loops, ...checks] } };
      `,
      ['check', SPEC, '--cloud', 'program.mjs'],
      'error FILE_UNREADABLE: the command cannot end: it waits for the check tunnel/',
    ],
    [
      'its driver ends the process',
      cloudWith('observe: () => process.exit(0)'),
      ['check', SPEC, '--cloud', 'program.mjs'],
      'error BAD_DRIVER: the process was ended with status 0 while the command waited for `observe` of the driver of tunnel\n',
    ],
  ])('%s: exit status 70, and what was waited for', async (_, program, argv, printed) => {
    const { status, err } = await start({ 'program.mjs': program }, argv).ended;
    expect(err).toContain(printed);
    expect(err).toContain('\n  Correct the program: ');
    expect(status).toBe(70);
  });

  it('with --json the error is JSON on both streams, and what a program prints is on stderr', async () => {
    const program = "console.log('noise'); process.stdout.write('more\\n'); process.exit(0);";
    const { status, out, err } = await start({ 'program.mjs': program }, ['validate', 'program.mjs', '--json']).ended;
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'FILE_UNREADABLE' } });
    expect(err).toMatch(/^noise\nmore\n\{"error":\{"code":"FILE_UNREADABLE".*\n$/);
    expect(status).toBe(70);
  });
});

it.each([
  ['SIGINT', 130, 'await'],
  ['SIGTERM', 143, 'await'],
  // It is loaded, and leaves the timer behind. The command ends without a signal.
  [0, 0, ''],
] as const)(
  'one signal ends the command: %s, where a program has a timer of ten minutes: %i %s',
  async (signal, expected, await_) => {
    const program = `
      ${await_} new Promise((resolve) => { setTimeout(resolve, 600_000); console.error('waits'); });
      export default { version: 1, project: 'shop', spec: 'shop-1', links: {} };
    `;
    const { child, ended } = start({ 'program.mjs': program }, ['validate', 'program.mjs']);
    await new Promise((resolve) => child.stderr?.once('data', resolve));
    child.kill(signal);
    expect(await ended).toMatchObject({ status: expected, killedBy: null });
  },
);
