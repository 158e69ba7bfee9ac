import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { filesInPlan, isArchive, workspaceInPlan } from '../../src/terraform/archive.js';

const MAIN = { tfplan: strToU8('plan'), 'tfconfig/m-/main.tf': strToU8('locals {}') };

describe('a plan file', () => {
  it.each([
    ['it is no archive', new Uint8Array([0x50, 0x4b, 0x03, 0x04, 1, 2, 3]), 'cannot be read'],
    ['it is another archive', zipSync({ 'a.txt': strToU8('a') }), 'not a plan of Terraform or OpenTofu'],
    ['it has no configuration', zipSync({ tfplan: strToU8('a') }), 'has no configuration'],
    [
      'it is a bomb',
      zipSync({ tfplan: strToU8('a'), 'tfconfig/m-/main.tf': new Uint8Array(17 * 1024 * 1024) }),
      'more than 20000 files or 16 MiB',
    ],
  ])('is refused where %s', (_, bytes, why) => {
    expect(isArchive(bytes)).toBe(true);
    expect(() => filesInPlan(bytes, 'tfplan')).toThrow(why);
  });

  it('has no other files: paths out of the configuration are not read', () => {
    const others = ['tfconfig/m-/../../etc/passwd', '/etc/passwd', 'tfconfig/m-a/b/c.tf', 'tfstate'];
    const files = { ...MAIN, ...Object.fromEntries(others.map((name) => [name, strToU8('x')])) };
    expect([...filesInPlan(zipSync(files), 'tfplan')]).toEqual([['', new Map([['main.tf', 'locals {}']])]]);
  });

  it.each([
    ['its workspace', '\b\x03\x1a\x03a: \x6a\x0d\n\x05local\x1a\x04beta\x72\x061.11.4', 'beta'],
    ['no workspace in another form', 'plan', undefined],
  ])('has %s', (_, tfplan, workspace) => {
    expect(workspaceInPlan(zipSync({ ...MAIN, tfplan: strToU8(tfplan) }))).toBe(workspace);
  });
});
