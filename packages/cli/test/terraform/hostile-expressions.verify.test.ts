import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { plans } from '@postern/aws/plans';
import { expect, it } from 'vitest';
import { readChangeSet, readPulumi, readTemplate, readTerraform, judgeChangeSet } from '@postern/core/internal/overlay';
import { temporaryFolder } from '../../../core/test/temporary-folder.js';
import { readFolder } from '../../src/terraform/folder.js';
import { evaluated, filesOf, HOSTILE } from './hostile-expressions.js';

/** What work does, or its error, which is one for users and soon there. */
function soon(work: () => unknown): unknown {
  const before = process.cpuUsage();
  let found: unknown;
  try {
    found = work();
  } catch (error) {
    found = (error as { readonly code?: string }).code ?? error;
  }
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000_000).toBeLessThan(5);
  return found;
}

it.each(Object.entries(HOSTILE))('evaluates %s, or refuses it soon', (_, one) => {
  expect(soon(() => evaluated(filesOf(one)))).not.toBeInstanceOf(Error);
});

const many = (count: number, text: string): string => text.repeat(count);

it.each<[string, Readonly<Record<string, string>>, unknown]>([
  ['too many tokens', { 'main.tf': `locals {\n a = [${many(1_500_000, '1,')}]\n}` }, 'INPUT_TOO_LARGE'],
  ['too many blocks', { 'main.tf': many(1_000_000, 'a{}\n') }, 'INPUT_TOO_LARGE'],
  ['JSON of brackets', { 'main.tf.json': many(2_000_000, '[') }, 'INPUT_TOO_LARGE'],
  [
    'deep JSON',
    { 'main.tf.json': `{"locals":{"a":${many(90_000, '[')}${many(90_000, ']')}}}` },
    'unread: main.tf.json',
  ],
  ['a chain of names', { 'main.tf': `locals {\n a = b${many(200_000, '.b')}\n}` }, undefined],
  ['an open comment', { 'main.tf': `locals {\n a = /*${many(1_000_000, '/*')}` }, 'unread: main.tf'],
])('reads sources with %s, or refuses them soon', (_, files, expected) => {
  expect(soon(() => evaluated(files))).toEqual(expected);
});

it.each<[string, (folder: string) => void, string]>([
  ['a device', (at) => symlinkSync('/dev/zero', path.join(at, 'main.tf')), 'FILE_UNREADABLE'],
  ['a pipe', (at) => void execFileSync('mkfifo', [path.join(at, 'main.tf')]), 'FILE_UNREADABLE'],
  ['a long file', (at) => writeFileSync(path.join(at, 'main.tf'), Buffer.alloc(60_000_000, 32)), 'INPUT_TOO_LARGE'],
  [
    'many folders',
    (at) => {
      writeFileSync(path.join(at, 'main.tf'), '');
      mkdirSync(path.join(at, '.terraform/modules'), { recursive: true });
      const Modules = Array.from({ length: 30_000 }, (__, one) => ({ Key: `m${one}`, Dir: '.' }));
      writeFileSync(path.join(at, '.terraform/modules/modules.json'), JSON.stringify({ Modules }));
    },
    'INPUT_TOO_LARGE',
  ],
])('refuses a folder with %s', (_, write, code) => {
  const at = temporaryFolder();
  write(at);
  expect(soon(() => readFolder(at, '.', {}))).toBe(code);
});

it('reads a folder whose list of modules is a pipe', () => {
  const at = temporaryFolder();
  mkdirSync(path.join(at, '.terraform/modules'), { recursive: true });
  writeFileSync(path.join(at, 'main.tf'), '');
  for (const one of ['environment', 'modules/modules.json']) execFileSync('mkfifo', [path.join(at, '.terraform', one)]);
  expect(readFolder(at, '.', {})).toMatchObject({ workspace: 'default' });
});

const deep = (start: string, end: string): string => many(2_000, start) + many(2_000, end);

it.each<[string, () => unknown]>([
  [
    'calls of modules',
    () =>
      readTerraform(
        `{"format_version":"1.2","resource_changes":[],"configuration":{"root_module":{"a":${deep('{"module_calls":{"a":{"module":', '}}}').replace(':}', ':{}}')}}}}`,
      ),
  ],
  [
    'modules of a state',
    () => readTerraform(`{"format_version":"1.0","values":{"root_module":${deep('{"child_modules":[', ']}')}}}`),
  ],
  [
    'inputs of a preview',
    () => readPulumi(`{"steps":[{"op":"create","urn":"a","newState":{"inputs":{"a":${deep('[', ']')}}}}]}`),
  ],
  ['a change set', () => readChangeSet(`{"Changes":[${deep('[', ']')}]}`)],
  ['a template', () => readTemplate(`{"Resources":{"a":${deep('[', ']')}}}`)],
  ['a template of YAML', () => readTemplate(`Resources:\n  a: ${many(300, '[')}${many(300, ']')}`)],
  ['a template of YAML, and that of its reader', () => readTemplate(`Resources:\n  a: ${many(100_000, '[')}`)],
])('refuses %s that are too deep', (_, read) => {
  expect(soon(read)).toBe('INPUT_TOO_LARGE');
});

const sub = (name: string): object => ({ 'Fn::Sub': [many(10, `\${${name}}`), { [name]: 'x' }] });
const nested = (levels: number): object =>
  levels === 0 ? sub('a') : { 'Fn::Sub': [many(10, '${a}'), { a: nested(levels - 1) }] };
const conditions = Object.fromEntries(
  Array.from({ length: 60 }, (_, at) => [
    `C${at}`,
    at === 0
      ? { 'Fn::Equals': ['a', 'a'] }
      : { 'Fn::And': Array.from({ length: 10 }, () => ({ Condition: `C${at - 1}` })) },
  ]),
);

it.each<[string, object]>([
  ['texts of texts', { Resources: { A: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: nested(20) } } } }],
  [
    'conditions of conditions',
    { Conditions: conditions, Resources: { A: { Type: 'AWS::EC2::VPC', Condition: 'C59' } } },
  ],
  [
    'attributes in a circle',
    {
      Resources: {
        A: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: { 'Fn::GetAtt': ['B', 'CidrBlock'] } } },
        B: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: { 'Fn::GetAtt': ['A', 'CidrBlock'] } } },
      },
    },
  ],
])('refuses a template with %s soon', (_, template) => {
  const change = {
    Type: 'Resource',
    ResourceChange: { Action: 'Add', LogicalResourceId: 'A', ResourceType: 'AWS::EC2::VPC' },
  };
  const stack = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1';
  const changeSet = readChangeSet(
    JSON.stringify({ ChangeSetId: '1', StackId: stack, Status: 'CREATE_COMPLETE', Changes: [change] }),
  );
  expect(
    soon(() => judgeChangeSet(changeSet, readTemplate(JSON.stringify(template)), undefined, { plans: [plans] })),
  ).toBe('INPUT_TOO_LARGE');
});
