// Writes docs/errors.md, docs/checks.md, docs/spec.md, docs/planner.md, docs/commands.md, docs/handover.md, docs/plan-types.md and docs/errors-to-commands, and checks that every relative link in the documentation leads somewhere, and that paths and members in backticks exist.
//   node scripts/check-docs.mjs [--write]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { commandNames, commandsPage, optionNames } from './commands-page.mjs';
import { errorPages, FOLDER } from './errors-to-commands.mjs';
import { moduleOf } from './module-of.mjs';
import { optionsPage } from './option-tables.mjs';
import { specPage } from './spec-page.mjs';
import { missingNames } from './named-in-docs.mjs';
import { handoverPage } from './handover-page.mjs';
import { planTypesPage } from './plan-types-page.mjs';
import { inLines, longLines, WIDTH, wrapMarkdown } from './wrap-markdown.mjs';
import { ROOT, filesBelow } from './workspace.mjs';
import { checkTranslations } from './zh-pages.mjs';

const CODE = /^ {2}([A-Z_]+):\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/gm;
const SECTION = /^ {2}\/\/ (.*)$/gm;

/** docs/errors.md as it should be. */
export function errorsPage() {
  const source = readFileSync(path.join(ROOT, 'packages/core/src/ground/error-codes.ts'), 'utf8');
  const marks = [
    ...[...source.matchAll(SECTION)].map((match) => ({
      at: match.index,
      text: `\n## ${match[1]}\n\n| code | meaning |\n| --- | --- |`,
    })),
    ...[...source.matchAll(CODE)].map((match) => ({
      at: match.index,
      text: `| \`${match[1]}\` | ${(match[2] ?? match[3]).replace(/\\(.)/g, '$1')} |`,
    })),
  ].sort((a, b) => a.at - b.at);
  return `# Error codes

<!-- Written by \`node scripts/check-docs.mjs --write\` from \`packages/core/src/ground/error-codes.ts\`. -->

Every error that Postern throws is a \`PosternError\` with one of these codes, a message and a remedy. A code never
changes its meaning. Where a cloud refused a call, \`CloudError\` has the cloud's own error as \`cause\`.

\`details\` has facts for programs, where there are some. \`problems\` are all problems of a text, twenty at most, and
\`count\` says how many there are; \`also\` are the further errors of a call, \`likewise\` further places with the same
error. Each of \`problems\` and \`also\` has \`code\`, \`message\`, \`remedy\` and \`place\`. Of a step of \`ensure\` that failed, \`operation\` and \`requestId\` name the call of the cloud, and there is no
\`cause\`.
${marks.map((mark) => mark.text).join('\n')}
`;
}

/** Every rule that findings can be of, as the registries of core have them: of specs, and of what only a move brings. */
function rules() {
  return moduleOf(
    'cli',
    `import { rulesOf } from '../../core/src/check/checks/registry.ts';
     import { clouds } from '../../core/src/do/kinds/cloud/clouds.ts';
     import { cloud as aws } from '@postern/aws/cloud';
     import { cloud as alibaba } from '@postern/alibaba/cloud';
     const set = clouds([aws, alibaba]);
     export const RULES = rulesOf(set);
     import { migrationChecksOf } from '../../core/src/moves/validate/checks/index.ts';
     export const MIGRATION_CHECKS = migrationChecksOf(set);`,
  );
}

/** A longer list of codes is folded. */
const MOST_CODES = 12;

/** The codes of a check's findings; those of a table that several checks share are listed once. */
function codesText(codes = [], before = []) {
  if (codes.length === 0) return [];
  const first = before.find((one) => one.codes === codes);
  if (first !== undefined) return ['', `Codes: those of [${first.id}](#${first.id.replace('/', '')}).`];
  const all = codes.map((code) => `\`${code}\``).join(', ');
  if (codes.length <= MOST_CODES) return ['', `Codes: ${all}.`];
  return ['', `<details><summary>${codes.length} codes</summary>`, '', `${all}.`, '', '</details>'];
}

const SAMPLES = path.join(ROOT, 'packages/core/test/check/samples');

/** A finding of the check, as its test has it. */
function sampleText(id) {
  const file = path.join(SAMPLES, `${id.replace('/', '-')}.txt`);
  if (!existsSync(file)) throw new Error(`${id} has no sample: packages/core/test/check/samples has none`);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return ['', 'A sample:', '', '```text', ...lines.flatMap((line) => inLines(line, '  ')), '```'];
}

