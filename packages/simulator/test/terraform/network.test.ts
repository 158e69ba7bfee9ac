import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedTemporaryFolder } from '../../../core/test/temporary-folder.js';
import { simulate } from '../../src/index.js';
import { awsEnvironment, missingTerraform, run, terraformConfiguration } from '../shows/tools.js';

const reason = missingTerraform();
const title = `Terraform and the network${reason === undefined ? '' : ` (skipped: ${reason})`}`;

describe.skipIf(reason !== undefined)(title, () => {
  const folder = sharedTemporaryFolder();
  const simulation = simulate({ seed: 7, clock: { speed: 600 }, throttle: false });
  const before = JSON.stringify([...names()]);
  let server: Awaited<ReturnType<typeof simulation.listen>>;
  beforeAll(async () => {
    server = await simulation.listen();
    cpSync(fileURLToPath(new URL('network', import.meta.url)), folder(), { recursive: true });
    writeFileSync(join(folder(), 'terraform.rc'), terraformConfiguration());
  });
  afterAll(async () => {
    await server?.close();
  });

  /** The resources of a region, by the lists that clean-up tools read. */
  function* names(): Generator<string> {
    const lists = [
      'Vpcs',
      'Subnets',
      'SecurityGroups',
      'RouteTables',
      'NetworkAcls',
      'InternetGateways',
      'DhcpOptions',
    ];
    for (const list of [...lists, 'NetworkInterfaces', 'SecurityGroupRules', 'EgressOnlyInternetGateways']) {
      const target = { service: 'ec2', operation: `Describe${list}`, region: 'us-east-1' } as const;
      const answer = simulation.call(target, {}) as Record<string, unknown[]>;
      yield `${list}: ${answer[list]?.length}`;
    }
  }

  const terraform = async (...args: readonly string[]) => {
    const env = {
      ...awsEnvironment(server.url, 'us-east-1'),
      TF_CLI_CONFIG_FILE: join(folder(), 'terraform.rc'),
      TF_VAR_endpoint: server.url,
      CHECKPOINT_DISABLE: '1',
    };
    return run('terraform', [...args, '-no-color'], { env, cwd: folder(), timeoutMs: 280_000 });
  };

  const expectNoChanges = async (...args: readonly string[]) => {
    const plan = await terraform('plan', '-detailed-exitcode', '-input=false', ...args);
    expect(plan.stdout).toMatch(/No changes/);
    expect(plan.status).toBe(0);
  };

  it('applies, plans without changes, changes in place, and leaves nothing', { timeout: 600_000 }, async () => {
    expect(await terraform('init', '-input=false')).toMatchObject({ stderr: '', status: 0 });
    const applied = await terraform('apply', '-auto-approve', '-input=false');
    expect(applied.stderr).toBe('');
    expect(applied.stdout).toMatch(/Apply complete! Resources: 41 added/);
    await expectNoChanges();
    const changed = await terraform('apply', '-auto-approve', '-input=false', '-var', 'changed=true');
    expect(changed.stderr).toBe('');
    expect(changed.stdout).toMatch(/Apply complete! Resources: 0 added, 13 changed, 0 destroyed/);
    await expectNoChanges('-var', 'changed=true');
    const destroyed = await terraform('destroy', '-auto-approve', '-input=false');
    expect(destroyed.stderr).toBe('');
    expect(destroyed.stdout).toMatch(/Destroy complete! Resources: 41 destroyed/);
    expect(JSON.stringify([...names()])).toBe(before);
    expect(simulation.journal().filter(({ status }) => status >= 500)).toEqual([]);
  });
});
