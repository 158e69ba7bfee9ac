import { readTerraform } from '@postern/core/internal/overlay';
import { terraformPlan } from '../../../core/src/overlay/terraform/plan.js';
import { readSources } from '../../src/terraform/read-sources.js';

const times = (count: number, of: (at: number) => string, between = ','): string =>
  Array.from({ length: count }, (_, at) => of(at)).join(between);
/** Local values that each have the one before many times. */
const tower = (first: string, next: (name: string) => string, high = 12): string =>
  [`a0 = ${first}`, ...Array.from({ length: high }, (_, at) => `a${at + 1} = ${next(`local.a${at}`)}`)].join('\n');
const BIG = tower('"xxxxxxxxxx"', (one) => `"${`\${${one}}`.repeat(10)}"`, 5);
const LIST = 'l = [for i in range(450) : [for j in range(200) : "${i}.${j}"]]\nf = flatten(local.l)';

/** Local values, and an expression that needs far too much with them. */
export const HOSTILE: Readonly<Record<string, readonly [locals: string, expression: string]>> = {
  'lists of lists': [tower('["x"]', (one) => `[${times(10, () => one)}]`), 'join("", flatten(local.a12))'],
  'a step into lists of lists': [tower('["x"]', (one) => `[${times(10, () => one)}]`), 'local.a12[0][0].id'],
  'objects of objects': [tower('{}', (one) => `{ ${times(9, (at) => `k${at} = ${one}`)} }`), 'jsonencode(local.a12)'],
  'texts of texts': [tower('"x"', (one) => `"${`\${${one}}`.repeat(10)}"`), 'local.a12'],
  'join of texts': [tower('"x"', (one) => `join(${one}, [${times(10, () => one)}])`), 'local.a12'],
  'format of texts': [tower('"x"', (one) => `format("%s%s%s%s%s%s%s%s", ${times(8, () => one)})`), 'local.a12'],
  'replace by texts': [BIG, 'replace(local.a5, "x", local.a5)'],
  'replace by a pattern': [BIG, 'replace(substr(local.a5, 0, 9999), "/x/", local.a5)'],
  'JSON in JSON': [tower('"\\""', (one) => `jsonencode([${one}, ${one}])`, 40), 'local.a40'],
  'concat of lists': [tower('["x"]', (one) => `concat(${times(10, () => one)})`), 'local.a12'],
  'concat of arguments': [
    tower('["x"]', (one) => `concat(${times(10, () => one)})`, 5),
    `concat(${times(500, () => 'local.a5')})`,
  ],
  'merge of objects': [LIST, 'merge([for k in local.f : { for j in local.f : "${k}${j}" => j }]...)'],
  'a chain': [tower('"x"', (one) => one, 20_000), 'local.a20000'],
  'a chain of lists': [tower('"x"', (one) => `[${one}]`, 20_000), 'local.a20000'],
  'deep brackets': ['', `${'['.repeat(1500)}${']'.repeat(1500)}`],
  'deep calls': ['', `${'max('.repeat(1200)}1${')'.repeat(1200)}`],
  'a for in a for': ['r = range(999)', '[for a in local.r : [for b in local.r : [for c in local.r : a]]]'],
  'a for that groups': [LIST, '{ for k in local.f : substr(k, 0, 1) => k... }'],
  'all pairs': [LIST, 'length(setproduct(local.f, local.f, local.f))'],
  intersections: [LIST, 'length(setintersection(local.f, [for k in local.f : "a${k}"]))'],
  subtractions: [LIST, 'length(setsubtract(local.f, [for k in local.f : "a${k}"]))'],
  'keys that match': [LIST, 'length(matchkeys(local.f, [for k in local.f : "a${k}"], local.f))'],
  'contains again and again': [LIST, '[for k in local.f : contains(local.f, "a${k}")]'],
  'comparisons of lists': [LIST, '[for k in local.f : local.f == local.l]'],
  'letters to trim': [BIG, 'trim(local.a5, join("", [for k in range(999) : local.a4]))'],
  'a wide form': ['', 'format("%400000000s", "x")'],
  'an exact form': ['', 'format("%.200f", 1)'],
  'a form of zeros': [
    'z = join("", [for a in range(999) : join("", [for b in range(999) : "0"])])',
    'format("%${local.z}", 1)',
  ],
  'a list of forms': [`${LIST}\n${BIG}`, 'formatlist("%s${local.a5}", local.f)'],
  'a pattern that goes back': ['', 'regex("((a+))+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")'],
  'a pattern that chooses': ['', 'regex("(a|aa)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")'],
  'a pattern that may': ['', `regex("${'a?'.repeat(40)}${'a'.repeat(40)}", "${'a'.repeat(40)}")`],
  'a pattern of many': [BIG, 'regex("a*a*a*a*a*a*a*$", replace(substr(local.a5, 0, 5000), "x", "a"))'],
  'patterns again and again': [LIST, `[for k in local.f : regexall("a*a*a*b", "${'a'.repeat(200)}")]`],
  'numbers without end': ['', 'distinct([1 / 0, 0 / 0])'],
  'letters as a list': [BIG, 'split("", join("", [for k in range(900) : substr(local.a5, 0, 40000)]))'],
  'JSON of brackets': ['', `jsondecode("${'['.repeat(60_000)}${']'.repeat(60_000)}")`],
  'YAML of aliases': [
    '',
    `yamldecode("a0: &a0 [x]\\n${times(12, (at) => `a${at + 1}: &a${at + 1} [${times(10, () => `*a${at}`)}]`, '\\n')}")`,
  ],
  'YAML of brackets': ['', `yamldecode("${'['.repeat(30_000)}")`],
  'a template of itself': ['t = "$${templatestring(t, { t = t })}"', 'templatestring(local.t, { t = local.t })'],
  'templates of templates': [
    't = "$${templatestring(t, { t = t })}$${templatestring(t, { t = t })}"',
    'templatestring(local.t, { t = local.t })',
  ],
  'many arguments': [LIST, 'max(local.f...)'],
  'many lists': [LIST, 'formatlist("%s", [for k in local.f : [k]]...)'],
};

/** The value of an expression that a plan leaves open, as the sources have it. */
export function evaluated(files: Readonly<Record<string, string>>): unknown {
  const { sources, unread } = readSources({ modules: new Map([['', new Map(Object.entries(files))]]) });
  const change = { actions: ['create'], before: null, after: {}, after_unknown: { test: true } };
  const resource = { address: 'a.test', mode: 'managed', type: 'a', name: 'test', change };
  const document = readTerraform(
    JSON.stringify({ format_version: '1.2', resource_changes: [resource] }),
    undefined,
    sources,
  );
  const plan = terraformPlan(document);
  const [test] = plan.instances;
  const found = plan.references(
    () => undefined,
    () => undefined,
  );
  return unread.length > 0 ? `unread: ${unread.join()}` : found.exact?.(test!, ['test'])?.value;
}

/** The files of a case. */
export function filesOf([locals, expression]: readonly [string, string]): Readonly<Record<string, string>> {
  return { 'main.tf': `locals {\n${locals}\n}\nresource "a" "test" {\n  test = ${expression}\n}\n` };
}