/** A page of a provider by its last words: `http-api-vpc-links` of docs.aws.amazon.com. */
function sourceLink(source) {
  const { pathname, hash } = new URL(source);
  const [last = ''] = pathname.split('/').filter(Boolean).slice(-1);
  return `[${last.replace(/\.\w+$/, '')}${hash}](${source})`;
}

/** A table of rules, each of which leads to its section; and the sections. */
function rulesText(rules) {
  const rows = rules.map(
    ({ id, severity, title }) => `| [\`${id}\`](#${id.replace('/', '')}) | ${severity} | ${title} |`,
  );
  const sections = rules.map(({ id, severity, title, about, unsettled = [], sources = [], codes }, at) =>
    [
      `## ${id}`,
      '',
      `**${title}.** Severity: ${severity}.`,
      '',
      about,
      ...sampleText(id),
      ...codesText(codes, rules.slice(0, at)),
      ...(sources.length === 0 ? [] : ['', `Sources: ${sources.map(sourceLink).join(', ')}.`]),
      ...(unsettled.length === 0
        ? []
        : ['', 'No source settles this [U], or it is inferred [I]:', '', ...unsettled.map((fact) => `- ${fact}`)]),
    ].join('\n'),
  );
  return `| check | severity | condition |
| --- | --- | --- |
${rows.join('\n')}

${sections.join('\n\n')}
`;
}

/** docs/checks.md as it should be. */
export function checksPage() {
  const { RULES, MIGRATION_CHECKS } = rules();
  return `# Checks

<!-- Written by \`node scripts/check-docs.mjs --write\` from \`packages/core/src/check/checks\`. -->

\`postern check\` runs all checks but [those of a move](#checks-of-a-move). Each returns a verdict for each resource that it concerns:

- **pass**: the condition holds. It has no severity.
- **fail**: it does not hold. With severity \`error\`, a creation, a call or the service's own verification fails. With \`warning\`, it works, but it is
  fragile, wider than needed, or against a recommendation that the vendor does not enforce. A \`note\` is information only.
- **unknown**: a fact is missing. The message names the fact and the permission that would supply it. A missing fact never passes a check.

A finding may have another severity than its check where it concerns less, or more, than usual. A finding can be ignored in the spec, until a date: \`ignore: [{ check: link/single-zone, subject: link eu, reason: moves in May, until: '2027-05-31' }]\`; it is shown as suppressed until the end of
that day. \`path/*\` matches a family, and \`*\` in a subject matches any text. [Custom checks](write-a-check.md) run together with these.

Each finding has a code, which identifies the statement of its check. The meaning of a code never changes. Sentences may change.

Facts that no API returns can be written into the spec. A verdict that depends on one says so, and the report lists all of them:

\`\`\`yaml
assume:
  internalBlocks: { cn-hangzhou: [10.200.0.0/16] } # blocks that the gateway service uses itself in a region
  returnPaths: [192.168.0.0/16] # blocks behind a VPN or a dedicated line whose routers return answers to the link
  stageVariables: { a1b2c3d4e5: { $default: { host: orders.internal } } } # by gateway, stage and name
  registries: { '10.0.0.5:8848': [10.0.1.7:8080] } # servers that a registry returns, for a move
  hosts: { orders: { orders: [orders.internal] } } # the Host header of calls, by integration and target
integrations:
  orders:
    # admits is the backend's own firewall, which no API returns
    targets: { orders: { instance: lb-bp1x2y3z, port: 8080, admits: [10.0.0.0/16] } }
\`\`\`

\`postern check\` ends with status 3 at a failure of severity \`error\`; with \`--fail-on warning\` at warnings, too; with \`--fail-on unknown\` also
where an error cannot be excluded. \`--json\`, \`--sarif\`, \`--junit\` and \`--md\` are the same report in other formats. \`--snapshot FILE\` checks a file of
\`postern snapshot\` without any call. \`postern explain INTEGRATION [ROUTE]\` shows the path hop by hop,
\`postern explain GET /orders/7\` that of a call; \`postern explain\` lists integrations and routes.

A SARIF report names the spec by its path from the root of the repository that the working folder is in, or from the working folder: code scanning expects
it there. Its rules contain their text and the URLs of their sources (\`help\`). They have no \`helpUri\`, because this page has no public URL. A failed read is reported once in all formats except \`--json\`, which reports it for each list that is incomplete
because of it.

A move has [further checks](#checks-of-a-move). Each check names the pages that its facts come from. Where no source settles a fact that decides, the
verdict is unknown.

${rulesText(RULES)}
## Checks of a move

\`postern migrate validate\` applies the checks above, and these, to the backends of an API group or of routes as they would be behind the new link:
see [Validate a move](migration.md#validate-a-move). A spec cannot ignore their findings. An unknown can be accepted with \`--accept-unknown CHECK[:SUBJECT]\`. A check
of one cloud does not run for the other.

${rulesText(MIGRATION_CHECKS)}`;
}

