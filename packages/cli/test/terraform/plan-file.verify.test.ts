import { zipSync, strToU8 } from 'fflate';
import { expect, it } from 'vitest';
import { filesInPlan } from '../../src/terraform/archive.js';
import { readSources } from '../../src/terraform/read-sources.js';
import { planOf, sourcesOf, TOLD, verdictsOf, type ToldForm } from '../plans/told/told.js';

/** Forms of well-known modules, with their configuration. */
const MODULES = Object.entries(TOLD.forms).filter(([, { sources }]) => sources !== undefined);

/** A plan file: Terraform keeps the sources of the root and of each call. */
function archiveOf(form: ToldForm, more: Readonly<Record<string, string>> = {}): Uint8Array {
  const files = [...(sourcesOf(form) ?? [])].flatMap(([call, texts]) =>
    [...texts].map(([file, text]) => [`tfconfig/m-${call}/${file}`, strToU8(text)] as const),
  );
  const others = Object.entries({ tfplan: 'plan', ...more }).map(([name, text]) => [name, strToU8(text)] as const);
  return zipSync(Object.fromEntries([...others, ...files]));
}

interface Change {
  readonly address: string;
  readonly change: { readonly after: Record<string, unknown> | null; readonly after_unknown: Record<string, unknown> };
}

/** The plan as Terraform writes it where one value of a map is open and the module takes parts of it by `try`: each attribute is open. */
function opened(text: string): string {
  const plan = JSON.parse(text) as { readonly resource_changes: readonly Change[] };
  const changes = plan.resource_changes.map((one) => {
    const { after, after_unknown: unknown } = one.change;
    if (after === null || !one.address.startsWith('module.')) return one;
    const scalars = Object.keys(after).filter((name) => typeof after[name] !== 'object' && after[name] !== null);
    const kept = Object.fromEntries(Object.entries(after).filter(([name]) => !scalars.includes(name)));
    const marks = { ...unknown, ...Object.fromEntries(scalars.map((name) => [name, true])) };
    return { ...one, change: { ...one.change, after: kept, after_unknown: marks } };
  });
  return JSON.stringify({ ...plan, resource_changes: changes });
}

it.each(MODULES)('has the configuration of %s', async (_, form) => {
  const { sources, unread } = readSources({ modules: filesInPlan(archiveOf(form), 'tfplan') });
  expect(unread).toEqual([]);
  const { expected, withSources = expected } = form;
  expect(await verdictsOf(form, planOf(form), sources)).toEqual(withSources);
  expect(await verdictsOf(form, opened(planOf(form)), sources)).toEqual(withSources);
});

it('is read as far as its sources are in the language', async () => {
  const files = new Map([
    [
      '',
      new Map([
        ['main.tf', 'resource "a" {'],
        ['b.tf', 'locals { a = 1 }'],
      ]),
    ],
  ]);
  const { sources, unread } = readSources({ modules: files });
  expect(unread).toEqual(['main.tf']);
  expect(sources.modules.get('')?.locals).toEqual({ a: { is: 'value', value: 1 } });
});
