// Packs plans, their configurations and the right verdicts of a folder, which has a folder for each form.
//   node --import ./scripts/sources/register.mjs packages/cli/test/plans/public/pack-forms.ts FOLDER
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Snapshot } from '@postern/core/internal/library';
import { filesInPlan } from '../../../src/terraform/archive.js';
import { besideArchive, plannedFolder } from '../../../src/terraform/plan-file.js';
import { PACKED, type PublicForm, type PublicForms, type PublicSources } from './public-forms.js';

const [at = '.'] = process.argv.slice(2);
const cwd = path.resolve(at);
const io = { cwd, env: {}, stdout: process.stdout, stderr: process.stderr, signal: undefined };

const textOf = (name: string): string => readFileSync(path.join(cwd, name), 'utf8');
const json = (name: string): any => JSON.parse(textOf(name));
const isThere = (name: string): boolean => existsSync(path.join(cwd, name));

/** The texts of a configuration, with all files of it that are templates. */
async function sourcesOf(name: string): Promise<PublicSources | undefined> {
  const [plan, source] = [`${name}/plan.json`, `${name}/tfplan`];
  const archive = isThere(source) ? readFileSync(path.join(cwd, source)) : undefined;
  const found = archive
    ? besideArchive(io as never, source, filesInPlan(archive, source), archive)
    : (await plannedFolder(io as never, plan, textOf(plan)))?.configuration;
  if (found === undefined) return undefined;

  const texts = [...found.modules].map(([key, files]) => [key, Object.fromEntries(files)] as const);
  const words = new Set(texts.flatMap(([, files]) => Object.values(files)).flatMap((text) => text.split(/["\s]/)));
  const names = [...words].flatMap((word) => /[\w-][\w./-]*\.\w+$/.exec(word)?.[0] ?? []);
  const files = names.flatMap((one) => {
    const text = found.text?.(one);
    return text === undefined || one.endsWith('.tf') ? [] : [[one, text] as const];
  });
  const folders = found.folders && { folders: Object.fromEntries(found.folders) };
  return { modules: Object.fromEntries(texts), ...folders, files: Object.fromEntries(files) };
}

const snapshots: Snapshot[] = [];

function placeOf(snapshot: Snapshot): number {
  const text = JSON.stringify(snapshot);
  const found = snapshots.findIndex((one) => JSON.stringify(one) === text);
  return found < 0 ? snapshots.push(snapshot) - 1 : found;
}

async function formOf(name: string, expected: readonly string[], named?: string): Promise<PublicForm> {
  const cloud = name.startsWith('alicloud') ? 'alibaba' : 'aws';
  const over = placeOf(json(isThere(`${name}/base.json`) ? `${name}/base.json` : `snapshots/${cloud}-empty.json`));
  const more = { over, expected, ...(named === undefined ? {} : { named }) };
  if (isThere(`${name}/change-set.json`)) {
    const [plan, template] = [textOf(`${name}/change-set.json`), textOf(`${name}/template.json`)];
    return { option: 'changeSet', plan, template, ...more };
  }
  if (isThere(`${name}/preview.json`)) return { option: 'pulumi', plan: textOf(`${name}/preview.json`), ...more };

  const sources = await sourcesOf(name);
  return {
    option: 'terraform',
    plan: textOf(`${name}/plan.json`),
    ...(sources === undefined ? {} : { sources }),
    ...more,
  };
}

const forms: Record<string, PublicForm> = {};
const named: Readonly<Record<string, string>> = json('named.json');
for (const [name, expected] of Object.entries<string[]>(json('expected.json')))
  forms[name] = await formOf(name, expected, named[name]);
const text = Buffer.from(JSON.stringify({ snapshots, forms } satisfies PublicForms));
const packed = brotliCompressSync(text, {
  params: {
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  },
});
writeFileSync(PACKED, packed);
console.log(`${Object.keys(forms).length} forms, ${text.length} bytes, packed ${packed.length}`);
