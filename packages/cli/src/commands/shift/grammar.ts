import { option, duration, share, steps, texts } from '../../grammar/options.js';
import * as shared from '../../grammar/shared-options.js';

/** What is shifted, and to where. */
const request = [
  {
    ...shared.spec,
    description: 'the spec that declares the integration; by default postern.yaml, .yml or .json of this folder',
  },
  shared.region,
  shared.profile,
  option(
    '--to <target>',
    'the new target: name or ARN of a target group, name or ID of a service; with --stage a deployment',
  ),
  option('--stage <name>', 'REST APIs: shift the calls of this stage, as a canary'),
  option('--variable <name=value>', 'with --stage: a variable that has this value for the new share (repeatable)', {
    parse: texts,
  }),
  option(
    '--steps <shares>',
    'the shares of the calls that it gets, in percent; the last one is 100; default 5,25,100',
    { parse: steps },
  ),
  option(
    '--rule <rule>',
    'the rule of the listener: its priority or ARN, or default; by default the one that the routes match',
  ),
  shared.pathOfRoute,
  shared.host,
] as const;

const noProbe = option('--no-probe', 'call no route; then --analysis of run decides');

const despiteOwner = option(
  '--despite-owner',
  'shift although the deployments of a service (ECS) write the weights of the rule',
);

/** How a shift is carried out. */
const manner = [
  option('--interval <duration>', 'call the routes for so long after each step: 90s, 5m; default 1m', {
    parse: duration,
  }),
  option('--max-errors <share>', 'the largest share of the calls that may fail: 1%; default 0%', { parse: share }),
  option('--drain <duration>', 'wait so long after the last step before promote; default 5m', { parse: duration }),
] as const;

export const plan = {
  usage: 'plan <integration>',
  summary: 'show the shares now, the steps, and which calls show that callers are served; change nothing',
  options: [...request, ...manner, noProbe, despiteOwner],
  examples: ['postern shift plan orders --to orders-green', 'postern shift plan orders/main --to orders-green --json'],
} as const;

export const run = {
  usage: 'run [integration]',
  summary: 'give a target its shares step by step; without an integration, continue the open shift of this folder',
  options: [
    ...request,
    ...manner,
    shared.header,
    option('--analysis <url|command>', 'also ask after each step: a URL answers below 400, a command exits with 0'),
    noProbe,
    despiteOwner,
    option('--no-auto-abort', 'leave the shares where they are after a failure'),
    option('--promote', 'wait for the drain, and promote'),
    shared.yes,
  ],
  examples: [
    'postern shift run orders --to orders-green',
    'postern shift run orders --to orders-green --steps 1,10,50,100 --interval 10m --max-errors 1% --promote --yes',
    'postern shift run --yes',
  ],
} as const;

export const status = {
  usage: 'status [shift]',
  summary: 'show where the shifts of this folder stand, as the clouds show it now',
  options: [shared.profile],
  examples: ['postern shift status', 'postern shift status --json'],
} as const;

export const abort = {
  usage: 'abort [shift]',
  summary: 'return the shares as they were, and detach the new target where the shift attached it',
  options: [
    shared.profile,
    option('--drain <duration>', 'wait so long before the new target is detached; default 5m', { parse: duration }),
    option('--despite-errors', 'return the shares although the former target takes no calls: they are lost then'),
    shared.yes,
  ],
  examples: ['postern shift abort', 'postern shift abort 3016a08b2fe57100 --yes'],
} as const;

export const promote = {
  usage: 'promote [shift]',
  summary: 'end a shift after its drain: detach the former targets, which have no share',
  options: [
    shared.profile,
    shared.waitForDrain,
    option('--write', 'edit the spec: its target gets the values of the new one; comments and layout stay'),
    shared.editedSpec,
    shared.yes,
  ],
  examples: [
    'postern shift promote',
    'postern shift promote --wait --yes',
    'postern shift promote --write --spec shop.yaml',
  ],
} as const;

export const leave = {
  usage: 'leave [shift]',
  summary: 'end a shift as it is, from every state; change nothing in the cloud, and name what is left',
  options: [shared.profile, shared.yes],
  examples: ['postern shift leave', 'postern shift leave 3016a08b2fe57100 --yes'],
} as const;

/** `postern shift`: from one target to another behind one link. */
export const shift = {
  usage: 'shift',
  summary: 'give another target a growing share of the calls; plan and status change nothing',
  examples: [
    'postern shift plan orders --to orders-green',
    'postern shift run orders --to orders-green --steps 5,25,100 --max-errors 1%',
    'postern shift abort',
  ],
} as const;
