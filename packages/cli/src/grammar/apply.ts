import { wholeNumber, type CommandGroup, positiveNumber } from './options.js';
import {
  all,
  allowPurchase,
  deleteAllRoutes,
  deleteInstances,
  drain,
  full,
  ignoreFindings,
  maxDeletes,
  maxParallel,
  noProbe,
  only,
  prune,
  region,
  replaceFailed,
  yes,
  profile,
} from './shared-options.js';
import { accept, certificate, handedOver, keepAlive, vswitch } from './handover.js';
import { facts, manner, request, stage } from './migrate.js';

// Commands that apply a spec, and that undo it.

/** `postern plan`. */
export const plan = {
  usage: 'plan [spec...]',
  eachSpec: 'next',
  summary: 'show what apply would do',
  options: [
    region,
    only,
    all,
    { flags: '--destroy', description: 'show what destroy would do' },
    prune,
    replaceFailed,
    deleteInstances,
    ignoreFindings,
    { flags: '-o, --output <file>', description: 'save the plan, for apply --plan', writes: true },
    full,
    { flags: '--detailed-exitcode', description: 'exit with 2 when there are changes' },
  ],
  examples: [
    'postern plan',
    'postern plan shop.yaml --detailed-exitcode',
    'postern plan shop.yaml --only orders payments/blue',
    'postern plan -f base.yaml -f prod.yaml --var size=2',
    'postern plan orders.yaml stock.yaml',
    'postern plan -o plan.json && postern apply --plan plan.json',
  ],
  load: () => import('../commands/apply/plan.js'),
} as const;

/** `postern apply`. */
export const apply = {
  usage: 'apply [spec...]',
  eachSpec: 'while-done',
  summary: 'apply the spec',
  options: [
    region,
    only,
    all,
    yes,
    {
      flags: '--plan <file>',
      description: 'apply a saved plan; refused when the current state has changed',
      ofOneSpec: true,
    },
    allowPurchase,
    prune,
    replaceFailed,
    maxDeletes,
    deleteAllRoutes,
    deleteInstances,
    ignoreFindings,
    drain,
    noProbe,
    maxParallel,
    { flags: '--fleet <url>', description: 'send the spec to this engine, whose workers apply it' },
  ],
  examples: [
    'postern apply',
    'postern apply shop.yaml --yes --json',
    'postern apply --plan plan.json --yes',
    'postern apply --replace-failed',
    'postern apply --ignore-findings target/healthy',
    'postern apply --max-deletes 12',
    'postern apply --drain 5m',
    'postern apply --only orders',
    'postern apply --fleet http://127.0.0.1:8080 --yes',
  ],
  load: () => import('../commands/apply/apply.js'),
} as const;

/** `postern destroy`. */
export const destroy = {
  usage: 'destroy [spec...]',
  eachSpec: 'while-done',
  summary: 'delete what this spec owns',
  options: [region, yes, prune, deleteInstances, drain, maxParallel],
  examples: ['postern destroy', 'postern destroy shop.yaml --yes --delete-instances'],
  load: () => import('../commands/apply/destroy.js'),
} as const;

/** `postern log`. */
export const log = {
  usage: 'log [spec]',
  summary: 'list past runs, or the steps, durations and calls of one',
  options: [
    { flags: '--run <id>', description: 'show one run; the first or last characters of its ID are enough, or last' },
    {
      flags: '--limit <number>',
      description: 'runs to list, newest first; by default 20',
      parse: wholeNumber(1, 10_000),
    },
  ],
  examples: [
    'postern log',
    'postern log --run last',
    'postern log postern.yaml --run 1a2b3c4d --json',
    'postern log --limit 5',
  ],
  load: () => import('../commands/apply/log.js'),
} as const;

