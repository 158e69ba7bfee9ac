import { option, runId, texts, wholeNumber, reportOption, portNumber } from '../../grammar/options.js';
import * as shared from '../../grammar/shared-options.js';
import { BROUGHT_WORDS } from '../../fleet/brought-words.js';

// Fleets: specs over many accounts, carried out by workers on a durable engine.

/** What `--dry-run` shows besides waves. */
const SHOWN = ['specs', 'moves', ...BROUGHT_WORDS.map(({ noun }) => `${noun}s`)];
/** What fleets do. */
const DOES = ['apply or check specs', 'move gateways', ...BROUGHT_WORDS.map(({ summary }) => summary)];

const listed = (texts: readonly string[]): string => `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;

const engine = option(
  '--engine <url>',
  'address of the engine: its ingress; by default POSTERN_FLEET, else http://127.0.0.1:8080',
);
const admin = option(
  '--admin <url>',
  "the engine's admin address: its version is checked, and addresses of workers that do not answer are shown",
);
const author = [
  option('--as <name>', 'who does it, for the report; by default the user of this machine'),
  option('--reason <text>', 'why, for the report'),
] as const;

export const up = {
  usage: 'up [file]',
  summary: 'begin a run of fleet.yaml, or continue the one that has not ended; prints what it does until it ends',
  options: [
    engine,
    admin,
    option('--run <id>', 'ID of the run; by default a new one, or that of the run that has not ended', {
      parse: runId,
    }),
    option(
      '--goal <goal>',
      [
        'apply, check or watch the specs; migrate makes the moves of the file',
        ...BROUGHT_WORDS.map(({ does }) => does),
      ].join(', '),
      { choices: ['apply', 'check', 'watch', 'migrate', ...BROUGHT_WORDS.map(({ goal }) => goal)], fallback: 'apply' },
    ),
    option('--rollback', 'with --goal migrate: return the moves that earlier runs left open'),
    option('--dry-run', `show waves, ${listed(SHOWN)}, and call no engine`),
    option('--on-schedule', 'begin a run at each time of `schedules`, until interrupted'),
    option('--detach', 'do not wait for the end of the run'),
    ...author,
    shared.allowPurchase,
    shared.prune,
    shared.replaceFailed,
    shared.deleteAllRoutes,
    shared.ignoreFindings,
    shared.drain,
    shared.noProbe,
    shared.cloud,
    shared.yes,
  ],
  examples: [
    'postern fleet up',
    'postern fleet up ops/fleet.yaml --dry-run',
    'postern fleet up --goal check --detach',
    'postern fleet up --goal watch',
    'postern fleet up --goal migrate --dry-run',
    ...BROUGHT_WORDS.flatMap(({ examples }) => examples),
    "postern fleet up --goal migrate --rollback --yes --reason 'ticket 4712'",
    'postern fleet up --on-schedule --yes',
    "postern fleet up --yes --as ana@example.com --reason 'ticket 4711'",
  ],
} as const;

export const status = {
  usage: 'status [run]',
  summary: 'show waves, counts, open approvals and failures of a run; by default of the newest one',
  options: [
    engine,
    admin,
    option('--watch', 'print changes until the run ends'),
    option('--all', 'list all runs that the engine knows'),
  ],
  examples: ['postern fleet status', 'postern fleet status --watch', 'postern fleet status --all --json'],
} as const;

export const pause = {
  usage: 'pause [run]',
  summary: 'begin no further step of a run until it is resumed',
  options: [engine, ...author],
  examples: ['postern fleet pause', "postern fleet pause payments-20261125-120000 --reason 'freeze until Monday'"],
} as const;

export const resume = {
  usage: 'resume [run]',
  summary: 'continue a run that was paused',
  options: [engine, ...author],
  examples: ['postern fleet resume', 'postern fleet resume payments-20261125-120000 --as ana@example.com'],
} as const;

export const cancel = {
  usage: 'cancel [run]',
  summary: 'end a run: each unit ends before or after a step, and what was changed stays',
  options: [engine, ...author, shared.yes],
  examples: ['postern fleet cancel --yes', "postern fleet cancel payments-20261125-120000 --reason 'wrong wave'"],
} as const;

export const approve = {
  usage: 'approve [approval...]',
  summary: 'approve or refuse what a run waits for; without an approval, list the open ones',
  options: [
    engine,
    option('--run <id>', 'the run; by default the newest one that has not ended'),
    option('--refuse', 'refuse it'),
    ...author,
    shared.yes,
  ],
  examples: [
    'postern fleet approve',
    'postern fleet approve wave production --yes',
    "postern fleet approve deletion teams/shop.yaml --refuse --reason 'two links too many'",
  ],
} as const;

export const logs = {
  usage: 'logs <unit>',
  summary: 'print what happened in a unit, or in all units of a spec',
  options: [engine, option('--run <id>', 'the run; by default the newest one')],
  examples: [
    'postern fleet logs teams/shop.yaml@shop-prod/eu-west-1',
    'postern fleet logs teams/shop.yaml@shop-prod/eu-west-1/link:eu --json',
  ],
} as const;

export const report = {
  usage: 'report [run]',
  summary: 'report a run: who changed what, when and why, and findings over all accounts',
  options: [engine, reportOption('html', 'json')],
  examples: [
    'postern fleet report --report html=run.html',
    'postern fleet report payments-20261125-120000 --json',
    'postern fleet report --report html=run.html --report json=run.json',
  ],
} as const;

export const ui = {
  usage: 'ui',
  summary: 'serve a page on this machine until interrupted: runs, waves, units, approvals and findings',
  options: [
    engine,
    option('--port <port>', 'port to listen on; by default a free one', { parse: portNumber(0) }),
    ...author.slice(0, 1),
  ],
  examples: ['postern fleet ui', 'postern fleet ui --port 4011 --engine http://10.0.1.5:8080'],
} as const;

export const worker = {
  usage: 'worker',
  summary: 'carry out steps of runs until interrupted; credentials stay in this process',
  options: [
    engine,
    option('--listen <address>', 'address to listen on; by default 127.0.0.1'),
    option('--port <port>', 'port to listen on; by default 9080', { parse: portNumber(0) }),
    shared.notify,
    shared.metricsPort,
    shared.metricsHost,
    option(
      '--identity-key <key>',
      'public key of the engine (publickeyv1_…, @FILE or @env:NAME; repeatable); required on other addresses than loopback',
      { parse: texts },
    ),
    option('--register <url>', "make this worker known at the engine's admin address"),
    option('--advertise <url>', 'address at which the engine reaches this worker or its balancer'),
    shared.cloud,
  ],
  examples: [
    'postern fleet worker --identity-key @identity.pub --listen 10.0.1.7',
    'postern fleet worker --listen 10.0.1.7 --identity-key @env:FLEET_KEY --register http://10.0.1.5:9070',
    'postern fleet worker --notify slack=@env:SLACK_URL',
  ],
} as const;

export const register = {
  usage: 'register <address>',
  summary: 'make workers that are running the newest ones of the engine: after a release that was rolled back',
  options: [admin],
  examples: [
    'postern fleet register http://10.0.1.7:9080',
    'postern fleet register http://10.0.1.7:9080 --admin http://10.0.1.5:9070',
  ],
} as const;

export const dev = {
  usage: 'dev',
  summary: 'run an engine and workers on this machine until interrupted',
  options: [
    option('--data <folder>', 'where the engine keeps its data; by default .postern/fleet'),
    option('--workers <number>', 'how many; by default 3', { parse: wholeNumber(1, 32) }),
    option('--port <port>', "port of the engine's ingress; by default 8080", { parse: portNumber() }),
    option('--admin-port <port>', "port of the engine's admin address; by default 9070", { parse: portNumber() }),
    option('--worker-port <port>', 'port of the workers; by default 9080', { parse: portNumber() }),
    shared.notify,
    option('--ui', 'also serve the page of `postern fleet ui`'),
    shared.cloud,
  ],
  examples: [
    'postern fleet dev',
    'postern fleet dev --ui --workers 1',
    'POSTERN_SIMULATOR=http://127.0.0.1:4010 postern fleet dev',
  ],
} as const;

/** `postern fleet`: many accounts. */
export const fleet = {
  usage: 'fleet',
  summary: `work in many accounts: ${DOES.slice(0, -1).join(', ')}, or ${DOES.at(-1)}, on a durable engine with workers`,
  examples: ['postern fleet dev', 'postern fleet up --dry-run', 'postern fleet status --watch'],
} as const;
