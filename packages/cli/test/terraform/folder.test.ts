import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Io } from '../../src/process/io.js';
import { readPlanFile, type PlanFile } from '../../src/terraform/plan-file.js';

const at = mkdtempSync(path.join(tmpdir(), 'planned-'));
afterAll(() => rmSync(at, { recursive: true }));

const MAIN = `
module "net" { source = "./net" }
resource "aws_lb" "a" { name = file("\${path.module}/name.txt") }
`;
const net = { resources: [{ mode: 'managed', type: 'aws_vpc', name: 'a' }] };
const root = { resources: [{ mode: 'managed', type: 'aws_lb', name: 'a' }], module_calls: { net: { module: net } } };
const PLAN = { format_version: '1.2', resource_changes: [], configuration: { root_module: root } };

/** A folder that was planned. */
function planned(name: string, files: Readonly<Record<string, string>> = {}): string {
  const folder = path.join(at, name);
  const all: Readonly<Record<string, string>> = {
    'main.tf': MAIN,
    'name.txt': 'shop',
    'net/main.tf': 'resource "aws_vpc" "a" {}',
    '.terraform/modules/modules.json': '{"Modules":[{"Key":"","Dir":"."},{"Key":"net","Dir":"net"}]}',
    '.terraform/environment': 'stage\n',
    'plan.json': JSON.stringify(PLAN),
    ...files,
  };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}

function read(cwd: string, file: string, source?: string): Promise<PlanFile> {
  return readPlanFile({ cwd, env: {} } as Io, file, source);
}

describe('the configuration of a plan in JSON', () => {
  it('is found where the plan lies, and where the command runs', async () => {
    const folder = planned('right');
    cpSync(path.join(folder, 'plan.json'), path.join(at, 'elsewhere.json'));
    for (const [cwd, file, shown] of [
      [at, 'right/plan.json', 'right'],
      [folder, '../elsewhere.json', 'this folder'],
    ] as const) {
      const { sources, notes } = await read(cwd, file);
      expect([...(sources?.modules.keys() ?? [])]).toEqual(['', 'net']);
      expect(notes).toEqual([expect.stringContaining(`is read from ${shown}, which has the resources of the plan`)]);
      expect([sources?.workspace, sources?.text('./name.txt')]).toEqual(['stage', 'shop']);
    }
    expect(await read(folder, 'plan.json', 'none')).toMatchObject({ notes: [] });
    expect((await read(folder, 'plan.json', 'none')).sources).toBeUndefined();
  });

  it.each([
    ['has a resource more', { 'b.tf': 'resource "aws_lb" "b" {}' }],
    ['lacks a resource', { 'main.tf': 'module "net" { source = "./net" }' }],
    ['has another resource in a module', { 'net/main.tf': 'resource "aws_vpc" "b" {}' }],
    ['lacks a module', { '.terraform/modules/modules.json': '{}' }],
  ])('is not read where the folder %s', async (name, files) => {
    const { sources, notes } = await read(planned(name, files), 'plan.json');
    expect([sources, notes]).toEqual([undefined, []]);
  });

  it('reads no file outside of it, nor over a link', async () => {
    const folder = planned('links');
    writeFileSync(path.join(at, 'secret.txt'), 'x');
    symlinkSync(path.join(at, 'secret.txt'), path.join(folder, 'link.txt'));
    const { sources } = await read(folder, 'plan.json');
    for (const file of ['../secret.txt', path.join(at, 'secret.txt'), 'link.txt', 'absent.txt', '.', 'a\0b'])
      expect(sources?.text(file)).toBeUndefined();
  });
});
