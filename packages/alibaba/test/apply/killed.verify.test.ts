import { spawn } from 'node:child_process';
import path from 'node:path';
import { simulate } from '@postern/simulator';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { sharedTemporaryFolder } from '../../../core/test/temporary-folder.js';
import { buildWorld, caller } from '../world/conformance-world.js';
import { coreSources } from '../../../testing/test/adapters/core-sources.js';
import { REGION } from '../world/conformance-setup.js';

const here = (file: string) => path.resolve(import.meta.dirname, file);

describe('a process that is killed between CreateInstance and its answer', () => {
  const folder = sharedTemporaryFolder();
  const program = () => path.join(folder(), 'run.mjs');
  beforeAll(async () => {
    await build({
      entryPoints: [here('killed-run.ts')],
      outfile: program(),
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      plugins: [
        coreSources(...'adapter check checks cidr cloud driver kinds library plan proxy snapshot spec'.split(' ')),
      ],
      // The official packages are CommonJS.
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      logLevel: 'silent',
    });
  });

  it('leaves one instance, which the next run adopts', async () => {
    const simulation = simulate({ seed: 7, clock: { speed: 3_000 } });
    const world = await buildWorld(simulation, REGION);
    const server = await simulation.listen();
    const instances = () =>
      caller(simulation, REGION)('CloudAPI', 'DescribeInstances', { InstanceType: 'vpc_connect' }).Instances
        .InstanceAttribute as readonly { readonly InstanceId: string; readonly Status: string }[];
    const spec = {
      version: 1,
      project: 'shop',
      links: {
        cn: {
          provider: 'alibaba',
          region: REGION,
          subnets: world.subnetIds,
          securityGroups: world.securityGroupIds,
          tags: {},
        },
      },
      integrations: {},
    };
    const env = { ...process.env, POSTERN_TEST_URL: server.url, POSTERN_TEST_SPEC: JSON.stringify(spec) };
    const run = () => {
      const child = spawn(process.execPath, [program()], { env, stdio: ['ignore', 'pipe', 'inherit'] });
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
      const ended = new Promise<string>((resolve) => child.on('close', () => resolve(said)));
      return { child, ended };
    };
    try {
      // The instance is created, and its answer is held back.
      simulation.faults.add({ service: 'cloudapi', operation: 'CreateInstance', kind: 'slow', ms: 60_000, times: 1 });
      const first = run();
      await until(() => instances().length > 0);
      first.child.kill('SIGKILL');
      expect(await first.ended).toBe('steps create link cn\n');
      const [made] = instances();

      expect(await run().ended).toMatch(/^steps (?:await link cn)?\n(?:done \d+\n)?$/);
      expect(instances()).toMatchObject([{ InstanceId: made?.InstanceId, Status: 'RUNNING' }]);
      const creations = simulation.journal().filter(({ operation }) => operation === 'CreateInstance');
      expect(creations).toHaveLength(1);
    } finally {
      await server.close();
    }
  });
});

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries += 1) {
    if (tries > 1_000) throw new Error('It did not come about.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
