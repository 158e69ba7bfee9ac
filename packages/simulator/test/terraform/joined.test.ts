import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedTemporaryFolder } from '../../../core/test/temporary-folder.js';
import { simulate } from '../../src/index.js';
import { awsEnvironment, missingTerraform, run, terraformConfiguration } from '../shows/tools.js';

const reason = missingTerraform();
const title = `Terraform and connections between networks${reason === undefined ? '' : ` (skipped: ${reason})`}`;

describe.skipIf(reason !== undefined)(title, () => {
  const folder = sharedTemporaryFolder();
  const simulation = simulate({ seed: 7, clock: { speed: 600 }, throttle: false });
  let server: Awaited<ReturnType<typeof simulation.listen>>;
  beforeAll(async () => {
    server = await simulation.listen();
    cpSync(fileURLToPath(new URL('joined', import.meta.url)), folder(), { recursive: true });
    writeFileSync(join(folder(), 'terraform.rc'), terraformConfiguration());
  });
  afterAll(async () => {
    await server?.close();
  });

  const terraform = async (...args: readonly string[]) => {
    const env = {
      ...awsEnvironment(server.url, 'us-east-1'),
      TF_CLI_CONFIG_FILE: join(folder(), 'terraform.rc'),
      TF_VAR_endpoint: server.url,
      CHECKPOINT_DISABLE: '1',
    };
    return run('terraform', [...args, '-no-color'], { env, cwd: folder(), timeoutMs: 580_000 });
  };

  const expectNoChanges = async (...args: readonly string[]) => {
    const plan = await terraform('plan', '-detailed-exitcode', '-input=false', ...args);
    expect(plan.stdout).toMatch(/No changes/);
    expect(plan.status).toBe(0);
  };

  it('applies, plans without changes, changes in place, and leaves nothing', { timeout: 1_200_000 }, async () => {
    expect(await terraform('init', '-input=false')).toMatchObject({ stderr: '', status: 0 });
    const applied = await terraform('apply', '-auto-approve', '-input=false');
    expect(applied.stderr).toBe('');
    expect(applied.stdout).toMatch(/Apply complete! Resources: 22 added/);
    await expectNoChanges();
    const changed = await terraform('apply', '-auto-approve', '-input=false', '-var', 'changed=true');
    expect(changed.stderr).toBe('');
    expect(changed.stdout).toMatch(/Apply complete! Resources: 0 added, 3 changed, 0 destroyed/);
    await expectNoChanges('-var', 'changed=true');
    const destroyed = await terraform('destroy', '-auto-approve', '-input=false', '-var', 'changed=true');
    expect(destroyed.stderr).toBe('');
    expect(destroyed.stdout).toMatch(/Destroy complete! Resources: 22 destroyed/);
    expect(simulation.journal().filter(({ status }) => status >= 500)).toEqual([]);
  });
});
