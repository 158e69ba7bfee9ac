// Counts what may only become less: files that branch on a kind or a provider, and phrases that plain English does without.
//   node scripts/ratchets.mjs            the counts, and where the phrases are that users see most
//   node scripts/ratchets.mjs --list ID  every line of one count
//   node scripts/ratchets.mjs --lower    writes the present numbers of the subjects and packages as their limits, where they fell
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { importsOf } from './check-imports.mjs';
import { ROOM, corners } from './layers.mjs';
import { linesBySubject, linesOf } from './subjects.mjs';
import { PACKAGES, ROOT, filesBelow, packageFolder } from './workspace.mjs';

const KIND =
  /'(?:vpc-link-v[12]|integration-instance|dedicated-instance|http-api|rest-api|websocket-api|api-group|apig-gateway|apig-http-api)'/;
const BRANCH = /'(?:apiGroup|apigHttpApi|httpApi|restApi|webSocketApi)' in |provider [!=]== '|[!=]== '(?:aws|alibaba)'/;

/** Words of one cloud: its name, its products and types of its resources. */
const CLOUD_WORD =
  /\b(?:aws|amazon|alibaba|aliyun|alicloud|acs:|arn:|vpc-link|vswitch|vsw-|apig|api-group|apiGroup|httpApi|restApi|webSocketApi|apigHttpApi|ECS|CLB|ALB|NLB|Cloud Map|API Gateway|integration-instance|dedicated-instance)/i;

/** Discouraged in `shared` prose: what the table of plain words replaces. */
const PHRASES =
  /\b(?:nobody|somebody|anybody)\b|\bof ours\b|\bis told\b|\bare told\b|\blies? apart\b|\bleads? elsewhere\b|\bfall(?:s|en)? (?:asleep|ill)\b|\bis no [a-z]+\b|\bstands? in\b|\bit is not said\b/i;

