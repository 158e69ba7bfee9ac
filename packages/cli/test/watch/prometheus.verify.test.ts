import { spawn, spawnSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { folder } from '../run-command.js';
import { watchedWorld } from './scene.js';

/** Debian's package `prometheus`; where it is not installed the test is left out. */
const isThere = PROVE && spawnSync('prometheus', ['--version']).status === 0;
if (PROVE && !isThere) console.log('left out: no prometheus is installed (apt-get install prometheus)');

/** A port that was free just now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return port;
}

describe.runIf(isThere)('Prometheus', () => {
  it('scrapes what postern watch serves', async () => {
    const { watch, breakIt } = await watchedWorld();
    const stopped = new AbortController();
    let out = '';
    breakIt();
    const running = watch(['--every', '5m', '--metrics-port', '0'], {
      signal: stopped.signal,
      onOut: (all) => (out = all),
    });
    for (let turn = 0; turn < 1_000 && !out.includes('orders is broken'); turn += 1)
      await new Promise((done) => setTimeout(done, 20));
    const [, target = ''] = /Metrics at http:\/\/(\S+)\/metrics/.exec(out) ?? [];
    const config = `global: { scrape_interval: 1s }\nscrape_configs: [{ job_name: postern, static_configs: [{ targets: ['${target}'] }] }]\n`;
    const cwd = folder({ 'prometheus.yml': config });
    const port = await freePort();
    const args = [`--config.file=${path.join(cwd, 'prometheus.yml')}`, `--storage.tsdb.path=${path.join(cwd, 'data')}`];
    const child = spawn('prometheus', [...args, `--web.listen-address=127.0.0.1:${port}`], { stdio: 'ignore' });
    onTestFinished(() => void child.kill());
    const ask = async (
      query: string,
    ): Promise<readonly { metric: Record<string, string>; value: [number, string] }[]> => {
      const url = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(query)}`;
      const answer = await fetch(url).then(
        (response) => (response.ok ? response.json() : undefined),
        () => undefined,
      );
      return (answer as { data: { result: [] } } | undefined)?.data.result ?? [];
    };
    let found = await ask('postern_path_verdict');
    for (let turn = 0; turn < 300 && found.length === 0; turn += 1) {
      await new Promise((done) => setTimeout(done, 200));
      found = await ask('postern_path_verdict');
    }
    expect(found).toMatchObject([
      { metric: { integration: 'integration orders', spec: 'shop' }, value: [expect.anything(), '1'] },
    ]);
    expect(await ask('up{job="postern"}')).toMatchObject([{ value: [expect.anything(), '1'] }]);
    const slowest = await ask('histogram_quantile(0.9, sum by (le) (postern_cloud_call_duration_seconds_bucket))');
    expect(slowest).toHaveLength(1);
    const lint = spawnSync('promtool', ['check', 'metrics'], {
      input: await (await fetch(`http://${target}/metrics`)).text(),
    });
    expect(`${lint.stdout}${lint.stderr}`).toBe('');
    expect(lint.status).toBe(0);
    stopped.abort(Object.assign(new Error('stopped'), { name: 'Interrupted', exitCode: 143 }));
    expect((await running).status).toBe(143);
  });
});
