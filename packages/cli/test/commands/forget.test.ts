import { describe, expect, it } from 'vitest';
import { cloud, folder, network, run, specOf } from '../run-command.js';

describe('contact M4: postern forget', () => {
  it('removes the marks of a link, keeps the link, and prints what to write in the spec', async () => {
    const server = await cloud();
    const cwd = folder({ 'postern.yaml': specOf(await network(server)) });
    const env = { POSTERN_SIMULATOR: server.url };
    expect(await run(['apply', '--yes'], { cwd, env })).toMatchObject({ status: 0 });
    const done = await run(['forget', 'main'], { cwd, env });
    expect(done).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^Postern no longer manages link \w+: removed postern:project/),
    });
    const [, id = ''] = /link (\w+):/.exec(done.out) ?? [];
    expect(done.err).toContain(`declare it as { id: ${id}, owner: external }`);
    const again = await run(['forget', id, '--json'], { cwd, env });
    expect([again.status, JSON.parse(again.out)]).toEqual([0, { linkId: id, removed: [] }]);
    expect((await run(['plan'], { cwd, env })).out).toContain('create link main');
  });

  it('needs a project', async () => {
    const server = await cloud();
    const env = { POSTERN_SIMULATOR: server.url };
    const { status, err } = await run(['forget', 'main', '--region', 'eu-west-1'], { cwd: folder(), env });
    expect([status, err]).toEqual([64, expect.stringContaining('no project given')]);
  });
});
