import { expect, it } from 'vitest';
import { readTerraform } from '@postern/core/internal/overlay';
import { terraformPlan } from '../../../core/src/overlay/terraform/plan.js';
import { readSources } from '../../src/terraform/read-sources.js';

const FILES: Readonly<Record<string, string>> = {
  './catalog.yaml': 'routes:\n  - { key: "GET /a", backend: web }\n',
  './page.tftpl':
    '%{ for name, port in ports ~}\n${name}=${port}%{ if port == 443 } (tls)%{ else } (plain)%{ endif }\n%{ endfor ~}\nend',
  './rows.csv': 'name,port\nweb,80\n"a ""b"", c",443\n',
};

/** The value of an attribute of the resource `a`, which the plan leaves open in `unknown`. The API `a` is created. */
function valueAt(body: string, path: readonly (string | number)[], after: object, unknown: object): unknown {
  const main = `
    locals { ports = { web = 80, api = 443 }, }
    resource "a" "test" { ${body} }`.replace(', }', ' }');
  const modules = new Map([['', new Map([['main.tf', main]])]]);
  const read = { modules, folders: new Map([['', '.']]), text: (file: string) => FILES[file], workspace: 'stage' };
  const { sources, unread } = readSources(read);
  expect(unread).toEqual([]);
  const instance = (type: string, name: string, after: object, after_unknown: object): object => {
    const change = { actions: ['create'], before: null, after, after_unknown };
    return { address: `${type}.${name}`, mode: 'managed', type, name, change };
  };
  const changes = [instance('a', 'test', after, unknown), instance('api', 'a', {}, { id: true })];
  const plan = terraformPlan(
    readTerraform(JSON.stringify({ format_version: '1.2', resource_changes: changes }), undefined, sources),
  );
  const symbolOf = ({ type }: { readonly type: string }, attribute: string): string | undefined =>
    type === 'api' && attribute === 'id' ? 'api-1' : undefined;
  const references = plan.references(symbolOf, () => ({ block: ['text', 'kind'] }));
  const [test] = plan.instances;
  return references.exact?.(test!, path)?.value;
}

function evaluated(text: string): unknown {
  return valueAt(`test = ${text}`, ['test'], {}, { test: true });
}

it('knows blocks of a set that look alike in the plan, in any order', () => {
  const body = `
    dynamic "block" {
      for_each = local.ports
      content { text = "${'${api.a.id}'}:${'${block.value}'}" }
    }
    block { kind = "other" }`;
  const open = { text: true };
  const after = { block: [{ kind: 'other' }, { kind: '' }, { kind: '' }] };
  const at = (number: number): unknown => valueAt(body, ['block', number, 'text'], after, { block: [{}, open, open] });
  expect([at(1), at(2)]).toEqual(['api-1:443', 'api-1:80']);
  expect(valueAt(body, ['block', 0, 'text'], { block: [{ kind: '' }, { kind: 'other' }] }, { block: [open, {}] })).toBe(
    undefined,
  );
});

it.each<[expression: string, value: unknown]>([
  ['trimprefix("svc-web", "svc-")', 'web'],
  ['trimsuffix("web.svc", ".svc")', 'web'],
  ['substr("svc-web", 4, -1)', 'web'],
  ['substr("hello", -3, 2)', 'll'],
  ['regex("/([a-z]+)/", "GET /web/{p}")[0]', 'web'],
  ['regex("(?P<verb>[A-Z]+) ", "GET /web").verb', 'GET'],
  ['try(regex("x", "y"), "none")', 'none'],
  ['regexall("[a-z]", "a1b")', ['a', 'b']],
  ['index(["a", "b"], "b")', 1],
  ['matchkeys(["i-1", "i-2"], ["a", "b"], ["b"])', ['i-2']],
  ['jsondecode("{\\"a\\":[1]}").a[0]', 1],
  ['yamldecode(file("${path.module}/catalog.yaml")).routes[*].backend', ['web']],
  ['fileexists("./rows.csv")', true],
  ['templatefile("./page.tftpl", { ports = local.ports })', 'api=443 (tls)\nweb=80 (plain)\nend'],
  ['jsonencode({ b = [1, true, null], a = "x" })', '{"a":"x","b":[1,true,null]}'],
  ['jsonencode({ uri = "http://${api.a.id}:80", port = 80 })', '{"port":80,"uri":"http://api-1:80"}'],
  ['terraform.workspace', 'stage'],
  ['formatlist("%s:%03d", ["a", "b"], 7)', ['a:007', 'b:007']],
  ['format("%-4s|%5.1f|%q|%%", "ab", 1.25, "c")', 'ab  |  1.3|"c"|%'],
  ['replace("a-b", "/(\\\\w)-(\\\\w)/", "$2-$1")', 'b-a'],
  ['join(",", sort(setsubtract(["a", "b", "c"], ["b"])))', 'a,c'],
  ['cidrhost("10.0.0.0/24", -2)', '10.0.0.254'],
  ['cidrsubnets("10.0.0.0/16", 4, 8, 4)', ['10.0.0.0/20', '10.0.16.0/24', '10.0.32.0/20']],
  ['range(1, 7, 3)', [1, 4]],
  ['chunklist(["a", "b", "c"], 2)', [['a', 'b'], ['c']]],
  ['tostring(80) == "80" ? title("ab cd") : ""', 'Ab Cd'],
  ['7 % 4 * 2 - -1', 7],
  ['!(1 < 2 && true || false)', false],
  ['{ for k, v in local.ports : v => k... if v > 80 }', { 443: ['api'] }],
  ['[for v in values(local.ports) : v]', [443, 80]],
  ['{ (local.ports.web) = 1, "b-${2}" : 2, c-d = 3 }', { 80: 1, 'b-2': 2, 'c-d': 3 }],
  ['[{ a = [1, 2] }][*].a[1]', [2]],
  ['[{ a = [1] }, { a = [2] }].*.a[1]', [2]],
  ['max([1, 5, 3]...)', 5],
  ['<<-EOT\n    a\n\n      ${"b"}\n    EOT\n', 'a\n\n  b\n'],
  [
    '<<-EOT\n    a:\n    %{~ if true ~}\n      b: 1\n    %{~ endif ~}\n      c\n    EOT\n',
    '    a:\n      b: 1\n      c\n',
  ],
  ['<<-EOT\n    %{ for a in ["x", "y"] ~}\n      ${a}\n    %{ endfor }\n    EOT\n', '      x\n      y\n\n'],
  ['<<EOT\na:\n  %{~ if true ~}\n  b: 1\n%{~ endif ~}\n  c\nEOT\n', 'a:\n  b: 1  c\n'],
  ['"a %{~ if true ~} \\n b %{~ endif ~}\\t\\nc"', 'abc'],
  ['"%{ if true }${5}%{ endif }"', '5'],
  ['"$${a} \\u00e9 %%{ ${~ "b" ~} "', '${a} é %{b'],
  ['provider::x::y(1)', undefined],
  ['file("../secret")', undefined],
])('%s', (expression, value) => {
  expect(evaluated(expression)).toEqual(value);
});
