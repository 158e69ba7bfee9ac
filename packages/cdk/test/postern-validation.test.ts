import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { PosternValidation } from '@postern/cdk';
import { sharedTemporaryFolder } from '../../core/test/temporary-folder.js';

const temporary = sharedTemporaryFolder();
const example = readFileSync(new URL('../../../examples/cloudformation/template.yaml', import.meta.url), 'utf8');

/** An assembly with a stack in a stage, whose integration names an export of another one: the path of its template. */
function assembly(name: string): string {
  const stage = { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } };
  const stack = {
    type: 'aws:cloudformation:stack',
    environment: 'aws://unknown-account/eu-west-1',
    properties: { templateFile: 'Shop.template.json' },
  };
  const folder = path.join(temporary(), name);
  mkdirSync(path.join(folder, 'assembly-Prod'), { recursive: true });
  const write = (file: string, text: string): void => writeFileSync(path.join(folder, file), text);
  write('manifest.json', JSON.stringify({ artifacts: { Prod: stage } }));
  write('assembly-Prod/manifest.json', JSON.stringify({ artifacts: { Shop: stack } }));
  write('assembly-Prod/Shop.template.json', example.replace('!Ref Listener', '!ImportValue other'));
  return path.join(folder, 'assembly-Prod/Shop.template.json');
}

it.each([
  ['error', true, 'info'],
  ['unknown', false, 'error'],
] as const)('reports what is undecided at its construct: failOn %s', (failOn, success, severity) => {
  const template = assembly(failOn);
  const report = new PosternValidation({ failOn }).validate({ templatePaths: [template] });
  expect(report.success).toBe(success);
  expect(report.violations).toMatchObject([
    { severity, violatingResources: [{ resourceLogicalId: 'OrdersRoute', templatePath: template, locations: [] }] },
  ]);
  expect(report.violations[0]?.description).toContain('the export other of another stack');
});

it('refuses a snapshot that cannot be read, and a folder without a manifest', () => {
  const plugin = new PosternValidation({ snapshot: path.join(temporary(), 'missing.json') });
  expect(() => plugin.validate({ templatePaths: [assembly('missing')] })).toThrow(/missing\.json/);
  expect(() => plugin.validate({ templatePaths: [path.join(temporary(), 'none/Shop.template.json')] })).toThrow(
    /none.manifest\.json: the file or its folder does not exist/,
  );
});