/** A page that a person writes, with the tables at its end that are written from code. They begin with a comment. */
function withTables(name, tables) {
  const [page] = readFileSync(path.join(ROOT, name), 'utf8').split(/^<!-- Written from here on/m);
  return `${page.trimEnd()}\n\n${tables}`;
}

/** Pages that name what was there on their day, or operations of the clouds. */
const DATED = /(?:decisions[\\/].+|CHANGELOG|OPERATIONS)\.md$/;

const LINK = /\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g;

/** Every page that a person reads, but the list of public names, with its text. */
function readPages() {
  return [
    ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md'].map((name) => path.join(ROOT, name)),
    ...['docs', 'packages', 'examples', 'bench', 'site', 'skills'].flatMap((folder) =>
      filesBelow(path.join(ROOT, folder), (file) => file.endsWith('.md')),
    ),
  ]
    .filter((file) => existsSync(file) && !file.endsWith('api.md'))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
}

/** Options that only the list of all options has: no page explains what they are for. */
function unexplainedOptions(pages) {
  const explaining = pages.filter(
    ({ file }) => !/(?:docs[\\/]commands|decisions[\\/].+|CHANGELOG|CONTRIBUTING|OPERATIONS)\.md$/.test(file),
  );
  const named = new Set(explaining.flatMap(({ text }) => text.match(/--[a-z][\w-]*/g) ?? []));
  return [...optionNames()].flatMap(([option, usage]) =>
    named.has(option) ? [] : [`docs: no page explains ${option} of postern ${usage}`],
  );
}

/** A review of security reads this table: no command may be missing in it. */
function untrustedCommands(pages) {
  const { text } = pages.find(({ file }) => file === path.join(ROOT, 'docs/trust.md'));
  const [, table = ''] = /^## What it may do\n([\s\S]*?)^## /m.exec(text) ?? [];
  return commandNames().flatMap((name) =>
    table.includes(`\`${name}\``) ? [] : [`docs/trust.md: no row has postern ${name}`],
  );
}

/** But what a command printed. */
function tooLong(pages) {
  const written = pages.filter(({ file }) => !/(?:OPERATIONS|docs[\\/]commands|examples[\\/].+)\.md$/.test(file));
  return written.flatMap(({ file, text }) =>
    longLines(text).map((line) => `${path.relative(ROOT, file)}:${line}: ends behind column ${WIDTH}`),
  );
}

function brokenLinks(pages) {
  return pages.flatMap(({ file, text }) =>
    [...text.matchAll(LINK)]
      .filter((match) => !existsSync(path.resolve(path.dirname(file), match[1])))
      .map((match) => `${path.relative(ROOT, file)}: ${match[1]} leads nowhere`),
  );
}

export function checkDocs({ write }) {
  const problems = [];
  const ofErrors = errorPages();
  for (const file of filesBelow(path.join(ROOT, FOLDER))) {
    const name = path.relative(ROOT, file).replaceAll(path.sep, '/');
    if (!Object.hasOwn(ofErrors, name)) problems.push(`${name} has no story; delete it`);
  }
  for (const [name, page] of Object.entries({
    'docs/errors.md': errorsPage(),
    'docs/checks.md': checksPage(),
    'docs/spec.md': specPage(),
    'docs/planner.md': withTables('docs/planner.md', optionsPage()),
    'docs/commands.md': commandsPage(),
    'docs/handover.md': withTables('docs/handover.md', handoverPage()),
    'docs/plan-types.md': planTypesPage(),
    ...ofErrors,
  })) {
    const file = path.join(ROOT, name);
    const wrapped = wrapMarkdown(page);
    if (write) writeFileSync(file, wrapped);
    else if (!existsSync(file) || readFileSync(file, 'utf8') !== wrapped)
      problems.push(`${name} is out of date; run: node scripts/check-docs.mjs --write`);
  }
  const pages = readPages();
  return [
    ...problems,
    ...checkTranslations({ write }),
    ...brokenLinks(pages),
    ...missingNames(pages.filter(({ file }) => !DATED.test(file))),
    ...unexplainedOptions(pages),
    ...untrustedCommands(pages),
    ...tooLong(pages),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const problems = checkDocs({ write: process.argv.includes('--write') });
  for (const problem of problems) console.error(problem);
  process.exit(problems.length ? 1 : 0);
}
