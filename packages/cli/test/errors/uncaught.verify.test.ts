import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../core/test/runs.js';
import { main } from '../../src/main.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

/** Secrets of the environment, which no report may hold. */
const CANARIES = { AWS_SECRET_ACCESS_KEY: 'canary-1-secret', AWS_SESSION_TOKEN: 'canary-2-secret' };

/** `postern apply` in a process whose output fails at its write number `at`, from 0, as a defect would. */
async function applied(cwd: string, url: string, at: number) {
  let writes = 0;
  let text = '';
  const write = (given: string): void => {
    writes += 1;
    if (writes === at + 1) throw new TypeError("Cannot read properties of undefined (reading 'x')");
    text += given;
  };
  const status = await main(['apply', '--yes', '--debug', '--ignore-findings', '*'], {
    stdout: { write, isTerminal: false },
    stderr: { write: (given) => void (text += given), isTerminal: false },
    canAsk: false,
    env: { ...CANARIES, POSTERN_SIMULATOR: url },
    cwd,
    signal: new AbortController().signal,
  });
  return { status, text, isHit: writes > at };
}

describe('an error that nothing expects, in the command', () => {
  it('at any line of its output: it exits with 1, the report has no secret, and the next run completes', async () => {
    let at = 0;
    for (; ; at += runs(11, 1)) {
      const server = await cloud();
      const cwd = folder({ 'postern.yaml': specOf(await network(server)) });
      const { status, text, isHit } = await applied(cwd, server.url, at);
      if (!isHit) {
        expect(status).toBe(0);
        break;
      }
      expect([at, status, text]).toEqual([at, 1, expect.stringMatching(/error INTERNAL: Cannot read properties/)]);
      const journal = path.join(cwd, '.postern', 'shop.journal');
      const kept = existsSync(journal) ? readFileSync(journal, 'utf8') : '';
      for (const canary of Object.values(CANARIES)) expect(text + kept).not.toContain(canary);
      const env = { POSTERN_SIMULATOR: server.url };
      expect(await run(['apply', '--yes'], { cwd, env })).toMatchObject({ status: 0 });
      expect(await run(['plan', '--detailed-exitcode'], { cwd, env })).toMatchObject({ status: 0 });
    }
    expect(at).toBeGreaterThan(6);
  });
});
