import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cloud, folder, run } from '../run-command.js';

const example = (name: string): string =>
  fileURLToPath(new URL(`../../../../examples/terraform/${name}`, import.meta.url));

describe('postern check --terraform', () => {
  it('reads the live network, which has nothing of the state', async () => {
    const { url } = await cloud();
    const args = ['check', '--terraform', example('fixed.json'), '--json'];
    const { status, out, err } = await run(args, { env: { POSTERN_SIMULATOR: url } });
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      notes: [expect.stringContaining('not in the snapshot')],
    });
    expect({ status, err }).toMatchObject({ status: 0, err: expect.stringContaining('Current state at') });
  });

  it('writes SARIF and JUnit, with the plan as the place', async () => {
    const cwd = folder();
    const reports = ['--report', 'sarif=a.sarif', '--report', 'junit=a.xml'];
    const plan = ['--terraform', example('removes-a-rule.json'), '--snapshot', example('base.json')];
    expect((await run(['check', ...plan, ...reports], { cwd })).status).toBe(3);
    expect(readFileSync(path.join(cwd, 'a.sarif'), 'utf8')).toContain('removes-a-rule.json');
    expect(readFileSync(path.join(cwd, 'a.xml'), 'utf8')).toContain('<failure');
  });

  it.each([
    ['a spec beside it', ['postern.yaml', '--terraform', 'plan.json'], '--terraform'],
    ['a baseline', ['--terraform', 'plan.json', '--baseline', 'b.json'], '--baseline'],
    ['a state beside it', ['--terraform', 'plan.json', '--state', 's.json'], '--state'],
    ['a plan as a state', ['--state', 'plan.json'], '--terraform'],
    [
      'a region that the snapshot does not have',
      ['--terraform', example('fixed.json'), '--snapshot', example('base.json'), '--region', 'us-east-1'],
      'base.json has eu-west-1',
    ],
    ['a file that is not JSON', ['--terraform', 'text'], 'terraform show -json'],
    ['a plan as a change set', ['--change-set', 'plan.json'], '--terraform'],
    ['a plan as a preview', ['--pulumi', 'plan.json'], '--terraform'],
    ['a preview beside a plan', ['--terraform', 'plan.json', '--pulumi', 'plan.json'], '--pulumi'],
    ['a template alone', ['--template', 'text'], '--change-set'],
    ['a plan that is too large', ['--terraform', 'huge.json'], 'larger than'],
    ['a template of a plan', ['--terraform', 'plan.json', '--template', 'text'], '--template'],
  ])('refuses %s', async (_, args, part) => {
    const cwd = folder();
    writeFileSync(path.join(cwd, 'plan.json'), '{"format_version":"1.2","resource_changes":[]}');
    writeFileSync(path.join(cwd, 'text'), 'Terraform will perform the following actions');
    // It has no content: only its size is looked at.
    writeFileSync(path.join(cwd, 'huge.json'), '');
    truncateSync(path.join(cwd, 'huge.json'), 2 ** 40);
    const { status, err } = await run(['check', ...args], { cwd });
    expect({ status, err }).toMatchObject({ status: 64, err: expect.stringContaining(part) });
  });
});
