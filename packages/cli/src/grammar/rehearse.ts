import type { CommandGroup, OptionDescription } from './description.js';
import { accept, certificate, handedOver, keepAlive, vswitch } from './handover.js';
import { facts, manner, request, stage } from './migrate.js';
import { positiveNumber, wholeNumber } from './option-values.js';
import {
  deleteInstances,
  drain,
  ignoreFindings,
  noProbe,
  only,
  profile,
  prune,
  region,
  replaceFailed,
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
];

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
