import type { CommandGroup, OptionDescription } from './description.js';
import { positiveNumber, texts, wholeNumber } from './option-values.js';
import {
  deleteInstances,
  drain,
  ignoreFindings,
  noProbe,
  only,
  prune,
  provider,
  region,
  replaceFailed,
  spec,
} from './shared-options.js';

/** What all rehearsals have. */
const REHEARSAL: readonly OptionDescription[] = [
  {
    flags: '--snapshot <file>',
    description: 'make the twin of this snapshot; - is standard input',
    required: true,
  },
  {
    flags: '--rate <number>',
    description: 'calls per simulated second for each route; at most 500 for all together',
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
];

const MOVE: readonly OptionDescription[] = [
  { flags: '--canary <units|percent>', description: 'switch this many units first: 2; or send 10% of the calls first' },
  { flags: '--batch <number>', description: 'units that are switched side by side', parse: wholeNumber(1, 10_000) },
  { flags: '--pause <seconds>', description: 'after each batch', parse: wholeNumber(0, 604_800) },
  {
    flags: '--accept-unknown <check[:subject]>',
    description: 'proceed although this check is undecided (repeatable)',
    parse: texts,
  },
];

const MOVE_DRAIN: OptionDescription = {
  flags: '--drain <seconds>',
  description: 'after the last switch; by default 900',
  parse: wholeNumber(0, 604_800),
};

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
      load: async () => ({ run: (await import('../commands/rehearse.js')).apply }),
    },
    {
      usage: 'plan <file>',
      summary: 'carry out a saved plan, of a spec or of a move; exit with 3 where a call was lost or the run failed',
      options: [...REHEARSAL, spec, region, ignoreFindings, noProbe, MOVE_DRAIN, ...MOVE],
      examples: [
        'postern plan -o plan.json && postern rehearse plan plan.json --snapshot now.json',
        'postern rehearse plan plan.json --spec shop.yaml --snapshot now.json --json',
      ],
      load: async () => ({ run: (await import('../commands/rehearse.js')).plan }),
    },
    {
      usage: 'migrate',
      summary: 'plan a move of gateways, run it and finish it; exit with 3 where a call was lost or the run failed',
      options: [
        ...REHEARSAL,
        provider,
        region,
        { flags: '--group <id>', description: 'Alibaba Cloud: the API group that is to move' },
        { flags: '--api <id>', description: 'AWS: the HTTP API whose routes are to move' },
        { flags: '--route <key>', description: 'AWS: only this route' },
        {
          flags: '--from <link>',
          description: 'AWS: the link to move from. Alibaba Cloud: the instance to move all groups from',
        },
        { flags: '--to <link>', description: 'the link or instance to move to: its ID or its unique name' },
        {
          flags: '--manage <group>',
          description: 'a security group whose rules the move may add to (repeatable)',
          parse: texts,
        },
        MOVE_DRAIN,
        ...MOVE,
      ],
      examples: [
        'postern rehearse migrate --group 0f1e2d3c --to apigateway-hz-2 --snapshot now.json --provider alibaba',
        'postern rehearse migrate --api a1b2c3 --from vlink1 --to vlink2 --snapshot now.json --region eu-west-1',
      ],
      load: async () => ({ run: (await import('../commands/rehearse.js')).migrate }),
    },
  ],
};
