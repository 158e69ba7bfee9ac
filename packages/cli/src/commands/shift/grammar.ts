import { duration, share, steps, texts } from '../../grammar/options.js';
import {
  editedSpec,
  header,
  host,
  pathOfRoute,
  profile,
  region,
  spec,
  waitForDrain,
  yes,
} from '../../grammar/shared-options.js';

/** What is shifted, and to where. */
const request = [
  {
    ...spec,
    description: 'the spec that declares the integration; by default postern.yaml, .yml or .json of this folder',
  },
  region,
  profile,
  {
    flags: '--to <target>',
    description: 'the new target: name or ARN of a target group, name or ID of a service; with --stage a deployment',
  },
  { flags: '--stage <name>', description: 'REST APIs: shift the calls of this stage, as a canary' },
  {
    flags: '--variable <name=value>',
    description: 'with --stage: a variable that has this value for the new share (repeatable)',
    parse: texts,
  },
  {
    flags: '--steps <shares>',
    description: 'the shares of the calls that it gets, in percent; the last one is 100; default 5,25,100',
    parse: steps,
  },
  {
    flags: '--rule <rule>',
    description: 'the rule of the listener: its priority or ARN, or default; by default the one that the routes match',
  },
  pathOfRoute,
  host,
] as const;

const noProbe = { flags: '--no-probe', description: 'call no route; then --analysis of run decides' } as const;

const despiteOwner = {
  flags: '--despite-owner',
  description: 'shift although the deployments of a service (ECS) write the weights of the rule',
} as const;

/** How a shift is carried out. */
const manner = [
  {
    flags: '--interval <duration>',
    description: 'call the routes for so long after each step: 90s, 5m; default 1m',
    parse: duration,
  },
  {
    flags: '--max-errors <share>',
    description: 'the largest share of the calls that may fail: 1%; default 0%',
    parse: share,
  },
  {
    flags: '--drain <duration>',
    description: 'wait so long after the last step before promote; default 5m',
    parse: duration,
  },
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
    header,
    {
      flags: '--analysis <url|command>',
      description: 'also ask after each step: a URL answers below 400, a command exits with 0',
    },
    noProbe,
    despiteOwner,
    { flags: '--no-auto-abort', description: 'leave the shares where they are after a failure' },
    { flags: '--promote', description: 'wait for the drain, and promote' },
    yes,
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
  options: [profile],
  examples: ['postern shift status', 'postern shift status --json'],
} as const;

export const abort = {
  usage: 'abort [shift]',
  summary: 'return the shares as they were, and detach the new target where the shift attached it',
  options: [
    profile,
    {
      flags: '--drain <duration>',
      description: 'wait so long before the new target is detached; default 5m',
      parse: duration,
    },
    {
      flags: '--despite-errors',
      description: 'return the shares although the former target takes no calls: they are lost then',
    },
    yes,
  ],
  examples: ['postern shift abort', 'postern shift abort 3016a08b2fe57100 --yes'],
} as const;

export const promote = {
  usage: 'promote [shift]',
  summary: 'end a shift after its drain: detach the former targets, which have no share',
  options: [
    profile,
    waitForDrain,
    {
      flags: '--write',
      description: 'edit the spec: its target gets the values of the new one; comments and layout stay',
    },
    editedSpec,
    yes,
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
  options: [profile, yes],
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