/** What all rehearsals have. */
export const REHEARSAL = [
  {
    flags: '--snapshot <file>',
    description: 'make the twin of this snapshot; - is standard input',
    required: true,
  },
  {
    flags: '--rate <number>',
    description: 'calls per simulated second for each route; at most 200 for all together',
    parse: positiveNumber,
    fallback: 5,
  },
  {
    flags: '--faults <percent>',
    description: 'let this share of the calls of the clouds fail: throttled, lost, late, stale',
    parse: wholeNumber(1, 50),
  },
  {
    flags: '--seed <number>',
    description: 'seed for faults and for what the clouds decide by chance',
    parse: wholeNumber(0, 2 ** 32),
    fallback: 1,
  },
] as const;

/** How a move is carried out. What the plan decides is not among it. */
const MANNER = manner.filter(({ flags }) => !flags.startsWith('--manage'));
/** What moves: nothing is called, so there are no credentials. */
const REQUEST = request.filter((one) => one !== profile);

/** `postern rehearse`: on the twin of a snapshot, without any call of a cloud. */
export const rehearse: CommandGroup = {
  usage: 'rehearse',
  summary: 'carry out a plan on simulated clouds made from a snapshot, with calls of each route; no cloud is called',
  examples: [
    'postern snapshot --region eu-west-1 -o now.json && postern rehearse apply shop.yaml --snapshot now.json',
    'postern rehearse apply --snapshot now.json --faults 5 --seed 7',
  ],
  commands: [
    {
      usage: 'apply [spec]',
      summary: 'plan the spec and apply the plan; exit with 3 where a call was lost or the run failed',
      options: [...REHEARSAL, region, only, prune, replaceFailed, deleteInstances, ignoreFindings, drain, noProbe],
      examples: [
        'postern rehearse apply --snapshot now.json',
        'postern rehearse apply shop.yaml --snapshot now.json --rate 20 --json',
        'postern rehearse apply --snapshot now.json --faults 5 --seed 7',
      ],
      load: async () => ({ run: (await import('../commands/apply/rehearse.js')).apply }),
    },
    {
      usage: 'plan <file>',
      summary: 'carry out a saved plan, of a spec or of a move; exit with 3 where a call was lost or the run failed',
      options: [...REHEARSAL, region, ignoreFindings, noProbe, ...facts, ...MANNER],
      examples: [
        'postern plan -o plan.json && postern rehearse plan plan.json --snapshot now.json',
        'postern rehearse plan plan.json --spec shop.yaml --snapshot now.json --json',
      ],
      load: async () => ({ run: (await import('../commands/apply/rehearse.js')).plan }),
    },
    {
      usage: 'migrate',
      summary: 'plan a move of gateways, run it and finish it; exit with 3 where a call was lost or the run failed',
      options: [...REHEARSAL, ...REQUEST, ...stage, ...facts, ...manner],
      examples: [
        'postern rehearse migrate --group 0f1e2d3c --to apigateway-hz-2 --snapshot now.json --provider alibaba',
        'postern rehearse migrate --api a1b2c3 --from vlink1 --to vlink2 --snapshot now.json --region eu-west-1',
        'postern rehearse migrate --rest-api a1b2c3 --stage prod --to vlink2 --target-balancer orders-alb --canary 10% --snapshot now.json',
      ],
      load: async () => ({ run: (await import('../commands/apply/rehearse.js')).migrate }),
    },
    {
      usage: 'handover <group>',
      summary:
        'plan the hand-over of an API group, carry it out and take the group offline; exit with 3 where a call was lost or the run failed',
      options: [...REHEARSAL, ...handedOver, vswitch, certificate, accept, keepAlive],
      examples: [
        'postern snapshot --provider alibaba --region cn-hangzhou -o now.json && postern rehearse handover 0f1e2d3c --snapshot now.json --vswitch vsw-bp1j',
        'postern rehearse handover 0f1e2d3c --snapshot now.json --gateway gw-d41d8cd9 --waive "group/own-domain=access log of November" --json',
      ],
      load: async () => ({ run: (await import('../commands/apply/rehearse.js')).handover }),
    },
  ],
};
