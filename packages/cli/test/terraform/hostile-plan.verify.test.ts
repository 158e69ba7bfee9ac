import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { recordedPlans } from '../plans/recorded/recorded.js';
import { sample } from '../../../core/test/runs.js';
import { folder, run } from '../run-command.js';

type Tree = null | boolean | number | string | Tree[] | { [key: string]: Tree };

/** What has controlled terminals, CI systems, XML, Markdown and HTML. A lone surrogate cannot be written as UTF-8. */
const NAMES: readonly (readonly [name: string, text: string])[] = [
  ['HTML', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
  ['quotes', `"'\\"]["x"].y[0]`],
  ['controls', '\u001b[31m\u0007\u0000\r\n::error::x\n##vso[task.complete]'],
  ['bidi and breaks', '\u202eevil\u2066\u2028\u2029\u200b'],
  ['lone surrogates', '\ud800x\udfff'],
  ['Markdown and CDATA', '](javascript:1) | a | ]]> ```\n# b'],
  ['templates', '${path.module} %{if true} {{x}} {0}'],
  ['a long text', 'x'.repeat(100_000)],
];

/** A plan each of whose resources has the text as its `for_each` key, and as names and descriptions. */
function hostile(plan: string, text: string): string {
  const of = (tree: Tree): Tree => {
    if (Array.isArray(tree)) return tree.map(of);
    if (typeof tree !== 'object' || tree === null) return tree;
    const members = Object.entries(tree).map(([key, value]): [string, Tree] => {
      if (key === 'address' && typeof value === 'string' && typeof tree['type'] === 'string' && 'change' in tree)
        return [key, `${value.replace(/\[[^\]]*\]$/, '')}[${JSON.stringify(text)}]`];
      return [key, ['description', 'tags'].includes(key) && value !== null ? named(value) : of(value)];
    });
    return { ...Object.fromEntries(members), ...('change' in tree && 'type' in tree && { index: text }) };
  };
  const named = (value: Tree): Tree =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, Name: text } : text;
  return JSON.stringify(of(JSON.parse(plan) as Tree));
}

describe('hostile names in a Terraform plan', () => {
  const plans = sample(
    recordedPlans().filter(({ text }) => text.includes('aws_apigatewayv2_vpc_link')),
    12,
  );
  const cases = plans.flatMap((plan) => NAMES.map(([name, text]) => [`${plan.name}: ${name}`, plan, text] as const));

  // Seven and the number of names have no common divisor: each name takes its turn.
  it.each(sample(cases, 7, 5))('%s', async (_, plan, text) => {
    const cwd = folder();
    writeFileSync(path.join(cwd, 'plan.json'), hostile(plan.text, text));
    writeFileSync(path.join(cwd, 'base.json'), JSON.stringify(plan.base));
    const kinds = ['sarif', 'junit', 'md', 'json'];
    const asked = kinds.flatMap((kind) => ['--report', `${kind}=out.${kind}`]);
    const { status, out, err } = await run(['check', '--terraform', 'plan.json', '--snapshot', 'base.json', ...asked], {
      cwd,
    });
    expect([0, 3], err).toContain(status);
    const [sarif = '', junit = '', md = '', json = ''] = kinds.map((kind) =>
      readFileSync(path.join(cwd, `out.${kind}`), 'utf8'),
    );
    const { integrations } = JSON.parse(json) as { integrations: readonly { address: string }[] };
    expect(integrations.length).toBeGreaterThan(0);
    expect(() => JSON.parse(sarif) as unknown).not.toThrow();
    for (const shown of [out, err, sarif, junit, md, json]) {
      expect(shown).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069\u2028\u2029\u200b]/u);
      expect(shown).not.toMatch(/^\s*::[A-Za-z]/m);
      expect(shown).not.toMatch(/^##\w*\[/m);
      expect(shown).not.toMatch(/\p{Cs}/u);
    }
    for (const page of [await marked.parse(md), junit]) expect(page).not.toMatch(/<script|<img|href="javascript/);
    expect(junit).not.toMatch(/\]\]>(?!<|$)/m);
  });
});
