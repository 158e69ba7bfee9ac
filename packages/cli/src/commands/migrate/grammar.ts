import { option, canary, duration, share, texts, wholeNumber, reportOption } from '../../grammar/options.js';
import * as shared from '../../grammar/shared-options.js';

/** What moves, and where to. */
export const request = [
  shared.provider,
  shared.regionToRead,
  shared.profile,
  option('--group <id>', 'Alibaba Cloud: the API group that is to move'),
  option('--api <id>', 'AWS: the HTTP API whose routes are to move'),
  option('--route <key>', 'AWS: only this route'),
  option('--from <link>', 'AWS: the link to move from. Alibaba Cloud: the instance to move all groups from'),
  option('--to <link>', 'the link or instance to move to: its ID or its unique name'),
] as const;

/** A stage of a REST API; see `request`. */
export const stage = [
  option('--rest-api <id>', 'AWS: the REST API whose stage is to move from a V1 to a V2 link'),
  option('--stage <name>', 'AWS: the stage of the REST API'),
  option('--target-balancer <name>', 'AWS: the load balancer behind the new link: its name or ARN'),
] as const;

/** What validation uses. */
export const facts = [
  { ...shared.spec, description: 'read facts that no API returns (`assume`) from this spec' },
  option('--accept-unknown <check[:subject]>', 'proceed although this check is undecided (repeatable)', {
    parse: texts,
  }),
] as const;

/** How a move is carried out. */
export const manner = [
  option('--manage <group>', 'add rules to this security group where calls of the new link need them (repeatable)', {
    parse: texts,
  }),
  option('--canary <units>', 'switch so many units first, or so many % of the calls; default 1', { parse: canary }),
  option('--batch <units>', 'switch so many units side by side; default 10', { parse: wholeNumber(1, 10_000) }),
  option('--pause <duration>', 'wait so long after each batch: 90s, 5m; default 1m', { parse: duration }),
  option('--drain <duration>', 'wait so long after the last switch; default 15m', { parse: duration }),
] as const;

export const validate = {
  usage: 'validate',
  summary: 'report whether a move can proceed, what it changes and what to add where; exit with 3 if it must not',
  options: [
    ...request,
    ...stage,
    shared.snapshotFile,
    ...facts,
    ...shared.reportFormats,
    reportOption('text', 'json', 'sarif', 'junit', 'md', 'html'),
    option('--html <file>', 'also write an HTML page with pictures to this file', { writes: true }),
    option('--now <date>', "compare dates with this date, not with the snapshot's"),
  ],
  examples: [
    'postern migrate validate --provider alibaba --region cn-hangzhou --group 0f1e2d3c --to apigateway-hz-72bc18d4f1aa',
    'postern migrate validate --provider alibaba --from apigateway-hz-1 --to apigateway-hz-2 --html move.html',
    'postern migrate validate --provider alibaba --group 0f1e2d3c --to apigateway-hz-2 --snapshot snapshot.json --json',
    'postern migrate validate --region eu-west-1 --api a1b2c3 --from vlink1 --to vlink2 --report junit=move.xml --report html=move.html',
    'postern migrate validate --rest-api a1b2c3 --stage prod --to vlink2 --target-balancer orders-alb',
  ],
} as const;

export const plan = {
  usage: 'plan',
  summary: 'show what a move does, in which order, and what must be done first; exit with 3 if it must not start',
  options: [
    ...request,
    ...stage,
    ...facts,
    ...manner,
    option('-o, --output <file>', 'save the plan, for migrate run --plan', { writes: true }),
    option('--html <file>', 'also write an HTML page with pictures before and after the move to this file', {
      writes: true,
    }),
  ],
  examples: [
    'postern migrate plan --region cn-hangzhou --group 0f1e2d3c --to apigateway-hz-2 --manage sg-bp1backend',
    'postern migrate plan --from apigateway-hz-1 --to apigateway-hz-2 -o move.json',
    'postern migrate plan --region eu-west-1 --rest-api a1b2c3 --stage prod --to vlink2 --target-balancer orders-alb',
  ],
} as const;

