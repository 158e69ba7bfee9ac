import * as z from 'zod';
import { duration, optional, region, required, strict, text } from '@postern/core/internal/spec-form';

// What entries of a fleet hold that are carried out in one account and region.

export const someRegions = z.array(region).min(1).max(100);

export const count = (least: number, most: number) => z.int().min(least).max(most);

export const named = text(/^[^\p{C}]{1,512}$/u, 'not a valid ID or name', 'Write an ID, a name, or ${var:name}.');
export const accountPattern = text(
  /^[A-Za-z0-9*][\w.*-]{0,127}$/,
  'not a valid name or pattern of accounts',
  'Write a name of `accounts`, or a pattern such as shop-*.',
);

export const httpPath = text(/^\/[!-~]{0,1023}$/, 'not a valid path', 'Write the path of a URL, such as /health.');

/** An entry of `moves`. */
export const move = strict({
  group: optional(named, 'Alibaba Cloud: the API group, by its ID or name; a pattern such as `shop-*` names several.', {
    examples: ['shop-*'],
    absent: 'another key names what moves',
    cloud: 'Alibaba Cloud',
  }),
  api: optional(named, 'AWS: the ID of the HTTP API whose routes move.', {
    examples: ['a1b2c3'],
    absent: 'another key names what moves',
    cloud: 'AWS',
  }),
  route: optional(named, 'With `api`: the only route that moves.', {
    examples: ['ANY /orders'],
    absent: 'all routes that use `from`',
    cloud: 'AWS',
  }),
  restApi: optional(named, 'AWS: the ID of the REST API whose stage moves.', {
    examples: ['a1b2c3'],
    absent: 'another key names what moves',
    cloud: 'AWS',
  }),
  stage: optional(named, 'With `restApi`: the stage.', { examples: ['prod'], absent: 'required there', cloud: 'AWS' }),
  targetBalancer: optional(named, 'With `restApi`: the load balancer behind the new link, by its name or ARN.', {
    examples: ['orders-alb'],
    absent: 'required there',
    cloud: 'AWS',
  }),
  from: optional(named, 'The link or instance to move from. Alone with `to`: all API groups of an instance move.', {
    examples: ['gateway-2023'],
    absent: 'the link that is used now; required with `api`',
  }),
  to: required(named, 'The link or instance to move to: its ID or its unique name.', { examples: ['gateway-2026'] }),
  accounts: optional(z.array(accountPattern).min(1).max(10_000), 'Accounts, by their names or by patterns.', {
    examples: [['shop-*']],
    absent: 'every account of the cloud',
  }),
  regions: optional(someRegions, 'Regions.', { examples: [['cn-hangzhou']], absent: 'the regions of the account' }),
  manage: optional(z.array(named).min(1).max(100), 'Security groups whose rules may be widened.', {
    examples: [['${var:backends}']],
    absent: 'none: a missing rule stops the move',
  }),
  acceptUnknown: optional(z.array(named).min(1).max(100), 'Undecided checks that do not stop the move.', {
    examples: [['migrate/registry']],
    absent: 'none',
  }),
  canary: optional(count(0, 10_000), 'How many units of the move are switched first.', {
    examples: [2],
    absent: '1',
  }),
  batch: optional(count(1, 10_000), 'How many units are switched between two pauses, one after the other.', {
    examples: [5],
    absent: '10',
  }),
  pause: optional(duration, 'How long to wait after each batch.', { examples: ['5m'], absent: '`1m`' }),
  drain: optional(duration, 'How long to wait after the last switch, before the move is finished.', {
    examples: ['1h'],
    absent: '`15m`',
  }),
  probePath: optional(httpPath, 'Called with GET on the public domain after each switch.', {
    examples: ['/health'],
    absent: 'no call',
  }),
});
