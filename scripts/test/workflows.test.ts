import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from './yaml.js';

const FOLDER = path.resolve(import.meta.dirname, '../../.github/workflows');

interface Job {
  readonly permissions?: unknown;
  readonly uses?: string;
  readonly steps?: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Record<string, unknown>;
  }[];
}
interface Workflow {
  readonly on?: unknown;
  readonly permissions?: unknown;
  readonly jobs?: Readonly<Record<string, Job>>;
}

/** Events in whose runs code of strangers would have the repository's secrets and a token that writes. */
const UNSAFE_EVENTS = ['pull_request_target', 'workflow_run', 'issue_comment', 'issues', 'discussion_comment'];
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;

function eventsOf(on: unknown): readonly string[] {
  if (typeof on === 'string') return [on];
  return Array.isArray(on) ? on.map(String) : Object.keys((on ?? {}) as object);
}

const isReadOnly = (permissions: unknown): boolean =>
  permissions === 'read-all' ||
  (typeof permissions === 'object' &&
    permissions !== null &&
    Object.values(permissions).every((level) => level === 'read' || level === 'none'));

/** A job that publishes, for which npm trusts a token that names the job: only for a tag, and it runs one script, which needs no package. */
const publishes = (on: unknown, { permissions, steps = [] }: Job): boolean =>
  isDeepStrictEqual([on, permissions], [{ push: { tags: ['v*'] } }, { contents: 'read', 'id-token': 'write' }]) &&
  isDeepStrictEqual(
    steps.flatMap(({ run = [] }) => run),
    ['node scripts/publish.mjs tarballs'],
  );

/** What another person could take over in a workflow. */
function problems(text: string): readonly string[] {
  const { on, permissions, jobs = {} } = parse(text) as Workflow;
  const found: string[] = eventsOf(on).filter((event) => UNSAFE_EVENTS.includes(event));
  if (!isReadOnly(permissions)) found.push('permissions of the workflow');
  for (const [name, job] of Object.entries(jobs)) {
    if (job.permissions !== undefined && !isReadOnly(job.permissions) && !publishes(on, job))
      found.push(`permissions of ${name}`);
    for (const { uses, run = '', with: input = {} } of [
      ...(job.steps ?? []),
      ...(job.uses === undefined ? [] : [job]),
    ] as NonNullable<Job['steps']>) {
      if (uses !== undefined && !PINNED.test(uses)) found.push(uses);
      if (/\bcache\b/.test(uses ?? '') || 'cache' in input) found.push(`a cache in ${name}`);
      if (uses?.startsWith('actions/checkout@') === true && input['persist-credentials'] !== false)
        found.push(`credentials kept in ${name}`);
      // Text of others becomes a part of the script.
      if (/\$\{\{[^}]*\b(?:github\.event|github\.head_ref|inputs)\b/.test(run)) found.push(`text of others in ${name}`);
      if (/\bsecrets\./.test(JSON.stringify([run, input]))) found.push(`a secret in ${name}`);
    }
  }
  return found;
}

const SHA = '0123456789abcdef0123456789abcdef01234567';
const workflow = (change: Partial<Record<'on' | 'permissions' | 'job', string>> = {}): string => `
on: ${change.on ?? '{ push: {}, pull_request: {} }'}
${change.permissions ?? 'permissions: { contents: read }'}
jobs:
  test: ${change.job ?? `{ steps: [{ uses: actions/checkout@${SHA}, with: { persist-credentials: false } }] }`}
`;

describe('a CI workflow', () => {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => /\.ya?ml$/.test(name)) : [];

  it.each(files)(
    '%s: actions are pinned by commit, the token reads only, and nothing of a stranger runs with more',
    (name) => {
      expect(problems(readFileSync(path.join(FOLDER, name), 'utf8'))).toEqual([]);
    },
  );

  it('there is one, and a sound one passes', () => {
    expect(files).not.toEqual([]);
    expect(problems(workflow())).toEqual([]);
  });

  it.each([
    ['an action by tag', { job: '{ steps: [{ uses: actions/setup-node@v4 }] }' }],
    ['an action by branch', { job: '{ steps: [{ uses: someone/action@main }] }' }],
    ['an action of a container', { job: '{ steps: [{ uses: "docker://alpine:3" }] }' }],
    ['another workflow by tag', { job: '{ uses: someone/repo/.github/workflows/x.yml@v1 }' }],
    ['an event with secrets', { on: 'pull_request_target' }],
    ['an event with secrets in a list', { on: '[push, workflow_run]' }],
    ['default permissions', { permissions: '' }],
    ['a token that writes', { permissions: 'permissions: write-all' }],
    ['a permission to write', { permissions: 'permissions: { contents: read, packages: write }' }],
    ['a permission to write in a job', { job: '{ permissions: { id-token: write }, steps: [] }' }],
    [
      'a job that publishes and installs',
      {
        on: "{ push: { tags: ['v*'] } }",
        job: '{ permissions: { contents: read, id-token: write }, steps: [{ run: npm ci }, { run: node scripts/publish.mjs tarballs }] }',
      },
    ],
    ['a shared cache', { job: `{ steps: [{ uses: actions/cache@${SHA} }] }` }],
    ['a cache of a tool', { job: `{ steps: [{ uses: actions/setup-node@${SHA}, with: { cache: npm } }] }` }],
    ['credentials on disk', { job: `{ steps: [{ uses: actions/checkout@${SHA} }] }` }],
    [
      'the title of a request in a script',
      { job: '{ steps: [{ run: "echo ${{ github.event.pull_request.title }}" }] }' },
    ],
    ['a secret', { job: '{ steps: [{ run: "x ${{ secrets.TOKEN }}" }] }' }],
  ])('%s is found', (_, change) => {
    expect(problems(workflow(change))).toHaveLength(1);
  });
});