/** Taking a sentence of a finding apart, by a method of its text or by an expression; or a subject, whose parts are typed. */
const SENTENCE =
  /\b(?:message|remedy|subject)\??\.(?:match|matchAll|split|replace|replaceAll|search|startsWith|endsWith|includes|indexOf|slice)\(|\.(?:test|exec)\((?:\w+\.)?(?:message|remedy|subject)\b/;

const isSource = (file) => file.endsWith('.ts');
const isComment = (line) => /^\s*(?:\/\/|\/?\*)/.test(line);
const withoutComment = (line) => line.replace(/\s\/\/ .*$/, '');

/** Whether a line names a kind or asks for a provider. */
export function branchesOnKind(line) {
  const code = withoutComment(line);
  return !isComment(line) && (KIND.test(code) || BRANCH.test(code));
}

/** Whether a line takes a sentence of a finding apart. */
export const takesApart = (line) => !isComment(line) && SENTENCE.test(withoutComment(line));

/** Whether a line holds a discouraged phrase. */
export const hasPhrase = (line) => PHRASES.test(line);

/** Whether a guard is followed at once by what is neither a guard nor the end of its block. */
export const isCrowded = (line, next = '') =>
  /^\s*if \(.*\) (?:return|throw|continue|break)\b.*;$/.test(line) &&
  !/^\s*(?:if \(|\}|case |default:|\/[/*]|$)/.test(next);

/**
 * `most` is what the count was when it was last lowered. `of` says what counts of a file: a number of lines, or whether it counts at all.
 */
const RATCHETS = [
  {
    id: 'kinds',
    name: 'files that branch on a kind or provider, outside kinds, adapters and simulators',
    most: 0,
    below: ['core/src', 'cli/src', 'fleet/src'],
    skip: /^core\/src\/do\/kinds\//,
    lines: branchesOnKind,
    files: true,
  },
  {
    id: 'cloud-words',
    name: 'lines of core that name a cloud or a product of one, comments aside',
    most: 25,
    below: ['core/src'],
    lines: (line) => !isComment(line) && CLOUD_WORD.test(withoutComment(line)),
  },
  {
    id: 'sentences',
    name: 'lines that take a message, remedy or subject apart: of findings, and of clouds, Node.js and libraries that have no code',
    most: 35,
    below: ['core/src', 'cli/src', 'aws/src', 'alibaba/src', 'simulator/src', 'testing/src', 'fleet/src'],
    lines: takesApart,
  },
  {
    id: 'phrases',
    name: 'lines of text with discouraged phrases (strings and templates of core, cli, fleet and adapters)',
    most: 0,
    below: ['core/src', 'cli/src', 'aws/src', 'alibaba/src', 'fleet/src'],
    lines: (line) => !isComment(line) && /['"`]/.test(line) && hasPhrase(withoutComment(line)),
  },
  {
    id: 'comments',
    name: 'lines of comments with discouraged phrases',
    most: 0,
    below: ['core/src', 'cli/src', 'aws/src', 'alibaba/src', 'simulator/src', 'testing/src', 'fleet/src'],
    lines: (line) => isComment(line) && hasPhrase(line),
  },
  {
    id: 'guards',
    name: 'guards of one line that something else follows without an empty line',
    most: 0,
    below: ['core/src', 'cli/src', 'aws/src', 'alibaba/src', 'simulator/src', 'testing/src', 'fleet/src'],
    lines: isCrowded,
  },
];

const LIMITS = path.join(ROOT, 'scripts/weights.json');

const placeOf = (file) => path.relative(path.join(ROOT, 'packages'), file).replaceAll(path.sep, '/');

/** The source files of a package, by path: their number of lines, and what they import of the package. */
function sourcesOf(folder) {
  const files = filesBelow(path.join(packageFolder(folder), 'src'), isSource).map((file) => {
    const text = readFileSync(file, 'utf8');
    const imports = importsOf(text).flatMap(({ specifier, lazy }) =>
      specifier.startsWith('.')
        ? [{ target: path.resolve(path.dirname(file), specifier).replace(/\.js$/, '.ts'), lazy }]
        : [],
    );
    return [file, { lines: linesOf(text), imports }];
  });
  return new Map(files);
}

/** The form of each package: its source files, those of fewer than 60 lines, and {@link corners}. */
export function forms() {
  return Object.fromEntries(
    PACKAGES.map(({ folder }) => {
      const files = sourcesOf(folder);
      const small = [...files.values()].filter(({ lines }) => lines < ROOM).length;
      return [folder, { files: files.size, small, corners: corners(files).length }];
    }),
  );
}

const limitsNow = () => JSON.parse(readFileSync(LIMITS, 'utf8'));
const KINDS = ['sources', 'tests'];
const sumOf = (subjects, kind) => Object.values(subjects).reduce((total, subject) => total + subject[kind], 0);

/**
 * What is above its limit. A subject rises by the change that adds something to it, which says what shrinks in its place: the limits of
 * all subjects together are at most `most` (docs/decisions/0030).
 */
export function aboveLimits({ packages, subjects, most }, { lines, homeless }, present = forms()) {
  const limit = 'scripts/weights.json';
  return [
    ...homeless.map((file) => `${file} is in no subject of ${limit}.`),
    ...Object.entries(lines).flatMap(([subject, now]) =>
      KINDS.filter((kind) => now[kind] > subjects[subject][kind]).map(
        (kind) =>
          `${subject}: ${now[kind]} lines of ${kind}, more than ${subjects[subject][kind]}. If the change adds something, write ${now[kind]} into ${limit}, lower another subject, and say which in the commit.`,
      ),
    ),
    ...KINDS.filter((kind) => sumOf(subjects, kind) > most[kind]).map(
      (kind) =>
        `The subjects of ${limit} have ${sumOf(subjects, kind)} lines of ${kind} together, more than ${most[kind]}. A subject that grows says which one shrinks; a new one, which one goes.`,
    ),
    ...Object.entries(present).flatMap(([folder, form]) =>
      Object.entries(form)
        .filter(([what, count]) => count > packages[folder][what])
        .map(
          ([what, count]) =>
            `packages/${folder}: ${count} ${what}, more than ${packages[folder][what]}. If the change adds something, write ${count} into ${limit} and say for what in the commit.`,
        ),
    ),
  ];
}

const lower = (limit, now) =>
  Object.fromEntries(
    Object.entries(limit).map(([what, most]) => [what, what in now ? Math.min(now[what], most) : most]),
  );

function lowerLimits() {
  const { packages, subjects, most } = limitsNow();
  const { lines } = linesBySubject(subjects);
  const lowered = Object.fromEntries(
    Object.entries(subjects).map(([name, limit]) => [name, lower(limit, lines[name])]),
  );
  const present = forms();
  const written = {
    packages: Object.fromEntries(Object.entries(packages).map(([name, limit]) => [name, lower(limit, present[name])])),
    most: lower(most, Object.fromEntries(KINDS.map((kind) => [kind, sumOf(lowered, kind)]))),
    subjects: lowered,
  };
  writeFileSync(LIMITS, `${JSON.stringify(written, null, 2)}\n`);
}

function hitsOf({ below, skip, lines }) {
  return below.flatMap((folder) =>
    filesBelow(path.join(packageFolder(folder.split('/')[0]), ...folder.split('/').slice(1)), isSource).flatMap(
      (file) => {
        const place = placeOf(file);
        if (skip?.test(place)) return [];
        return readFileSync(file, 'utf8')
          .split('\n')
          .flatMap((line, index, all) =>
            lines(line, all[index + 1]) ? [{ file: place, line: index + 1, text: line.trim() }] : [],
          );
      },
    ),
  );
}

/** What each count is now. */
export function counts() {
  return RATCHETS.map((ratchet) => {
    const hits = hitsOf(ratchet);
    const count = ratchet.files ? new Set(hits.map(({ file }) => file)).size : hits.length;
    return { ...ratchet, hits, count };
  });
}

/** A count that grew, one that fell and is not written down yet, and a package that weighs more than its limit. */
export function checkRatchets() {
  const moved = counts().flatMap(({ id, name, most, count }) => {
    if (count === most) return [];
    return count > most
      ? [`${name}: ${count}, more than ${most}. node scripts/ratchets.mjs --list ${id} shows them.`]
      : [`${name}: ${count}, less than ${most}. Write ${count} as most of ${id} in scripts/ratchets.mjs.`];
  });
  const limits = limitsNow();
  return [...moved, ...aboveLimits(limits, linesBySubject(limits.subjects))];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv[2] === '--lower') lowerLimits();
  const listed = process.argv[2] === '--list' ? process.argv[3] : undefined;
  if (listed === 'corners') {
    for (const { file, only } of PACKAGES.flatMap(({ folder }) => corners(sourcesOf(folder))))
      console.log(`packages/${placeOf(file)}: imported by packages/${placeOf(only)} alone`);
  }
  for (const { id, name, most, count, hits } of counts()) {
    if (listed === undefined) console.log(`${id}: ${count} (at most ${most}): ${name}`);
    else if (id === listed) for (const { file, line, text } of hits) console.log(`packages/${file}:${line}: ${text}`);
  }
  if (listed === undefined) {
    console.table(linesBySubject(limitsNow().subjects).lines);
    console.table(forms());
    const faults = checkRatchets();
    for (const fault of faults) console.error(fault);
    if (faults.length > 0) process.exitCode = 1;
  }
}
