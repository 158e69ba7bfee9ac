import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedTemporaryFolder } from '../../../core/test/temporary-folder.js';
import { simulate } from '../../src/index.js';
import { awsEnvironment, missingTerraform, run, terraformConfiguration } from './tools.js';

const reason = missingTerraform();

/** Terraform's AWS provider builds, keeps and destroys the network, the load balancer and the private integration. */
describe.skipIf(reason !== undefined)(`Terraform${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  const folder = sharedTemporaryFolder();
  // Simulated minutes pass quickly; throttling would only make Terraform wait in real time.
  const simulation = simulate({ seed: 7, clock: { speed: 600 }, throttle: false });
  let server: Awaited<ReturnType<typeof simulation.listen>>;
  beforeAll(async () => {
    server = await simulation.listen();
    copyFileSync(fileURLToPath(new URL('terraform/main.tf', import.meta.url)), join(folder(), 'main.tf'));
    writeFileSync(join(folder(), 'terraform.rc'), terraformConfiguration());
  });
  afterAll(async () => {
    await server?.close();
  });

  const terraform = async (...args: readonly string[]) => {
    const env = {
      ...awsEnvironment(server.url, 'eu-west-1'),
      TF_CLI_CONFIG_FILE: join(folder(), 'terraform.rc'),
      TF_VAR_endpoint: server.url,
      CHECKPOINT_DISABLE: '1',
    };
    return run('terraform', [...args, '-no-color'], { env, cwd: folder(), timeoutMs: 280_000 });
  };

  it('applies, plans without changes, and destroys', { timeout: 600_000 }, async () => {
    const init = await terraform('init', '-input=false');
    expect(init.stderr).toBe('');
    const applied = await terraform('apply', '-auto-approve', '-input=false');
    expect(applied.stderr).toBe('');
    expect(applied.stdout).toMatch(/Apply complete! Resources: 16 added/);
    const plan = await terraform('plan', '-detailed-exitcode', '-input=false');
    expect(plan.stdout).toMatch(/No changes/);
    expect(plan.status).toBe(0);
    const destroyed = await terraform('destroy', '-auto-approve', '-input=false');
    expect(destroyed.stderr).toBe('');
    expect(destroyed.stdout).toMatch(/Destroy complete! Resources: 16 destroyed/);
    expect(simulation.journal().filter(({ status }) => status >= 500)).toEqual([]);
  });
});
