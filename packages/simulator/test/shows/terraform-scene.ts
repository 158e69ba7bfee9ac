import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect } from 'vitest';
import { sharedTemporaryFolder } from '../../../core/test/temporary-folder.js';
import { simulate } from '../../src/index.js';
import { awsEnvironment, run, terraformConfiguration, type Outcome } from './tools.js';

/**
 * Terraform in a copy of a folder, for the tests of a `describe`, against a simulated AWS. Simulated minutes pass quickly; throttling
 * would only make Terraform wait in real time.
 */
export function terraformScene(configuration: URL, region: string, speed = 600) {
  const folder = sharedTemporaryFolder();
  const simulation = simulate({ seed: 7, clock: { speed }, throttle: false });
  let server: Awaited<ReturnType<typeof simulation.listen>>;
  beforeAll(async () => {
    server = await simulation.listen();
    cpSync(fileURLToPath(configuration), folder(), { recursive: true });
    writeFileSync(join(folder(), 'terraform.rc'), terraformConfiguration());
  });
  afterAll(async () => {
    await server?.close();
  });

  const terraform = (...args: readonly string[]): Promise<Outcome> => {
    const env = {
      ...awsEnvironment(server.url, region),
      TF_CLI_CONFIG_FILE: join(folder(), 'terraform.rc'),
      TF_VAR_endpoint: server.url,
      CHECKPOINT_DISABLE: '1',
    };
    return run('terraform', [...args, '-no-color', '-input=false'], { env, cwd: folder(), timeoutMs: 580_000 });
  };
  return {
    simulation,
    terraform,
    /** Applies, or destroys with `-destroy`. */
    async apply(counts: string, ...args: readonly string[]) {
      const applied = await terraform('apply', '-auto-approve', ...args);
      expect(applied.stderr).toBe('');
      expect(applied.stdout).toContain(`Apply complete! Resources: ${counts}`);
    },
    async plansNothing(...args: readonly string[]) {
      const plan = await terraform('plan', '-detailed-exitcode', ...args);
      expect(plan.stdout).toMatch(/No changes/);
      expect(plan.status).toBe(0);
    },
    /** The simulation answered no call with a 5xx, such as 501. */
    expectSimulated() {
      expect(simulation.journal().filter(({ status }) => status >= 500)).toEqual([]);
    },
  };
}