export const run = {
  usage: 'run [move]',
  summary: 'carry out a move; without options, continue the open one of this folder',
  options: [
    ...request,
    ...stage,
    ...facts,
    ...manner,
    option('--plan <file>', 'carry out a saved plan; refused when the current state has changed'),
    option(
      '--analysis <url|command>',
      'ask whether callers are served after each batch: a URL answers below 400, a command exits with 0',
    ),
    option('--max-error-rate <share>', 'the largest errorRate that the analysis may report as JSON: 1%; default 0%', {
      parse: share,
    }),
    option('--probe-path <path>', 'GET this path on the public domain after each switch'),
    option('--wait-for-todos <duration>', 'wait so long for to-dos, and validate again: 30m', { parse: duration }),
    option('--no-auto-rollback', 'leave what was switched where it is after a failure'),
    option('--finish', 'wait for the drain, and finish'),
    shared.yes,
  ],
  examples: [
    'postern migrate run --group 0f1e2d3c --to apigateway-hz-2 --manage sg-bp1backend',
    'postern migrate run --plan move.json --yes --json',
    'postern migrate run 3016a08b2fe57100 --yes',
    'postern migrate run --from apigateway-hz-1 --to apigateway-hz-2 --canary 1 --batch 5 --pause 5m --analysis ./healthy.sh',
    'postern migrate run --group 0f1e2d3c --to apigateway-hz-2 --wait-for-todos 30m --finish --yes',
  ],
} as const;

export const status = {
  usage: 'status [move]',
  summary: 'show where the moves of this folder stand, as the clouds show it now',
  options: [shared.profile],
  examples: ['postern migrate status', 'postern migrate status 3016a08b2fe57100 --json'],
} as const;

export const rollback = {
  usage: 'rollback [move]',
  summary: 'return to the state before a move, and remove what it added',
  options: [
    shared.profile,
    ...facts,
    option('--plan <file>', 'the saved plan, where the journal of the move is lost'),
    option('--drain <duration>', 'wait so long before what was added is removed; default 15m', { parse: duration }),
    option('--despite-errors', 'return although validation reports errors of the move back'),
    shared.yes,
  ],
  examples: ['postern migrate rollback', 'postern migrate rollback 3016a08b2fe57100 --yes'],
} as const;

export const finish = {
  usage: 'finish [move]',
  summary: 'end a move after its drain: remove what only the old link needed, and name what still uses it',
  options: [
    shared.profile,
    shared.waitForDrain,
    option('--write', 'edit the spec: links that it names by the old ID get the new one; comments and layout stay'),
    shared.editedSpec,
    shared.yes,
  ],
  examples: [
    'postern migrate finish',
    'postern migrate finish 3016a08b2fe57100 --wait --yes',
    'postern migrate finish --write --spec shop.yaml',
  ],
} as const;

export const abort = {
  usage: 'abort [move]',
  summary: 'end a move where it stands: what has moved stays, and nothing else moves',
  options: [shared.profile, shared.yes],
  examples: ['postern migrate abort', 'postern migrate abort 3016a08b2fe57100 --yes'],
} as const;

export const leave = {
  usage: 'leave [move]',
  summary: 'end a move as it is, from every state; change nothing in the cloud, and name what is left',
  options: [shared.profile, shared.yes],
  examples: ['postern migrate leave', 'postern migrate leave 3016a08b2fe57100 --yes'],
} as const;

/** `postern migrate`: from one link to another. */
export const migrate = {
  usage: 'migrate',
  summary: 'move gateways from one link to another; nothing is changed by validate, plan and status',
  examples: [
    'postern migrate validate --provider alibaba --region cn-hangzhou --group 0f1e2d3c --to apigateway-hz-72bc18d4f1aa',
    'postern migrate run --group 0f1e2d3c --to apigateway-hz-2 --manage sg-bp1backend',
    'postern migrate status',
  ],
} as const;
