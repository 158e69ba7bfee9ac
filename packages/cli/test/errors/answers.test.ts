import { expect, it } from 'vitest';
import { Interrupted } from '../../src/process/interruption.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

it.each([[[]], [['--json']]])(
  'after Ctrl-C: all outputs tell of an interruption, and none of a failure: %j',
  async (json) => {
    const server = await cloud();
    const cwd = folder({ 'postern.yaml': specOf(await network(server)) });
    const env = { POSTERN_SIMULATOR: server.url };
    const stop = new AbortController();
    const onOut = (out: string): void => {
      if (out.includes('is PENDING')) stop.abort(new Interrupted('SIGINT'));
    };
    const { status, out, err } = await run(['apply', '--yes', ...json], { cwd, env, signal: stop.signal, onOut });
    expect(status).toBe(130);
    expect(err).toContain('stopped by SIGINT. No change was started after that.');
    if (json.length > 0) expect(out).toMatch(/"type":"run\.done",.*"failed":0,"skipped":1,"interrupted":1/);
    else
      expect(out).toMatch(
        /create link main: interrupted\nInterrupted: 0 changes, 0 unchanged, 1 interrupted, 1 not tried\.\n$/,
      );
    expect((await run(['log'], { cwd, env })).out).toMatch(/0 done, 1 interrupted, 1 not tried .* interrupted\n/);
  },
);
