// The pages of docs/errors-to-commands, each from a story of packages/cli/test/transcripts/errors-to-commands, which the
// tests play on the simulated clouds: this script adds words, and no output.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './workspace.mjs';

const STORIES = path.join(ROOT, 'packages/cli/test/transcripts/errors-to-commands');
export const FOLDER = 'docs/errors-to-commands';

/** The stories of a file. Lines with `# key: value`, which `#   ` continues, are facts; the rest are commands with their output. */
function storiesOf(file) {
  const [, ...parts] = readFileSync(path.join(STORIES, file), 'utf8').split(/^== /m);
  return parts.map((part) => {
    const [title, ...lines] = part.trimEnd().split('\n');
    const comments = lines.filter((line) => line.startsWith('#')).join('\n');
    const facts = comments.replaceAll(/\n# {3}/g, ' ').matchAll(/^# (\w+): (.*)$/gm);
    const steps = lines.filter((line) => !line.startsWith('#')).join('\n');
    return {
      file,
      title,
      ...Object.fromEntries([...facts].map(([, key, value]) => [key, value])),
      steps: stepsOf(steps),
    };
  });
}

/** Each command, with what it printed. Notes on stderr are left out. */
function stepsOf(text) {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((step) => {
      const [command, ...lines] = step.trimEnd().split('\n');
      const shown = lines.filter((line) => !/^(?:! note: |exit \d)/.test(line));
      return {
        command,
        text: lines.slice(0, lines.indexOf('END')).join('\n'),
        output: shown
          .map((line) => line.replace(/^(?: {2}|! (?:\w+Error: )?)/, ''))
          .join('\n')
          .trimEnd(),
      };
    });
}

/** A report without the warnings and notes that are about something else than the checks of a page. */
function concerning(output, checks) {
  if (!/^ {2}✗ /m.test(output)) return output;
  const [head = '', ...groups] = output.split(/\n\n/);
  const kept = groups.flatMap((group) => {
    const [title, ...entries] = group.split(/\n(?= {2}[✗!?·] )/);
    if (entries.length === 0) return [group];
    const own = entries.filter(
      (entry) => entry.startsWith('  ✗') || [...checks, 'plan/'].some((id) => entry.split('\n')[0].includes(id)),
    );
    return own.length === 0 ? [] : [[title, ...own].join('\n')];
  });
  return [head, ...kept].join('\n\n');
}

const block = (language, text) => `\`\`\`${language}\n${text}\n\`\`\``;
/** The command that writes the spec of a story, up to a line END. */
const WRITES = 'cat > postern.yaml <<END';

const isAnswer = ({ command }) => command.startsWith('postern ');
const commandOf = (steps) => steps.findLast(isAnswer).command;
const isCall = ({ command }) => command.startsWith('cloud get ');

/** What a story has for its page. @throws {Error} where the simulated cloud did not answer with the error */
function pageOf({
  file,
  title,
  page,
  error,
  search,
  cause,
  input,
  mend,
  happened,
  checks,
  source,
  steps,
  find = 'Find the cause',
  then = 'Mend it',
}) {
  if (mend === undefined) throw new Error(`${file}: ${page} has no line # mend:`);

  const ids = checks.split(' ');
  const at = steps.findLastIndex(isAnswer);
  const { command, output } = steps[at];
  const before = steps.slice(0, at).filter((step) => step.command.startsWith('cloud ') && step.output !== '');
  const answer = before.find((step) => error !== undefined && step.output.includes(error));
  if (error !== undefined && answer === undefined) throw new Error(`${file}: no command of ${page} prints: ${error}`);
  const isMended = steps.slice(at).findLast(isCall)?.output.startsWith('HTTP 200\n') ?? false;
  const spec = steps.find((step) => step.command === WRITES)?.text;
  const imported = steps.slice(0, at).find((step) => step.command.startsWith('postern import'));
  const report = output.replace(/,? \d+ passed/, '');
  const shown = concerning(report, ids);
  return `# ${title}

<!-- Written by \`node scripts/check-docs.mjs --write\` from the transcript errors-to-commands/${file}. -->

${cause}
${answer === undefined ? '' : `\n${block('text', answer.output)}\n`}
Other words for it: ${search}.

## ${find}

${spec === undefined ? '' : `With this spec:\n\n${block('yaml', spec)}\n\n`}${block('sh', command)}

${block('text', shown)}
${shown === report ? '' : '\nWarnings and notes about something else are left out here.\n'}${input === undefined ? '' : `\n${input}\n`}${
    imported === undefined
      ? ''
      : `\n\`${imported.command.replace(/ > .*/, '').replace(' -o', ' --project NAME -o')}\` writes the spec that this command reads, of what exists: see
[Adopt what exists](../adopt.md). Both commands only read.\n`
  }
## ${then}

${mend}${isMended ? ' After that, the call of this page is answered with status 200.' : ''}
${happened === undefined ? '' : `\n## If it has happened\n\n${happened}\n`}
## See also

- ${ids.length === 1 ? 'The check' : 'The checks'} ${ids.map((id) => `[${id}](../checks.md#${id.replace('/', '')})`).join(', ')}
- The source of the error: <${source}>
- [All errors](README.md); [what is simulated](../simulator.md#how-far-their-answers-can-be-trusted): the simulated clouds gave ${answer === undefined ? 'the output' : 'the error and the output'} of this page.
`;
}

const HEAD = `# From this error to this command

<!-- Written by \`node scripts/check-docs.mjs --write\` from \`packages/cli/test/transcripts/errors-to-commands\`. -->

Errors of private integrations, as people search for them. Each page has the cause and one command of Postern that finds it. The
commands and their output are played on the simulated clouds by the tests, with the fault of the page in them.
`;

const GROUPS = {
  'http-api.txt': 'HTTP APIs on AWS',
  'rest-api.txt': 'REST APIs on AWS',
  'links.txt': 'VPC links, Terraform and tools',
  'alibaba.txt': 'Alibaba Cloud',
};

/** Texts with one cause, or several, and no page of their own: each story is a row. */
const ROWS = 'more.txt';

/** Texts that no story lets a simulated cloud give: their stories have no commands. */
const NOT_GIVEN = 'not-given.txt';

/** The anchor of a row: the words of its code, or of its text, up to 48 letters. */
const anchorOf = (title) =>
  (/``? ?(.+?) ?``?(?!`)/.exec(title)?.[1] ?? title)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .replace(/^(.{1,48})(?:-.*)?$/, '$1');

/** A table of texts that have no page. */
function tableOf(stories) {
  const rows = stories.map(
    ({ title, cause, mend, source }) =>
      `| <a id="${anchorOf(title)}"></a>${title} | ${cause} | ${mend} | [source](${source}) |\n`,
  );
  return `| text | cause | what to do | |\n| --- | --- | --- | --- |\n${rows.join('')}`;
}

/** Both tables. @throws {Error} where the simulated cloud did not answer with a text of the first */
function tables() {
  const given = storiesOf(ROWS);
  for (const { error, steps } of given)
    if (!steps.some(({ output }) => output.includes(error))) throw new Error(`${ROWS}: no command prints: ${error}`);
  return `\n## Other texts\n\n${tableOf(given)}
## Texts that no test plays

What these rows say is of their source: no test lets a simulated cloud give these texts.

${tableOf(storiesOf(NOT_GIVEN))}`;
}

/** Every page, by its file. */
export function errorPages() {
  const files = readdirSync(STORIES);
  const stories = Object.keys(GROUPS).flatMap((file) => storiesOf(file));
  if (files.length !== Object.keys(GROUPS).length + 2) throw new Error(`${STORIES} has files without a group`);
  const index = Object.entries(GROUPS).map(([file, group]) => {
    const own = stories.filter((story) => story.file === file);
    const rows = own.map(({ title, page, steps }) => `| [${title}](${page}.md) | \`${commandOf(steps)}\` |\n`);
    return `\n## ${group}\n\n| error | command |\n| --- | --- |\n${rows.join('')}`;
  });
  const pages = stories.map((story) => [`${FOLDER}/${story.page}.md`, pageOf(story)]);
  return {
    [`${FOLDER}/README.md`]: `${HEAD}${index.join('')}${tables()}`,
    ...Object.fromEntries(pages),
  };
}
