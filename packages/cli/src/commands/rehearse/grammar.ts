import { option, positiveNumber, wholeNumber } from '../../grammar/options.js';
import * as shared from '../../grammar/shared-options.js';
import { facts, manner, request, stage } from '../migrate/grammar.js';

export const REHEARSAL = [
  option('--snapshot <file>', 'make the twin of this snapshot; - is standard input', { required: true }),
  option('--rate <number>', 'calls per simulated second for each route; at most 200 for all together', {
    parse: positiveNumber,
    fallback: 5,
  }),
  option('--faults <percent>', 'let this share of the calls of the clouds fail: throttled, lost, late, stale', {
    parse: wholeNumber(1, 50),
  }),
  option('--seed <number>', 'seed for faults and for what the clouds decide by chance', {
    parse: wholeNumber(0, 2 ** 32),
    fallback: 1,
  }),
] as const;

/** How a move is carried out. What the plan decides is not among it. */
const MANNER = manner.filter(({ flags }) => !flags.startsWith('--manage'));
/** What moves: nothing is called, so there are no credentials. */
const REQUEST = request.filter((one) => one !== shared.profile);

/** `postern rehearse`: on the twin of a snapshot, without any call of a cloud. */
export const rehearse = {
  usage: 'rehearse',
  summary: 'carry out a plan on simulated clouds made from a snapshot, with calls of each route; no cloud is called',
  examples: [
    'postern snapshot --region eu-west-1 -o now.json && postern rehearse apply shop.yaml --snapshot now.json',
    'postern rehearse apply --snapshot now.json --faults 5 --seed 7',
  ],
} as const;

/** `postern rehearse apply`. */
export const apply = {
  usage: 'apply [spec]',
  summary: 'plan the spec and apply the plan; exit with 3 where a call was lost or the run failed',
  options: [
    ...REHEARSAL,
    shared.region,
    shared.only,
    shared.prune,
    shared.replaceFailed,
    shared.deleteInstances,
    shared.ignoreFindings,
    shared.drain,
    shared.noProbe,
  ],
  examples: [
    'postern rehearse apply --snapshot now.json',
    'postern rehearse apply shop.yaml --snapshot now.json --rate 20 --json',
    'postern rehearse apply --snapshot now.json --faults 5 --seed 7',
  ],
} as const;

/** `postern rehearse plan`. */
export const plan = {
  usage: 'plan <file>',
  summary: 'carry out a saved plan, of a spec or of a move; exit with 3 where a call was lost or the run failed',
  options: [...REHEARSAL, shared.region, shared.ignoreFindings, shared.noProbe, ...facts, ...MANNER],
  examples: [
    'postern plan -o plan.json && postern rehearse plan plan.json --snapshot now.json',
    'postern rehearse plan plan.json --spec shop.yaml --snapshot now.json --json',
  ],
} as const;

/** `postern rehearse migrate`. */
export const migrate = {
  usage: 'migrate',
  summary: 'plan a move of gateways, run it and finish it; exit with 3 where a call was lost or the run failed',
  options: [...REHEARSAL, ...REQUEST, ...stage, ...facts, ...manner],
  examples: [
    'postern rehearse migrate --group 0f1e2d3c --to apigateway-hz-2 --snapshot now.json --provider alibaba',
    'postern rehearse migrate --api a1b2c3 --from vlink1 --to vlink2 --snapshot now.json --region eu-west-1',
    'postern rehearse migrate --rest-api a1b2c3 --stage prod --to vlink2 --target-balancer orders-alb --canary 10% --snapshot now.json',
  ],
} as const;
